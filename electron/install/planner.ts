import { latest, untilAborted } from "../../common/async/index.ts";
import {
  type ContextId,
  FlowdeckError,
  type InstallSettings,
  type PlanProgress,
  type PlanSummary,
  type Platform,
  toAppError,
} from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import type { ClusterClient, ClusterConnections } from "../cluster/index.ts";
import { type DrivenRelease, drivenRelease, type Releases } from "./drivers/driven-release.ts";
import { clusterUid, refuseOtherCluster } from "./installation-dir/cluster-guard.ts";
import type { FolderSettings } from "./installation-dir/flowdeck-file.ts";
import { InstallationFolder, kfDirOf } from "./installation-dir/installation-dir.ts";
import { readJournal } from "./installation-dir/journal.ts";
import type { JournalState } from "./installation-dir/journal-entries.ts";
import { planningSecrets, type SecretStore } from "./installation-dir/secrets.ts";
import type { KeptPlan, PlanStore } from "./plan/plan-store.ts";
import type { PlanNode } from "./plan/plan-types.ts";
import { type Capacity, readCapacity, warningsFor } from "./plan/preflight.ts";
import { type RenderedPlan, renderPlan } from "./plan/render-plan.ts";
import { summarise } from "./plan/summary.ts";
import type { CatalogueRelease, PullSecrets } from "./types.ts";
import { installedRelease, refuseUpgrade } from "./upgrade/targets.ts";
import { planUpgrade } from "./upgrade/upgrade-plan.ts";

const shares = { sources: [0, 0.4], build: [0.4, 0.5], plan: [0.9, 0.1] } as const;

export interface PlanRequest {
  context: ContextId;
  settings: InstallSettings;
  /** Objects of another installation are taken over. */
  adopt: boolean;
  /** Over what is installed: the plan says what that does to it. */
  upgrade?: boolean;
}

/** What a plan would apply, for whoever looks whether the cluster can take it. */
export interface PlannedInstallation {
  nodes: readonly PlanNode[];
  release: CatalogueRelease;
  platform: Platform;
  capacity: Capacity;
  summary: Pick<PlanSummary, "totals" | "images" | "goneImages" | "warnings">;
}

type Tell = (step: keyof typeof shares, fraction: number, said: Message) => void;

interface PlannerParts {
  releases: Releases;
  connections: ClusterConnections;
  secrets: SecretStore;
  plans: PlanStore;
  pullSecrets: PullSecrets | undefined;
}

/** The plan that is being looked at: one at a time, the newest request wins. */
export class Planner {
  readonly #releases: Releases;
  readonly #connections: ClusterConnections;
  readonly #secrets: SecretStore;
  readonly #plans: PlanStore;
  readonly #pullSecrets: PullSecrets | undefined;
  #progress: PlanProgress = { state: "idle", fraction: 0 };
  #running: { stop: AbortController } | undefined;
  /** The newest plan: of what request, and what comes of it. */
  #newest: { key: string; planned: Promise<PlannedInstallation> } | undefined;
  /** All that have not ended, also those that are no longer wanted. */
  readonly #runs = new Set<Promise<void>>();
  readonly #listeners = new Set<() => void>();

  constructor({ releases, connections, secrets, plans, pullSecrets }: PlannerParts) {
    this.#plans = plans;
    this.#secrets = secrets;
    this.#releases = releases;
    this.#connections = connections;
    this.#pullSecrets = pullSecrets;
  }

  /** Nobody waits for a plan that is no longer wanted: it ends by itself and says nothing any more. */
  async begin(request: PlanRequest): Promise<PlanProgress> {
    this.#running?.stop.abort();
    const stop = new AbortController();
    this.#running = { stop };
    this.#set({ state: "running", step: "sources", fraction: 0, said: message("progress.lookingForSources") });
    const planned = Promise.withResolvers<PlannedInstallation>();
    planned.promise.catch(() => undefined); // whoever asks for it hears of it; its progress says it in any case
    this.#newest = { key: JSON.stringify(request), planned: planned.promise };
    const done = this.#run(request, stop, planned).finally(() => this.#runs.delete(done));
    this.#runs.add(done);
    return this.#progress;
  }

