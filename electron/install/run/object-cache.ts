import type { FlowdeckError, ObjectRef } from "../../../common/contract/index.ts";
import type { Message } from "../../../common/words/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import { isRetryable } from "../../cluster/index.ts";
import { keyOf, keyOfObject } from "../objects.ts";
import { accessWords } from "./access-trouble.ts";

export interface Selection {
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
}

export interface LiveOptions {
  client: ClusterClient;
  signal: AbortSignal;
  /** Called after each change; `object` is undefined when it is gone. */
  onChange: (key: string, object: KubeObject | undefined) => void;
  /** A watch that cannot go on (forbidden); others continue. */
  onError: (what: string, error: unknown) => void;
  /** What {@link LiveObjects.troubleOf} says has changed. */
  onTrouble?: () => void;
}

/** A watch that was asked for. */
interface Watched {
  apiVersion: string;
  kind: string;
  selection: Selection;
  /** Settles with the first list. */
  synced: Promise<void>;
  /** Why it does not see the cluster now. */
  trouble?: Message | undefined;
}

/** What is in the cluster now, of the kinds that were asked for: one watch per kind and selection, none of them polled. */
export class LiveObjects {
  readonly #objects = new Map<string, KubeObject>();
  readonly #watches = new Map<string, Watched>();
  readonly #tasks = new Set<Promise<void>>();
  readonly #options: LiveOptions;

  constructor(options: LiveOptions) {
    this.#options = options;
  }

  get(ref: ObjectRef): KubeObject | undefined {
    return this.#objects.get(keyOf(ref));
  }

  byKey(key: string): KubeObject | undefined {
    return this.#objects.get(key);
  }

  /** Objects of a kind, of every namespace watched or of one. */
  *of(kind: string, namespace?: string): Generator<KubeObject> {
    for (const object of this.#objects.values()) {
      if (object.kind === kind && (namespace === undefined || object.metadata.namespace === namespace)) yield object;
    }
  }

  /** Takes what a write gave back, so that nobody has to wait for the watch to tell the same. */
  put(object: KubeObject): void {
    const key = keyOfObject(object);
    const known = this.#objects.get(key);
    if (known && newer(known, object)) return;
    this.#objects.set(key, object);
    this.#options.onChange(key, object);
  }

  /** Watches a kind; resolves when the first list is in. Asking again for the same is free. */
  watch(apiVersion: string, kind: string, selection: Selection = {}): Promise<void> {
    const id = [apiVersion, kind, selection.namespace, selection.labelSelector, selection.fieldSelector].join("|");
    const before = this.#watches.get(id);
    if (before) return before.synced;
    const { promise: synced, resolve } = Promise.withResolvers<void>();
    const watched: Watched = { apiVersion, kind, selection, synced };
    this.#watches.set(id, watched);
    const task = this.#follow(watched, resolve).finally(() => {
      resolve();
      this.#tasks.delete(task);
    });
    this.#tasks.add(task);
    return synced;
  }

  /** Why objects of a kind are not seen now as they are; undefined where a watch of them works, or none was asked for. */
  troubleOf(of: { apiVersion: string; kind: string; namespace?: string | undefined }): Message | undefined {
    for (const { apiVersion, kind, selection, trouble } of this.#watches.values()) {
      const isOther = selection.namespace !== undefined && selection.namespace !== of.namespace;
      if (trouble && apiVersion === of.apiVersion && kind === of.kind && !isOther) return trouble;
    }
    return undefined;
  }

  /** After the signal is aborted: waits until every watch has ended. */
  async ended(): Promise<void> {
    await Promise.all(this.#tasks);
  }

  async #follow(watched: Watched, synced: () => void): Promise<void> {
    const { client, signal, onError } = this.#options;
    const { apiVersion, kind, selection } = watched;
    let refused = false;
    const onConnection = (state: string, error?: FlowdeckError) => {
      if (state === "live") {
        refused = false;
        this.#setTrouble(watched, undefined);
      }
      if (error === undefined) return;
      this.#setTrouble(watched, error);
      if (isRetryable(error)) return;
      // Waiting may not cure it: nobody has to wait for the list, and it is said once.
      if (!refused) onError(`${kind} (${apiVersion})`, error);
      refused = true;
      synced();
    };
    try {
      const events = client.watch(apiVersion, kind, { ...selection, signal, onConnection, keepTrying: true });
      for await (const { type, object } of events) {
        if (type === "synced") synced();
        if (object === undefined) continue;
        const key = keyOfObject(object);
        if (type === "deleted") this.#objects.delete(key);
        else this.#objects.set(key, object);
        this.#options.onChange(key, type === "deleted" ? undefined : object);
      }
    } catch (error) {
      if (signal.aborted) return;
      onError(`${kind} (${apiVersion})`, error);
      this.#setTrouble(watched, error);
    }
  }

  #setTrouble(watched: Watched, error: unknown): void {
    if (error === undefined && watched.trouble === undefined) return;
    watched.trouble = error === undefined ? undefined : accessWords(error);
    this.#options.onTrouble?.();
  }
}

/** Resource versions are opaque but comparable as integers since Kubernetes 1.35 says so; older servers do the same. */
function newer(a: KubeObject, b: KubeObject): boolean {
  if (a.metadata.uid !== b.metadata.uid) return false;
  const left = Number(a.metadata.resourceVersion);
  const right = Number(b.metadata.resourceVersion);
  return Number.isFinite(left) && Number.isFinite(right) && left > right;
}
