import { resolve } from "node:path";
import {
  type ContextId,
  FlowdeckError,
  type InstallSettings,
  type InstallStatus,
} from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import type { ClusterClient, ClusterConnections } from "../../cluster/index.ts";
import type { Forwards } from "../../forwards/index.ts";
import type { InstallationList } from "../../settings/index.ts";
import { driverOf } from "../drivers/release-driver.ts";
import { clusterUid, refuseOtherCluster } from "../installation-dir/cluster-guard.ts";
import { InstallLog } from "../installation-dir/install-log.ts";
import { InstallationFolder } from "../installation-dir/installation-dir.ts";
import { JournalWriter, readJournal } from "../installation-dir/journal.ts";
import type { JournalState } from "../installation-dir/journal-entries.ts";
import { refuseIdOfAnother, refuseUnknownId } from "../installation-dir/removal-guard.ts";
import type { SecretStore } from "../installation-dir/secrets.ts";
import { storedStatus } from "../installation-dir/stored-status.ts";
import type { PlanFingerprint } from "../plan/fingerprint.ts";
import type { PipelineParts } from "../plan/render-plan.ts";
import type { RunOptions } from "../run/install-run.ts";
import { Tracker } from "../run/status-store.ts";
import type { CatalogueRelease, InstallSecrets } from "../types.ts";
import { installWork, removeWork, runEntry, type WorkInput } from "./operation.ts";
import { type OperationLease, takeLease } from "./operation-lease.ts";
import type { Works } from "./operations.ts";

export interface WorkRoom {
  parts: PipelineParts;
  connections: ClusterConnections;
  forwards: Forwards;
  secrets: SecretStore;
  /** Takes up the folder of whatever is begun. */
  installations: InstallationList;
  /** Gets the work that was begun. */
  works: Works;
  run?: Pick<RunOptions, "concurrency" | "timeoutMs"> | undefined;
}

export interface Beginning {
  kfDir: string;
  context: ContextId;
  settings: InstallSettings;
  activity: "install" | "uninstall";
  /** Removing: also users' data. */
  data: boolean;
  /** Removing: also what others made in the installation's namespaces. */
  others?: boolean | undefined;
  /** Installing: take over objects of another installation. */
  adopt?: boolean | undefined;
  password?: string | undefined;
  /** What was shown and approved; absent where something goes on that was approved before. */
  approved?: PlanFingerprint | undefined;
  /** Values of a KfDef's secrets, by name. */
  values?: Readonly<Record<string, string>> | undefined;
  /** Removing: also where the KfDef was applied to a cluster of another name. */
  force?: boolean | undefined;
  /** Removing: the id that was confirmed, where this computer does not know it. */
  installation?: string | undefined;
}

/**
 * Opens a folder for work and begins it: the lock, the cluster, the settings, the secrets and the journal are there when
 * this returns, or nothing is held any more when it throws. The work itself goes on in {@link Works}.
 * @throws FlowdeckError `busy`, `folder-in-use`, `cluster-in-use` (another operation on the cluster), `journal-invalid` (another cluster's folder), `not-allowed` (a KfDef
 * applied under another cluster name, or a removal by an id that this computer does not know), `settings-invalid` (no
 * password yet, or the id of another folder), and what the folder and the cluster throw.
 */
