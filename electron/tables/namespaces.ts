import type { ContextId } from "../../common/contract/index.ts";
import { type ClusterClient, type ClusterConnections, pause } from "../cluster/index.ts";
import { latest } from "./latest.ts";
import { isForbidden } from "./list-names.ts";
import { withRetry } from "./with-retry.ts";

/** Many changes at once, such as the first list, are told once. */
const settleMs = 50;
/** Rights may be given meanwhile. */
const askAgainMs = 30_000;

export interface NamespacesOptions {
  connections: Pick<ClusterConnections, "use">;
  /** For users who may not list namespaces. */
  known: (context: ContextId) => Promise<string[]>;
}

/** The names of a cluster's namespaces, now and at each change. */
export function watchNamespaces(
  { connections, known }: NamespacesOptions,
  context: ContextId,
  signal: AbortSignal,
): AsyncIterable<{ names: string[]; allowed: boolean }> {
  return latest(async (put, within) => {
    let told = false;
    const work = async (client: ClusterClient) => {
      try {
        await follow(client, within, (names) => {
          told = true;
          put({ names, allowed: true });
        });
      } catch (error) {
        if (!isForbidden(error)) throw error;
        told = true;
        put({ names: await known(context), allowed: false });
        await pause(askAgainMs, within);
      }
    };
    await withRetry(connections, context, work, () => told, within);
  }, signal);
}

async function follow(client: ClusterClient, signal: AbortSignal, tell: (names: string[]) => void): Promise<void> {
  const names = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let synced = false;
  try {
    for await (const { type, object } of client.watch("v1", "Namespace", { signal })) {
      if (type === "synced") synced = true;
      else if (type === "deleted") names.delete(object?.metadata.name ?? "");
      else if (object !== undefined) names.add(object.metadata.name);
      if (!synced) continue;
      timer ??= setTimeout(() => {
        timer = undefined;
        tell([...names].sort());
      }, settleMs);
    }
  } finally {
    clearTimeout(timer);
  }
}
