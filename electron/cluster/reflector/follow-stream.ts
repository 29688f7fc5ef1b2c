import type { FlowdeckError } from "../../../common/contract/index.ts";
import { type Clock, systemClock } from "./clock.ts";
import type { WatchProgress } from "./reflector.ts";

/** The server ends a watch after this; client-go asks for 5 to 10 minutes. */
const watchSeconds = 480;
/** A bookmark comes about once a minute (k8s.io/apiserver's cacher): silence for longer means a dead connection. */
const silenceMs = 150_000;

/** What the query of every watch has in common. */
export function watchQuery(resourceVersion: string): Record<string, string | number | boolean> {
  return { watch: true, allowWatchBookmarks: true, resourceVersion, timeoutSeconds: watchSeconds };
}

/** Takes the bytes of a watch as they come. */
export interface StreamReader {
  /** A new connection begins: what is left of the last one is void. */
  connected(): Promise<void> | void;
  /**
   * More is read once it is done. What it throws ends the connection, as does what it gives to `fail` later.
   */
  take(chunk: Buffer, fail: (error: unknown) => void): Promise<void> | void;
  /** The server has ended the connection: resolves once all is read. */
  ended?(): Promise<void> | void;
}

export interface FollowOptions {
  open: (signal: AbortSignal) => Promise<AsyncIterable<Buffer>>;
  onSilence: (listener: (problem: FlowdeckError | undefined) => void) => () => void;
  reader: StreamReader;
  progress: WatchProgress;
  signal: AbortSignal;
  clock?: Clock | undefined;
}

/**
 * One connection of a watch. Resolves when the server or a long silence ends it; throws what the connection, the server
 * or its reader fails with.
 */
export async function followStream(options: FollowOptions): Promise<void> {
  const { open, onSilence, reader, progress, signal, clock = systemClock } = options;
  const ended = new AbortController();
  let silent = false;
  let failure: { error: unknown } | undefined;
  const fail = (error: unknown) => {
    failure ??= { error };
    ended.abort();
  };
  const timer = clock.after(silenceMs, () => {
    silent = true;
    ended.abort();
  });
  let stopHearing = () => {};
  try {
    const chunks = await open(AbortSignal.any([signal, ended.signal]));
    await reader.connected();
    progress.connected();
    stopHearing = onSilence((problem) => progress.silent(problem));
    for await (const chunk of chunks) {
      timer.restart();
      await reader.take(chunk, fail);
    }
    await reader.ended?.();
    if (failure !== undefined) throw failure.error;
  } catch (error) {
    if (failure !== undefined) throw failure.error;
    // Silence is answered by connecting anew, from where we are.
    if (!silent || signal.aborted) throw error;
  } finally {
    timer.cancel();
    stopHearing();
  }
}
