import type { ClusterClient } from "../../cluster/index.ts";
import { FlowdeckError, type InstallSettings } from "../../contract/index.ts";
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

function isLoopback(server: string): boolean {
  return URL.canParse(server) && ["127.0.0.1", "localhost", "[::1]"].includes(new URL(server).hostname);
}
