import { at, number } from "../../json/index.ts";
import { conditionOf } from "../conditions.ts";
import { groupKindOf, type OfKind } from "../group-kind.ts";
import { conditionHealth } from "./by-conditions.ts";
import { rules } from "./kinds.ts";
import type { Health, HealthLevel } from "./types.ts";

export { wrongCondition } from "./by-conditions.ts";
export {
  type Container,
  type ContainerHealth,
  type ContainerRole,
  type ContainerState,
  containerHealth,
  containersOf,
  waitsPlainly,
} from "./containers.ts";
export { pressures, scalerTroubles } from "./kinds.ts";
export { unmetGates } from "./pod.ts";
export { type PrintedRow, printedLevel } from "./printed.ts";
export type { Health, HealthLevel, HealthReason, Stage } from "./types.ts";
export { type Rollout, rolloutOf } from "./workloads.ts";

/** How an object is, from itself alone, whatever kind it is of. The one answer that tables, panes and installations share. */
export function health(object: OfKind): Health {
  const own = ownHealth(object);
  if (at(object, "metadata", "deletionTimestamp") === undefined) return { ...own, ...interrupted(object) };
  if (groupKindOf(object) === "/Pod") return own;
  const level = own.level === "bad" || own.level === "done" ? own.level : "progressing";
  return { ...own, level, stage: "terminating", reason: "deleting", printed: "Terminating" };
}

function ownHealth(object: OfKind): Health {
  const rule = rules[groupKindOf(object)];
  return rule ? rule(object) : conditionHealth(object);
}

/** What any controller may say of its work, by kstatus. */
function interrupted(object: unknown): Partial<Health> {
  const generation = number(at(object, "metadata", "generation"));
  const observed = number(at(object, "status", "observedGeneration"));
  if (generation !== undefined && observed !== undefined && observed < generation) {
    return { stage: "in-progress", reason: "changeUnobserved" };
  }
  const stalled = conditionOf(object, "Stalled");
  if (stalled?.status === "True") {
    return { level: "bad", stage: "failed", reason: "stalled", ...(stalled.message ? { words: stalled.message } : {}) };
  }
  const reconciling = conditionOf(object, "Reconciling");
  if (reconciling?.status === "True") {
    return {
      stage: "in-progress",
      reason: "reconciling",
      ...(reconciling.message ? { words: reconciling.message } : {}),
    };
  }
  return {};
}

/** A level as a row or a sign shows it, which know fewer. */
export function signOf(level: HealthLevel): "ok" | "warn" | "bad" | "done" {
  return level === "progressing" || level === "unknown" ? "warn" : level;
}
