import type { Clock } from "../../../../electron/cluster/reflector/clock.ts";

/** A clock that stands still until it is moved. */
export class FakeClock implements Clock {
  #now = 1_000_000;
  readonly #timers = new Set<{ at: number; then: () => void }>();

  now(): number {
    return this.#now;
  }

  after(ms: number, then: () => void) {
    const timer = { at: this.#now + ms, then };
    this.#timers.add(timer);
    return {
      restart: () => {
        timer.at = this.#now + ms;
      },
      cancel: () => void this.#timers.delete(timer),
    };
  }

  /** Lets the time pass, timer by timer, with what each of them brings about. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      await settled();
      const next = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.then();
    }
    this.#now = end;
    await settled();
  }
}

/** Everything that waits for nothing but promises is done. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
}
