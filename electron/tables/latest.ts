import { Mailbox } from "./latest-value-channel.ts";

/** Runs `produce` for one reader: what it puts comes out, until aborted; what it throws is thrown. */
export async function* latest<T>(
  produce: (put: (value: T) => void, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): AsyncGenerator<T, void, void> {
  const ended = new AbortController();
  const within = AbortSignal.any([signal, ended.signal]);
  const mailbox = new Mailbox<T>();
  produce((value) => mailbox.put(value), within).catch((error: unknown) => {
    if (!within.aborted) mailbox.fail(error);
  });
  try {
    yield* mailbox.items(within);
  } finally {
    ended.abort();
  }
}
