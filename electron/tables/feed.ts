import { together } from "../../common/async/index.ts";
import { FlowdeckError } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import {
  type ApiResource,
  backoffMs,
  type CarriedWatch,
  type ClusterClient,
  followStream,
  isExpired,
  isRetryable,
  isTooLarge,
  type Listing,
  pause,
  Reflector,
  type StreamReader,
  type WatchProgress,
  type WatchScope,
  type WatchState,
  watchQuery,
} from "../cluster/index.ts";
import { endedBy } from "./ended-by.ts";
import type { PageAnswer } from "./messages.ts";
import { asOf, compressed, type PageQuery } from "./page-query.ts";
import type { TableSink } from "./sink.ts";
import type { Scope } from "./table.ts";
import { readable, watchReader } from "./watch-reader.ts";

/** Tables from those who make them, plain lists from others (some extension API servers). */
const accept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
/** The first page is small, so that its rows are on screen at once. */
const firstPage = 500;
/** Rows without metadata are small: some 250 bytes each. */
const bareRowsPerPage = 10_000;
/** Rows with metadata are some 4 kB each, most of it managedFields. */
const fullRowsPerPage = 500;
/** Asking once more for a namespace costs the server as much as this many rows with metadata. */
const rowsPerNamespace = 30;
const namespacesAtOnce = 4;
export interface FeedOptions {
  resource: ApiResource;
  scope: Scope;
  labelSelector: string;
  fieldSelector: string;
  /** Rows have to bring the whole object, for columns of the user's own. */
  wholeObjects: boolean;
  sink: TableSink;
  /** A client for the cluster; asked anew after failures, as credentials may have changed. */
  client: () => Promise<ClusterClient>;
  /** Names of all namespaces, or undefined where they may not be listed. */
  namespaces: (client: ClusterClient, signal: AbortSignal) => Promise<string[] | undefined>;
  tell: (state: FeedState) => void;
  /** For tests. */
  sizes?: Partial<FeedSizes>;
}

export interface FeedSizes {
  firstPage: number;
  bareRowsPerPage: number;
  fullRowsPerPage: number;
  rowsPerNamespace: number;
}

export interface FeedState {
  state: "listing" | "live" | "reconnecting" | "polling";
  problem: FlowdeckError | undefined;
  /** The connection is not lost: it is waited for, and nothing is to be made anew. */
  waiting: boolean;
  /** How many rows there will be, as far as known. */
  expected: number | undefined;
}

/**
 * Keeps one scope of a table as it is on the server, until aborted. The watch begins at the resourceVersion of the first
 * page and runs beside the rest of the listing; the table puts both together.
 */
