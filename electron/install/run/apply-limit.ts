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
export interface ApplyLimit {
  readonly most: number;
  readonly limit: number;
  readonly quickest: number;
  readonly average: number | undefined;
}

export function firstLimit(most: number): ApplyLimit {
  return { most, limit: Math.min(fewest, most), quickest: Number.POSITIVE_INFINITY, average: undefined };
}

/** Objects to be sent at once now. */
export function atOnce({ limit }: ApplyLimit): number {
  return Math.max(1, Math.floor(limit));
}

/** The limit after a small object took `tookMs` milliseconds. */
export function adapted({ most, limit, quickest: before, average: mean }: ApplyLimit, tookMs: number): ApplyLimit {
  const took = Math.max(1, tookMs);
  const quickest = Math.min(before, took);
  const average = mean === undefined ? took : 0.9 * mean + 0.1 * took;
  const gradient = Math.max(0.5, Math.min(1, (tolerance * quickest) / average));
  const aim = limit * gradient + Math.sqrt(limit);
  return {
    most,
    limit: Math.min(most, Math.max(Math.min(fewest, most), 0.8 * limit + 0.2 * aim)),
    quickest,
    average,
  };
}
