import { FlowdeckError, type ObjectRef, saidOf, toAppError } from "../../../common/contract/index.ts";
import { isKind } from "../../../common/kube/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import { backoffMs } from "../../cluster/index.ts";
import type { InstallLog } from "../installation-dir/install-log.ts";
import type { JournalWriter } from "../installation-dir/journal.ts";
import { describe, keyOf, keyOfObject, refOf } from "../objects.ts";
import { componentLabel, installationLabel } from "../plan/plan-types.ts";
import { LiveObjects } from "./object-cache.ts";
import type { Tracker } from "./status-store.ts";
import { tell } from "./tell.ts";
import { cleanUpFailure, whatHolds } from "./what-holds.ts";

export interface DeletionWatchOptions {
  client: ClusterClient;
  installation: string;
  tracker: Tracker;
  log: InstallLog;
  journal: JournalWriter;
  signal: AbortSignal;
  /** How long to wait for objects to go before what holds them is told, in milliseconds. */
  timeoutMs: number;
}

/** How long a definition's clean-up may rest before it is asked again; longer where asking fails. */
const nudgeEveryMs = 3_000;
const nudgeAtLeastEveryMs = 60_000;

/** Objects that are being deleted, until the cluster says that they are gone; tells who watches, and waits for them. */
export class DeletionWatch {
  readonly #options: DeletionWatchOptions;
  readonly #live: LiveObjects;
  readonly #pending = new Map<string, KubeObject>();
  /** When a definition's clean-up may be asked again, and how often in a row asking failed. */
  readonly #nudges = new Map<string, { dueAt: number; failures: number }>();
  #total = 0;
  #gone = 0;
  #wake = () => {};

