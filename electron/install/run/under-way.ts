import { backoffMs } from "../../cluster/index.ts";
import type { Pause } from "../engine/run-types.ts";

/** The timers and tasks that an engine's effects have begun, until the signal ends them. */
export class UnderWay {
  readonly #signal: AbortSignal;
  readonly #onFailure: (error: unknown) => void;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #tasks = new Set<Promise<void>>();

  /** @param onFailure hears why a task failed, unless the signal was aborted before */
  constructor(signal: AbortSignal, onFailure: (error: unknown) => void) {
    this.#signal = signal;
    this.#onFailure = onFailure;
  }

  task(promise: Promise<void>): void {
    const task = promise
      .catch((error: unknown) => {
        if (!this.#signal.aborted) this.#onFailure(error);
      })
      .finally(() => this.#tasks.delete(task));
    this.#tasks.add(task);
  }

  /** Calls `then` after the pause, unless the signal was aborted before. */
  wake(pause: Pause, then: () => void): void {
    const ms = "attempt" in pause ? backoffMs(pause.attempt, pause.ms, pause.maxMs) : pause.ms;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (!this.#signal.aborted) then();
    }, ms);
    this.#timers.add(timer);
  }

  /** After the signal is aborted: resolves once every task has ended. */
  async ended(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    await Promise.allSettled(this.#tasks);
  }
}
