import type { ContextId, InstallSettings, SignInSecrets } from "../../../common/contract/index.ts";
import type { ClusterClient } from "../../cluster/index.ts";
import type { DrivenRelease } from "../drivers/driven-release.ts";
import type { InstallLog } from "../installation-dir/install-log.ts";
import type { InstallationFolder } from "../installation-dir/installation-dir.ts";
import type { JournalWriter } from "../installation-dir/journal.ts";
import type { JournalState } from "../installation-dir/journal-entries.ts";
import type { PlanFingerprint } from "../plan/fingerprint.ts";
import type { StatusStore } from "../run/status-store.ts";
import type { Built, InstallSecrets, PullSecrets } from "../types.ts";
import type { UpgradeOrder } from "../upgrade/upgrade-order.ts";
import type { OperationLease } from "./operation-lease.ts";

/** What is asked for. */
export interface OperationRequest {
  kfDir: string;
  context: ContextId;
  settings: InstallSettings;
  activity: "install" | "uninstall";
  /** Removing: also users' data. */
  data?: boolean | undefined;
  /** Removing: also what others made in the installation's namespaces. */
  others?: boolean | undefined;
  /** Installing: take over objects of another installation. */
  adopt?: boolean | undefined;
  /** Installing: take over what something else installed, as it is. */
  takeOver?: boolean | undefined;
  /** Installing: over what is installed, with what of it may be deleted. */
  upgrade?: UpgradeOrder | undefined;
  password?: string | undefined;
  signIn?: SignInSecrets | undefined;
  /** Checked: what the way in serves. */
  certificate?: { certificate: string; key: string } | undefined;
  /** What was shown and approved; absent where something goes on that was approved before. */
  approved?: PlanFingerprint | undefined;
  /** What the approved plan was built as. */
  built?: Built | undefined;
  /** Values of a KfDef's secrets, by name; in memory only. */
  values?: Readonly<Record<string, string>> | undefined;
  /** Removing: also where the KfDef was applied to a cluster of another name. */
  force?: boolean | undefined;
  /** Removing: the id that was confirmed, where this computer does not know it. */
  installation?: string | undefined;
}

/** All that an operation has in hand while it runs. */
export interface Operation extends DrivenRelease {
  request: OperationRequest;
  folder: InstallationFolder;
  /** The installation's. */
  id: string;
  client: ClusterClient;
  /** uid of kube-system. */
  cluster: string;
  lease: OperationLease;
  secrets: InstallSecrets;
  pullSecrets: PullSecrets | undefined;
  /** The journal as it was before, where it speaks of this cluster. */
  state: JournalState | undefined;
  journal: JournalWriter;
  log: InstallLog;
  statusStore: StatusStore;
}
