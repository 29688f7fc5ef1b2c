import { FlowdeckError } from "../../../common/contract/index.ts";
import { text } from "../../../common/json/index.ts";
import { atClaim, atVolume } from "../../../common/kube/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import { backoffMs, pause } from "../../cluster/index.ts";
import type { InstallLog } from "../installation-dir/install-log.ts";
import type { JournalWriter } from "../installation-dir/journal.ts";
import type { JournalState } from "../installation-dir/journal-entries.ts";
import { describe, named, refOf } from "../objects.ts";
import { componentLabel, installationLabel } from "../plan/plan-types.ts";
import { isWorkload } from "../plan/workloads.ts";
import { isCurable } from "./apply-errors.ts";
import { DeletionWatch } from "./deletion-watch.ts";
import { giveBackMetadata, removeOrphans } from "./give-back.ts";
import { type Doubtful, planRemoval, type Removal, type RemovalPhase, removalPhases } from "./removal.ts";
import { scanForRemoval, stillThere } from "./removal-scan.ts";
import type { Tracker } from "./status-store.ts";
import { tell } from "./tell.ts";

export interface RemoveOptions {
  client: ClusterClient;
  installation: string;
  /** Also user data: profiles with their namespaces, volume claims, users' custom resources. */
  data: boolean;
  /** Also what others made in the installation's namespaces. */
  others: boolean;
  /** What the folder's journal tells; undefined when there is none. */
  state: JournalState | undefined;
  tracker: Tracker;
  log: InstallLog;
  journal: JournalWriter;
  signal: AbortSignal;
  /** How long a phase's objects may take to go before what holds them is told, in milliseconds. */
  timeoutMs?: number;
}

/** Phases whose objects must be gone before the next one begins: their finalizers need what later phases remove. */
const awaited: ReadonlySet<RemovalPhase> = new Set(["profiles", "custom-resources"]);

/** Phases whose objects need no deletion of their own where their namespace goes as a whole. */
const goesAlong: ReadonlySet<RemovalPhase> = new Set(["access", "rest", "volumes"]);

/**
 * Removes an installation in the reverse order of its making. Nothing is deleted but what the journal says was created
 * (see {@link whyNotOurs}) and what its own controllers made. Gives what was kept, with the reasons.
 * @throws FlowdeckError `gate-timeout` naming what holds an object that does not go; `conflict` naming what is there
 * all the same in the end.
 */
export async function removeInstallation(options: RemoveOptions): Promise<Removal["kept"]> {
  const stop = new AbortController();
  const run = new RemoveRun(options, AbortSignal.any([options.signal, stop.signal]));
  try {
    return await run.run();
  } finally {
    stop.abort();
    await run.ended();
  }
}

class RemoveRun {
  readonly #options: RemoveOptions;
  readonly #signal: AbortSignal;
  readonly #deletions: DeletionWatch;

  constructor(options: RemoveOptions, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
    this.#deletions = new DeletionWatch({ ...options, signal, timeoutMs: options.timeoutMs ?? 300_000 });
  }

  async ended(): Promise<void> {
    await this.#deletions.ended();
  }

