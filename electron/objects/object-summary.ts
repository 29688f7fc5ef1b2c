import type { Cause, EventView, Insight, ObjectTarget, RowHealth } from "../../common/contract/index.ts";
import { causesOf } from "./causes.ts";
import { describeObject } from "./describe/index.ts";
import { eventsOf } from "./events.ts";
import { type Look, lookAt } from "./live-query.ts";
import { ownersOf } from "./owners.ts";
import { statusOf } from "./status.ts";
import { apiVersionOf } from "./watch-object.ts";

/** See `object.insight` in the contract. */
export function insightOf(look: Look, target: ObjectTarget): Insight | undefined {
  const object = lookAt(look, { ...target, apiVersion: apiVersionOf(target) });
  if (object === undefined) return undefined;
  const causes = causesOf(look, object);
  const { status, health } = statusOf(object);
  const { events, more } = eventsOf(look, object);
  return {
    owners: ownersOf(look, object),
    status,
    // What is found beside it is told where it looks well itself; else it looks as in its table.
    health: health === "ok" ? worstOf(causes) : health,
    causes,
    events: events.length + more,
  };
}

function worstOf(causes: readonly Cause[]): RowHealth {
  if (causes.some((cause) => cause.level === "bad")) return "bad";
  return causes.length > 0 ? "warn" : "ok";
}

/** See `object.events` in the contract. */
export function eventsView(look: Look, target: ObjectTarget): { events: EventView[]; more: number } | undefined {
  const object = lookAt(look, { ...target, apiVersion: apiVersionOf(target) });
  return object && eventsOf(look, object);
}

/** See `object.describe` in the contract. */
export function descriptionOf(look: Look, target: ObjectTarget): { text: string } | undefined {
  const object = lookAt(look, { ...target, apiVersion: apiVersionOf(target) });
  return object && { text: describeObject(look, object, target.group) };
}
