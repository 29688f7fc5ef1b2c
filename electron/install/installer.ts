import { resolve } from "node:path";
import type { ClusterClient, ClusterConnections } from "../cluster/index.ts";
import {
  asksForPassword,
  type Dashboard,
  FlowdeckError,
  type InstallationEntry,
  type InstallSettings,
  type InstallStatus,
  type LogEntry,
  type PlanProgress,
  type ReleaseInfo,
  type ResolvedComponents,
  toAppError,
} from "../contract/index.ts";
import type { Forwards } from "../forwards/index.ts";
import type { InstallationList } from "../settings/index.ts";
import type { Tools } from "../tools/index.ts";
import { latest } from "../values/index.ts";
import { type CommandStep, commandLines } from "./commands.ts";
import { Dashboards } from "./dashboards.ts";
import { InstallationFolder, kfDirOf } from "./folder/folder.ts";
import { InstallLog } from "./folder/install-log.ts";
import { JournalWriter, readJournal } from "./folder/journal.ts";
import type { JournalState } from "./folder/journal-entries.ts";
import { clusterUid, refuseOtherCluster, refuseOtherName } from "./folder/same-cluster.ts";
import type { SecretStore } from "./folder/secrets.ts";
import { stateOf, storedStatus } from "./folder/stored-status.ts";
import type { PipelineParts } from "./plan/render-plan.ts";
import { Planner } from "./planner.ts";
import { Catalogue, describeRelease } from "./release/catalogue.ts";
import { kfDefOf } from "./release/kfdef-settings.ts";
import { resolveComponents } from "./release/resolve.ts";
import type { RunOptions } from "./run/install-run.ts";
import { Tracker } from "./run/tracker.ts";
import type { KfDefPipeline } from "./types.ts";
import { installWork, removeWork, runEntry, type WorkInput } from "./work.ts";

export interface InstallerOptions {
  connections: ClusterConnections;
  forwards: Forwards;
  tools: Tools;
  dataDir: string;
  assetsDir: string;
  /** Folder with sources.json that is asked before the network. */
  mirror?: string | undefined;
  secrets: SecretStore;
  installations: InstallationList;
  /** Without it a release that is a KfDef is refused. */
  kfdef?: KfDefPipeline;
  run?: Pick<RunOptions, "concurrency" | "timeoutMs">;
}

interface Work {
  tracker: Tracker;
  log: InstallLog;
  stop: AbortController;
  done: Promise<void>;
}

interface Beginning {
  kfDir: string;
  context: string;
  settings: InstallSettings;
  activity: "install" | "uninstall";
  data: boolean;
  password?: string | undefined;
  /** Removing: also where the KfDef was applied to a cluster of another name. */
  force?: boolean;
}

/** Everything the contract says about planning, installing and removing; one piece of work per folder at a time. */
export class Installer {
  private readonly options: InstallerOptions;
  private readonly parts: PipelineParts;
  private readonly planner: Planner;
  private readonly dashboards: Dashboards;
  private readonly works = new Map<string, Work>();
  /** Values of KfDefs' secrets by KF_DIR. */
  private readonly values = new Map<string, Readonly<Record<string, string>>>();

  constructor(options: InstallerOptions) {
    this.options = options;
    const { tools, dataDir, assetsDir, mirror } = options;
    this.dashboards = new Dashboards(options.forwards);
    this.parts = { catalogue: new Catalogue(assetsDir), tools, dataDir, assetsDir, mirror, kfdef: options.kfdef };
    this.planner = new Planner(this.parts, options.connections);
  }

  async releases(): Promise<ReleaseInfo[]> {
    const { dataDir, mirror } = this.options;
    return Promise.all(
      (await this.parts.catalogue.all()).map((release) => describeRelease(release, { dataDir, mirror })),
    );
  }

  async resolve(release: string, chosen: readonly string[]): Promise<ResolvedComponents> {
    return resolveComponents(await this.parts.catalogue.get(release), chosen);
  }

