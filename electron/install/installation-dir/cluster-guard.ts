import { FlowdeckError, type InstallSettings } from "../../../common/contract/index.ts";
import { type ClusterClient, isLoopback } from "../../cluster/index.ts";
import type { JournalState } from "./journal-entries.ts";
import { stateOf } from "./stored-status.ts";

interface Wish {
  activity: "install" | "uninstall";
  settings: InstallSettings;
}

/** What tells clusters apart whatever their address: the uid of kube-system. */
export async function clusterUid(client: ClusterClient): Promise<string> {
  const system = await client.get({ apiVersion: "v1", kind: "Namespace", name: "kube-system" });
  return system?.metadata.uid ?? "";
}

/** A folder belongs to one cluster until its installation is removed; a practice cluster that was reset took it along. */
export function refuseOtherCluster(place: string, state: JournalState | undefined, cluster: string, wish: Wish): void {
  const run = state?.run;
  if (!run || run.cluster === cluster || stateOf(state) === "removed") return;
  if (wish.activity === "install" && wish.settings.platform === "practice" && isLoopback(run.server)) return;
  throw new FlowdeckError(
    "journal-invalid",
    `${place} belongs to another cluster: ${run.contextName} at ${run.server}.`,
    {
      detail: "Choose that cluster's context, or another name for an installation on this one.",
    },
  );
}

/**
 * kfctl's guard before a delete: the KfDef says on which cluster it was applied, by the name that kubeconfigs have for it.
 * @throws FlowdeckError `not-allowed` when `applied` is not what the context's cluster is called.
 */
export function refuseOtherName(applied: string | undefined, current: string): void {
  if (applied === current) return;
  throw new FlowdeckError(
    "not-allowed",
    `cluster name doesn't match: KfDef(${applied ?? ""}) v.s. current-context(${current})`,
    {
      detail:
        applied === undefined
          ? "The KfDef does not say on which cluster it was applied. If it is this one, delete it by force (--force-deletion)."
          : "Choose the cluster it was applied to. If it is this one under another name, delete it by force (--force-deletion).",
      fix: { id: "force-remove", title: "Delete it by force" },
    },
  );
}
