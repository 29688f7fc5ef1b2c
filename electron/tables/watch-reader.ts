import { FlowdeckError } from "../../common/contract/index.ts";
import { joined } from "../../common/text/index.ts";
import { message } from "../../common/words/index.ts";
import {
  type ClusterClient,
  Expired,
  type RequestPurpose,
  refusalError,
  type StreamReader,
  unreadable,
  type WatchProgress,
} from "../cluster/index.ts";
import type { TableSink } from "./sink.ts";
import type { Scope } from "./table.ts";

/** Bytes of a watch that are with the worker: more waits in the socket, which holds back the server. */
const mostUnread = 4 << 20;

export interface WatchReaderOptions {
  sink: TableSink;
  scope: Scope;
  /** "watch pods", for errors. */
  what: RequestPurpose;
  client: Pick<ClusterClient, "contextName" | "server">;
  progress: WatchProgress;
}

/** Hands the bytes of a watch to the table's thread as they come, and hears from there what they were. */
export function watchReader({ sink, scope, what, client, progress }: WatchReaderOptions): StreamReader {
  let parts: Buffer[] = [];
  let size = 0;
  let handing: Promise<void> | undefined;
  const hand = async (): Promise<void> => {
    while (parts.length > 0) {
      const body = joined(parts);
      parts = [];
      size = 0;
      const answer = await readable(sink.frames(scope, body), what, client.server);
      if (answer.events > 0 || answer.resourceVersion !== undefined) progress.seen(answer.resourceVersion);
      // Of other columns the rows that are there say nothing.
      if (answer.otherColumns) throw new Expired();
      // The server's word at the end of a watch; that it is too old is one of them.
      if (answer.failure !== undefined) {
        throw refusalError(answer.failure.code, answer.failure.body, {
          what,
          contextName: client.contextName,
          server: client.server,
        });
      }
    }
  };
  return {
    connected: () => sink.connected(scope),
    take(chunk, fail) {
      parts.push(chunk);
      size += chunk.byteLength;
      handing ??= hand()
        .catch(fail)
        .finally(() => {
          handing = undefined;
        });
      return size > mostUnread ? handing : undefined;
    },
    ended: () => handing,
  };
}

/** What the tables' thread makes of an answer; where it can't read it, the error names who answered what. */
export async function readable<T>(answer: Promise<T>, what: RequestPurpose, server: string): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof FlowdeckError && error.code === "answer-unreadable") {
      throw unreadable(what, server, error.detail ?? message("server.emptyAnswer"));
    }
    throw error;
  }
}
