import type { FlowdeckError } from "../../../common/contract/index.ts";
import { CopiedMap } from "./copied.ts";
import type { Fact } from "./facts.ts";
import type { RemovalEffect, RemovalStage, RemovalState, RemovalTimer } from "./removal-types.ts";
import type { Pause } from "./run-types.ts";

/** The state that a step makes out of the one before, and what has to be done for it. The one before stays as it was. */
export class RemovalDraft {
  readonly at: number;
  /** As it was; what never changes is read from here. */
  readonly state: RemovalState;
  readonly effects: RemovalEffect[] = [];
  readonly seen;
  readonly pending;
  readonly queue;
  readonly deleting;
  readonly resting;
  readonly attempts;
  readonly nudges;
  current;
  settled;
  gone;
  phaseBegan;
  troubles;
  refreshing;
  done;

  constructor(state: RemovalState, at: number) {
    this.at = at;
    this.state = state;
    this.seen = new CopiedMap(state.seen);
    this.pending = new CopiedMap(state.pending);
    this.queue = new CopiedMap(state.queue);
    this.deleting = new CopiedMap(state.deleting);
    this.resting = new CopiedMap(state.resting);
    this.attempts = new CopiedMap(state.attempts);
    this.nudges = new CopiedMap(state.nudges);
    this.current = state.current;
    this.settled = state.settled;
    this.gone = state.gone;
    this.phaseBegan = state.phaseBegan;
    this.troubles = state.troubles;
    this.refreshing = state.refreshing;
    this.done = state.done;
  }

  get stage(): RemovalStage | undefined {
    return this.state.stages[this.current];
  }

  do(effect: RemovalEffect): void {
    this.effects.push(effect);
  }

  tell(fact: Fact): void {
    this.effects.push({ type: "tell", fact });
  }

  wake(timer: RemovalTimer, pause: Pause): void {
    this.effects.push({ type: "timer", timer, pause });
  }

  /** Shows soon what is waited for, once for many changes. */
  refresh(): void {
    if (this.refreshing || this.stage?.do !== "await") return;
    this.refreshing = true;
    this.wake({ of: "waits" }, { ms: 150 });
  }

  end(): void {
    this.done = true;
    this.do({ type: "end" });
  }

  fail(error: FlowdeckError): void {
    if (this.done) return;
    this.done = true;
    this.do({ type: "fail", error: error.toJSON() });
  }

  result(): RemovalState {
    const { current, settled, gone, phaseBegan, troubles, refreshing, done } = this;
    return {
      ...this.state,
      ...{ current, settled, gone, phaseBegan, troubles, refreshing, done },
      seen: this.seen.now,
      pending: this.pending.now,
      queue: this.queue.now,
      deleting: this.deleting.now,
      resting: this.resting.now,
      attempts: this.attempts.now,
      nudges: this.nudges.now,
    };
  }
}
