import type { ClusterClient, KubeObject } from "../cluster/index.ts";

/** Many changes at once, such as the first list, are told once. */
const settleMs = 200;

/** What is kept of every object of a core kind, by uid; full objects are let go at once. */
export class Kept<T> {
  readonly #read: (object: KubeObject) => T;
  readonly #tell: (all: ReadonlyMap<string, T>) => void;
  readonly #all = new Map<string, T>();

  constructor(read: (object: KubeObject) => T, tell: (all: ReadonlyMap<string, T>) => void) {
    this.#read = read;
    this.#tell = tell;
  }

  /** Watches in each of the places (undefined: everywhere), until aborted; throws as soon as one of them fails for good. */
  async follow(
    client: Pick<ClusterClient, "watch">,
    kind: string,
    places: readonly (string | undefined)[],
    signal: AbortSignal,
    fieldSelector?: string,
  ): Promise<void> {
    const ended = new AbortController();
    const within = AbortSignal.any([signal, ended.signal]);
    let waiting = places.length;
    let timer: NodeJS.Timeout | undefined;
    const touched = () => {
      if (waiting > 0) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        this.#tell(this.#all);
      }, settleMs);
    };
    const one = async (namespace: string | undefined) => {
      const more = { ...(namespace ? { namespace } : {}), ...(fieldSelector ? { fieldSelector } : {}) };
      let synced = false;
      for await (const { type, object } of client.watch("v1", kind, { ...more, signal: within })) {
        if (type === "synced") {
          if (!synced) waiting--;
          synced = true;
        } else if (object !== undefined) {
          const key = object.metadata.uid ?? `${object.metadata.namespace}/${object.metadata.name}`;
          if (type === "deleted") this.#all.delete(key);
          else this.#all.set(key, this.#read(object));
        }
        touched();
      }
    };
    try {
      await Promise.all(places.map(one));
    } finally {
      clearTimeout(timer);
      ended.abort();
    }
  }
}
