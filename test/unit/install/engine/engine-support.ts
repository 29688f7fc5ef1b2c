import { type Message, textOf } from "../../../../common/words/index.ts";
import type { KubeObject } from "../../../../electron/cluster/index.ts";
import { firstState } from "../../../../electron/install/engine/draft.ts";
import { viewOf } from "../../../../electron/install/engine/plan-view.ts";
import type { Effect, RunEvent, RunFact, RunState, Timer } from "../../../../electron/install/engine/run-types.ts";
import { step } from "../../../../electron/install/engine/step.ts";
import { keyOfObject, refOf } from "../../../../electron/install/objects.ts";
import { GateSet } from "../../../../electron/install/plan/gates.ts";
import type { Gate, Plan, PlanNode } from "../../../../electron/install/plan/plan-types.ts";
import { waveOf } from "../../../../electron/install/plan/waves.ts";
import { object } from "../objects-support.ts";

/** A node as the engine looks at it, with no gates. */
export function node(made: KubeObject, more: Partial<PlanNode> = {}): PlanNode {
  return {
    id: keyOfObject(made),
    component: "one",
    ref: refOf(made),
    object: made,
    wave: waveOf(made),
    gates: [],
    priority: 0,
    foreign: false,
    ...more,
  };
}

export function configMap(name: string, more: Partial<PlanNode> = {}): PlanNode {
  return node(object("v1", "ConfigMap", name, { metadata: { namespace: "default" } }), more);
}

export function workload(name: string, more: Partial<PlanNode> = {}): PlanNode {
  return node(
    object("apps/v1", "Deployment", name, { metadata: { namespace: "default" }, spec: { replicas: 2 } }),
    more,
  );
}

/** The Deployment of a node as its controller has made it available, or with what it lacks. */
export function deployed({ object: made }: PlanNode, available = 2): KubeObject {
  const counts = {
    observedGeneration: 1,
    replicas: 2,
    updatedReplicas: 2,
    readyReplicas: available,
    availableReplicas: available,
  };
  const conditions = [{ type: "Available", status: available === 2 ? "True" : "False" }];
  return { ...made, status: { ...counts, conditions }, metadata: { ...made.metadata, uid: "u", generation: 1 } };
}

export function planOfNodes(nodes: PlanNode[], gates: GateSet | Gate[] = [], outcomes: string[] = []): Plan {
  const components = [...new Set(nodes.map(({ component }) => component))];
  return {
    installation: "i",
    components: components.map((id) => ({ id, title: id.toUpperCase() })),
    nodes,
    gates: gates instanceof GateSet ? [...gates.gates.values()] : gates,
    outcomes,
    duplicates: [],
    unserved: [],
  };
}

/** The engine without a world: events go in by hand, and what comes out is kept. */
export class Engine {
  state: RunState;
  at = 0;
  /** Of the last event. */
  last: readonly Effect[] = [];
  readonly all: Effect[] = [];

  constructor(plan: Plan, options: { concurrency?: number; timeoutMs?: number } = {}) {
    this.state = firstState(viewOf(plan), { concurrency: 16, atOnce: 4, timeoutMs: 600_000, ...options });
  }

  put(event: RunEvent, at = this.at): this {
    this.at = at;
    [this.state, this.last] = step(this.state, { ...event, at });
    this.all.push(...this.last);
    return this;
  }

  begin(): this {
    return this.put({ type: "begun" }).look();
  }

  applied(...nodes: PlanNode[]): this {
    for (const { id } of nodes) this.put({ type: "applied", node: id, uid: `uid of ${id}`, tookMs: 10, atOnce: 4 });
    return this.look();
  }

  /** Lets the gates be looked at. */
  look(at = this.at): this {
    return this.timer({ of: "look" }, at);
  }

  timer(timer: Timer, at = this.at): this {
    return this.put({ type: "timer", timer }, at);
  }

  observed(made: KubeObject): this {
    return this.put({ type: "observed", key: keyOfObject(made), object: made }).look();
  }

  waits(): ReadonlyMap<string, { because: Message }> {
    this.timer({ of: "waits" });
    return this.facts("waits").at(-1)?.waits ?? new Map();
  }

  facts<T extends RunFact["type"]>(type: T): Extract<RunFact, { type: T }>[] {
    return factsOf(this.all, type);
  }

  /** Ids of what was sent, in order. */
  get sent(): string[] {
    return sentOf(this.all);
  }

  get lastSent(): string[] {
    return sentOf(this.last);
  }

  asked(): string[] {
    return this.all.flatMap((effect) =>
      effect.type === "ask" ? [effect.ask.of === "kind" ? effect.ask.kind : effect.ask.gate] : [],
    );
  }

  timers<T extends Timer["of"]>(of: T): { timer: Extract<Timer, { of: T }>; pause: object }[] {
    return this.all.flatMap((effect) =>
      effect.type === "timer" && effect.timer.of === of
        ? [{ timer: effect.timer as Extract<Timer, { of: T }>, pause: effect.pause }]
        : [],
    );
  }

  /** Why a gate is closed, in English; undefined where it is not. */
  why(gate: string): string | undefined {
    const status = this.state.gates.get(gate);
    return status?.is === "closed" ? textOf(status.because, "en") : undefined;
  }

  is(gate: string): string | undefined {
    return this.state.gates.get(gate)?.is;
  }
}

export function factsOf<T extends RunFact["type"]>(
  effects: readonly Effect[],
  type: T,
): Extract<RunFact, { type: T }>[] {
  return effects.flatMap((effect) =>
    effect.type === "tell" && effect.fact.type === type ? [effect.fact as Extract<RunFact, { type: T }>] : [],
  );
}

function sentOf(effects: readonly Effect[]): string[] {
  return effects.flatMap((effect) => (effect.type === "send" ? [effect.node.id] : []));
}
