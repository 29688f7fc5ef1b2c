import { access } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import {
  asksForPassword,
  type ContextId,
  type Dashboard,
  FlowdeckError,
  type GivenCertificate,
  type InstallationEntry,
  type InstallSettings,
  type InstallStatus,
  type LogEntry,
  type PlanProgress,
  type ReleaseInfo,
  type RemovalPlan,
  type ResolvedComponents,
  type SignInSecrets,
  saidOf,
  toAppError,
  type UpgradeChoice,
  type UpgradeTarget,
} from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import type { ClusterConnections } from "../cluster/index.ts";
import type { Forwards } from "../forwards/index.ts";
import type { InstallationList } from "../settings/index.ts";
import type { Tools } from "../tools/index.ts";
import { certified } from "./access/given-certificate.ts";
import { InstalledAccess } from "./access/installed-access.ts";
import { AdoptInstalled } from "./adopt/adoption.ts";
import { commandLines } from "./commands.ts";
import { Dashboards } from "./dashboards.ts";
import { Drift } from "./drift/drift.ts";
import { drivenRelease, type Releases } from "./drivers/driven-release.ts";
import { releaseDrivers } from "./drivers/index.ts";
import { type CommandStep, driverOf, type ReleaseDriver } from "./drivers/release-driver.ts";
import { InstallationFolder, kfDirOf } from "./installation-dir/installation-dir.ts";
import { type RemovalChoice, refuseUnaskedRemoval } from "./installation-dir/removal-guard.ts";
import type { SecretStore } from "./installation-dir/secrets.ts";
import { stateOf } from "./installation-dir/stored-status.ts";
import { KnownInstallations, type RecordedInstallation } from "./known-installations.ts";
import type { OperationRequest } from "./operations/operation.ts";
import { Operations } from "./operations/operations.ts";
import { type RemovalPlanInput, removalPlanOf } from "./operations/removal-plan.ts";
import { startOperation } from "./operations/start-operation.ts";
import { PlanStore } from "./plan/plan-store.ts";
import { type PlannedInstallation, Planner, type PlanRequest } from "./planner.ts";
import { recordPullSecret } from "./pull-secret-record.ts";
import { Catalogue, describeRelease } from "./release/catalogue.ts";
import { resolveComponents } from "./release/resolve.ts";
import { endsAtGateway } from "./render/way-in.ts";
import type { RunOptions } from "./run/install-run.ts";
import { openSignInRecord, type SignInRecord } from "./sign-in-record.ts";
import type { CatalogueRelease, KfDefPipeline, PullSecrets } from "./types.ts";
import { KeptStates } from "./upgrade/kept-state.ts";
import { installedRelease, targetsOf } from "./upgrade/targets.ts";
import { orderOf } from "./upgrade/upgrade-order.ts";

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
  /** Drivers for further kinds of releases. */
  drivers?: readonly ReleaseDriver[];
  run?: Pick<RunOptions, "concurrency" | "timeoutMs">;
  /** Without them a pull secret is only named. */
  pullSecrets?: PullSecrets;
}

/** What a release says of an installation of it. */
interface InstalledRelease {
  dashboard: CatalogueRelease["dashboard"];
  /** People sign in with a password. */
  password: boolean;
}

/** Everything the contract says about planning, installing and removing; one operation per folder at a time. */
export class Installer {
  /** What of an installation is not as it was applied. */
  readonly drift: Drift;
  /** How what is installed is reached. */
  readonly access: InstalledAccess;
  /** Takes in what something else installed. */
  readonly adoption: AdoptInstalled;
  readonly #options: InstallerOptions;
  readonly #releases: Releases;
  readonly #planner: Planner;
  readonly #dashboards: Dashboards;
  readonly #operations = new Operations();
  readonly #known: KnownInstallations;

