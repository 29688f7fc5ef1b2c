import type {
  ContextId,
  FlowdeckError,
  ParsedInput,
  TableQuery,
  TableSource,
  TableView,
} from "../../common/contract/index.ts";
import type { ClusterConnections, Kubeconfigs } from "../cluster/index.ts";
import type { FeedSizes } from "./feed.ts";
import { LatestValueChannel } from "./latest-value-channel.ts";
import type { FoundRow } from "./messages.ts";
import { Source } from "./source.ts";
import { EngineThread } from "./thread.ts";

export interface TablesOptions {
  connections: Pick<ClusterConnections, "client" | "use">;
  kubeconfigs: Pick<Kubeconfigs, "list">;
  /** Namespaces of a context that the user marked. */
  favourites: (context: ContextId) => Promise<readonly string[]>;
  /** A fault that has nobody else to hear of it. */
  log: (line: string) => void;
  /** How long a table outlives its last view, as the same one is often wanted again soon. */
  lingerMs?: number;
  sizes?: Partial<FeedSizes>;
}

interface Shared {
  source: Source;
  readers: Set<LatestValueChannel<TableView>>;
  linger: NodeJS.Timeout | undefined;
  failed: boolean;
}

/** Tables of clusters and the views of them; those who ask for the same table share it. */
export class Tables {
  readonly #options: TablesOptions;
  readonly #thread: EngineThread;
  readonly #shared = new Map<string, Shared>();
  readonly #views = new Map<string, LatestValueChannel<TableView>>();
  /** Queries of views that are not open yet: the page may send them on a faster way. */
  readonly #early = new Map<string, TableQuery>();
  readonly #named = new Map<string, Set<string>>();
  #lastTable = 0;

  constructor(options: TablesOptions) {
    this.#options = options;
    this.#thread = new EngineThread(
      (view, item) => this.#views.get(view)?.put(item),
      (error) => this.#lost(error),
    );
  }

  /** Somebody looks at a cluster: tables will be asked for next. */
  warmUp(): void {
    this.#thread.start();
  }

  async *open(input: ParsedInput<"table.open">, signal: AbortSignal): AsyncGenerator<TableView, void, void> {
    const { view, source, query } = input;
    const channel = new LatestValueChannel<TableView>();
    const { key, shared } = this.#share(source);
    shared.readers.add(channel);
    this.#views.set(view, channel);
    try {
      await shared.source.ready;
      if (signal.aborted) return;
      await this.#thread.ask("open", { view, table: shared.source.table, query: this.#early.get(view) ?? query });
      this.#early.delete(view);
      yield* channel.items(signal);
    } finally {
      shared.readers.delete(channel);
      if (this.#views.get(view) === channel) {
        this.#views.delete(view);
        if (this.#thread.isRunning) this.#background(this.#thread.ask("close", { view }));
      }
      if (shared.readers.size === 0 && !shared.failed) {
        shared.linger = setTimeout(() => this.#end(key, shared), this.#options.lingerMs ?? 10_000);
        shared.linger.unref();
      }
    }
  }

  async query({ view, query }: ParsedInput<"table.query">): Promise<void> {
    if (this.#views.has(view)) {
      await this.#thread.ask("query", { view, query }).catch((error: unknown) => {
        if (this.#views.has(view)) this.#remember(view, query);
        else throw error;
      });
    } else this.#remember(view, query);
  }

  async keys(input: ParsedInput<"table.keys">): Promise<string[]> {
    return await this.#thread.ask("keys", input);
  }

  async export(input: ParsedInput<"table.export">): Promise<string> {
    return await this.#thread.ask("export", input);
  }

  /** Names in the tables that are open now. */
  async find(input: { context: ContextId; text: string; limit: number }): Promise<FoundRow[]> {
    return this.#thread.isRunning ? await this.#thread.ask("find", input) : [];
  }

  async close(): Promise<void> {
    const all = [...this.#shared.values()];
    this.#shared.clear();
    for (const { linger } of all) clearTimeout(linger);
    await Promise.all(all.map(({ source }) => source.close().catch(() => undefined))); // the thread ends next
    await this.#thread.close();
  }

  /** Namespaces of a context that are known without listing them. */
  async knownNamespaces(context: ContextId): Promise<string[]> {
    const { contexts } = await this.#options.kubeconfigs.list();
    const own = contexts.find(({ id }) => id === context)?.namespace ?? "default";
    const favourites = await this.#options.favourites(context);
    return [...new Set([own, ...favourites, ...(this.#named.get(context) ?? [])])];
  }

  #share(source: TableSource): { key: string; shared: Shared } {
    const named = this.#named.get(source.context) ?? new Set();
    this.#named.set(source.context, named);
    for (const namespace of source.namespaces) named.add(namespace);
    const { context, group, version, plural, namespaces, labelSelector, fieldSelector, ownColumns } = source;
    const key = JSON.stringify([
      context,
      group,
      version,
      plural,
      namespaces.toSorted(),
      labelSelector,
      fieldSelector,
      ownColumns,
    ]);
    const known = this.#shared.get(key);
    if (known !== undefined) {
      clearTimeout(known.linger);
      return { key, shared: known };
    }
    const { connections, sizes } = this.#options;
    const shared: Shared = {
      source: new Source(`t${++this.#lastTable}`, source, {
        thread: this.#thread,
        client: (id) => connections.client(id),
        knownNamespaces: (id) => this.knownNamespaces(id),
        ...(sizes === undefined ? {} : { sizes }),
      }),
      readers: new Set(),
      linger: undefined,
      failed: false,
    };
    this.#shared.set(key, shared);
    shared.source.run().catch((error: unknown) => {
      // Those who look at it hear why; who asks next begins anew.
      shared.failed = true;
      for (const reader of shared.readers) reader.fail(error);
      this.#end(key, shared);
    });
    return { key, shared };
  }

  #end(key: string, shared: Shared): void {
    clearTimeout(shared.linger);
    if (this.#shared.get(key) === shared) this.#shared.delete(key);
    this.#background(shared.source.close());
  }

  #lost(error: FlowdeckError): void {
    this.#options.log(error.message);
    for (const [key, shared] of this.#shared) {
      shared.failed = true;
      for (const reader of shared.readers) reader.fail(error);
      this.#end(key, shared);
    }
  }

  #remember(view: string, query: TableQuery): void {
    this.#early.set(view, query);
    const oldest = this.#early.keys().next().value;
    if (this.#early.size > 50 && oldest !== undefined) this.#early.delete(oldest);
  }

  #background(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      this.#options.log(`a table could not be closed: ${error instanceof Error ? error.message : String(error)}`);
    });
  }
}
