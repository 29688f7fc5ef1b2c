import { type ContextId, FlowdeckError } from "../../common/contract/index.ts";
import { backoffMs, type ClusterClient, type ClusterConnections, isRetryable, pause } from "../cluster/index.ts";

/**
 * Runs `work` with a client, and again with a new one when it failed (a kubeconfig may hold other credentials by then),
 * until aborted. What waiting can't cure is thrown, unless `worked` says that it could be done before.
 */
export async function withRetry(
  connections: Pick<ClusterConnections, "use">,
  context: ContextId,
  work: (client: ClusterClient) => Promise<void>,
  worked: () => boolean,
  signal: AbortSignal,
): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    const began = Date.now();
    try {
      await connections.use(context, work);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof FlowdeckError) || !(isRetryable(error) || worked())) throw error;
      // What was well for a while begins to count anew.
      if (Date.now() - began > 60_000) failures = 0;
    }
    await pause(backoffMs(failures, 500, 20_000), signal);
  }
}
