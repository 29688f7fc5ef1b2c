/** Time as the reflector sees it; tests bring one that they move by hand. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls `then` once, `ms` from now. */
  after(ms: number, then: () => void): Timer;
}

export interface Timer {
  /** Counts from now again. */
  restart(): void;
  cancel(): void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, then) {
    const timer = setTimeout(then, ms);
    return { restart: () => void timer.refresh(), cancel: () => clearTimeout(timer) };
  },
};

/** Waits, and rejects with the signal's reason when aborted. */
export async function wait(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  const timer = clock.after(ms, resolve);
  try {
    await promise;
  } finally {
    timer.cancel();
    signal.removeEventListener("abort", onAbort);
  }
}