  constructor(options: DeletionWatchOptions) {
    this.#options = options;
    const { client, signal } = options;
    this.#live = new LiveObjects({
      client,
      signal,
      onChange: (key, object) => this.#changed(key, object),
      onError: (what, error) => this.#watchFailed(what, error),
      onTrouble: () => this.#wake(),
    });
  }

  /** After the signal is aborted: waits until every watch has ended. */
  async ended(): Promise<void> {
    await this.#live.ended();
  }

  /** How many are going to go in all. */
  setTotal(total: number): void {
    this.#total = total;
  }

  /** From now on these are waited for. */
  expect(objects: readonly KubeObject[]): void {
    for (const object of objects) this.#pending.set(keyOfObject(object), object);
  }

  /** Watches the kinds of these; resolves when the first lists are in, so that no deletion after that is missed. */
  async watchKindsOf(objects: readonly KubeObject[]): Promise<void> {
    const { installation } = this.#options;
    const kinds = Map.groupBy(objects, ({ apiVersion, kind }) => `${apiVersion}|${kind}`);
    await Promise.all(
      [...kinds.values()].map(async (own) => {
        const [first] = own;
        if (!first) return;
        const labelled = own.every((object) => object.metadata.labels?.[installationLabel] === installation);
        const selection = labelled ? { labelSelector: `${installationLabel}=${installation}` } : {};
        await this.#live.watch(first.apiVersion, first.kind, selection);
      }),
    );
  }

  async watchOne({ apiVersion, kind, name }: ObjectRef): Promise<void> {
    await this.#live.watch(apiVersion, kind, { fieldSelector: `metadata.name=${name}` });
  }

  /** Tells it what a watch would tell too late or never: it was not there any more. */
  isGone(ref: ObjectRef): void {
    this.#changed(keyOf(ref), undefined);
  }

  /** Throws `gate-timeout` naming what holds it. */
  async untilGone(ref: ObjectRef): Promise<void> {
    const key = keyOf(ref);
    await this.#waitFor(() => (this.#pending.has(key) ? [key] : []));
  }

  /** Waits for all that is expected and for these, which nobody deletes by name. Throws `gate-timeout`. */
  async untilAllGone(others: readonly ObjectRef[] = []): Promise<void> {
    await Promise.all(others.map((ref) => this.watchOne(ref)));
    await this.#waitFor(() => [
      ...this.#pending.keys(),
      ...others.map(keyOf).filter((key) => this.#live.byKey(key) !== undefined),
    ]);
  }

  #changed(key: string, object: KubeObject | undefined): void {
    const was = this.#pending.get(key);
    if (was && object === undefined) {
      this.#pending.delete(key);
      this.#countGone(key, was);
      if (isKind(was, "/Namespace")) this.#tookAlong(was.metadata.name);
    } else if (was && object) {
      this.#pending.set(key, {
        ...object,
        metadata: { ...object.metadata, labels: { ...was.metadata.labels, ...object.metadata.labels } },
      });
    }
    this.#wake();
  }

  /** Objects that are in a namespace are gone when it is. */
  #tookAlong(namespace: string): void {
    for (const [key, object] of [...this.#pending])
      if (object.metadata.namespace === namespace) this.#changed(key, undefined);
  }

  #countGone(key: string, object: KubeObject): void {
    this.#gone += 1;
    const component = object.metadata.labels?.[componentLabel];
    const [done, total] = [this.#gone, this.#total];
    tell(this.#options, { type: "gone", key, object: refOf(object), component, done, total });
  }

  /** Waits until nothing is left, told by watches; a timer only bounds it. */
  async #waitFor(left: () => string[]): Promise<void> {
    const { signal, timeoutMs } = this.#options;
    const until = Date.now() + timeoutMs;
    for (;;) {
      signal.throwIfAborted();
      const keys = left();
      this.#tellWaits(keys);
      await this.#nudgeDefinitions(keys);
      const first = keys[0];
      if (first === undefined) return;
      if (Date.now() > until) throw this.#stuck(first, keys.length);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(nudgeEveryMs, Math.max(50, until - Date.now())));
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
        if (signal.aborted) this.#wake();
        else signal.addEventListener("abort", this.#wake, { once: true });
      });
      signal.removeEventListener("abort", this.#wake);
    }
  }

  /** Makes the API server try its failed clean-up again now instead of in minutes. */
  async #nudgeDefinitions(keys: readonly string[]): Promise<void> {
    const { client, signal } = this.#options;
    for (const key of keys) {
      const object = this.#live.byKey(key);
      if (!object || cleanUpFailure(object) === undefined) continue;
      const nudge = this.#nudges.get(key);
      if (nudge && Date.now() < nudge.dueAt) continue;
      const after = { dueAt: Date.now() + nudgeEveryMs, failures: 0 };
      this.#nudges.set(key, after);
      // Its own retries come quickly at first.
      if (!nudge) continue;
      const annotations = { "flowdeck.dev/removal-retried": new Date().toISOString() };
      try {
        await client.mergePatch(refOf(object), { metadata: { annotations } }, { signal });
      } catch (error) {
        signal.throwIfAborted();
        // Gone meanwhile, or refused: then it goes when the API server gets to it.
        if (nudge.failures === 0) tell(this.#options, { type: "notNudged", why: saidOf(toAppError(error)) });
        after.failures = nudge.failures + 1;
        after.dueAt = Date.now() + backoffMs(after.failures, nudgeEveryMs, nudgeAtLeastEveryMs);
      }
    }
  }

  #tellWaits(keys: readonly string[]): void {
    const waits = new Map(
      keys.flatMap((key) => {
        const object = this.#live.byKey(key) ?? this.#pending.get(key);
        if (!object) return [];
        // What goes with its namespace is told by the namespace.
        const namespace = keyOf({ apiVersion: "v1", kind: "Namespace", name: object.metadata.namespace ?? "" });
        if (this.#pending.has(namespace)) return [];
        const component = object.metadata.labels?.[componentLabel];
        const wait = {
          what: message("wait.removal"),
          forWhat: message("wait.gone", { object: describe(refOf(object)) }),
          because: this.#unseen(object) ?? whatHolds(object),
        };
        return [[key, { ...wait, ...(component ? { component } : {}) }] as const];
      }),
    );
    tell(this.#options, { type: "waits", waits });
  }

  #stuck(key: string, left: number): FlowdeckError {
    const object = this.#live.byKey(key) ?? this.#pending.get(key);
    const what = object ? describe(refOf(object)) : key;
    const said =
      left > 1
        ? message("removal.doNotGo", { object: what, more: left - 1 })
        : message("removal.doesNotGo", { object: what });
    const unseen = object && this.#unseen(object);
    return new FlowdeckError("gate-timeout", said, {
      advice: unseen ?? (object ? message("removal.held", { why: whatHolds(object) }) : message("removal.tryAgain")),
      fix: { id: "continue", title: "Continue the removal" },
    });
  }

  /** Why it can't be seen whether an object is gone; undefined where it can. */
  #unseen({ apiVersion, kind, metadata }: KubeObject): Message | undefined {
    const trouble = this.#live.troubleOf({ apiVersion, kind, namespace: metadata.namespace });
    return trouble && message("wait.unfollowed", { why: trouble });
  }

  #watchFailed(what: string, error: unknown): void {
    // With its definition a kind and its watch end; its objects are gone then, and the watch has said so.
    if (error instanceof FlowdeckError && error.code === "kind-unknown") return;
    tell(this.#options, { type: "watchFailed", what, why: saidOf(toAppError(error)) });
  }
}
