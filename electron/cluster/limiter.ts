import { AdaptiveLimit } from "./adaptive-limit.ts";
import { type Clock, systemClock, type Timer, wait } from "./reflector/clock.ts";
import type { RequestShare } from "./types.ts";

/** Two cores of an API server are busy with four pages or counts; how many changes it can do, the time they take tells. */
const shares: Readonly<Record<RequestShare, { fewest: number; most: number }>> = {
  pages: { fewest: 5, most: 5 },
  counts: { fewest: 4, most: 4 },
  changes: { fewest: 4, most: 16 },
};
/** What was learned about a share's answers counts so long after the last of them. */
const learnedForMs = 30_000;
/** Requests sent together are refused together: within so long they count as one refusal. */
const sameRefusalMs = 1_000;

export interface LimiterOptions {
  /** Requests under way at once, of all shares and of none. */
  max: number;
  clock?: Clock | undefined;
}

export interface Turn {
  share?: RequestShare | undefined;
  signal?: AbortSignal | undefined;
}

interface Waiting {
  share: RequestShare | undefined;
  go: () => void;
}

/**
 * How many requests to one API server may be under way at once.
 *
 * Of all together: additive increase, multiplicative decrease. A 429 halves the limit and holds new requests back for as
 * long as the server asks; as many successes as the limit give one more. Of a {@link RequestShare} beside that: only as
 * many as it has room for, which for changes follows the time that answers take. Requests of no share are those that
 * somebody waits for, and go first.
 */
export class Limiter {
  readonly #max: number;
  readonly #clock: Clock;
  readonly #rooms = new Map<RequestShare, Room>();
  #waiting: Waiting[] = [];
  #limit: number;
  #running = 0;
  #successes = 0;
  #cutAt = Number.NEGATIVE_INFINITY;
  #resumeAt = Number.NEGATIVE_INFINITY;
  #resume: Timer | undefined;

  constructor({ max, clock = systemClock }: LimiterOptions) {
    this.#max = max;
    this.#limit = max;
    this.#clock = clock;
  }

  get limit(): number {
    return this.#limit;
  }

  /** How many requests of a share there is room for, whether they are under way or not. */
  atOnce(share: RequestShare): number {
    return this.#room(share).atOnce;
  }

  /** Runs `task` when it is its turn; rejects with the signal's reason when aborted while it waits. */
  async run<T>(task: () => Promise<T>, { share, signal }: Turn = {}): Promise<T> {
    await this.#turn(share, signal);
    try {
      return await task();
    } finally {
      this.#running--;
      if (share !== undefined) this.#room(share).running--;
      this.#next();
    }
  }

  /**
   * For what lasts (a watch, a shell), and so takes nobody's place: resolves once the server wants requests again;
   * rejects with the signal's reason when aborted before.
   */
  async untilOpen(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const ms = this.#resumeAt - this.#clock.now();
    if (ms > 0) await wait(this.#clock, ms, signal);
  }

  /** The server took a request. */
  succeeded(): void {
    if (this.#limit >= this.#max) return;
    this.#successes++;
    if (this.#successes < this.#limit) return;
    this.#successes = 0;
    this.#limit++;
    this.#next();
  }

  /** The server answered a request of a share after so long, and did what it was asked for. */
  answered(share: RequestShare, tookMs: number): void {
    this.#room(share).took(tookMs, this.#clock.now());
    this.#next();
  }

  /** The server has too many requests, and asks for a pause. */
  refused(retryAfterMs: number): void {
    const now = this.#clock.now();
    if (now - this.#cutAt >= sameRefusalMs) {
      this.#cutAt = now;
      this.#successes = 0;
      this.#limit = Math.max(1, Math.floor(this.#limit / 2));
    }
    if (now + retryAfterMs <= this.#resumeAt) return;
    this.#resumeAt = now + retryAfterMs;
    this.#resume?.cancel();
    this.#resume = this.#clock.after(retryAfterMs, () => this.#next());
  }

  /** Whoever waits is let go on by its own signal. */
  close(): void {
    this.#resume?.cancel();
    this.#waiting = [];
  }

  /** Resolves when it is its turn, which it has taken then. */
  async #turn(share: RequestShare | undefined, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiting: Waiting = { share, go: resolve };
    const onAbort = () => {
      const at = this.#waiting.indexOf(waiting);
      // Else it has its turn already.
      if (at < 0) return;
      this.#waiting.splice(at, 1);
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    this.#waiting.push(waiting);
    this.#next();
    try {
      await promise;
    } finally {
      signal?.removeEventListener("abort", onAbort);
    }
  }

  /** Gives a turn to all there is room for. */
  #next(): void {
    while (this.#running < this.#limit && this.#clock.now() >= this.#resumeAt) {
      let at = this.#waiting.findIndex(({ share }) => share === undefined);
      if (at < 0) at = this.#waiting.findIndex(({ share }) => share !== undefined && this.#room(share).hasRoom);
      const [next] = at < 0 ? [] : this.#waiting.splice(at, 1);
      if (next === undefined) return;
      this.#running++;
      if (next.share !== undefined) this.#room(next.share).running++;
      next.go();
    }
  }

  #room(share: RequestShare): Room {
    let room = this.#rooms.get(share);
    if (room === undefined) {
      room = new Room(shares[share]);
      this.#rooms.set(share, room);
    }
    return room;
  }
}

/** What a share has of the connection. */
class Room {
  running = 0;
  readonly #bounds: { fewest: number; most: number };
  #limit: AdaptiveLimit;
  #learnedAt = Number.NEGATIVE_INFINITY;

  constructor(bounds: { fewest: number; most: number }) {
    this.#bounds = bounds;
    this.#limit = new AdaptiveLimit(bounds);
  }

  get atOnce(): number {
    return this.#limit.atOnce;
  }

  get hasRoom(): boolean {
    return this.running < this.atOnce;
  }

  took(ms: number, now: number): void {
    // The way to the server may be another one by now.
    if (now - this.#learnedAt > learnedForMs) this.#limit = new AdaptiveLimit(this.#bounds);
    this.#learnedAt = now;
    this.#limit.took(ms);
  }
}
