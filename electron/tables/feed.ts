import { FlowdeckError } from "../../common/contract/index.ts";
import type { ApiResource, ClusterClient } from "../cluster/index.ts";
import { backoffMs, isRetryable, isTooLarge, pause, statusOf } from "../cluster/index.ts";
import { together } from "./all-or-abort.ts";
import type { PageAnswer } from "./messages.ts";
import { asOf, compressed, type PageQuery } from "./page-query.ts";
import type { TableSink } from "./sink.ts";
import type { Scope } from "./table.ts";
import { accept, Outdated, readable, streamWatch } from "./watch-stream.ts";

/** The first page is small, so that its rows are on screen at once. */
const firstPage = 500;
/** Rows without metadata are small: some 250 bytes each. */
const bareRowsPerPage = 10_000;
/** Rows with metadata are some 4 kB each, most of it managedFields. */
const fullRowsPerPage = 500;
/** Asking once more for a namespace costs the server as much as this many rows with metadata. */
const rowsPerNamespace = 30;
const namespacesAtOnce = 4;
/** A stream that ends sooner than this is followed by a wait, so that a server that ends them all is not flooded. */
const soundMs = 1_000;
/** A watch that lasted so long was no answer in a row of refusals. */
const calmMs = 30_000;
const pollMs = 10_000;

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
  limiter: <T>(task: () => Promise<T>) => Promise<T>;
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
 * Keeps one scope of a table as it is on the server: lists it, watches it, and heals both, until aborted. The watch
 * begins at the resourceVersion of the first page and runs beside the rest of the listing; the table puts both together.
 */
