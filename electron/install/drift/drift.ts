import { resolve } from "node:path";
import {
  type ContextId,
  type DriftReport,
  FlowdeckError,
  type ObjectDrift,
  type ObjectRef,
  type RestoredObject,
  toAppError,
} from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import type { ClusterClient, ClusterConnections, KubeObject } from "../../cluster/index.ts";
import { changesBetween, comparable } from "../../edit/index.ts";
import { isSecret } from "../../redaction/index.ts";
import { clusterUid, refuseOtherCluster } from "../installation-dir/cluster-guard.ts";
import { InstallationFolder } from "../installation-dir/installation-dir.ts";
import { JournalWriter, readJournal } from "../installation-dir/journal.ts";
import type { JournalObject, JournalState } from "../installation-dir/journal-entries.ts";
import type { SecretStore } from "../installation-dir/secrets.ts";
import { describe, keyOf } from "../objects.ts";
import type { Operations } from "../operations/operations.ts";
import { type Overlay, readOverlay } from "../overlay/overlay-file.ts";
import { fieldManager, sharedFieldManager } from "../plan/plan-types.ts";
import { addedFields, removalOf, withoutFields } from "./added-fields.ts";
import { appliedForm, storedForm, withReplicas } from "./applied-form.ts";
import { differencesOf, driftOf, inOrder, isUntouched } from "./drift-of.ts";
import {
  canBeOverlaid,
  type KeptDocument,
  keptInOverlay,
  listedAgain,
  overlayOf,
  renderedWith,
  writeKept,
} from "./keep.ts";
import { type KeptChange, KeptChanges } from "./kept-changes.ts";
import { readLiveObjects } from "./live-objects.ts";
import { RenderedObjects } from "./rendered-objects.ts";
import { SecretValues } from "./secret-values.ts";

export interface DriftOptions {
  connections: ClusterConnections;
  secrets: SecretStore;
  operations: Operations;
}

export interface PutBackRequest {
  kfDir: string;
  context: ContextId;
  objects: readonly ObjectRef[];
  /** Tells what would change, and changes nothing. */
  dryRun: boolean;
  signal?: AbortSignal | undefined;
}

export interface KeepRequest {
  kfDir: string;
  context: ContextId;
  changes: readonly KeptChange[];
  keep: boolean;
  signal?: AbortSignal | undefined;
}

interface Restored {
  told: RestoredObject;
  foreign: boolean;
  /** It is as the release has it, and no longer as it was kept. */
  isOriginal: boolean;
  uid?: string;
}

/** An installation's folder, opened to compare what is in it with the cluster. */
interface Place {
  kfDir: string;
  installation: string;
  journal: JournalState;
  rendered: RenderedObjects;
  secrets: SecretValues;
  /** The changes that every installation from the folder makes. */
  overlay: Overlay;
}

/** What of an installation is not as it was applied, putting it back, and keeping it as it is. */
export class Drift {
  readonly #options: DriftOptions;

  constructor(options: DriftOptions) {
    this.#options = options;
  }

