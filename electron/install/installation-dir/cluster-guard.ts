import { FlowdeckError, fixOf, type InstallSettings } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import { type ClusterClient, isLoopback } from "../../cluster/index.ts";
import type { JournalState } from "./journal-entries.ts";
import { stateOf } from "./stored-status.ts";

interface Intended {
  activity: "install" | "uninstall";
  settings: InstallSettings;
}

/** What tells clusters apart whatever their address: the uid of kube-system. */
export async function clusterUid(client: ClusterClient): Promise<string> {
  const system = await client.get({ apiVersion: "v1", kind: "Namespace", name: "kube-system" });
  return system?.metadata.uid ?? "";
}

/** A folder belongs to one cluster until its installation is removed; a practice cluster that was reset took it along. */
export function refuseOtherCluster(
  place: string,
  state: JournalState | undefined,
  cluster: string,
  intended: Intended,
): void {
  const run = state?.run;
  if (!run || run.cluster === cluster || stateOf(state) === "removed") return;
  if (intended.activity === "install" && intended.settings.platform === "practice" && isLoopback(run.server)) return;
  throw new FlowdeckError(
    "journal-invalid",
    message("installation.otherCluster", { folder: place, context: run.contextName, server: run.server }),
    {
      advice: message("installation.otherClusterAdvice"),
    },
  );
}

/**
 * kfctl's guard before a delete: the KfDef says on which cluster it was applied, by the name that kubeconfigs have for it.
 * @throws FlowdeckError `not-allowed` when `applied` is not what the context's cluster is called.
 */
export function refuseOtherName(applied: string | undefined, current: string): void {
  if (applied === current) return;
  throw new FlowdeckError("not-allowed", message("installation.otherName", { applied: applied ?? "", current }), {
    advice: applied === undefined ? message("installation.noName") : message("installation.otherNameAdvice"),
    fix: fixOf("force-remove", message("fix.forceDelete")),
  });
}
