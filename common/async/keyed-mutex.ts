import { untilAborted } from "./until-aborted.ts";

/** By key, the end of the work that was asked for last. */
const ends = new Map<string, Promise<unknown>>();

/**
 * Does `work` when all that was asked for under `key` before has ended, however it ended. An abort ends the waiting at
 * once; work that runs has to look after the signal itself. Throws the signal's reason, and what the work throws.
 */
export async function inTurn<T>(key: string, signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  const done = Promise.withResolvers<void>();
  const before = ends.get(key);
  // whoever gives up waiting still ends no sooner than those before it
  const end = Promise.all([before, done.promise]);
  ends.set(key, end);
  try {
    await untilAborted(Promise.resolve(before), signal);
    return await work();
  } finally {
    done.resolve();
    void end.then(() => {
      if (ends.get(key) === end) ends.delete(key);
    });
  }
}