export class ScopeFeed {
  readonly #options: FeedOptions;
  readonly #sizes: FeedSizes;
  /** Pages that failed in a row. */
  #failures = 0;
  /** Fewer rows a page where objects are so large that a page of them is not read. */
  #mostRows = Number.POSITIVE_INFINITY;
  #wasListed = false;
  #listing = true;
  #expected: number | undefined;
  /** For those who want the objects of this table's rows, on the connection whose watch brings them. */
  #carried: { feed: CarriedWatch; client: ClusterClient } | undefined;
  /** Connects the watch anew, so that it brings objects; undefined while it does, or there is none. */
  #bringObjects: (() => void) | undefined;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#sizes = { firstPage, bareRowsPerPage, fullRowsPerPage, rowsPerNamespace, ...options.sizes };
  }

  /** Resolves when aborted; throws what waiting can't cure, as long as the first listing was never completed. */
  async run(signal: AbortSignal): Promise<void> {
    const { resource, sink, scope } = this.#options;
    const reflector = new Reflector({
      list: (within) => this.#list(within),
      watch: resource.verbs.includes("watch")
        ? (from, progress, within) => this.#watch(from, progress, within)
        : undefined,
      gone: () => sink.clear(scope),
      tell: (state) => this.#tell(state),
      onFinal: "wait once listed",
    });
    try {
      await reflector.run(signal);
    } finally {
      this.#carryNoMore();
    }
  }

  /** The first page; what is left of the list comes beside the watch. */
  async #list(signal: AbortSignal): Promise<Listing> {
    const { sink, scope } = this.#options;
    this.#carryNoMore();
    await sink.begin(scope);
    const first = await this.#page({ limit: this.#sizes.firstPage }, signal, { isFirst: true });
    this.#expected = first.remaining === undefined ? undefined : first.rows + first.remaining;
    this.#tell({ state: "listing", waiting: false });
    const { continueToken, resourceVersion } = first;
    const complete = async () => {
      await sink.commit(scope);
      this.#listing = false;
      this.#wasListed = true;
      this.#expected = undefined;
      this.#tell({ state: "live", waiting: false });
    };
    if (continueToken === "") await complete();
    const rest = async (within: AbortSignal) => {
      await this.#rest(first, within);
      await complete();
    };
    return { resourceVersion, rest: continueToken === "" ? undefined : rest };
  }

  async #rest(first: PageAnswer, signal: AbortSignal): Promise<void> {
    const { resource, scope, wholeObjects } = this.#options;
    const { fullRowsPerPage: full, bareRowsPerPage: bare, rowsPerNamespace } = this.#sizes;
    if (wholeObjects || !first.hasMetadata) return await this.#pages(first.continueToken, { limit: full }, signal);
    // Where the namespace is known, rows need no metadata: a fifteenth of the bytes and a tenth of the time.
    if (!resource.namespaced || scope.namespace !== undefined) {
      return await this.#pages(first.continueToken, { limit: bare, includeObject: "None" }, signal);
    }
    const client = await this.#options.client();
    const [namespaces, version] = await Promise.all([this.#options.namespaces(client, signal), client.version(signal)]);
    if (namespaces === undefined || (first.remaining ?? 5_000) < namespaces.length * rowsPerNamespace) {
      return await this.#pages(first.continueToken, { limit: full }, signal);
    }
    const left = [...namespaces];
    await together(
      Array.from({ length: namespacesAtOnce }, () => async (within: AbortSignal) => {
        for (let next = left.shift(); next !== undefined; next = left.shift()) {
          await this.#namespace(next, asOf(first.resourceVersion, version), within);
        }
      }),
      signal,
    );
  }

  async #namespace(namespace: string, state: Partial<PageQuery>, signal: AbortSignal): Promise<void> {
    const query = { limit: this.#sizes.bareRowsPerPage, includeObject: "None" };
    const page = await this.#page({ ...query, ...state }, signal, { namespace });
    await this.#pages(page.continueToken, query, signal, namespace);
  }

  async #pages(token: string, query: PageQuery, signal: AbortSignal, namespace?: string): Promise<void> {
    for (let next = token; next !== ""; ) {
      next = (await this.#page({ ...query, continue: next }, signal, { namespace })).continueToken;
    }
  }

  /** One page into the table; asks again as long as it is only the connection or the server's state that fails. */
  async #page(
    query: PageQuery,
    signal: AbortSignal,
    { namespace, isFirst = false }: { namespace?: string | undefined; isFirst?: boolean } = {},
  ): Promise<PageAnswer> {
    const { sink, scope, resource } = this.#options;
    const what = message("request.list", { kind: resource.plural });
    for (;;) {
      const limit = query.limit === undefined ? undefined : Math.min(query.limit, this.#mostRows);
      try {
        const client = await this.#options.client();
        const request = {
          path: client.pathOf(resource, { namespace: namespace ?? scope.namespace }),
          headers: { accept, ...compressed(client) },
          query: { ...this.#query(), ...query, limit },
          what,
          // The first page is what somebody waits for.
          share: isFirst ? undefined : ("pages" as const),
          signal,
        };
        return await client.bytes(request, (body, at) => {
          const answer = sink.page(scope, namespace ?? scope.namespace ?? "", at, body);
          return readable(answer, what, client.server);
        });
      } catch (error) {
        signal.throwIfAborted();
        if (isTooLarge(error) && limit !== undefined && limit > 1) {
          this.#mostRows = Math.ceil(limit / 10);
          continue;
        }
        if (!isRetryable(error) || isExpired(error)) throw error;
        this.#tell({
          state: "reconnecting",
          problem: error instanceof FlowdeckError ? error : undefined,
          waiting: false,
        });
        await pause(backoffMs(this.#failures++, 200, 10_000), signal);
      }
    }
  }

  async #watch(from: string, progress: WatchProgress, signal: AbortSignal): Promise<void> {
    const { resource, scope, sink, wholeObjects } = this.#options;
    const client = await this.#options.client();
    const what = message("request.watch", { kind: resource.plural });
    const reader = watchReader({ sink, scope, what, client, progress });
    // Whole objects are ten times the bytes of a row: they come only while somebody reads them.
    const brings = wholeObjects || (this.#carried?.feed.isRead ?? false);
    const wanted = new AbortController();
    const open = async (within: AbortSignal) => {
      const chunks = await client.stream({
        path: client.pathOf(resource, scope),
        headers: { accept },
        query: { ...this.#query(), ...(brings ? { includeObject: "Object" } : {}), ...watchQuery(from) },
        what,
        signal: AbortSignal.any([within, wanted.signal]),
      });
      return endedBy(wanted.signal, chunks);
    };
    const connected = async () => {
      await reader.connected();
      const feed = this.#carry(client);
      feed?.connected();
      if (brings || feed === undefined) return;
      this.#bringObjects = () => wanted.abort();
      if (feed.isRead) wanted.abort();
    };
    const take: StreamReader["take"] = (chunk, fail) => {
      if (brings) this.#carried?.feed.take(chunk);
      return reader.take(chunk, fail);
    };
    try {
      await followStream({
        open,
        onSilence: (listener) => client.onSilence(listener),
        reader: { ...reader, connected, take },
        progress,
        signal,
      });
    } finally {
      this.#bringObjects = undefined;
    }
  }

  /** Its changes can bring their objects along, so that nobody has to watch those beside it; but for Secrets, which stay away. */
  #carry(client: ClusterClient): CarriedWatch | undefined {
    const { resource, scope, labelSelector, fieldSelector } = this.#options;
    if (resource.group === "" && resource.plural === "secrets") return undefined;
    if (this.#carried?.client.watches !== client.watches) this.#carryNoMore();
    const { namespace } = scope;
    const carried: WatchScope = { resource, namespace, labelSelector, fieldSelector, as: "objects" };
    this.#carried ??= { feed: client.watches.carry(carried, () => this.#bringObjects?.()), client };
    return this.#carried.feed;
  }

  #carryNoMore(): void {
    this.#carried?.feed.close();
    this.#carried = undefined;
  }

  #query(): Record<string, string | undefined> {
    const { labelSelector, fieldSelector, wholeObjects } = this.#options;
    return {
      labelSelector: labelSelector || undefined,
      fieldSelector: fieldSelector || undefined,
      includeObject: wholeObjects ? "Object" : undefined,
    };
  }

  #tell(state: WatchState): void {
    const { problem, waiting } = state;
    if (state.state === "listing") this.#listing = true;
    else this.#carried?.feed.tell(state);
    const polled = !this.#options.resource.verbs.includes("watch");
    const calm = this.#listing && !(polled && this.#wasListed) ? "listing" : polled ? "polling" : "live";
    this.#options.tell({
      state: state.state === "reconnecting" ? "reconnecting" : calm,
      problem,
      waiting: waiting && problem !== undefined,
      expected: this.#expected,
    });
  }
}
