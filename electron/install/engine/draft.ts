import { CopiedMap, CopiedSet } from "./copied.ts";
import type { PlanView } from "./plan-view.ts";
import type { Effect, Pause, RunFact, RunState, Timer } from "./run-types.ts";

/** The state that a step makes out of the one before, and what has to be done for it. The one before stays as it was. */
export class Draft {
  readonly at: number;
  readonly view: PlanView;
  readonly timeoutMs: number;
  readonly effects: Effect[] = [];
  readonly nodes;
  readonly gates;
  readonly components;
  readonly failed;
  readonly notBegun;
  readonly queue;
  readonly sending;
  readonly resting;
  readonly retries;
  readonly renewing;
  readonly objects;
  readonly pods;
  readonly problems;
  readonly served;
  readonly dryRuns;
  readonly asks;
  readonly most;
  atOnce;
  appliedCount;
  watchTroubles;
  access;
  looking;
  refreshing;
  lastPods;
  done;

  constructor(state: RunState, at: number) {
    this.at = at;
    this.view = state.view;
    this.timeoutMs = state.timeoutMs;
    this.nodes = new CopiedMap(state.nodes);
    this.gates = new CopiedMap(state.gates);
    this.components = new CopiedMap(state.components);
    this.failed = new CopiedMap(state.failed);
    this.notBegun = new CopiedSet(state.notBegun);
    this.queue = new CopiedSet(state.queue);
    this.sending = new CopiedSet(state.sending);
    this.resting = new CopiedSet(state.resting);
    this.retries = new CopiedMap(state.retries);
    this.renewing = new CopiedSet(state.renewing);
    this.objects = new CopiedMap(state.objects);
    this.pods = new CopiedMap(state.pods);
    this.problems = new CopiedSet(state.problems);
    this.served = new CopiedSet(state.served);
    this.dryRuns = new CopiedMap(state.dryRuns);
    this.asks = new CopiedMap(state.asks);
    this.most = state.most;
    this.atOnce = state.atOnce;
    this.appliedCount = state.appliedCount;
    this.watchTroubles = state.watchTroubles;
    this.access = state.access;
    this.looking = state.looking;
    this.refreshing = state.refreshing;
    this.lastPods = state.lastPods;
    this.done = state.done;
  }

  do(effect: Effect): void {
    this.effects.push(effect);
  }

  tell(fact: RunFact): void {
    this.effects.push({ type: "tell", fact });
  }

  wake(timer: Timer, pause: Pause): void {
    this.effects.push({ type: "timer", timer, pause });
  }

  /** Looks at the closed gates soon, once for many changes. */
  look(): void {
    if (this.looking || this.done) return;
    this.looking = true;
    this.wake({ of: "look" }, { ms: 5 });
  }

  /** Shows soon what waits now. */
  refresh(): void {
    if (this.refreshing || this.done) return;
    this.refreshing = true;
    this.wake({ of: "waits" }, { ms: 150 });
  }

  isOpen(gate: string): boolean {
    return this.gates.get(gate)?.is === "open";
  }

  /** Open or failed: it is not looked at any more. */
  isDecided(gate: string): boolean {
    const status = this.gates.get(gate)?.is;
    return status === "open" || status === "failed";
  }

  result(): RunState {
    const { view, timeoutMs, most, atOnce, appliedCount, watchTroubles, access, looking, refreshing, lastPods, done } =
      this;
    return {
      ...{ view, timeoutMs, most, atOnce, appliedCount, watchTroubles, access, looking, refreshing, lastPods, done },
      nodes: this.nodes.now,
      gates: this.gates.now,
      components: this.components.now,
      failed: this.failed.now,
      notBegun: this.notBegun.now,
      queue: this.queue.now,
      sending: this.sending.now,
      resting: this.resting.now,
      retries: this.retries.now,
      renewing: this.renewing.now,
      objects: this.objects.now,
      pods: this.pods.now,
      problems: this.problems.now,
      served: this.served.now,
      dryRuns: this.dryRuns.now,
      asks: this.asks.now,
    };
  }
}

/** A run before its first event. */
export function firstState(
  view: PlanView,
  options: { concurrency: number; atOnce: number; timeoutMs: number },
): RunState {
  const none = new Set<string>();
  return {
    view,
    timeoutMs: options.timeoutMs,
    nodes: new Map(view.plan.nodes.map(({ id }) => [id, "waiting"])),
    gates: new Map(),
    components: new Map(view.plan.components.map(({ id }) => [id, { state: "waiting", applied: 0, ready: 0 }])),
    failed: new Map(),
    retries: new Map(),
    objects: new Map(),
    pods: new Map(),
    watchTroubles: new Map(),
    dryRuns: new Map(),
    asks: new Map(),
    ...{ notBegun: none, queue: none, sending: none, resting: none, renewing: none, problems: none, served: none },
    most: options.concurrency,
    atOnce: options.atOnce,
    appliedCount: 0,
    access: {
      because: undefined,
      soon: true,
      failures: 0,
      failedAt: Number.NEGATIVE_INFINITY,
      waiting: [],
      era: 0,
      turn: undefined,
    },
    ...{ looking: false, refreshing: false, lastPods: false, done: false },
  };
}
