import {
  type AppError,
  type ContextId,
  FlowdeckError,
  toAppError,
  type WatchedObject,
} from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import {
  type ApiResource,
  type ClusterClient,
  type ClusterConnections,
  type KubeObject,
  pause,
  type WatchEvent,
} from "../cluster/index.ts";
import { Kinds } from "./kinds.ts";
import type { ListQuery } from "./list-query.ts";
import { scan } from "./scan.ts";

/** A lease on a list that a watch keeps as it is. */
export interface LiveList {
  /** By namespace and name. */
  readonly objects: ReadonlyMap<string, KubeObject>;
  /** The first whole list is in. */
  readonly synced: boolean;
  /** There are more than were looked through. */
  readonly truncated: boolean;
  readonly state: WatchedObject["state"];
  /** Why it reconnects. */
  readonly problem: AppError | undefined;
  /** Why it ended for good: forbidden, a kind that is not served. */
  readonly failure: FlowdeckError | undefined;
  /** What was deleted last, by namespace and name. */
  readonly deleted: ReadonlyMap<string, KubeObject>;
  onChange(listener: () => void): () => void;
  release(): void;
}

/** A tab that is left for another one often wants the same list again. */
const lingerMs = 3_000;
const scanEveryMs = 10_000;
const pollEveryMs = 3_000;

/** Lists with their watches, one for each question however many ask it; ended when nobody has asked for a while. */
export class LiveLists {
  readonly #connections: ClusterConnections;
  readonly #byQuery = new Map<string, SharedList>();
  readonly #kinds = new Map<string, Kinds>();

  constructor(connections: ClusterConnections) {
    this.#connections = connections;
  }

  open(query: ListQuery): LiveList {
    const { context, apiVersion, kind, namespace, labelSelector, fieldSelector, mode = "watch" } = query;
    const key = JSON.stringify([context, apiVersion, kind, namespace, labelSelector, fieldSelector, mode]);
    let list = this.#byQuery.get(key);
    if (list === undefined || list.ended) {
      const made = new SharedList(this.#connections, query, () => {
        if (this.#byQuery.get(key) === made) this.#byQuery.delete(key);
      });
      list = made;
      this.#byQuery.set(key, made);
    }
    return list.lease();
  }

  /**
   * A kind as the cluster serves it in its preferred version; undefined for what is not served, and while discovery is
   * asked, after which `whenKnown` is called.
   */
  resource(context: ContextId, group: string, kind: string, whenKnown: () => void): ApiResource | undefined {
    let kinds = this.#kinds.get(context);
    if (kinds === undefined) {
      kinds = new Kinds(this.#connections, context);
      this.#kinds.set(context, kinds);
    }
    return kinds.find(group, kind, whenKnown);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#byQuery.values()].map((list) => list.end()));
  }
}

class SharedList {
  readonly objects = new Map<string, KubeObject>();
  readonly deleted = new Map<string, KubeObject>();
  synced = false;
  truncated = false;
  state: WatchedObject["state"] = "listing";
  problem: AppError | undefined;
  failure: FlowdeckError | undefined;
  readonly #stop = new AbortController();
  readonly #listeners = new Set<() => void>();
  readonly #onEnd: () => void;
  readonly #run: Promise<void>;
  #users = 0;
  #linger: NodeJS.Timeout | undefined;

  constructor(connections: ClusterConnections, query: ListQuery, onEnd: () => void) {
    this.#onEnd = onEnd;
    this.#run = this.#follow(connections, query);
  }

  get ended(): boolean {
    return this.#stop.signal.aborted || this.failure !== undefined;
  }