  /**
   * What the newest plan would apply; one is made where that is of another request. Throws what keeps it from being made,
   * AbortError where it was cancelled or `signal` is.
   */
  async planned(request: PlanRequest, signal: AbortSignal): Promise<PlannedInstallation> {
    if (this.#newest?.key !== JSON.stringify(request)) await this.begin(request);
    return untilAborted(this.#newest?.planned ?? Promise.reject(new Error("no plan was begun")), signal);
  }

  async cancel(): Promise<PlanProgress> {
    this.#running?.stop.abort();
    await Promise.all(this.#runs);
    return this.#progress;
  }

  /** A plan that was shown, to be started now; none is made any longer. Throws `plan-stale` where it is not kept. */
  async take(id: string): Promise<KeptPlan> {
    await this.cancel();
    this.#newest = undefined;
    return this.#plans.take(id);
  }

  watch(signal: AbortSignal): AsyncIterable<PlanProgress> {
    return latest({
      read: () => this.#progress,
      onChange: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
      everyMs: 100,
      signal,
    });
  }

  async #run(
    request: PlanRequest,
    stop: AbortController,
    planned: PromiseWithResolvers<PlannedInstallation>,
  ): Promise<void> {
    const { signal } = stop;
    const isCurrent = () => this.#running?.stop === stop;
    const tell = (progress: PlanProgress) => {
      if (isCurrent()) this.#set(progress);
    };
    try {
      const { summary, ...made } = await this.#plan(request, signal, (step, fraction, said) => {
        const [from, share] = shares[step];
        const whole = Math.max(this.#progress.fraction, from + share * fraction);
        tell({ state: "running", step, fraction: Math.min(1, whole), said });
      });
      planned.resolve({ ...made, summary });
      tell({ state: "done", fraction: 1, summary });
    } catch (error) {
      planned.reject(error);
      if (isCurrent()) this.#newest = undefined;
      if (signal.aborted) tell({ state: "cancelled", fraction: this.#progress.fraction });
      else tell({ state: "failed", fraction: this.#progress.fraction, error: toAppError(error) });
    } finally {
      if (isCurrent()) this.#running = undefined;
    }
  }

  async #plan({ context, adopt, upgrade = false, ...asked }: PlanRequest, signal: AbortSignal, onProgress: Tell) {
    const kfDir = kfDirOf(asked.settings);
    const known = await settingsIn(kfDir);
    const state = await readJournal(kfDir);
    const settings = withKnownSignIn(withKnownPasswords(asked.settings, known, state), known);
    const stored = known && (await this.#secrets.read(known.id));
    const [client, planned, driven, pullSecret = stored?.pullSecret] = await Promise.all([
      this.#connections.client(context),
      // What is there is compared with what would be: with its own secrets.
      planningSecrets(upgrade ? stored : undefined, settings.signIn, stored),
      drivenRelease(this.#releases, settings),
      settings.pullSecret === undefined ? undefined : this.#pullSecrets?.config(),
    ]);
    const secrets = { ...planned, ...(pullSecret === undefined ? {} : { pullSecret }) };
    try {
      const from = installedRelease(state);
      const cluster = await clusterUid(client);
      if (upgrade) {
        const installed = from === undefined ? undefined : await this.#releases.catalogue.get(from);
        refuseUpgrade(kfDir, known, installed, driven.release);
        refuseOtherCluster(kfDir, state, cluster, { activity: "uninstall", settings });
      } else refuseOtherRelease(driven, from);
      refuseOtherSignIn(driven, known, state, settings);
      // The cluster answers while the sources are built.
      const capacity = capacityOf(client, signal);
      const rendered = await renderPlan(driven, {
        ...{ kfDir, client, cluster, secrets, signal, adopt, onProgress, planning: true, values: {} },
        installation: known?.id ?? "planned",
        haveSecrets: stored !== undefined,
        // What an earlier run did counts only where it did it.
        known: state?.run?.cluster === cluster ? state.objects : undefined,
        onMessage: () => undefined,
      });
      const changes =
        upgrade && known && state
          ? await planUpgrade({
              ...{ client, rendered, secrets, signal, installation: known.id, release: driven.release, journal: state },
              from: from ?? driven.release.id,
              onProgress: (fraction) => onProgress("plan", 0.2 + 0.6 * fraction, message("upgrade.trying")),
            })
          : undefined;
      onProgress("plan", 0.8, message("progress.counting"));
      const found = await capacity;
      const summary = summaryOf(driven, rendered, found);
      onProgress("plan", 1, message("progress.planReady"));
      signal.throwIfAborted();
      const { built, fingerprint, plan, platform } = rendered;
      const id = await this.#plans.keep(
        { context, settings, adopt, fingerprint, ...(changes ? { upgrade: changes.shown } : {}) },
        built,
      );
      return {
        ...{ nodes: plan.nodes, release: driven.release, platform: platform.id, capacity: found },
        summary: {
          ...{ ...summary, id, context, kfDir },
          ...(changes ? { upgrade: changes.plan } : {}),
        } satisfies PlanSummary,
      };
    } finally {
      await client.close();
    }
  }

  #set(progress: PlanProgress): void {
    this.#progress = progress;
    for (const listener of this.#listeners) listener();
  }
}

/**
 * Objects of one release would stay beside those of another, some of which the API server refuses to change: webhooks that
 * nothing answers any more keep pods from being created. Throws `not-allowed`.
 */
function refuseOtherRelease({ release }: DrivenRelease, from: string | undefined): void {
  if (from === undefined || from === release.id) return;
  throw new FlowdeckError("not-allowed", message("render.releaseFixed", { from, to: release.id }), {
    advice: message("render.releaseFixedWay", { from }),
  });
}

/**
 * What one way to sign in has made would stay beside the other: policies that let no one in, or a filter that lets everyone
 * in. Throws `not-allowed`.
 */
function refuseOtherSignIn(
  { release }: DrivenRelease,
  known: FolderSettings | undefined,
  state: JournalState | undefined,
  { auth }: InstallSettings,
): void {
  if (release.shape !== "kubeflow" || known === undefined || known.settings.auth === auth) return;
  if (installedRelease(state) === undefined) return;
  throw new FlowdeckError("not-allowed", message("people.wayFixed"), {
    advice: [message("people.wayFixedWay"), message("people.wayFixedThen", { way: auth })],
  });
}

/** The people of an installation that is there stay: the wizard and the command line name only the first one. */
function withKnownSignIn(settings: InstallSettings, known: FolderSettings | undefined): InstallSettings {
  const signIn = { ...known?.settings.signIn, ...settings.signIn };
  return Object.keys(signIn).length === 0 ? settings : { ...settings, signIn };
}

/** The databases of an installation that is there have the passwords that they were first started with. */
function withKnownPasswords(
  { storagePasswords: asked, ...settings }: InstallSettings,
  known: FolderSettings | undefined,
  state: JournalState | undefined,
): InstallSettings {
  const before = known?.settings.storagePasswords;
  const storagePasswords = installedRelease(state) ? before : (asked ?? before);
  return { ...settings, ...(storagePasswords === undefined ? {} : { storagePasswords }) };
}

/** What the folder keeps; one that an installation could not use is refused before it is planned for. */
async function settingsIn(kfDir: string): Promise<FolderSettings | undefined> {
  const folder = new InstallationFolder(kfDir);
  await folder.refuseLinks();
  return folder.readSettings();
}

/** Asked now and waited for later: until then nobody looks whether it fails. */
function capacityOf(client: ClusterClient, signal: AbortSignal): Promise<Capacity> {
  const capacity = readCapacity(client, signal);
  capacity.catch(() => undefined);
  return capacity;
}

function summaryOf({ release }: DrivenRelease, rendered: RenderedPlan, capacity: Capacity) {
  const { plan, facts, unserved, warnings, conversions, goneImages, imageChanges, adjustments, platform } = rendered;
  const { cloudFiles } = rendered;
  return summarise({
    ...{ plan, facts, conversions, goneImages, imageChanges, adjustments, platform, cloudFiles },
    ...{ release: release.id, nodes: capacity.nodes },
    warnings: [
      ...(unserved ? [unserved.toJSON()] : []),
      ...warnings,
      ...warningsFor(plan, capacity, release.kubernetesMin, {
        platform: platform.id,
        architectures: release.needs?.architectures,
      }),
    ],
  });
}
