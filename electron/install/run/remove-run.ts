import PQueue from "p-queue";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import { backoffMs, pause } from "../../cluster/index.ts";
import { FlowdeckError, type ObjectRef, toAppError } from "../../contract/index.ts";
import { at, text } from "../../values/index.ts";
import type { InstallLog } from "../folder/install-log.ts";
import type { JournalWriter } from "../folder/journal.ts";
import type { JournalState } from "../folder/journal-entries.ts";
import { describe, keyOf, keyOfObject, refOf } from "../objects.ts";
import { componentLabel, installationLabel } from "../plan/plan-types.ts";
import { isWorkload } from "../plan/workloads.ts";
import { LiveObjects } from "./live.ts";
import { isCurable } from "./refusals.ts";
import {
  citadelSecrets,
  cleanUpFailure,
  leftovers,
  planRemoval,
  type Removal,
  type RemovalPhase,
  removalPhases,
  whatHolds,
} from "./removal.ts";
import { scanForRemoval } from "./removal-scan.ts";
import type { Tracker } from "./tracker.ts";

export interface RemoveOptions {
  client: ClusterClient;
  installation: string;
  /** Also user data: profiles with their namespaces, volume claims, users' custom resources. */
  data: boolean;
  /** What the folder's journal tells; undefined when there is none. */
  state: JournalState | undefined;
  tracker: Tracker;
  log: InstallLog;
  journal: JournalWriter;
  signal: AbortSignal;
  concurrency?: number;
  /** How long a phase's objects may take to go before what holds them is told, in milliseconds. */
  timeoutMs?: number;
}

/** How long a definition's clean-up may rest before it is asked again. */
const nudgeEveryMs = 3_000;

/** Phases whose objects must be gone before the next one begins: their finalizers need what later phases remove. */
const awaited: ReadonlySet<RemovalPhase> = new Set(["profiles", "custom-resources"]);