  lease(): LiveList {
    clearTimeout(this.#linger);
    this.#users++;
    let released = false;
    const shared = this;
    return {
      objects: this.objects,
      deleted: this.deleted,
      get synced() {
        return shared.synced;
      },
      get truncated() {
        return shared.truncated;
      },
      get state() {
        return shared.state;
      },
      get problem() {
        return shared.problem;
      },
      get failure() {
        return shared.failure;
      },
      onChange: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
      release: () => {
        if (released) return;
        released = true;
        if (--this.#users > 0) return;
        this.#linger = setTimeout(() => this.#abort(), lingerMs);
        this.#linger.unref();
      },
    };
  }

  async end(): Promise<void> {
    this.#abort();
    await this.#run;
  }

  #abort(): void {
    clearTimeout(this.#linger);
    this.#stop.abort();
    this.#onEnd();
  }

  /** Never rejects: how it fails becomes `failure`. */
  async #follow(connections: ClusterConnections, query: ListQuery): Promise<void> {
    const { signal } = this.#stop;
    try {
      await connections.use(query.context, async (client) => {
        if (query.mode === "scan" || query.mode === "names") await this.#scan(client, query, signal);
        else await this.#watch(client, query, signal);
      });
    } catch (error) {
      if (signal.aborted) return;
      this.failure =
        error instanceof FlowdeckError
          ? error
          : new FlowdeckError("internal", message("call.internal", { words: toAppError(error).message }), {
              cause: error,
            });
      this.#tell();
    }
  }

  async #watch(client: ClusterClient, query: ListQuery, signal: AbortSignal): Promise<void> {
    try {
      const events = client.watch(query.apiVersion, query.kind, {
        ...(query.namespace ? { namespace: query.namespace } : {}),
        ...(query.labelSelector ? { labelSelector: query.labelSelector } : {}),
        ...(query.fieldSelector ? { fieldSelector: query.fieldSelector } : {}),
        signal,
        onConnection: (state, error) => this.#connection(state, error),
      });
      for await (const event of events) this.#take(event);
    } catch (error) {
      const name = /^metadata\.name=([^,]+)$/.exec(query.fieldSelector ?? "")?.[1];
      if (name === undefined || !(error instanceof FlowdeckError) || error.code !== "forbidden") throw error;
      await this.#poll(client, query, name, signal);
    }
  }

  /** Who may not watch may still be allowed to get: the object is asked for now and again then. */
  async #poll(client: ClusterClient, query: ListQuery, name: string, signal: AbortSignal): Promise<void> {
    const { apiVersion, kind, namespace } = query;
    for (;;) {
      const object = await client.get({ apiVersion, kind, name, ...(namespace ? { namespace } : {}) }, signal);
      const [known] = this.objects.values();
      if (object) this.#take({ type: "modified", object });
      else if (known) this.#take({ type: "deleted", object: known });
      this.#connection("live", undefined);
      this.#take({ type: "synced" });
      await pause(pollEveryMs, signal);
    }
  }

  async #scan(client: ClusterClient, query: ListQuery, signal: AbortSignal): Promise<void> {
    for (;;) {
      const found = await scan(client, query, signal);
      this.objects.clear();
      for (const object of found.objects) this.objects.set(keyOf(object), object);
      this.truncated = found.truncated;
      this.synced = true;
      this.state = "live";
      this.#tell();
      await pause(scanEveryMs, signal);
    }
  }

  #connection(state: WatchedObject["state"], error: FlowdeckError | undefined): void {
    // Listing again is a part of reconnecting: what is shown is not new yet.
    this.state = state === "listing" && this.synced ? "reconnecting" : state;
    if (error !== undefined) this.problem = error.toJSON();
    if (this.state !== "reconnecting") this.problem = undefined;
    this.#tell();
  }

  #take({ type, object }: WatchEvent): void {
    if (object !== undefined) {
      const key = keyOf(object);
      if (type === "deleted") {
        this.deleted.set(key, this.objects.get(key) ?? object);
        this.objects.delete(key);
        for (const oldest of [...this.deleted.keys()].slice(0, Math.max(0, this.deleted.size - 20))) {
          this.deleted.delete(oldest);
        }
      } else {
        this.objects.set(key, object);
        this.deleted.delete(key);
      }
    }
    if (type === "synced") {
      this.synced = true;
      // The list is in before its watch has opened: what is shown is new.
      if (this.state === "listing") this.state = "live";
    }
    this.#tell();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

export function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ""}/${metadata.name}`;
}
