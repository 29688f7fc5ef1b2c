import type { InstallStatus } from "../../../common/contract/index.ts";
import type { Fact } from "../engine/facts.ts";
import { firstStatus, type StatusStart, type StatusState, shownStatus, withFact } from "../engine/run-status.ts";

/** The status of an operation as the facts make it, for those who watch. */
export class StatusStore {
  readonly #began = Date.now();
  readonly #listeners = new Set<() => void>();
  #state: StatusState;

  constructor(start: StatusStart) {
    this.#state = firstStatus(start);
  }

  /** What it is called. */
  get title(): string {
    return this.#state.title;
  }

  /** Milliseconds since it began. */
  get now(): number {
    return this.#state.endedAt ?? Date.now() - this.#began;
  }

  get isRunning(): boolean {
    return this.#state.endedAt === undefined;
  }

  tell(fact: Fact): void {
    const before = this.#state;
    this.#state = withFact(before, fact, this.now);
    if (this.#state !== before) for (const listener of this.#listeners) listener();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  snapshot(): InstallStatus {
    return shownStatus(this.#state, this.#began, this.now);
  }
}