export async function beginWork(room: WorkRoom, wish: Beginning): Promise<InstallStatus> {
  const { parts, works } = room;
  const { context, activity, data, others = false, adopt = false } = wish;
  const place = resolve(wish.kfDir);
  await works.untilFree(place);
  const release = await parts.catalogue.get(wish.settings.release);
  const driver = driverOf(parts.drivers, release);
  const settings = driver.settings(release, wish.settings);
  const folder = new InstallationFolder(place);
  await folder.create(driver.configFile(settings));
  const unlock = await folder.lock();
  let client: ClusterClient | undefined;
  let journal: JournalWriter | undefined;
  let lease: OperationLease | undefined;
  try {
    const state = await readJournal(place);
    client = await room.connections.client(context);
    const cluster = await clusterUid(client);
    refuseOtherCluster(place, state, cluster, wish);
    // Where the journal knows that nothing was applied there is nothing to guard.
    if (activity === "uninstall" && !wish.force && state?.objects.size !== 0)
      await driver.refuseRemoval({ settings, kfDir: place, clusterName: client.clusterName });
    await checkId(room, folder, wish);
    lease = await takeLease({ client, kfDir: place, activity });
    const id = await folder.writeSettings({ ...settings, contextName: client.contextName });
    const secrets = await secretsFor(room.secrets, id, release.signIn && activity === "install", wish.password);
    const log = new InstallLog(place);
    await log.load();
    journal = await JournalWriter.open(place);
    const tracker = trackerFor(wish, release, state, works.get(place)?.tracker.snapshot());
    const { forwards, run } = room;
    // What an earlier run did counts only where it did it.
    const same = state?.run?.cluster === cluster ? state : undefined;
    const input: WorkInput = {
      approved: wish.approved,
      ...{ parts, forwards, folder, id, settings, release, context, client, cluster },
      ...{ state: same, journal, log, tracker, adopt, values: wish.values ?? {}, ...(run ? { run } : {}) },
    };
    await journal.commit(runEntry(input, activity, { data, others }));
    await room.installations.remember(place, { id });
    const stop = new AbortController();
    const signal = AbortSignal.any([stop.signal, lease.lost]);
    const work =
      activity === "install" ? installWork(input, secrets, signal) : removeWork(input, { data, others }, signal);
    const open = { client, journal, lease };
    const done = work.finally(async () => {
      await open.lease.release();
      await Promise.allSettled([open.journal.close(), open.client.close()]);
      await unlock();
    });
    works.add(place, { tracker, log, stop, done });
    return tracker.snapshot();
  } catch (error) {
    await lease?.release();
    await Promise.allSettled([journal?.close(), client?.close()]);
    await unlock();
    throw error;
  }
}

/** The id in the folder: what may be removed with it, and whose it is. */
async function checkId(room: WorkRoom, folder: InstallationFolder, wish: Beginning): Promise<void> {
  const id = (await folder.readSettings())?.id;
  const all = await room.installations.all();
  const known = all.find(({ kfDir }) => kfDir === folder.path)?.id;
  if (wish.activity === "uninstall") return refuseUnknownId(folder.path, id, { known, confirmed: wish.installation });
  if (id === undefined || id === known) return;
  const others = all.filter((one) => one.id === id && one.kfDir !== folder.path);
  for (const { kfDir } of others) {
    // A folder that was moved is where it is now.
    const there = await new InstallationFolder(kfDir).readSettings().catch(() => undefined);
    if (there?.id === id) refuseIdOfAnother(folder.path, id, kfDir);
  }
}

/** The tracker of new work; where it goes on with what was not completed, its progress goes on from there. */
function trackerFor(
  { kfDir, activity, context }: Beginning,
  release: CatalogueRelease,
  state: JournalState | undefined,
  last: InstallStatus | undefined,
): Tracker {
  const place = resolve(kfDir);
  const before = last ?? storedStatus(place, state);
  const goesOn = state?.run?.activity === activity && ["failed", "cancelled", "interrupted"].includes(before.state);
  return new Tracker({
    kfDir: place,
    activity,
    release: release.id,
    // What a KfDef's earlier run found out; read again, the file may tell otherwise.
    title: state?.run?.release === release.id ? state.run.title : release.title.en,
    context,
    floor: goesOn ? before.fraction : 0,
  });
}

async function secretsFor(
  store: SecretStore,
  id: string,
  signIn: boolean,
  password: string | undefined,
): Promise<InstallSecrets> {
  if (password !== undefined) return store.setPassword(id, password);
  const known = await store.ensure(id);
  if (signIn && known.passwordHash === undefined) {
    throw new FlowdeckError("settings-invalid", message("installation.noPassword"), {
      advice: message("installation.noPasswordAdvice"),
      fix: { id: "choose-password", title: "Choose a password" },
    });
  }
  return known;
}
