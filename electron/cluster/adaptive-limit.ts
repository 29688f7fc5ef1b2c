/** Answers may take this many times the quickest one before the server counts as busy. */
const tolerance = 2;

/**
 * How many requests of one kind may be under way at once, from how long their answers take: as long as they take hardly
 * longer than the quickest did (a distant server, where most of the time is the way), more; when they queue up in the
 * server, fewer. The rule is that of gradient limiters (Netflix concurrency-limits, after TCP Vegas). Measured on two
 * cores with the API server beside it: 26.03 is applied in 15 to 16 s with 4 at once, in 19 s with 16.
 */
export class AdaptiveLimit {
  readonly #fewest: number;
  readonly #most: number;
  #limit: number;
  #quickest = Number.POSITIVE_INFINITY;
  #average: number | undefined;

  /** Begins with the fewest; with as many at most as at least it stays there. */
  constructor({ fewest, most }: { fewest: number; most: number }) {
    this.#fewest = fewest;
    this.#most = most;
    this.#limit = fewest;
  }

  get atOnce(): number {
    return Math.floor(this.#limit);
  }

  /** An answer took `ms` milliseconds. */
  took(ms: number): void {
    const took = Math.max(1, ms);
    this.#quickest = Math.min(this.#quickest, took);
    this.#average = this.#average === undefined ? took : 0.9 * this.#average + 0.1 * took;
    const gradient = Math.max(0.5, Math.min(1, (tolerance * this.#quickest) / this.#average));
    const aim = this.#limit * gradient + Math.sqrt(this.#limit);
    this.#limit = Math.min(this.#most, Math.max(this.#fewest, 0.8 * this.#limit + 0.2 * aim));
  }
}
