import { resolve } from "node:path";
import { type ContextId, FlowdeckError, type RemovalPlan } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import type { ClusterConnections } from "../../cluster/index.ts";
import { clusterUid } from "../installation-dir/cluster-guard.ts";
import { InstallationFolder } from "../installation-dir/installation-dir.ts";
import { readJournal } from "../installation-dir/journal.ts";
import { planRemoval } from "../run/removal.ts";
import { scanForRemoval } from "../run/removal-scan.ts";

export interface RemovalPlanInput {
  connections: ClusterConnections;
  kfDir: string;
  context: ContextId;
  /** Also users' data. */
  data: boolean;
  /** Also what others made in the installation's namespaces. */
  others: boolean;
  signal?: AbortSignal | undefined;
}

/**
 * What a removal would delete and keep now. Changes nothing, neither in the cluster nor in the folder.
 * @throws FlowdeckError `not-found` where it is not the folder of an installation, and what the cluster throws.
 */
export async function removalPlanOf(input: RemovalPlanInput): Promise<RemovalPlan> {
  const { connections, context, data, others, signal = new AbortController().signal } = input;
  const place = resolve(input.kfDir);
  const stored = await new InstallationFolder(place).readSettings();
  if (!stored) throw new FlowdeckError("not-found", message("installation.noFolder", { folder: place }));
  const journal = await readJournal(place);
  const client = await connections.client(context);
  try {
    const state = journal?.run?.cluster === (await clusterUid(client)) ? journal : undefined;
    const scanned = await scanForRemoval({ client, installation: stored.id, state, data, others, signal });
    const { phases, profileNamespaces, kept, others: theirs } = planRemoval(scanned);
    const going = [...phases.values()].flat();
    const namespaces = (phases.get("namespaces") ?? []).map(({ metadata }) => metadata.name);
    return {
      objects: going.length,
      namespaces: [...namespaces, ...profileNamespaces].sort(),
      kept,
      others: theirs,
    };
  } finally {
    await client.close();
  }
}
