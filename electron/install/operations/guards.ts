import type { ClusterClient } from "../../cluster/index.ts";
import type { KnownInstallation } from "../../settings/index.ts";
import type { DrivenRelease } from "../drivers/driven-release.ts";
import { refuseOtherCluster } from "../installation-dir/cluster-guard.ts";
import { InstallationFolder } from "../installation-dir/installation-dir.ts";
import type { JournalState } from "../installation-dir/journal-entries.ts";
import { refuseIdOfAnother, refuseUnknownId } from "../installation-dir/removal-guard.ts";
import type { OperationRequest } from "./operation.ts";

export interface OperationPlace extends DrivenRelease {
  folder: InstallationFolder;
  before: JournalState | undefined;
  client: ClusterClient;
  cluster: string;
  /** This computer's installations. */
  known: readonly KnownInstallation[];
}

/**
 * What must not begin: on a cluster that the folder is not for, or with an id that is not the folder's.
 * @throws FlowdeckError `journal-invalid` (another cluster's folder), `not-allowed` (a KfDef applied under another cluster
 * name, or a removal by an id that this computer does not know), `settings-invalid` (the id of another folder).
 */
export async function refuseOperation(request: OperationRequest, place: OperationPlace): Promise<void> {
  const { folder, before, client, cluster, driver, settings } = place;
  refuseOtherCluster(folder.path, before, cluster, request);
  // Where the journal knows that nothing was applied there is nothing to guard.
  if (request.activity === "uninstall" && !request.force && before?.objects.size !== 0)
    await driver.refuseRemoval({ settings, kfDir: folder.path, clusterName: client.clusterName });
  await refuseId(request, place);
}

/** The id in the folder: what may be removed with it, and whose it is. */
async function refuseId(
  { activity, installation, upgrade }: OperationRequest,
  { folder, known }: OperationPlace,
): Promise<void> {
  const id = (await folder.readSettings())?.id;
  const own = known.find(({ kfDir }) => kfDir === folder.path)?.id;
  // Both delete what the folder says is the installation's.
  if (activity === "uninstall" || upgrade)
    return refuseUnknownId(folder.path, id, { known: own, confirmed: installation });
  if (id === undefined || id === own) return;
  for (const { kfDir } of known.filter((one) => one.id === id && one.kfDir !== folder.path)) {
    // A folder that was moved is where it is now.
    const there = await new InstallationFolder(kfDir).readSettings().catch(() => undefined);
    if (there?.id === id) refuseIdOfAnother(folder.path, id, kfDir);
  }
}
