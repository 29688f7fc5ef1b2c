import { type ContextId, FlowdeckError, type TableSource, toAppError } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { ApiResource, ClusterClient } from "../cluster/index.ts";
import { type FeedSizes, type FeedState, ScopeFeed } from "./feed.ts";
import { isForbidden, listNames } from "./list-names.ts";
import { findResource } from "./resource.ts";
import { TableSink } from "./sink.ts";
import type { Scope, TableStatus } from "./table.ts";
import type { EngineThread } from "./thread.ts";

const namespacesResource = { group: "", version: "v1", plural: "namespaces" };

export interface SourceDeps {
  thread: EngineThread;
  client: (context: ContextId) => Promise<ClusterClient>;
  /** Where to look when namespaces may not be listed: the context's own, favourites, those asked for before. */
  knownNamespaces: (context: ContextId) => Promise<string[]>;
  sizes?: Partial<FeedSizes>;
}

/** One table, fed by as many lists and watches as the user's rights ask for; shared by all views of it. */
export class Source {
  readonly table: string;
  readonly #source: TableSource;
  readonly #deps: SourceDeps;
  readonly #sink: TableSink;
  readonly #ended = new AbortController();
  readonly #states = new Map<string, FeedState>();
  readonly #refused = new Map<string, FlowdeckError>();
  readonly #ready = Promise.withResolvers<void>();
  #lease: Promise<ClusterClient> | undefined;
  #limitedTo: string[] | undefined;
  #told = "";

  constructor(table: string, source: TableSource, deps: SourceDeps) {
    this.table = table;
    this.#source = source;
    this.#deps = deps;
    this.#sink = new TableSink(deps.thread, table);
    // Whoever waits for it hears of a failure.
    this.#ready.promise.catch(() => undefined);
  }

  /** Resolves once views can be opened on it. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** Feeds the table until closed; throws what ends it for good. */
  async run(): Promise<void> {
    try {
      const { context, group, version, plural } = this.#source;
      const resource = await findResource(await this.#client(), this.#source, this.#ended.signal);
      if (!resource.verbs.includes("list")) {
        throw new FlowdeckError("not-allowed", message("table.notListable", { kind: resource.kind }));
      }
      const { ownColumns } = this.#source;
      const { kind, namespaced } = resource;
      const spec = { context, group, version, plural, kind, namespaced, ownColumns };
      await this.#deps.thread.ask("create", { table: this.table, spec });
      this.#ready.resolve();
      await this.#feed(resource);
    } catch (error) {
      this.#ready.reject(error);
      if (!this.#ended.signal.aborted) throw error;
    }
  }

  async close(): Promise<void> {
    this.#ended.abort();
    const lease = this.#lease;
    this.#lease = undefined;
    await (await lease?.catch(() => undefined))?.close();
    // A thread that is gone has taken the table with it.
    if (this.#deps.thread.isRunning) await this.#deps.thread.ask("drop", { table: this.table });
  }

  async #feed(resource: ApiResource): Promise<void> {
    const { namespaces } = this.#source;
    if (resource.namespaced && namespaces.length > 0) {
      return await this.#feedEach(resource, [...new Set(namespaces)]);
    }
    try {
      await this.#feedScope(resource, { id: "all", namespace: undefined });
    } catch (error) {
      if (!isForbidden(error) || !resource.namespaced) throw error;
      const candidates = await this.#candidates(resource);
      this.#states.clear();
      this.#limitedTo = candidates;
      await this.#feedEach(resource, candidates);
    }
  }

  async #candidates(resource: ApiResource): Promise<string[]> {
    const listed = await listNames(await this.#client(), namespacesResource, this.#ended.signal);
    if (listed !== undefined) return listed;
    const known = await this.#deps.knownNamespaces(this.#source.context);
    if (known.length > 0) return known;
    throw new FlowdeckError("forbidden", message("table.mayNotList", { kind: resource.plural }));
  }

  /** One feed for each namespace; those that may not be listed are left out and named. Throws when none is left. */
  async #feedEach(resource: ApiResource, namespaces: string[]): Promise<void> {
    await Promise.all(
      namespaces.map(async (namespace) => {
        try {
          await this.#feedScope(resource, { id: `in ${namespace}`, namespace });
        } catch (error) {
          if (!isForbidden(error)) throw error;
          this.#refused.set(namespace, error);
          this.#states.delete(`in ${namespace}`);
          this.#limitedTo = namespaces.filter((name) => !this.#refused.has(name));
          if (this.#limitedTo.length === 0) throw error;
          await this.#tell();
        }
      }),
    );
  }

  async #feedScope(resource: ApiResource, scope: Scope): Promise<void> {
    const { labelSelector, fieldSelector, ownColumns } = this.#source;
    const { sizes } = this.#deps;
    const feed = new ScopeFeed({
      resource,
      scope,
      labelSelector,
      fieldSelector,
      wholeObjects: ownColumns.length > 0,
      sink: this.#sink,
      client: () => this.#client(),
      namespaces: (client, signal) => listNames(client, namespacesResource, signal),
      tell: (state) => {
        // A kubeconfig may hold other credentials by now.
        if (state.problem !== undefined && !state.waiting) this.#renewClient();
        this.#states.set(scope.id, state);
        this.#tell().catch(() => {
          // The thread is gone; whoever feeds the table hears of it.
        });
      },
      ...(sizes === undefined ? {} : { sizes }),
    });
    await feed.run(this.#ended.signal);
  }

  async #tell(): Promise<void> {
    const states = [...this.#states.values()];
    const has = (wanted: FeedState["state"]) => states.find(({ state }) => state === wanted);
    const shown = has("reconnecting") ?? has("listing") ?? has("polling") ?? has("live");
    const status: TableStatus = {
      state: shown?.state ?? "listing",
      problem: shown?.problem === undefined ? undefined : toAppError(shown.problem),
      expected: states.some(({ expected }) => expected !== undefined)
        ? states.reduce((sum, { expected }) => sum + (expected ?? 0), 0)
        : undefined,
      limitedTo: this.#limitedTo,
    };
    const text = JSON.stringify(status);
    if (text === this.#told || this.#ended.signal.aborted) return;
    this.#told = text;
    await this.#sink.status(status);
  }

  #client(): Promise<ClusterClient> {
    this.#lease ??= this.#deps.client(this.#source.context).catch((error: unknown) => {
      this.#lease = undefined;
      throw error;
    });
    return this.#lease;
  }

  #renewClient(): void {
    const old = this.#lease;
    this.#lease = undefined;
    old
      ?.then((client) => client.close())
      .catch(() => {
        // It was never opened.
      });
  }
}
