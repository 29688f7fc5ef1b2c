import PQueue from "p-queue";

/**
 * How many requests may be under way at once: additive increase, multiplicative decrease. A 429 halves the limit and
 * pauses new requests for as long as the server asks; as many successes as the limit give one more.
 */
export class Limiter {
  readonly #queue: PQueue;
  readonly #max: number;
  readonly #now: () => number;
  #successes = 0;
  #lastCut = Number.NEGATIVE_INFINITY;
  #resumeAt = 0;
  #resume: NodeJS.Timeout | undefined;

  constructor(options: { max: number; now?: () => number }) {
    this.#max = options.max;
    this.#now = options.now ?? Date.now;
    this.#queue = new PQueue({ concurrency: options.max });
  }

  get limit(): number {
    return this.#queue.concurrency;
  }

  /** Runs `task` when there is room for it; rejects with the signal's reason when aborted while it waits. */
  async run<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    return await this.#queue.add(task, signal === undefined ? {} : { signal });
  }

  succeeded(): void {
    if (this.limit >= this.#max) return;
    this.#successes++;
    if (this.#successes < this.limit) return;
    this.#successes = 0;
    this.#queue.concurrency = this.limit + 1;
  }

  /** Requests sent together are refused together: within a second they count as one refusal. */
  refused(retryAfterMs: number): void {
    const now = this.#now();
    if (now - this.#lastCut >= 1000) {
      this.#lastCut = now;
      this.#successes = 0;
      this.#queue.concurrency = Math.max(1, Math.floor(this.limit / 2));
    }
    this.#pauseUntil(now + retryAfterMs);
  }

  close(): void {
    clearTimeout(this.#resume);
    this.#queue.clear();
  }

  #pauseUntil(time: number): void {
    if (time <= this.#resumeAt) return;
    this.#resumeAt = time;
    this.#queue.pause();
    clearTimeout(this.#resume);
    this.#resume = setTimeout(() => this.#queue.start(), Math.max(0, time - this.#now()));
  }
}
