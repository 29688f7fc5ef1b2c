import { FlowdeckError } from "../../common/contract/index.ts";
import { joined } from "../../common/text/index.ts";
import { type ApiResource, type ClusterClient, unreadable } from "../cluster/index.ts";
import type { TableSink } from "./sink.ts";
import type { Scope } from "./table.ts";

/** Tables from those who make them, plain lists from others (some extension API servers). */
export const accept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
/** The server ends a watch after this; client-go asks for 5 to 10 minutes. */
const watchSeconds = 480;
/** A bookmark comes about once a minute (k8s.io/apiserver's cacher): silence for longer means a dead connection. */
const watchSilenceMs = 150_000;
/** Bytes of a watch that are with the worker: more waits in the socket, which holds back the server. */
const mostUnread = 4 << 20;

/** The list does not hold any more (its resourceVersion is too old, or the columns changed): all has to be read anew. */
export class Outdated extends Error {}

export interface WatchStreamOptions {
  client: ClusterClient;
  resource: ApiResource;
  scope: Scope;
  /** Selectors, and the resourceVersion to begin at. */
  query: Record<string, string | undefined>;
  sink: TableSink;
  signal: AbortSignal;
  /** The server has taken the watch. */
  connected: () => void;
  /** The server stands still under the watch, which goes on when it does; undefined once it is heard again. */
  silence: (problem: FlowdeckError | undefined) => void;
  /** Objects have changed. */
  changed: () => void;
  /** The resourceVersion that the table is at. */
  seen: (resourceVersion: string) => void;
}

/**
 * One connection of a watch, its bytes handed to the table as they come. Resolves when the server or a long silence ends
 * it; throws Outdated, and what the connection or the server fails with.
 */
export async function streamWatch(options: WatchStreamOptions): Promise<void> {
  const { client, resource, scope, query, sink, signal } = options;
  const what = `watch ${resource.plural}`;
  const ended = new AbortController();
  let silent = false;
  const timer = setTimeout(() => {
    silent = true;
    ended.abort();
  }, watchSilenceMs);
  let failure: unknown;
  let parts: Buffer[] = [];
  let size = 0;
  let hearing = () => {};
  const hand = async (): Promise<void> => {
    while (parts.length > 0 && failure === undefined) {
      const body = joined(parts);
      parts = [];
      size = 0;
      const answer = await readable(sink.frames(scope, body), what, client.server);
      if (answer.resourceVersion !== undefined) options.seen(answer.resourceVersion);
      if (answer.events > 0) options.changed();
      if (answer.otherColumns || answer.failure?.code === 410) throw new Outdated();
      if (answer.failure !== undefined) throw watchFailed(resource, answer.failure.body);
    }
  };
  try {
    const chunks = await client.stream({
      path: client.pathOf(resource, scope),
      headers: { accept },
      query: {
        ...query,
        watch: true,
        allowWatchBookmarks: true,
        timeoutSeconds: watchSeconds,
      },
      what,
      signal: AbortSignal.any([signal, ended.signal]),
    });
    await sink.connected(scope);
    options.connected();
    hearing = client.onSilence(options.silence);
    let handing: Promise<void> | undefined;
    for await (const chunk of chunks) {
      timer.refresh();
      parts.push(chunk);
      size += chunk.byteLength;
      handing ??= hand()
        .catch((error: unknown) => {
          failure = error;
          ended.abort();
        })
        .finally(() => {
          handing = undefined;
        });
      if (size > mostUnread) await handing;
    }
    await handing;
    if (failure !== undefined) throw failure;
  } catch (error) {
    if (failure !== undefined) throw failure;
    // Silence is answered by connecting anew, from where we are.
    if (!silent || signal.aborted) throw error;
  } finally {
    clearTimeout(timer);
    hearing();
  }
}

/** What the tables' thread makes of an answer; where it can't read it, the error names who answered what. */
export async function readable<T>(answer: Promise<T>, what: string, server: string): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof FlowdeckError && error.code === "answer-unreadable") {
      throw unreadable(what, server, error.message);
    }
    throw error;
  }
}

function watchFailed({ plural }: ApiResource, body: string): FlowdeckError {
  return new FlowdeckError("server-error", `The API server ended the watch of ${plural}.`, {
    detail: body.slice(0, 500),
  });
}
