import { type CloudCluster, toAppError } from "../../common/contract/index.ts";
import type { Asker } from "./asker.ts";
import { forEachAtOnce } from "./in-parallel.ts";

export interface Describing<T> {
  asker: Asker;
  found: readonly T[];
  /** As they are shown; each gets what is found out about it, or why that could not be. */
  clusters: CloudCluster[];
  /** Which of `clusters` it is. */
  placeOf: (one: T) => number;
  describe: (one: T) => Promise<Partial<CloudCluster>>;
  /** Called after each. */
  show: () => void;
}

/** Finds out what a list of clusters does not say about each, a few at a time. Throws only the signal's reason. */
export function describeClusters<T>({ asker, found, clusters, placeOf, describe, show }: Describing<T>): Promise<void> {
  return forEachAtOnce(found, async (one) => {
    const change = await describe(one).catch((error: unknown) => {
      asker.signal.throwIfAborted();
      return { problem: toAppError(error) };
    });
    const index = placeOf(one);
    const before = clusters[index];
    if (before !== undefined) clusters[index] = { ...before, ...change };
    show();
  });
}