  /**
   * Compares what was applied with what is there. Reads only.
   * @throws FlowdeckError `not-found` where the folder has nothing that was applied, `busy` while it is worked on,
   * `journal-invalid` where it belongs to another cluster, and what the folder and the cluster throw.
   */
  async find(kfDir: string, context: ContextId, signal: AbortSignal): Promise<DriftReport> {
    const place = await this.#open(kfDir);
    return this.#with(place, context, async (client) => {
      const known = [...place.journal.objects].filter(([key]) => place.journal.applied.has(key));
      const objects = known.map(([, object]) => object);
      const live = await readLiveObjects(
        client,
        objects.map(({ ref }) => ref),
        place.installation,
        signal,
      );
      const rules = {
        since: place.journal.updatedAt,
        secrets: place.secrets,
        kept: await new KeptChanges(place.kfDir).read(),
      };
      const unread = new Set(live.unread.map(({ kind }) => kind));
      const found: ObjectDrift[] = [];
      let compared = 0;
      for (const object of objects) {
        const { ref, component, foreign } = object;
        const there = live.objects.get(keyOf(ref));
        if (there === undefined && unread.has(ref.kind)) continue;
        compared += 1;
        const isDefinition = ref.kind === "CustomResourceDefinition";
        if (isDefinition && there && isUntouched(there, rules.since)) continue;
        const whole = isDefinition && there ? await client.get(ref, signal) : there;
        const applied = this.#applied(place, object, whole);
        if (applied === undefined) continue;
        const drift = driftOf({ ref, component, applied, live: whole, foreign }, rules);
        if (drift) found.push(drift);
      }
      const differing = new Set(found.map(({ object }) => keyOf(object)));
      const kept = keptInOverlay(place.overlay, differing);
      return {
        checkedAt: new Date().toISOString(),
        compared,
        objects: [...inOrder(found), ...kept],
        unread: live.unread,
      };
    });
  }

  /**
   * Applies objects again as they were applied, over whoever changed them. What fails is told with its object; the others
   * go on.
   * @throws FlowdeckError as {@link find}, and `folder-in-use`.
   */
  async putBack({ kfDir, context, objects, dryRun, signal }: PutBackRequest): Promise<RestoredObject[]> {
    const place = await this.#open(kfDir);
    return this.#with(place, context, async (client) => {
      const restore = (ref: ObjectRef) => this.#restore(client, place, ref, { dryRun, signal });
      if (dryRun) return (await Promise.all(objects.map(restore))).map(({ told }) => told);
      await using held = new AsyncDisposableStack();
      held.defer(await new InstallationFolder(place.kfDir).lock());
      const journal = await JournalWriter.open(place.kfDir);
      held.defer(() => journal.close());
      const told: RestoredObject[] = [];
      const overlay = new Map(place.overlay);
      const rendered: KeptDocument[] = [];
      // One after the other: a namespace before what is in it, as they stand in the journal.
      for (const ref of inJournalOrder(objects, place.journal)) {
        const restored = await restore(ref);
        told.push(restored.told);
        const { uid } = restored;
        if (uid !== undefined) journal.noteKey("applied", keyOf(ref), restored.foreign ? undefined : uid);
        const again = restored.isOriginal ? listedAgain(place, ref) : undefined;
        if (again === undefined) continue;
        rendered.push(again);
        overlay.delete(keyOf(ref));
      }
      await journal.commit();
      if (rendered.length > 0) await writeKept(new InstallationFolder(place.kfDir), overlay, rendered);
      return told;
    });
  }

  /**
   * Makes what objects are like now part of the installation, so that installing again keeps it, or takes that back: then
   * they are listed again. Values of Secrets stay out of the folder: of those only that they are wanted is remembered.
   * @throws FlowdeckError as {@link find}, `conflict` where an object has changed since it was listed, and `folder-in-use`.
   */
  async keep({ kfDir, context, changes, keep, signal }: KeepRequest): Promise<void> {
    const place = await this.#open(kfDir);
    await this.#with(place, context, async (client) => {
      const folder = new InstallationFolder(place.kfDir);
      await using held = new AsyncDisposableStack();
      held.defer(await folder.lock());
      const remembered = changes.filter(({ object }) => !canBeOverlaid(object));
      const overlay = new Map(place.overlay);
      const rendered: KeptDocument[] = [];
      for (const change of changes) {
        if (!canBeOverlaid(change.object)) continue;
        const next = keep ? await this.#kept(client, place, change, signal) : listedAgain(place, change.object);
        if (next === undefined) continue;
        rendered.push(next);
        if (next.change === undefined) overlay.delete(keyOf(change.object));
        else overlay.set(keyOf(change.object), next.change);
      }
      if (rendered.length > 0) await writeKept(folder, overlay, rendered);
      await new KeptChanges(place.kfDir).change(keep ? remembered : changes, keep);
    });
  }

  /** The overlay's entry for what an object is like now. */
  async #kept(
    client: ClusterClient,
    place: Place,
    { object: ref, state }: KeptChange,
    signal: AbortSignal | undefined,
  ): Promise<KeptDocument> {
    const known = place.journal.objects.get(keyOf(ref));
    const live = await client.get(ref, signal);
    const applied = known && this.#applied(place, known, live);
    const before = place.rendered.get(ref);
    if (known === undefined || applied === undefined || before === undefined)
      throw new FlowdeckError("not-found", message("drift.notApplied", { object: describe(ref) }));
    const { component, foreign } = known;
    const rules = { since: place.journal.updatedAt, secrets: place.secrets, kept: new Map<string, KeptChange>() };
    const drift = driftOf({ ref, component, applied, live, foreign }, rules);
    if (drift?.state !== state)
      throw new FlowdeckError("conflict", message("overlay.changed", { object: describe(ref) }), {
        advice: message("overlay.changedWay"),
      });
    const differing = live === undefined ? "deleted" : differencesOf({ applied, live, foreign }, rules);
    const change = overlayOf(drift, before, differing, place.overlay.get(keyOf(ref)));
    return { component, before, after: renderedWith(before, change), change };
  }

  async #restore(
    client: ClusterClient,
    place: Place,
    ref: ObjectRef,
    { dryRun, signal }: Pick<PutBackRequest, "dryRun" | "signal">,
  ): Promise<Restored> {
    const known = place.journal.objects.get(keyOf(ref));
    const foreign = known?.foreign ?? false;
    const failed = (error: unknown) => ({
      told: { object: ref, created: false, changes: [], error: toAppError(error) },
      ...{ foreign, isOriginal: false },
    });
    try {
      const live = await client.get(ref, signal);
      const { applied, isOriginal } = this.#wanted(place, known, live);
      if (applied === undefined)
        throw new FlowdeckError("not-found", message("drift.notApplied", { object: describe(ref) }));
      const object = place.secrets.restored(applied, live);
      if (object === undefined) {
        throw new FlowdeckError("not-allowed", message("drift.secretMissing", { object: describe(ref) }), {
          advice: message("drift.secretMissingAdvice"),
        });
      }
      const stored = await client.apply(object, {
        fieldManager: foreign ? sharedFieldManager : fieldManager,
        forceOver: ["*"],
        dryRun,
        ...(signal ? { signal } : {}),
      });
      const kept =
        foreign || live === undefined ? stored : await withoutAdded(client, ref, { applied, stored, dryRun, signal });
      const told = { object: ref, created: live === undefined, changes: changesOf(live, kept) };
      const { uid } = stored.metadata;
      return { told, foreign, isOriginal, ...(uid === undefined || dryRun ? {} : { uid }) };
    } catch (error) {
      signal?.throwIfAborted();
      return failed(error);
    }
  }

  /** What an object is put back to: what was installed, or, where that is just what was kept, the release's own. */
  #wanted(
    place: Place,
    known: JournalObject | undefined,
    live: KubeObject | undefined,
  ): { applied: KubeObject | undefined; isOriginal: boolean } {
    const { secrets, overlay, journal } = place;
    const applied = known && this.#applied(place, known, live);
    const asInstalled = { applied, isOriginal: false };
    if (known === undefined || !overlay.has(keyOf(known.ref))) return asInstalled;
    const { ref, component, foreign } = known;
    const rules = { since: journal.updatedAt, secrets, kept: new Map<string, KeptChange>() };
    if (applied && driftOf({ ref, component, applied, live, foreign }, rules)) return asInstalled;
    const original = listedAgain(place, ref)?.after;
    return { applied: original && this.#formOf(place, known, original, live), isOriginal: original !== undefined };
  }

  #applied(place: Place, known: JournalObject, live: KubeObject | undefined): KubeObject | undefined {
    const object = place.rendered.get(known.ref);
    return object && this.#formOf(place, known, object, live);
  }

  #formOf(place: Place, known: JournalObject, object: KubeObject, live: KubeObject | undefined): KubeObject {
    const { rendered, installation } = place;
    const { scaled } = rendered;
    return withReplicas(appliedForm(object, { ...known, installation, scaled }), live, scaled);
  }

  async #open(kfDir: string): Promise<Place> {
    const folder = new InstallationFolder(resolve(kfDir));
    this.#options.operations.refuseBusy(folder.path);
    const [stored, journal] = await Promise.all([folder.readSettings(), readJournal(folder.path)]);
    if (!stored || !journal?.install) throw noFolder(folder.path);
    const { id: installation } = stored;
    const [rendered, secrets, overlay] = await Promise.all([
      RenderedObjects.read(folder.path, Object.keys(journal.titles)),
      this.#options.secrets.read(installation),
      readOverlay(folder.path),
    ]);
    if (rendered.size === 0)
      throw new FlowdeckError("not-found", message("drift.nothingRendered", { folder: folder.path }), {
        advice: message("drift.nothingRenderedAdvice"),
      });
    return { kfDir: folder.path, installation, journal, rendered, overlay, secrets: new SecretValues(secrets) };
  }

  /** With a client for the installation's cluster, and no other. */
  async #with<T>(place: Place, context: ContextId, work: (client: ClusterClient) => Promise<T>): Promise<T> {
    const { kfDir, journal } = place;
    const client = await this.#options.connections.client(context);
    try {
      const settings = (await new InstallationFolder(kfDir).readSettings())?.settings;
      if (!settings) throw noFolder(kfDir);
      refuseOtherCluster(kfDir, journal, await clusterUid(client), { activity: "uninstall", settings });
      return await work(client);
    } finally {
      await client.close();
    }
  }
}

