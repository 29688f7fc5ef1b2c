import { LatestValueChannel } from "./latest-value-channel.ts";

/** Runs `produce` for one reader: what it puts comes out, until aborted; what it throws is thrown. */
export async function* latest<T>(
  produce: (put: (value: T) => void, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): AsyncGenerator<T, void, void> {
  const ended = new AbortController();
  const within = AbortSignal.any([signal, ended.signal]);
  const channel = new LatestValueChannel<T>();
  produce((value) => channel.put(value), within).catch((error: unknown) => {
    if (!within.aborted) channel.fail(error);
  });
  try {
    yield* channel.items(within);
  } finally {
    ended.abort();
  }
}