  planPrepare(context: string, settings: InstallSettings): Promise<PlanProgress> {
    return this.planner.begin(context, settings);
  }

  planCancel(): Promise<PlanProgress> {
    return this.planner.cancel();
  }

  planWatch(signal: AbortSignal): AsyncIterable<PlanProgress> {
    return this.planner.watch(signal);
  }

  async commands(context: string, settings: InstallSettings, step: CommandStep): Promise<string[]> {
    const release = await this.parts.catalogue.get(settings.release);
    const client = await this.options.connections.client(context);
    await client.close();
    return commandLines(step, { settings, release, contextName: client.context });
  }

  /** Begins to install and returns at once. Values of a KfDef's secrets are kept in memory, also for going on. */
  async start(
    context: string,
    settings: InstallSettings,
    given: { password?: string | undefined; secrets?: Readonly<Record<string, string>> | undefined } = {},
  ): Promise<InstallStatus> {
    await this.planner.cancel();
    const kfDir = kfDirOf(settings);
    if (given.secrets !== undefined) this.values.set(kfDir, given.secrets);
    const { password } = given;
    return this.begin({ kfDir, context, settings, activity: "install", data: false, password });
  }

  /** Goes on with what the folder's journal says was under way. */
  async continue(kfDir: string, context: string): Promise<InstallStatus> {
    const { settings, journal } = await this.known(kfDir);
    const run = journal?.run;
    if (!run) throw new FlowdeckError("not-found", `Nothing was begun in ${resolve(kfDir)} that could be continued.`);
    if (run.activity === "uninstall" && stateOf(journal) === "removed") {
      throw new FlowdeckError("not-found", `The installation in ${resolve(kfDir)} is removed already.`);
    }
    // A removal that had begun was allowed to.
    return this.begin({ kfDir, context, settings, activity: run.activity, data: run.data ?? false, force: true });
  }

  async remove(kfDir: string, context: string, wish: { data: boolean; force?: boolean }): Promise<InstallStatus> {
    const { settings } = await this.known(kfDir);
    await this.dashboards.stop(resolve(kfDir));
    return this.begin({ kfDir, context, settings, activity: "uninstall", ...wish });
  }

  async cancel(kfDir: string): Promise<InstallStatus> {
    const work = this.works.get(resolve(kfDir));
    work?.stop.abort();
    await work?.done;
    return this.status(kfDir);
  }

  async status(kfDir: string): Promise<InstallStatus> {
    const place = resolve(kfDir);
    return this.works.get(place)?.tracker.snapshot() ?? this.stored(place);
  }

  /** The status now and on every change, also across the end of one piece of work and the start of the next. */
  async *watch(kfDir: string, signal: AbortSignal): AsyncGenerator<InstallStatus, void, void> {
    const place = resolve(kfDir);
    if (!this.works.has(place)) yield await this.stored(place);
    while (!signal.aborted) {
      const work = this.works.get(place);
      if (!work) {
        await this.nextWork(signal);
        continue;
      }
      yield* latest({
        read: () => work.tracker.snapshot(),
        onChange: (listener) => {
          const stops = [work.tracker.onChange(listener), this.onWork(listener)];
          return () =>
            stops.forEach((stop) => {
              stop();
            });
        },
        everyMs: 150,
        signal,
        last: () => this.works.get(place) !== work,
      });
    }
  }

  async *log(kfDir: string, after: number, signal: AbortSignal): AsyncGenerator<LogEntry[], void, void> {
    const place = resolve(kfDir);
    let seen = after;
    while (!signal.aborted) {
      const work = this.works.get(place);
      const log = work?.log ?? (await this.storedLog(place));
      const batches = latest({
        read: () => log.after(seen),
        onChange: (listener) => {
          const stops = [log.onAdd(listener), this.onWork(listener)];
          return () =>
            stops.forEach((stop) => {
              stop();
            });
        },
        everyMs: 150,
        signal,
        last: () => this.works.get(place) !== work,
      });
      for await (const entries of batches) {
        seen = entries.at(-1)?.seq ?? seen;
        if (entries.length > 0) yield entries;
      }
    }
  }

