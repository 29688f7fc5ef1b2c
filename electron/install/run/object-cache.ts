import type { ObjectRef } from "../../../common/contract/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import { pause } from "../../cluster/index.ts";
import { keyOf, keyOfObject } from "../objects.ts";

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
}

/** What is in the cluster now, of the kinds that were asked for: one watch per kind and selection, none of them polled. */
export class LiveObjects {
  private readonly objects = new Map<string, KubeObject>();
  private readonly watches = new Map<string, Promise<void>>();
  private readonly tasks = new Set<Promise<void>>();
  private readonly options: LiveOptions;

  constructor(options: LiveOptions) {
    this.options = options;
  }

  get(ref: ObjectRef): KubeObject | undefined {
    return this.objects.get(keyOf(ref));
  }

  byKey(key: string): KubeObject | undefined {
    return this.objects.get(key);
  }

  /** Objects of a kind, of every namespace watched or of one. */
  *of(kind: string, namespace?: string): Generator<KubeObject> {
    for (const object of this.objects.values()) {
      if (object.kind === kind && (namespace === undefined || object.metadata.namespace === namespace)) yield object;
    }
  }

  /** Takes what a write gave back, so that nobody has to wait for the watch to tell the same. */
  put(object: KubeObject): void {
    const key = keyOfObject(object);
    const known = this.objects.get(key);
    if (known && newer(known, object)) return;
    this.objects.set(key, object);
    this.options.onChange(key, object);
  }

  /** Watches a kind; resolves when the first list is in. Asking again for the same is free. */
  watch(apiVersion: string, kind: string, selection: Selection = {}): Promise<void> {
    const id = [apiVersion, kind, selection.namespace, selection.labelSelector, selection.fieldSelector].join("|");
    const before = this.watches.get(id);
    if (before) return before;
    const synced = new Promise<void>((resolve) => {
      const task = this.follow(apiVersion, kind, selection, resolve).finally(() => {
        resolve();
        this.tasks.delete(task);
      });
      this.tasks.add(task);
    });
    this.watches.set(id, synced);
    return synced;
  }

  /** After the signal is aborted: waits until every watch has ended. */
  async ended(): Promise<void> {
    await Promise.all(this.tasks);
  }

  private async follow(apiVersion: string, kind: string, selection: Selection, synced: () => void): Promise<void> {
    const { client, signal, onChange, onError } = this.options;
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      try {
        for await (const { type, object } of client.watch(apiVersion, kind, { ...selection, signal })) {
          if (type === "synced") synced();
          if (!object) continue;
          // Items of a list carry neither their kind nor their version on some servers.
          const whole = { ...object, apiVersion: object.apiVersion ?? apiVersion, kind: object.kind ?? kind };
          const key = keyOfObject(whole);
          if (type === "deleted") this.objects.delete(key);
          else this.objects.set(key, whole);
          onChange(key, type === "deleted" ? undefined : whole);
        }
        return;
      } catch (error) {
        if (signal.aborted) return;
        if (attempt === 0) onError(`${kind} (${apiVersion})`, error);
        synced();
        await pause(Math.min(30_000, 1000 * 2 ** attempt), signal).catch(() => undefined);
      }
    }
  }
}

/** Resource versions are opaque but comparable as integers since Kubernetes 1.35 says so; older servers do the same. */
function newer(a: KubeObject, b: KubeObject): boolean {
  if (a.metadata.uid !== b.metadata.uid) return false;
  const left = Number(a.metadata.resourceVersion);
  const right = Number(b.metadata.resourceVersion);
  return Number.isFinite(left) && Number.isFinite(right) && left > right;
}