  async run(): Promise<Removal["kept"]> {
    const { data, journal } = this.#options;
    tell(this.#options, { type: "step", step: "undo" });
    const tidy = { ...this.#options, signal: this.#signal };
    const input = await scanForRemoval(tidy);
    const removal = planRemoval(input);
    for (const { object, because } of removal.kept) tell(this.#options, { type: "kept", object, because });
    const everything = [...removal.phases.values()].flat();
    const total = everything.length + removal.profileNamespaces.length;
    this.#deletions.setTotal(total);
    tell(this.#options, { type: "removing", components: this.#componentsOf(everything), total });
    const volumes = data ? await this.#volumesOf(input.claims) : [];
    const going = new Set((removal.phases.get("namespaces") ?? []).map((object) => object.metadata.name));

    for (const phase of removalPhases) {
      this.#signal.throwIfAborted();
      let objects = removal.phases.get(phase) ?? [];
      // What is in a namespace that goes as a whole goes with it; deleting it one by one would only take time.
      if (goesAlong.has(phase)) {
        const goes = (object: KubeObject) => going.has(object.metadata.namespace ?? "");
        this.#deletions.expect(objects.filter(goes));
        objects = objects.filter((object) => !goes(object));
      }
      if (phase === "namespaces") {
        await removeOrphans(tidy, going);
        await giveBackMetadata(tidy);
      }
      await this.#removePhase(phase, objects, phase === "profiles" ? removal.profileNamespaces : []);
    }
    await this.#deletions.untilAllGone(volumes.map((name) => ({ apiVersion: "v1", kind: "PersistentVolume", name })));
    await this.#compare(everything, input.doubtful);
    await journal.commit();
    return removal.kept;
  }

  /** What a watch told as gone may only have lost its label meanwhile: "removed" is said of what is not there. */
  async #compare(deleted: readonly KubeObject[], doubtful: readonly Doubtful[]): Promise<void> {
    const left = await stillThere(this.#options.client, deleted, this.#signal);
    const created = doubtful.filter((one) => one.created);
    const all = [...left, ...created.map(({ object }) => object)].map(refOf);
    if (all.length === 0) return;
    const advice = message("removal.stillThereAdvice", {
      objects: all.map(describe).join(", "),
      why: created[0]?.because ?? message("removal.noEffect"),
      label: `${installationLabel}=${this.#options.installation}`,
    });
    throw new FlowdeckError("conflict", message("removal.stillThere", { count: all.length, names: named(all) }), {
      advice,
      fix: { id: "continue", title: "Continue the removal" },
    });
  }

  #componentsOf(objects: readonly KubeObject[]) {
    const titles = this.#options.state?.titles ?? {};
    return [...Map.groupBy(objects, componentOf)].flatMap(([id, own]) => {
      if (!id) return [];
      const workloads = own.filter((object) => isWorkload(object)).length;
      return [{ id, title: titles[id] ?? id, objects: own.length, workloads }];
    });
  }

  async #removePhase(
    phase: RemovalPhase,
    objects: readonly KubeObject[],
    namespaces: readonly string[],
  ): Promise<void> {
    if (objects.length === 0 && namespaces.length === 0) return;
    const { tracker } = this.#options;
    const began = tracker.now;
    // Watching starts before deleting, so that no deletion is missed.
    await this.#deletions.watchKindsOf(objects);
    this.#deletions.expect(objects);
    for (const component of new Set(objects.map(componentOf))) {
      if (component) tell(this.#options, { type: "deleting", component });
    }
    await Promise.all(objects.map((object) => this.#deleteOne(object)));
    if (namespaces.length > 0) await this.#removeProfileNamespaces(objects, namespaces);
    if (awaited.has(phase)) await this.#deletions.untilAllGone();
    const tookMs = tracker.now - began;
    tell(this.#options, { type: "phaseDone", objects: objects.length, phase: phaseWords[phase], tookMs });
    await this.#options.journal.commit({ t: "step", step: `removed ${phase}` });
  }

  /** After its Profile a namespace goes by garbage collection; deleting it as well asks for the same. */
  async #removeProfileNamespaces(profiles: readonly KubeObject[], names: readonly string[]): Promise<void> {
    const namespaces = names.map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } }));
    await Promise.all(namespaces.map((namespace) => this.#deletions.watchOne(refOf(namespace))));
    for (const profile of profiles) await this.#deletions.untilGone(refOf(profile));
    for (const namespace of namespaces) {
      this.#deletions.expect([namespace]);
      await this.#deleteOne(namespace);
    }
  }

  async #deleteOne(object: KubeObject): Promise<void> {
    const { client } = this.#options;
    const ref = refOf(object);
    for (let attempt = 0; ; attempt += 1) {
      try {
        const uid = object.metadata.uid;
        const was = await client.delete(ref, {
          propagation: "background",
          share: "changes",
          signal: this.#signal,
          ...(uid ? { uid } : {}),
        });
        if (!was) this.#deletions.isGone(ref);
        return;
      } catch (error) {
        if (error instanceof FlowdeckError && (error.code === "kind-unknown" || error.code === "object-not-found")) {
          this.#deletions.isGone(ref);
          return;
        }
        if (!isCurable(error) || attempt > 8) throw error;
        await pause(backoffMs(attempt, 200, 5000), this.#signal);
      }
    }
  }

  /** Volumes with reclaim policy Delete go some time after their claims. */
  async #volumesOf(claims: readonly KubeObject[]): Promise<string[]> {
    const names = new Set(claims.map((claim) => text(atClaim(claim, "spec", "volumeName"))));
    if (claims.length === 0) return [];
    const volumes = await this.#options.client.list("v1", "PersistentVolume", { signal: this.#signal });
    return volumes
      .filter(
        (volume) =>
          names.has(volume.metadata.name) && atVolume(volume, "spec", "persistentVolumeReclaimPolicy") === "Delete",
      )
      .map((volume) => volume.metadata.name);
  }
}

function componentOf(object: KubeObject): string | undefined {
  return object.metadata.labels?.[componentLabel];
}

const phaseWords: Record<RemovalPhase, Message> = {
  profiles: message("removal.phaseProfiles"),
  "custom-resources": message("removal.phaseCustomResources"),
  webhooks: message("removal.phaseWebhooks"),
  workloads: message("removal.phaseWorkloads"),
  definitions: message("removal.phaseDefinitions"),
  access: message("removal.phaseAccess"),
  rest: message("removal.phaseRest"),
  volumes: message("removal.phaseVolumes"),
  namespaces: message("removal.phaseNamespaces"),
};