  async list(): Promise<InstallationEntry[]> {
    const known = await this.options.installations.all();
    return Promise.all(known.map(({ kfDir }) => this.entry(kfDir)));
  }

  async forget(kfDir: string): Promise<void> {
    if (this.isBusy(kfDir)) throw busy(resolve(kfDir));
    await this.options.installations.forget(kfDir);
  }

  async openDashboard(kfDir: string, context: string, signal: AbortSignal): Promise<Dashboard> {
    const { settings } = await this.known(kfDir);
    const release = await this.parts.catalogue.get(settings.release);
    const options = { forwards: this.options.forwards, context, dashboard: release.dashboard, signal };
    return this.dashboards.start(
      resolve(kfDir),
      options,
      asksForPassword(release, settings.auth) ? settings.email : undefined,
    );
  }

  async closeDashboard(kfDir: string): Promise<void> {
    await this.dashboards.stop(resolve(kfDir));
  }

  /** A sentence on what ending now would interrupt, if anything. */
  activity(): string | undefined {
    const running = [...this.works].filter(([, work]) => work.tracker.isRunning);
    const [first] = running;
    if (!first) return undefined;
    const [kfDir, { tracker }] = first;
    return `${tracker.start.activity === "install" ? "Installing" : "Removing"} ${tracker.start.title} (${kfDir}) is under way.`;
  }

  /** Cancels what runs (it can be continued later) and waits for it. */
  async close(): Promise<void> {
    await this.planner.cancel();
    for (const work of this.works.values()) work.stop.abort();
    await Promise.all([...this.works.values()].map((work) => work.done));
    await this.dashboards.close();
  }

  private readonly workListeners = new Set<() => void>();

  private onWork(listener: () => void): () => void {
    this.workListeners.add(listener);
    return () => this.workListeners.delete(listener);
  }

  private async nextWork(signal: AbortSignal): Promise<void> {
    await new Promise<void>((done) => {
      const finish = () => {
        stop();
        signal.removeEventListener("abort", finish);
        done();
      };
      const stop = this.onWork(finish);
      signal.addEventListener("abort", finish);
      if (signal.aborted) finish();
    });
  }

  /** As the journal tells it; work that was begun and not ended goes on where another process holds the folder. */
  private async stored(place: string): Promise<InstallStatus> {
    const status = storedStatus(place, await readJournal(place));
    if (status.state !== "interrupted" || !(await isHeld(place))) return status;
    return { ...status, state: status.activity === "install" ? "running" : "removing" };
  }

  private async storedLog(place: string): Promise<InstallLog> {
    const log = new InstallLog(place);
    await log.load();
    return log;
  }

  private isBusy(kfDir: string): boolean {
    return this.works.get(resolve(kfDir))?.tracker.isRunning ?? false;
  }

  private async known(kfDir: string): Promise<{ settings: InstallSettings; journal: JournalState | undefined }> {
    const place = resolve(kfDir);
    const [stored, journal] = await Promise.all([new InstallationFolder(place).readSettings(), readJournal(place)]);
    if (!stored) throw new FlowdeckError("not-found", `${place} is not the folder of an installation.`);
    return { settings: stored.settings, journal };
  }

  private async entry(kfDir: string): Promise<InstallationEntry> {
    const base = { kfDir, name: kfDir.split(/[\\/]/).at(-1) ?? kfDir };
    try {
      const { settings, journal } = await this.known(kfDir);
      const running = this.works.get(kfDir)?.tracker.snapshot();
      return {
        ...base,
        name: settings.name,
        release: settings.release,
        title: journal?.run?.title ?? settings.release,
        ...(journal?.run ? { contextName: journal.run.contextName } : {}),
        state: running?.state ?? stateOf(journal),
        activity: running?.activity ?? journal?.run?.activity ?? "install",
        ...(journal?.updatedAt ? { updatedAt: journal.updatedAt } : {}),
        settings,
      };
    } catch (error) {
      return { ...base, release: "", title: base.name, state: "none", activity: "install", error: toAppError(error) };
    }
  }

