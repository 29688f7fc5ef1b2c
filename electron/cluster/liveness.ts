/** After so long without a byte of the server, it is asked whether it is there. */
const askAfterMs = 10_000;
/** So long without any answer is said to whoever shows what the server streams. */
const silentAfterMs = 20_000;
const tickMs = 5_000;

/** Seconds for which nothing was heard; undefined once the server is heard again. */
export type SilenceListener = (seconds: number | undefined) => void;

/**
 * Tells whether a server that is being listened to is still there. Watches of a quiet cluster bring nothing for a minute, and a
 * server that stands still looks the same: so it is asked a small question, which any server answers at once.
 */
export class Liveness {
  readonly #ask: () => Promise<unknown>;
  readonly #now: () => number;
  readonly #listeners = new Set<SilenceListener>();
  #heardAt = 0;
  #tickedAt = 0;
  #silent = false;
  #asking = false;
  #timer: NodeJS.Timeout | undefined;

  /** @param ask a question to the server; however it ends, what is heard of the server is told by {@link heard} */
  constructor(ask: () => Promise<unknown>, now: () => number = Date.now) {
    this.#ask = ask;
    this.#now = now;
  }

  /** Something came from the server. */
  heard(): void {
    this.#heardAt = this.#now();
    if (!this.#silent) return;
    this.#silent = false;
    this.#tell(undefined);
  }

  /** Until the function it gives is called, the server is watched, and its silence told. */
  watch(listener: SilenceListener): () => void {
    this.#listeners.add(listener);
    if (this.#timer === undefined) {
      this.#heardAt = this.#tickedAt = this.#now();
      this.#timer = setInterval(() => this.tick(), tickMs);
      // It must not keep a command-line run alive.
      this.#timer.unref();
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.close();
    };
  }

  /** Looks how long it is silent. Every five seconds by itself. */
  tick(): void {
    const now = this.#now();
    // This program stood still (a sleep), and could hear nothing.
    if (now - this.#tickedAt > 3 * tickMs) this.#heardAt = now;
    this.#tickedAt = now;
    const quietMs = now - this.#heardAt;
    if (quietMs >= askAfterMs && !this.#asking) {
      this.#asking = true;
      const asked = () => {
        this.#asking = false;
      };
      this.#ask().then(asked, asked);
    }
    if (quietMs < silentAfterMs) return;
    this.#silent = true;
    this.#tell(Math.round(quietMs / 1000));
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#silent = false;
    this.#listeners.clear();
  }

  #tell(seconds: number | undefined): void {
    for (const listener of [...this.#listeners]) listener(seconds);
  }
}
