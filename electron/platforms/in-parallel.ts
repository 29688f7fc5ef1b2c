import { availableParallelism } from "node:os";

/** How many tools run at once: each is a program of a hundred megabytes that mostly waits. */
export const atOnce = Math.min(18, Math.max(6, availableParallelism() * 3));

/** Does something for every item, a few at a time, in order; a failure ends it. */
export async function forEachAtOnce<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
  count = atOnce,
): Promise<void> {
  const rest = [...items];
  const worker = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(count, items.length) }, worker));
}