  private async begin(wish: Beginning): Promise<InstallStatus> {
    const place = resolve(wish.kfDir);
    if (this.isBusy(place)) throw busy(place);
    const release = await this.parts.catalogue.get(wish.settings.release);
    const kfdef = kfDefOf(release, wish.settings);
    const settings = kfdef ? { ...wish.settings, kfdef } : wish.settings;
    const folder = new InstallationFolder(place);
    await folder.create(kfdef && this.options.kfdef?.fileName(kfdef.configUri));
    const unlock = await folder.lock();
    let client: ClusterClient | undefined;
    let journal: JournalWriter | undefined;
    try {
      const state = await readJournal(place);
      client = await this.options.connections.client(wish.context);
      const cluster = await clusterUid(client);
      refuseOtherCluster(place, state, cluster, wish);
      const nothingApplied = state !== undefined && state.objects.size === 0;
      if (kfdef && wish.activity === "uninstall" && !wish.force && !nothingApplied) {
        const applied = await this.options.kfdef?.clusterName(place, kfdef.configUri);
        refuseOtherName(applied, client.clusterName);
      }
      const id = await folder.writeSettings({ ...settings, contextName: client.context });
      const secrets = await this.secretsFor(id, release.signIn && wish.activity === "install", wish.password);
      const before = this.works.get(place)?.tracker.snapshot() ?? storedStatus(place, state);
      const goesOn =
        state?.run?.activity === wish.activity && ["failed", "cancelled", "interrupted"].includes(before.state);
      const log = new InstallLog(place);
      await log.load();
      journal = await JournalWriter.open(place);
      const tracker = new Tracker({
        kfDir: place,
        activity: wish.activity,
        release: release.id,
        title: release.title,
        context: wish.context,
        floor: goesOn ? before.fraction : 0,
      });
      const { context } = wish;
      const { forwards, run } = this.options;
      const same = state?.run?.cluster === cluster ? state : undefined;
      const input: WorkInput = {
        ...{ parts: this.parts, forwards, folder, id, settings, release, context, client, cluster },
        ...{ state: same, journal, log, tracker, values: this.values.get(place) ?? {}, ...(run ? { run } : {}) },
      };
      await journal.commit(runEntry(input, wish.activity, wish.data));
      await this.options.installations.remember(place);
      const stop = new AbortController();
      const work =
        wish.activity === "install"
          ? installWork(input, secrets, stop.signal)
          : removeWork(input, wish.data, stop.signal);
      const open = { client, journal };
      const done = work.finally(async () => {
        await Promise.allSettled([open.journal.close(), open.client.close()]);
        await unlock();
      });
      this.works.set(place, { tracker, log, stop, done });
      for (const listener of [...this.workListeners]) listener();
      return tracker.snapshot();
    } catch (error) {
      await Promise.allSettled([journal?.close(), client?.close()]);
      await unlock();
      throw error;
    }
  }

  private async secretsFor(id: string, signIn: boolean, password: string | undefined) {
    const { secrets } = this.options;
    if (password !== undefined) return secrets.setPassword(id, password);
    const known = await secrets.ensure(id);
    if (signIn && known.passwordHash === undefined) {
      throw new FlowdeckError("settings-invalid", "This installation has no password for signing in yet.", {
        detail: "Choose one; only its bcrypt hash is kept, in Flowdeck's data folder.",
        fix: { id: "choose-password", title: "Choose a password" },
      });
    }
    return known;
  }
}

async function isHeld(place: string): Promise<boolean> {
  try {
    const unlock = await new InstallationFolder(place).lock();
    await unlock();
    return false;
  } catch (error) {
    return error instanceof FlowdeckError && error.code === "folder-in-use";
  }
}

function busy(place: string): FlowdeckError {
  return new FlowdeckError("busy", `${place} is being worked on already.`, {
    detail: "Wait until it is done, or cancel it.",
  });
}