/**
 * Removes an installation in the reverse order of its making. Nothing without its label is deleted but what its own
 * controllers left behind. Gives what was kept, with the reasons.
 * @throws FlowdeckError `gate-timeout` naming what holds an object that does not go.
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
  private readonly options: RemoveOptions;
  private readonly signal: AbortSignal;
  private readonly live: LiveObjects;
  private readonly queue: PQueue;
  private readonly pending = new Map<string, KubeObject>();
  private readonly nudged = new Map<string, number>();
  private total = 0;
  private gone = 0;
  private wake = () => {};

  constructor(options: RemoveOptions, signal: AbortSignal) {
    this.options = options;
    this.signal = signal;
    this.queue = new PQueue({ concurrency: options.concurrency ?? 16 });
    this.live = new LiveObjects({
      client: options.client,
      signal,
      onChange: (key, object) => this.changed(key, object),
      onError: (what, error) => this.watchFailed(what, error),
    });
  }

  async ended(): Promise<void> {
    await this.live.ended();
  }

  async run(): Promise<Removal["kept"]> {
    const { client, installation, data, state, tracker, log, journal } = this.options;
    tracker.setStep("undo");
    const journaled = [...(state?.objects.values() ?? [])].map((object) => object.ref);
    const input = await scanForRemoval(client, installation, journaled, data, this.signal);
    const removal = planRemoval(input);
    for (const { object, because } of removal.kept) {
      journal.note({ t: "kept", object, because });
      log.add({ level: "info", event: "kept", message: `${describe(object)} stays: ${because}` });
    }
    const everything = [...removal.phases.values()].flat();
    this.total = everything.length + removal.profileNamespaces.length;
    this.announce(everything);
    tracker.setObjects(0, this.total);
    const volumes = data ? await this.volumesOf(input.claims) : [];
    const namespacesGoing = new Set((removal.phases.get("namespaces") ?? []).map((object) => object.metadata.name));

    for (const phase of removalPhases) {
      this.signal.throwIfAborted();
      let objects = removal.phases.get(phase) ?? [];
      // What is in a namespace that goes as a whole goes with it; deleting it one by one would only take time.
      if (phase === "access" || phase === "rest" || phase === "volumes") {
        const along = objects.filter((object) => namespacesGoing.has(object.metadata.namespace ?? ""));
        for (const object of along) this.pending.set(keyOfObject(object), object);
        objects = objects.filter((object) => !namespacesGoing.has(object.metadata.namespace ?? ""));
      }
      if (phase === "namespaces") await this.removeLeftovers(journaled, input.namespaces, namespacesGoing);
      await this.removePhase(phase, objects, phase === "profiles" ? removal.profileNamespaces : []);
    }
    await this.waitUntilGone(
      "namespaces",
      volumes.map((name) => ({ apiVersion: "v1", kind: "PersistentVolume", name })),
    );
    await journal.commit();
    return removal.kept;
  }

  private announce(objects: readonly KubeObject[]): void {
    const titles = this.options.state?.titles ?? {};
    const byComponent = new Map<string, KubeObject[]>();
    for (const object of objects) {
      const id = object.metadata.labels?.[componentLabel];
      if (id) byComponent.set(id, [...(byComponent.get(id) ?? []), object]);
    }
    for (const [id, own] of byComponent) {
      const workloads = own.filter((object) => isWorkload(object)).length;
      this.options.tracker.addComponent({ id, title: titles[id] ?? id, objects: own.length, workloads });
      this.options.tracker.setComponent(id, { applied: own.length });
    }
  }

  private async removePhase(
    phase: RemovalPhase,
    objects: readonly KubeObject[],
    namespaces: readonly string[],
  ): Promise<void> {
    if (objects.length === 0 && namespaces.length === 0) return;
    const { log, tracker } = this.options;
    const began = tracker.now;
    // Watching starts before deleting, so that no deletion is missed.
    await Promise.all(
      [...new Set(objects.map((object) => `${object.apiVersion}|${object.kind}`))].map((kind) =>
        this.watchKind(kind, objects),
      ),
    );
    for (const object of objects) this.pending.set(keyOfObject(object), object);
    for (const component of new Set(objects.map((object) => object.metadata.labels?.[componentLabel]))) {
      if (component) tracker.setComponent(component, { state: "removing" });
    }
    await Promise.all(objects.map((object) => this.queue.add(() => this.deleteOne(object))));
    if (namespaces.length > 0) await this.removeProfileNamespaces(objects, namespaces);
    if (awaited.has(phase)) await this.waitUntilGone(phase, []);
    log.add({
      level: "ok",
      event: "removed",
      message: `${objects.length} objects removed (${phaseWords[phase]})`,
      tookMs: tracker.now - began,
    });
    await this.options.journal.commit({ t: "step", step: `removed ${phase}` });
  }

  /** After its Profile a namespace goes by garbage collection; deleting it as well asks for the same. */
  private async removeProfileNamespaces(profiles: readonly KubeObject[], names: readonly string[]): Promise<void> {
    await Promise.all(
      names.map((name) => this.live.watch("v1", "Namespace", { fieldSelector: `metadata.name=${name}` })),
    );
    for (const profile of profiles) await this.untilGone(keyOfObject(profile));
    for (const name of names) {
      const object: KubeObject = { apiVersion: "v1", kind: "Namespace", metadata: { name } };
      this.pending.set(keyOfObject(object), object);
      await this.deleteOne(object);
    }
  }

  private async watchKind(id: string, objects: readonly KubeObject[]): Promise<void> {
    const [apiVersion = "", kind = ""] = id.split("|");
    const own = objects.filter((object) => object.apiVersion === apiVersion && object.kind === kind);
    const labelled = own.every((object) => object.metadata.labels?.[installationLabel] === this.options.installation);
    await this.live.watch(
      apiVersion,
      kind,
      labelled ? { labelSelector: `${installationLabel}=${this.options.installation}` } : {},
    );
  }

  private async deleteOne(object: KubeObject): Promise<void> {
    const { client } = this.options;
    const ref = refOf(object);
    for (let attempt = 0; ; attempt += 1) {
      try {
        const uid = object.metadata.uid;
        const was = await client.delete(ref, {
          propagation: "background",
          signal: this.signal,
          ...(uid ? { uid } : {}),
        });
        if (!was) this.changed(keyOf(ref), undefined);
        return;
      } catch (error) {
        if (error instanceof FlowdeckError && (error.code === "kind-unknown" || error.code === "object-not-found")) {
          this.changed(keyOf(ref), undefined);
          return;
        }
        if (!isCurable(error) || attempt > 8) throw error;
        await pause(backoffMs(attempt, 200, 5000), this.signal);
      }
    }
  }

  private changed(key: string, object: KubeObject | undefined): void {
    const was = this.pending.get(key);
    if (was && object === undefined) {
      this.pending.delete(key);
      this.countGone(key, was);
      if (was.kind === "Namespace") this.tookAlong(was.metadata.name);
    } else if (was && object) {
      this.pending.set(key, {
        ...object,
        metadata: { ...object.metadata, labels: { ...was.metadata.labels, ...object.metadata.labels } },
      });
    }
    this.wake();
  }

  /** Objects that are in a namespace are gone when it is. */
  private tookAlong(namespace: string): void {
    for (const [key, object] of [...this.pending])
      if (object.metadata.namespace === namespace) this.changed(key, undefined);
  }

  private countGone(key: string, object: KubeObject): void {
    const { tracker, journal, log } = this.options;
    this.gone += 1;
    journal.noteKey("removed", key);
    log.add({ level: "info", event: "removed", message: describe(refOf(object)) });
    tracker.setObjects(Math.min(this.gone, this.total), this.total);
    tracker.setFraction("undo", (0.98 * this.gone) / Math.max(1, this.total));
    const id = object.metadata.labels?.[componentLabel];
    const component = id === undefined ? undefined : tracker.component(id);
    if (id === undefined || !component) return;
    const applied = Math.max(0, component.applied - 1);
    tracker.setComponent(id, { applied, state: applied === 0 ? "removed" : "removing" });
  }

  private async untilGone(key: string): Promise<void> {
    await this.waitFor(() => (this.pending.has(key) ? [key] : []));
  }

  private async waitUntilGone(phase: RemovalPhase, more: readonly ObjectRef[]): Promise<void> {
    await Promise.all(
      more.map((ref) => this.live.watch(ref.apiVersion, ref.kind, { fieldSelector: `metadata.name=${ref.name}` })),
    );
    await this.waitFor(() => {
      const left = [...this.pending]
        .filter(([, object]) => phase === "namespaces" || object.kind !== "CustomResourceDefinition")
        .map(([key]) => key);
      return [...left, ...more.map(keyOf).filter((key) => this.live.byKey(key) !== undefined)];
    });
  }

  /** Waits until nothing is left, told by watches; a timer only bounds it. */
  private async waitFor(left: () => string[]): Promise<void> {
    const until = Date.now() + (this.options.timeoutMs ?? 300_000);
    for (;;) {
      this.signal.throwIfAborted();
      const keys = left();
      this.tellWaits(keys);
      await this.nudgeDefinitions(keys);
      const first = keys[0];
      if (first === undefined) return;
      if (Date.now() > until) throw this.stuck(first, keys.length);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(nudgeEveryMs, Math.max(50, until - Date.now())));
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
        if (this.signal.aborted) this.wake();
        else this.signal.addEventListener("abort", this.wake, { once: true });
      });
      this.signal.removeEventListener("abort", this.wake);
    }
  }

  /** Makes the API server try its failed clean-up again now instead of in minutes. */
  private async nudgeDefinitions(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      const object = this.live.byKey(key);
      const last = this.nudged.get(key) ?? 0;
      if (!object || cleanUpFailure(object) === undefined || Date.now() - last < nudgeEveryMs) continue;
      this.nudged.set(key, Date.now());
      // Its own retries come quickly at first.
      if (last === 0) continue;
      const annotations = { "flowdeck.dev/removal-retried": new Date().toISOString() };
      try {
        await this.options.client.mergePatch(refOf(object), { metadata: { annotations } }, { signal: this.signal });
      } catch (error) {
        this.signal.throwIfAborted();
        // Gone meanwhile, or refused: then it goes when the API server gets to it.
        this.options.log.add({ level: "info", event: "retry", message: toAppError(error).message });
      }
    }
  }

  private tellWaits(keys: readonly string[]): void {
    const waits = new Map(
      keys.flatMap((key) => {
        const object = this.live.byKey(key) ?? this.pending.get(key);
        if (!object) return [];
        // What goes with its namespace is told by the namespace.
        const namespace = keyOf({ apiVersion: "v1", kind: "Namespace", name: object.metadata.namespace ?? "" });
        if (this.pending.has(namespace)) return [];
        const component = object.metadata.labels?.[componentLabel];
        const words = { what: "The removal", forWhat: `${describe(refOf(object))} to go`, because: whatHolds(object) };
        return [[key, { ...words, ...(component ? { component } : {}) }] as const];
      }),
    );
    this.options.tracker.setWaits(waits);
  }

  private stuck(key: string, left: number): FlowdeckError {
    const object = this.live.byKey(key) ?? this.pending.get(key);
    const what = object ? describe(refOf(object)) : key;
    const others = left > 1 ? ` and ${left - 1} more` : "";
    return new FlowdeckError("gate-timeout", `${what}${others} was deleted but does not go.`, {
      detail: object ? `What holds it: ${whatHolds(object)}.` : "Continue the removal to try again.",
      fix: { id: "continue", title: "Continue the removal" },
    });
  }

  /** Volumes with reclaim policy Delete go some time after their claims. */
  private async volumesOf(claims: readonly KubeObject[]): Promise<string[]> {
    const names = new Set(claims.map((claim) => text(at(claim, "spec", "volumeName"))));
    if (claims.length === 0) return [];
    const volumes = await this.options.client.list("v1", "PersistentVolume", { signal: this.signal });
    return volumes
      .filter(
        (volume) => names.has(volume.metadata.name) && at(volume, "spec", "persistentVolumeReclaimPolicy") === "Delete",
      )
      .map((volume) => volume.metadata.name);
  }

  private async removeLeftovers(
    journaled: readonly ObjectRef[],
    namespaces: readonly KubeObject[],
    going: ReadonlySet<string>,
  ): Promise<void> {
    const staying = namespaces.map((namespace) => namespace.metadata.name).filter((name) => !going.has(name));
    const citadels = await this.citadelSecrets(journaled, staying);
    for (const ref of [...leftovers(journaled, staying), ...citadels]) {
      try {
        const was = await this.options.client.delete(ref, { signal: this.signal });
        if (was)
          this.options.log.add({ level: "info", event: "removed", message: `${describe(ref)} (left by a controller)` });
      } catch (error) {
        this.signal.throwIfAborted();
        const message = `${describe(ref)} was left by a controller and can't be removed: ${toAppError(error).message}`;
        this.options.log.add({ level: "warn", event: "kept", message });
      }
    }
  }

  private async citadelSecrets(journaled: readonly ObjectRef[], namespaces: readonly string[]): Promise<ObjectRef[]> {
    const { deployment, type } = citadelSecrets;
    if (!journaled.some((ref) => `${ref.kind}/${ref.namespace ?? ""}/${ref.name}` === deployment)) return [];
    const selection = { fieldSelector: `type=${type}`, signal: this.signal };
    const found = await this.options.client.list("v1", "Secret", selection);
    return found
      .filter(({ metadata }) => namespaces.includes(metadata.namespace ?? ""))
      .map((object) => refOf({ ...object, apiVersion: "v1", kind: "Secret" }));
  }

  private watchFailed(what: string, error: unknown): void {
    // With its definition a kind and its watch end; its objects are gone then, and the watch has said so.
    if (error instanceof FlowdeckError && error.code === "kind-unknown") return;
    this.options.log.add({
      level: "warn",
      event: "watch",
      message: `${what} can't be watched: ${toAppError(error).message}`,
    });
  }
}

const phaseWords: Record<RemovalPhase, string> = {
  profiles: "profiles",
  "custom-resources": "custom resources",
  webhooks: "admission webhooks",
  workloads: "workloads",
  definitions: "resource definitions",
  access: "access rights",
  rest: "configuration and services",
  volumes: "volume claims",
  namespaces: "namespaces",
};
