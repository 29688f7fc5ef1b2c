/** An API server on the same machine is busy with this many; sending more only makes what others wait for come later. */
const fewest = 4;
/** Answers may take this many times the quickest one before the server counts as busy. */
const tolerance = 2;

/**
 * How many objects are sent at once, from how long answers take: as long as they take hardly longer than the quickest
 * did (a distant server, where most of the time is the way), more; when they queue up in the server, fewer. The rule is
 * that of gradient limiters (Netflix concurrency-limits, after TCP Vegas). Measured on two cores with the API server
 * beside it: 26.03 is applied in 15 to 16 s with 4 at once, in 19 s with 16.
 */
export class ApplyLimit {
  readonly #most: number;
  #limit: number;
  #quickest = Number.POSITIVE_INFINITY;
  #average: number | undefined;

  constructor(most: number) {
    this.#most = most;
    this.#limit = Math.min(fewest, most);
  }

  get current(): number {
    return Math.max(1, Math.floor(this.#limit));
  }

  /** Takes the milliseconds that a small object took. */
  note(tookMs: number): void {
    const took = Math.max(1, tookMs);
    this.#quickest = Math.min(this.#quickest, took);
    this.#average = this.#average === undefined ? took : 0.9 * this.#average + 0.1 * took;
    const gradient = Math.max(0.5, Math.min(1, (tolerance * this.#quickest) / this.#average));
    const aim = this.#limit * gradient + Math.sqrt(this.#limit);
    this.#limit = Math.min(this.#most, Math.max(Math.min(fewest, this.#most), 0.8 * this.#limit + 0.2 * aim));
  }
}