export class ScopeFeed {
  readonly #options: FeedOptions;
  readonly #sizes: FeedSizes;
  #failures = 0;
  #refusals = 0;
  /** Lists in a row whose watch was outdated soon after. */
  #relists = 0;
  /** When the last watch was asked for. */
  #began = 0;
  /** Fewer rows a page where objects are so large that a page of them is not read. */
  #mostRows = Number.POSITIVE_INFINITY;
  #wasLive = false;
  #listing = true;
  #expected: number | undefined;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#sizes = { firstPage, bareRowsPerPage, fullRowsPerPage, rowsPerNamespace, ...options.sizes };
  }

  /** Resolves when aborted; throws what waiting can't cure, as long as the first listing was never completed. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#round(signal);
      } catch (error) {
        if (signal.aborted) return;
        const wait = await this.#afterFailure(error);
        await pause(wait, signal).catch(() => {
          // Aborted: the loop ends.
        });
      }
    }
  }

  /** Milliseconds to wait before all begins anew; throws what is final. */
  async #afterFailure(error: unknown): Promise<number> {
    if (error instanceof Outdated) {
      if (Date.now() - this.#began > calmMs) this.#relists = 0;
      return backoffMs(this.#relists++, 20, 5_000);
    }
    if (!(error instanceof FlowdeckError)) throw error;
    if (!isRetryable(error) && !this.#wasLive) throw error;
    // With the kind all its objects are gone.
    if (error.code === "kind-unknown") await this.#options.sink.clear(this.#options.scope);
    this.#tell(error);
    return isRetryable(error) ? backoffMs(this.#failures++, 200, 10_000) : backoffMs(this.#failures++, 1_000, 20_000);
  }

  /** One listing and the watch that follows on it, until something is to be listed anew. */
  async #round(signal: AbortSignal): Promise<void> {
    const { sink, scope, resource } = this.#options;
    this.#listing = true;
    this.#tell();
    await sink.begin(scope);
    const first = await this.#page({ limit: this.#sizes.firstPage }, signal);
    this.#expected = first.remaining === undefined ? undefined : first.rows + first.remaining;
    this.#tell();
    const rest = async (within: AbortSignal) => {
      if (first.continueToken !== "") await this.#rest(first, within);
      await sink.commit(scope);
      this.#listing = false;
      this.#wasLive = true;
      this.#failures = 0;
      this.#expected = undefined;
      this.#tell();
    };
    if (!resource.verbs.includes("watch")) {
      await rest(signal);
      await pause(pollMs, signal);
      return;
    }
    if (first.continueToken === "") {
      await rest(signal);
      await this.#watch(first.resourceVersion, signal);
    } else await together([rest, (within) => this.#watch(first.resourceVersion, within)], signal);
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
    const page = await this.#page({ ...query, ...state }, signal, namespace);
    await this.#pages(page.continueToken, query, signal, namespace);
  }

  async #pages(token: string, query: PageQuery, signal: AbortSignal, namespace?: string): Promise<void> {
    for (let next = token; next !== ""; ) {
      next = (await this.#page({ ...query, continue: next }, signal, namespace)).continueToken;
    }
  }

  /** One page into the table; asks again as long as it is only the connection or the server's state that fails. */
  async #page(query: PageQuery, signal: AbortSignal, namespace?: string): Promise<PageAnswer> {
    const { sink, scope, limiter, resource } = this.#options;
    const what = `list ${resource.plural}`;
    for (;;) {
      const limit = query.limit === undefined ? undefined : Math.min(query.limit, this.#mostRows);
      try {
        return await limiter(async () => {
          const at = Date.now();
          const client = await this.#options.client();
          const body = await client.bytes({
            path: client.pathOf(resource, { namespace: namespace ?? scope.namespace }),
            headers: { accept, ...compressed(client) },
            query: { ...this.#query(), ...query, limit },
            what,
            signal,
          });
          return await readable(sink.page(scope, namespace ?? scope.namespace ?? "", at, body), what, client.server);
        });
      } catch (error) {
        signal.throwIfAborted();
        if (statusOf(error)?.code === 410) throw new Outdated();
        if (isTooLarge(error) && limit !== undefined && limit > 1) {
          this.#mostRows = Math.ceil(limit / 10);
          continue;
        }
        if (!isRetryable(error)) throw error;
        this.#tell(error);
        await pause(backoffMs(this.#failures++, 200, 10_000), signal);
      }
    }
  }

  /** Watches until the resourceVersion is too old (throws Outdated), or what fails is no matter of waiting. */
  async #watch(from: string, signal: AbortSignal): Promise<void> {
    let newest = from;
    for (;;) {
      const began = Date.now();
      this.#began = began;
      try {
        await this.#stream(newest, signal, (resourceVersion) => {
          newest = resourceVersion;
        });
        if (Date.now() - began < soundMs) await pause(backoffMs(this.#failures++, 100, 5_000), signal);
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof Outdated) throw error;
        if (statusOf(error)?.code === 410) throw new Outdated();
        if (!isRetryable(error) && !this.#forgiven(error)) throw error;
        this.#tell(error);
        await pause(backoffMs(this.#failures++, 200, 10_000), signal);
      }
    }
  }

  /** An API server that has just started may refuse what it allowed before, until its caches are filled. */
  #forgiven(error: unknown): boolean {
    const refused = error instanceof FlowdeckError && ["forbidden", "credentials-rejected"].includes(error.code);
    return refused && this.#refusals++ < 4;
  }

  async #stream(from: string, signal: AbortSignal, seen: (resourceVersion: string) => void): Promise<void> {
    const { resource, scope, sink } = this.#options;
    const client = await this.#options.client();
    await streamWatch({
      ...{ client, resource, scope, sink, signal, seen },
      query: { ...this.#query(), resourceVersion: from },
      connected: () => {
        this.#refusals = 0;
        this.#tell();
      },
      silence: (problem) => this.#tell(problem, true),
      changed: () => {
        this.#failures = 0;
      },
    });
  }

  #query(): Record<string, string | undefined> {
    const { labelSelector, fieldSelector, wholeObjects } = this.#options;
    return {
      labelSelector: labelSelector || undefined,
      fieldSelector: fieldSelector || undefined,
      includeObject: wholeObjects ? "Object" : undefined,
    };
  }

  #tell(problem?: unknown, waiting = false): void {
    const polled = !this.#options.resource.verbs.includes("watch");
    const calm = this.#listing && !(polled && this.#wasLive) ? "listing" : polled ? "polling" : "live";
    this.#options.tell({
      state: problem === undefined ? calm : "reconnecting",
      problem: problem instanceof FlowdeckError ? problem : undefined,
      waiting: waiting && problem !== undefined,
      expected: this.#expected,
    });
  }
}
