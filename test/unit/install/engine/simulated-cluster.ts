import { verbatim } from "../../../../common/words/index.ts";
import { firstState } from "../../../../electron/install/engine/draft.ts";
import { viewOf } from "../../../../electron/install/engine/plan-view.ts";
import type { Effect, RunEvent, RunFact, RunState, Timed } from "../../../../electron/install/engine/run-types.ts";
import { step } from "../../../../electron/install/engine/step.ts";
import { keyOf } from "../../../../electron/install/objects.ts";
import type { Plan, PlanNode } from "../../../../electron/install/plan/plan-types.ts";
import { isWorkload } from "../../../../electron/install/plan/workloads.ts";
import { object } from "../objects-support.ts";
import { deployed } from "./engine-support.ts";

/** Numbers between 0 and 1, the same ones for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface Played {
  state: RunState;
  events: Timed[];
  facts: RunFact[];
  /** What was broken of what has to hold in every run. */
  broken: string[];
}

/**
 * Plays a run to its end against a cluster that answers in any order and refuses now and then, with a clock of its own.
 * @param refused Nodes that are refused for good.
 */
export function play(plan: Plan, random: () => number, refused: ReadonlySet<string> = new Set()): Played {
  const concurrency = 8;
  let state = firstState(viewOf(plan), { concurrency, atOnce: 4, timeoutMs: 600_000 });
  const played: Played = { state, events: [], facts: [], broken: [] };
  const coming: Timed[] = [];
  const taken = new Set<string>();
  const later = (at: number, event: RunEvent) => coming.push({ ...event, at });
  const soon = (at: number) => at + 1 + Math.floor(random() * 400);

  const sent = ({ node }: Extract<Effect, { type: "send" }>, at: number) => {
    const when = soon(at);
    if (!node.gates.every((gate) => state.gates.get(gate)?.is === "open"))
      played.broken.push(`${node.id}: a gate is closed`);
    if (taken.has(node.id)) played.broken.push(`${node.id}: sent though it is applied`);
    if (state.sending.size > concurrency) played.broken.push("too many at once");
    if (refused.has(node.id))
      later(when, { type: "refused", node: node.id, error: { code: "apply-refused", message: "no" } });
    else if (random() < 0.15) later(when, { type: "notYet", node: node.id, because: verbatim("busy") });
    else if (random() < 0.05) later(when, { type: "going", node: node.id, because: verbatim("finalizers") });
    else {
      taken.add(node.id);
      later(when, {
        type: "applied",
        node: node.id,
        uid: `uid of ${node.id}`,
        tookMs: when - at,
        atOnce: 1 + Math.floor(random() * 12),
      });
      comesAbout(node, when);
    }
  };

  /** What controllers make of an object, in steps. */
  const comesAbout = (node: PlanNode, at: number) => {
    if (isWorkload(node.ref)) {
      for (const [available, delay] of [
        [0, 100],
        [1, 900],
        [2, 2000],
      ] as const)
        later(soon(at + delay), { type: "observed", key: node.id, object: deployed(node, available) });
      for (const { condition } of plan.gates) {
        if (condition.type !== "endpoint") continue;
        const { namespace, service } = condition;
        const labels = { "kubernetes.io/service-name": service };
        const slice = object("discovery.k8s.io/v1", "EndpointSlice", service, {
          metadata: { namespace, labels },
          endpoints: [{}],
        });
        later(soon(at + 2500), {
          type: "observed",
          key: `discovery.k8s.io/EndpointSlice/${namespace}/${service}`,
          object: slice,
        });
      }
      return;
    }
    const conditions = [{ type: "Ready", status: "True" }];
    later(soon(at + 500), { type: "observed", key: node.id, object: { ...node.object, status: { conditions } } });
    for (const { condition } of plan.gates)
      if (condition.type === "exists") {
        const { apiVersion, kind, name } = condition.ref;
        later(soon(at), { type: "observed", key: keyOf(condition.ref), object: object(apiVersion, kind, name) });
      }
  };

  const done = (effect: Effect, at: number) => {
    if (effect.type === "tell") played.facts.push(effect.fact);
    else if (effect.type === "send") sent(effect, at);
    else if (effect.type === "ask") {
      const luck = random();
      const answer =
        luck < 0.2
          ? ({ is: "unanswered", because: verbatim("no answer"), soon: true } as const)
          : luck < 0.5
            ? ({ is: "no", because: verbatim("") } as const)
            : ({ is: "yes" } as const);
      later(soon(at), { type: "answered", ask: effect.ask, answer });
    } else if (effect.type === "timer") {
      const { pause } = effect;
      const ms = "attempt" in pause ? Math.min(pause.maxMs, pause.ms * 2 ** pause.attempt) : pause.ms;
      later(at + ms, { type: "timer", timer: effect.timer });
    }
  };

  later(0, { type: "begun" });
  for (let turns = 0; turns < 20_000 && !state.done; turns += 1) {
    coming.sort((a, b) => a.at - b.at);
    const event = coming.shift();
    if (!event) break;
    played.events.push(event);
    const [after, effects] = step(state, event);
    state = after;
    for (const effect of effects) done(effect, event.at);
  }
  return { ...played, state };
}

/** The state that events add up to. */
export function replayed(plan: Plan, events: readonly Timed[]): RunState {
  const first = firstState(viewOf(plan), { concurrency: 8, atOnce: 4, timeoutMs: 600_000 });
  return events.reduce((state, event) => step(state, event)[0], first);
}
