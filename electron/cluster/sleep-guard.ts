const tickMs = 5_000;
const longestTickMs = 30_000;

/** Notices that the machine slept: a timer that should come every five seconds came much later. */
export class SleepGuard {
  readonly #timer: NodeJS.Timeout;

  constructor(onWake: () => void, now: () => number = Date.now) {
    let last = now();
    this.#timer = setInterval(() => {
      const passed = now() - last;
      last = now();
      if (passed > longestTickMs) onWake();
    }, tickMs);
    // It must not keep a command-line run alive.
    this.#timer.unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