/** The object without what others added to it; with `dryRun` as it would be, where the server has not applied it either. */
async function withoutAdded(
  client: ClusterClient,
  ref: ObjectRef,
  given: { applied: KubeObject; stored: KubeObject; dryRun: boolean; signal: AbortSignal | undefined },
): Promise<KubeObject> {
  const { applied, stored, dryRun, signal } = given;
  const added = addedFields(storedForm(applied), stored);
  if (added.length === 0) return stored;
  if (dryRun) return withoutFields(stored, added);
  return client.jsonPatch(ref, removalOf(added), signal ? { signal } : {});
}

function inJournalOrder(objects: readonly ObjectRef[], { objects: known }: JournalState): ObjectRef[] {
  const order = new Map([...known.keys()].map((key, index) => [key, index]));
  const placeOf = (ref: ObjectRef) => order.get(keyOf(ref)) ?? Number.POSITIVE_INFINITY;
  return objects.toSorted((one, other) => placeOf(one) - placeOf(other));
}

function changesOf(live: KubeObject | undefined, stored: KubeObject): RestoredObject["changes"] {
  if (live === undefined) return [];
  const changes = changesBetween(comparable(live), comparable(stored));
  return isSecret(stored) ? changes.map(({ path }) => ({ path })) : changes;
}

function noFolder(folder: string): FlowdeckError {
  return new FlowdeckError("not-found", message("installation.noFolder", { folder }));
}
