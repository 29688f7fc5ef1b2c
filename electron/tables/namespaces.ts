import { type ClusterConnections, pause } from "../cluster/index.ts";
import { latest } from "./latest.ts";
import { isForbidden } from "./names.ts";

/** Many changes at once, such as the first list, are told once. */
const settleMs = 50;
/** Rights may be given meanwhile. */
const askAgainMs = 30_000;

export interface NamespacesOptions {
  connections: Pick<ClusterConnections, "client">;
  /** For users who may not list namespaces. */
  known: (context: string) => Promise<string[]>;
}

/** The names of a cluster's namespaces, now and at each change. */
export function watchNamespaces(
  { connections, known }: NamespacesOptions,
  context: string,
  signal: AbortSignal,
): AsyncIterable<{ names: string[]; allowed: boolean }> {
  return latest(async (put, within) => {
    while (!within.aborted) {
      const client = await connections.client(context);
      try {
        const names = new Set<string>();
        let timer: NodeJS.Timeout | undefined;
        let synced = false;
        const tell = () => {
          timer = undefined;
          put({ names: [...names].sort(), allowed: true });
        };
        for await (const { type, object } of client.watch("v1", "Namespace", { signal: within })) {
          if (type === "synced") synced = true;
          else if (type === "deleted") names.delete(object?.metadata.name ?? "");
          else if (object !== undefined) names.add(object.metadata.name);
          if (synced) timer ??= setTimeout(tell, settleMs);
        }
        clearTimeout(timer);
      } catch (error) {
        if (!isForbidden(error)) throw error;
        put({ names: await known(context), allowed: false });
        await pause(askAgainMs, within);
      } finally {
        await client.close();
      }
    }
  }, signal);
}
