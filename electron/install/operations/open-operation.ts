import { resolve } from "node:path";
import { FlowdeckError, fixOf, type InstallStatus } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import type { ClusterConnections } from "../../cluster/index.ts";
import type { Forwards } from "../../forwards/index.ts";
import type { InstallationList } from "../../settings/index.ts";
import { type DrivenRelease, drivenRelease, type Releases } from "../drivers/driven-release.ts";
import { clusterUid } from "../installation-dir/cluster-guard.ts";
import { InstallLog } from "../installation-dir/install-log.ts";
import { InstallationFolder } from "../installation-dir/installation-dir.ts";
import { JournalWriter, readJournal } from "../installation-dir/journal.ts";
import type { JournalState } from "../installation-dir/journal-entries.ts";
import type { SecretStore } from "../installation-dir/secrets.ts";
import { storedStatus } from "../installation-dir/stored-status.ts";
import type { RunOptions } from "../run/install-run.ts";
import { StatusStore } from "../run/status-store.ts";
import type { InstallSecrets, PullSecrets } from "../types.ts";
import { KeptStates } from "../upgrade/kept-state.ts";
import { refuseOperation } from "./guards.ts";
import type { Operation, OperationRequest } from "./operation.ts";
import { takeLease } from "./operation-lease.ts";
import type { Operations } from "./operations.ts";
import { runEntry } from "./run-entry.ts";

/** What operations are done with. */
export interface OperationRoom {
  releases: Releases;
  connections: ClusterConnections;
  forwards: Forwards;
  secrets: SecretStore;
  /** Takes up the folder of whatever is begun. */
  installations: InstallationList;
  pullSecrets?: PullSecrets | undefined;
  operations: Operations;
  run?: Pick<RunOptions, "concurrency" | "timeoutMs"> | undefined;
}

/**
 * Opens a folder and a cluster for an operation: the lock, the lease, the settings, the secrets and the journal are there
 * when this returns. What has to be given back is in `held`, also when it throws.
 * @throws FlowdeckError `folder-in-use`, what {@link refuseOperation} and {@link takeLease} throw, `settings-invalid` (no
 * password yet), and what the folder and the cluster throw.
 */
export async function openOperation(
  room: OperationRoom,
  request: OperationRequest,
  held: AsyncDisposableStack,
): Promise<Operation> {
  const { activity } = request;
  const driven = await drivenRelease(room.releases, request.settings);
  const folder = new InstallationFolder(request.kfDir);
  await folder.create(driven.driver.configFile(driven.settings));
  held.defer(await folder.lock());
  const before = await readJournal(folder.path);
  const client = await room.connections.client(request.context);
  held.defer(() => client.close());
  const cluster = await clusterUid(client);
  await refuseOperation(request, { ...driven, folder, before, client, cluster, known: await room.installations.all() });
  const lease = await takeLease({ client, kfDir: folder.path, activity });
  held.defer(() => lease.release());
  if (request.upgrade) await new KeptStates(folder.path).save(request.upgrade.kept);
  const id = await folder.writeSettings({ ...driven.settings, contextName: client.contextName });
  const known = await secretsFor(room.secrets, id, request, driven);
  const secrets = await withCredentials(room, id, driven, known);
  const log = await InstallLog.open(folder.path);
  const journal = await JournalWriter.open(folder.path);
  held.defer(() => journal.close().catch(() => undefined));
  const last = room.operations.get(folder.path)?.statusStore.snapshot() ?? storedStatus(folder.path, before);
  const statusStore = trackerFor(request, driven, before, last);
  // What an earlier run did counts only where it did it.
  const state = before?.run?.cluster === cluster ? before : undefined;
  const operation = {
    ...driven,
    request,
    folder,
    id,
    client,
    cluster,
    lease,
    secrets,
    pullSecrets: room.pullSecrets,
    state,
    journal,
    log,
    statusStore,
  };
  await journal.commit(runEntry(operation));
  await room.installations.remember(folder.path, { id });
  return operation;
}

/** The statusStore of a new operation; where it goes on with what was not completed, its progress goes on from there. */
function trackerFor(
  { kfDir, activity, context }: OperationRequest,
  { release }: DrivenRelease,
  before: JournalState | undefined,
  last: InstallStatus,
): StatusStore {
  const goesOn = before?.run?.activity === activity && ["failed", "cancelled", "interrupted"].includes(last.state);
  return new StatusStore({
    kfDir: resolve(kfDir),
    activity,
    release: release.id,
    // What a KfDef's earlier run found out; read again, the file may tell otherwise.
    title: before?.run?.release === release.id ? before.run.title : release.title.en,
    context,
    floor: goesOn ? last.fraction : 0,
  });
}

/** With the credentials that are connected now; those of before where none is. */
async function withCredentials(
  { secrets: store, pullSecrets }: OperationRoom,
  id: string,
  { settings }: DrivenRelease,
  known: InstallSecrets,
): Promise<InstallSecrets> {
  const config = settings.pullSecret === undefined ? undefined : await pullSecrets?.config();
  return config === undefined || config === known.pullSecret ? known : store.setPullSecret(id, config);
}

async function secretsFor(
  store: SecretStore,
  id: string,
  { activity, password, certificate, signIn }: OperationRequest,
  { release, settings }: DrivenRelease,
): Promise<InstallSecrets> {
  if (certificate !== undefined) await store.setCertificate(id, certificate);
  if (signIn !== undefined) await store.setSignIn(id, signIn);
  if (password !== undefined) return store.setPassword(id, password);
  const known = await store.ensure(id);
  const asksForOne = release.signIn && settings.auth === "dex";
  if (asksForOne && activity === "install" && known.passwordHash === undefined) {
    throw new FlowdeckError("settings-invalid", message("installation.noPassword"), {
      advice: message("installation.noPasswordAdvice"),
      fix: fixOf("choose-password", message("fix.choosePassword")),
    });
  }
  return known;
}