  constructor(options: InstallerOptions) {
    this.#options = options;
    const { tools, dataDir, assetsDir, mirror } = options;
    this.#known = new KnownInstallations(options.installations, this.#operations);
    const { connections, secrets } = options;
    this.drift = new Drift({ connections, secrets, operations: this.#operations });
    this.#dashboards = new Dashboards(options.forwards);
    const drivers = releaseDrivers({ tools, dataDir, assetsDir, mirror, kfdef: options.kfdef }, options.drivers);
    this.#releases = { catalogue: new Catalogue(assetsDir), drivers };
    this.access = new InstalledAccess({ connections, secrets, operations: this.#operations, releases: this.#releases });
    const begin = (request: OperationRequest) => this.#begin(request);
    this.adoption = new AdoptInstalled({ connections, releases: this.#releases, begin });
    this.#planner = new Planner({
      ...{ releases: this.#releases, connections, secrets, pullSecrets: options.pullSecrets },
      plans: new PlanStore(join(dataDir, "plans")),
    });
  }

  async releases(): Promise<ReleaseInfo[]> {
    const { dataDir, mirror } = this.#options;
    return Promise.all(
      (await this.#releases.catalogue.all()).map((release) =>
        describeRelease(release, {
          dataDir,
          mirror,
          capabilities: driverOf(this.#releases.drivers, release).capabilities(release),
        }),
      ),
    );
  }

  async resolve(release: string, chosen: readonly string[]): Promise<ResolvedComponents> {
    return resolveComponents(await this.#releases.catalogue.get(release), chosen);
  }

  /** `adopt`: objects of another installation are taken over; `upgrade`: what is installed in the folder is changed. */
  planPrepare(
    context: ContextId,
    settings: InstallSettings,
    { adopt = false, upgrade = false }: { adopt?: boolean; upgrade?: boolean } = {},
  ): Promise<PlanProgress> {
    return this.#planner.begin({ context, settings, adopt, ...(upgrade ? { upgrade } : {}) });
  }

  /** As {@link Planner.planned}. */
  planned(request: PlanRequest, signal: AbortSignal): Promise<PlannedInstallation> {
    return this.#planner.planned(request, signal);
  }

  planCancel(): Promise<PlanProgress> {
    return this.#planner.cancel();
  }

  planWatch(signal: AbortSignal): AsyncIterable<PlanProgress> {
    return this.#planner.watch(signal);
  }

  async commands(context: ContextId, settings: InstallSettings, step: CommandStep): Promise<string[]> {
    const { release, driver } = await drivenRelease(this.#releases, settings);
    const client = await this.#options.connections.client(context);
    await client.close();
    // Beside the assets where the app runs from its sources; a package has no such file.
    const program = join(dirname(this.#options.assetsDir), "bin", "flowdeck.js");
    const there = await access(program).then(
      () => true,
      () => false,
    );
    const input = { settings, release, contextName: client.contextName };
    return commandLines(driver, step, there ? { ...input, program } : input);
  }

  /**
   * Begins to apply a plan that was shown and returns at once. Values of a KfDef's secrets are kept in memory, also for
   * going on.
   * @throws FlowdeckError `plan-stale`, and what {@link startOperation} throws. Where it shows only while the plan is
   * rendered again that something differs, the run ends with that error before anything is applied.
   */
  async start(
    planId: string,
    given: {
      password?: string | undefined;
      secrets?: Readonly<Record<string, string>> | undefined;
      certificate?: GivenCertificate | undefined;
      signIn?: SignInSecrets | undefined;
      /** Of an upgrade: what was decided about what the plan deletes. */
      upgrade?: UpgradeChoice | undefined;
    } = {},
  ): Promise<InstallStatus> {
    const plan = await this.#planner.take(planId);
    const { context, settings, adopt, built, fingerprint: approved } = plan;
    const upgrade = plan.upgrade && orderOf(plan.upgrade, given.upgrade ?? { consents: [], prune: [] }, new Date());
    const { password, secrets: values, signIn } = given;
    const kfDir = kfDirOf(settings);
    const certificate = settings.access && (await certified(settings.access, given.certificate)).certificate;
    const secret = { password, values, certificate, signIn };
    return this.#begin({ activity: "install", kfDir, context, settings, adopt, built, approved, upgrade, ...secret });
  }

  /** Goes on with what the folder's journal says was under way. */
  async continue(
    kfDir: string,
    context: ContextId,
    confirmed: {
      removal?: RemovalChoice | undefined;
      installation?: string | undefined;
      adopt?: boolean | undefined;
    } = {},
  ): Promise<InstallStatus> {
    const { settings, journal } = await this.#known.get(kfDir);
    const run = journal?.run;
    if (!run) throw new FlowdeckError("not-found", message("installation.nothingBegun", { folder: resolve(kfDir) }));
    if (run.activity === "uninstall" && stateOf(journal) === "removed") {
      throw new FlowdeckError("not-found", message("installation.removedAlready", { folder: resolve(kfDir) }));
    }
    refuseUnaskedRemoval(kfDir, journal, confirmed.removal);
    const { installation, adopt } = confirmed;
    // A removal that had begun was allowed to.
    // What others made is never removed, and what is another installation's never taken over, on the word of a file.
    const { activity, data, upgrade } = run;
    return this.#begin({ kfDir, context, settings, activity, data, upgrade, force: true, installation, adopt });
  }

  async remove(
    kfDir: string,
    context: ContextId,
    choice: RemovalChoice & {
      others?: boolean | undefined;
      force?: boolean | undefined;
      installation?: string | undefined;
    },
  ): Promise<InstallStatus> {
    const { settings } = await this.#known.get(kfDir);
    await this.#dashboards.stop(resolve(kfDir));
    return this.#begin({ kfDir, context, settings, activity: "uninstall", ...choice });
  }

  /** What {@link remove} would delete and keep. Changes nothing. */
  removalPlan(input: Omit<RemovalPlanInput, "connections">): Promise<RemovalPlan> {
    return removalPlanOf({ ...input, connections: this.#options.connections });
  }

  async cancel(kfDir: string): Promise<InstallStatus> {
    await this.#operations.cancel(resolve(kfDir));
    return this.status(kfDir);
  }

  status(kfDir: string): Promise<InstallStatus> {
    return this.#known.status(kfDir);
  }

  watch(kfDir: string, signal: AbortSignal): AsyncGenerator<InstallStatus, void, void> {
    return this.#known.watch(kfDir, signal);
  }

  log(kfDir: string, after: number, signal: AbortSignal): AsyncGenerator<LogEntry[], void, void> {
    return this.#known.log(kfDir, after, signal);
  }

  list(): Promise<InstallationEntry[]> {
    return this.#known.list();
  }

  /** What this computer's folders say of installations, each with what its release says of it. */
  async recorded(): Promise<(RecordedInstallation & InstalledRelease)[]> {
    const recorded = await this.#known.recorded();
    return Promise.all(recorded.map(async (one) => ({ ...one, ...(await this.#installedRelease(one.settings)) })));
  }

  async #installedRelease(stored: InstallSettings): Promise<InstalledRelease> {
    const { release, driver, settings } = await drivenRelease(this.#releases, stored);
    return {
      dashboard: release.dashboard,
      password: asksForPassword(driver.capabilities(release), settings.auth),
    };
  }

  /** What a folder records; undefined where it records nothing. Throws where it can't be read. */
  async settingsOf(kfDir: string): Promise<InstallSettings | undefined> {
    const folder = new InstallationFolder(resolve(kfDir));
    await folder.refuseLinks();
    return (await folder.readSettings())?.settings;
  }

  /** What the installation of a folder can be changed to. */
  async upgradeTargets(kfDir: string): Promise<{ from: string; targets: UpgradeTarget[] }> {
    const { settings, journal } = await this.#known.get(kfDir);
    const releases = await this.#releases.catalogue.all();
    const installed = installedRelease(journal) ?? settings.release;
    const from = await this.#releases.catalogue.get(installed);
    const former = await new KeptStates(resolve(kfDir)).all();
    return { from: from.id, targets: targetsOf(releases, settings, from, former) };
  }

  async forget(kfDir: string): Promise<void> {
    this.#operations.refuseBusy(resolve(kfDir));
    await this.#options.installations.forget(kfDir);
  }

  async openDashboard(kfDir: string, context: ContextId, signal: AbortSignal): Promise<Dashboard> {
    const { settings } = await this.#known.get(kfDir);
    const { dashboard, password } = await this.#installedRelease(settings);
    const { access, platform } = settings;
    // The gateway redirects plain HTTP to a port that is not forwarded; the practice cluster's stand-in speaks nothing else.
    const secure = access?.way === "loadBalancer" && endsAtGateway(access) && platform !== "practice";
    const options = { forwards: this.#options.forwards, context, dashboard, secure, signal };
    return this.#dashboards.start(resolve(kfDir), options, password ? settings.email : undefined);
  }

  async closeDashboard(kfDir: string): Promise<void> {
    await this.#dashboards.stop(resolve(kfDir));
  }

  /**
   * What the folder has about signing in, locked until the record is closed; undefined where it can't have it: that of a
   * KfDef. Throws as {@link openSignInRecord} does.
   */
  async signInRecord(kfDir: string, values: readonly string[]): Promise<SignInRecord | undefined> {
    const { settings } = await this.#known.get(kfDir);
    const { release } = await drivenRelease(this.#releases, settings);
    if (release.shape !== "kubeflow") return undefined;
    const { secrets } = this.#options;
    return openSignInRecord({ kfDir: resolve(kfDir), release, secrets, operations: this.#operations, values });
  }

  /** See {@link recordPullSecret}: in every folder that has one. Gives a sentence on each that could not be written. */
  async recordPullSecrets(change: (config: string) => string | undefined): Promise<Message[]> {
    const failures: Message[] = [];
    for (const one of await this.#known.recorded()) {
      if (one.settings.pullSecret === undefined) continue;
      try {
        this.#operations.refuseBusy(one.kfDir);
        await recordPullSecret(one, this.#options.secrets, change);
      } catch (error) {
        const why = saidOf(toAppError(error));
        failures.push(message("registry.rotationUnrecorded", { folder: one.kfDir, why }));
      }
    }
    return failures;
  }

  /** A sentence on what ending now would interrupt, if anything. */
  activity(): Message | undefined {
    return this.#operations.activity();
  }

  /** Cancels what runs (it can be continued later) and waits for it. */
  async close(): Promise<void> {
    await this.#planner.cancel();
    await this.#operations.close();
    await this.#dashboards.close();
  }

  #begin(request: OperationRequest): Promise<InstallStatus> {
    const room = { ...this.#options, releases: this.#releases, operations: this.#operations };
    return startOperation(room, { ...request, kfDir: resolve(request.kfDir) });
  }
}
