import {
  type AppError,
  type ContextId,
  FlowdeckError,
  type LogNotice,
  type LogQuery,
  type LogSource,
  type LogSourceState,
  type LogView,
  toAppError,
} from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterClient, ClusterConnections, KubeObject } from "../cluster/index.ts";
import { Changes } from "./changes.ts";
import { containersOf, type PodContainer } from "./containers.ts";
import { LogViewModel } from "./log-view-model.ts";
import type { Matcher } from "./matcher.ts";
import { InitialMerge } from "./merge.ts";
import { podsOf } from "./pods.ts";
import { noticeText, wholeLine } from "./row.ts";
import { type ReadOptions, rowsAsText } from "./rows-as-text.ts";
import { ContainerSource } from "./source.ts";
import { LogStore } from "./store.ts";

/** Streams read at the same time; each holds a connection to the API server. */
const mostSources = 100;
const keptBytes = 256 << 20;
/** Views are sent no more often than this; counts of sources less often. */
const viewEveryMs = 45;
const countsEveryMs = 500;

interface PodEntry {
  sources: Map<string, ContainerSource>;
}

export interface SessionOptions {
  connections: ClusterConnections;
  matcher: Matcher;
  source: LogSource;
  query: LogQuery;
}

/** One log: finds the pods, reads their containers into a store, and shows a view of it until closed. */
export class LogSession {
  readonly source: LogSource;
  readonly #options: SessionOptions;
  readonly #ended = new AbortController();
  readonly #store: LogStore;
  readonly #view: LogViewModel;
  readonly #pods = new Map<string, PodEntry>();
  readonly #sources: ContainerSource[] = [];
  readonly #clients = new Map<string, Promise<ClusterClient>>();
  readonly #leftOut = new Set<string>();
  #merge: InitialMerge | undefined;
  #problem: AppError | undefined;
  #viewer = 0;
  readonly #changes = new Changes();
  #sourcesVersion = 0;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.source = options.source;
    this.#store = new LogStore({ lines: options.source.keepLines, bytes: keptBytes });
    this.#view = new LogViewModel(this.#store, options.matcher, options.query, () => this.#changes.tell());
    this.#start().catch((thrown: unknown) => this.#fail(thrown));
  }

  set query(query: LogQuery) {
    this.#view.query = query;
    this.#changes.tell(true);
  }

  /** Views from now on, until the signal or the next viewer. */
  async *views(signal: AbortSignal): AsyncGenerator<LogView, void, void> {
    const viewer = ++this.#viewer;
    const stop = () => this.#changes.tell(true);
    signal.addEventListener("abort", stop, { once: true });
    this.#changes.tell(true);
    let sent = { version: -1, counts: 0, lines: -1 };
    try {
      for (;;) {
        if (signal.aborted || this.#ended.signal.aborted || viewer !== this.#viewer) return;
        this.#changes.reset();
        const now = Date.now();
        const newCounts = sent.lines !== this.#store.lines && now - sent.counts >= countsEveryMs;
        const withSources = sent.version !== this.#sourcesVersion || newCounts;
        if (withSources) sent = { version: this.#sourcesVersion, counts: now, lines: this.#store.lines };
        yield this.#look(withSources);
        const wait = viewEveryMs - (Date.now() - now);
        await this.#changes.pause(wait);
        if (sent.lines !== this.#store.lines) await this.#changes.pause(Math.min(countsEveryMs, wait));
        await this.#changes.next;
      }
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  match(row: number, backwards: boolean) {
    return this.#view.match(row, backwards);
  }

  locate(line: number): number {
    return this.#view.locate(line);
  }

  /** Rows as text; see the contract's logs.read. */
  read(options: ReadOptions) {
    return rowsAsText(this.#store, this.#view, options.sources ? this.#names() : [], options);
  }

  line(line: number): { text: string; at: string } {
    const whole = wholeLine(this.#store, line);
    if (whole === undefined) throw new FlowdeckError("not-found", message("log.lineGone"));
    return { text: whole.text, at: whole.at };
  }

  clear(): void {
    this.#store.clear();
    this.#view.restart();
    this.#sourcesVersion++;
    this.#changes.tell(true);
  }

  close(): void {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort();
    this.#merge?.end();
    this.#view.close();
    this.#changes.tell(true);
    for (const client of this.#clients.values()) {
      client
        .then((opened) => opened.close())
        .catch(() => {
          // It never opened: nothing to close.
        });
    }
  }

  async #start(): Promise<void> {
    const { targets } = this.source;
    const initial: (() => void)[] = [];
    let waiting = targets.length;
    const begin = () => {
      waiting--;
      if (waiting > 0) return;
      this.#merge = new InitialMerge(
        this.#sources.map(({ id }) => id),
        (source, buffer) => this.#append(source, buffer, 0, buffer.length),
      );
      for (const start of initial.splice(0)) start();
      this.#changes.tell();
    };
    await Promise.all(
      targets.map(async (target) => {
        let synced = false;
        try {
          const client = await this.#client(target.context);
          for await (const { type, object } of podsOf(client, target, this.#ended.signal)) {
            if (type === "synced") {
              if (!synced) begin();
              synced = true;
            } else if (object !== undefined && type === "deleted") this.#podGone(object);
            else if (object !== undefined) this.#pod(client, object, waiting > 0 ? initial : undefined);
          }
        } catch (thrown) {
          this.#fail(thrown);
          if (!synced) begin();
        }
      }),
    );
  }

  #client(context: ContextId): Promise<ClusterClient> {
    const open = this.#clients.get(context) ?? this.#options.connections.client(context);
    this.#clients.set(context, open);
    return open;
  }

  #fail(thrown: unknown): void {
    if (this.#ended.signal.aborted) return;
    this.#problem = toAppError(thrown);
    this.#changes.tell(true);
  }

  /** A pod as it is now; what it brings anew is started, or put on `initial` to be started together. */
  #pod(client: ClusterClient, pod: KubeObject, initial: (() => void)[] | undefined): void {
    const key = pod.metadata.uid ?? pod.metadata.name;
    const entry = this.#pods.get(key) ?? { sources: new Map() };
    this.#pods.set(key, entry);
    for (const container of containersOf(pod)) {
      const known = entry.sources.get(container.name);
      if (known !== undefined) known.update(container.status);
      else if (this.#wants(container)) this.#add(client, pod, entry, container, initial);
    }
  }

  #wants({ name }: PodContainer): boolean {
    const { containers } = this.source;
    return containers.length === 0 || containers.includes(name);
  }

  #add(
    client: ClusterClient,
    pod: KubeObject,
    entry: PodEntry,
    container: PodContainer,
    initial: (() => void)[] | undefined,
  ): void {
    const { namespace = "", name } = pod.metadata;
    const key = `${pod.metadata.uid}/${container.name}`;
    if (this.#sources.filter(({ finished }) => !finished).length >= mostSources) {
      this.#leftOut.add(key);
      return;
    }
    this.#leftOut.delete(key);
    const id = this.#sources.length;
    const label = `${name}/${container.name}`;
    const source = new ContainerSource({
      id,
      client,
      namespace,
      pod: name,
      container: container.name,
      containerKind: container.kind,
      status: container.status,
      previous: this.source.previous,
      tail: initial === undefined ? null : this.source.tail,
      since: initial === undefined ? null : this.source.since,
      signal: this.#ended.signal,
      onLine: (buffer, start, end) => {
        if (this.#merge?.hold(id, buffer, start, end) !== true) this.#append(id, buffer, start, end);
      },
      onHeard: () => this.#merge?.heard(id),
      onSilent: () => this.#merge?.silent(id),
      onNotice: (notice) => this.#notice(id, label, notice),
      onChange: () => {
        this.#sourcesVersion++;
        this.#changes.tell();
      },
    });
    this.#sources.push(source);
    this.#sourcesVersion++;
    entry.sources.set(container.name, source);
    const start = () => {
      source.run().catch((thrown: unknown) => this.#fail(thrown));
    };
    if (initial !== undefined) initial.push(start);
    else {
      this.#notice(id, label, { what: "joined" });
      start();
    }
  }

  #podGone(pod: KubeObject): void {
    const key = pod.metadata.uid ?? pod.metadata.name;
    for (const source of this.#pods.get(key)?.sources.values() ?? []) source.podGone();
    this.#pods.delete(key);
  }

  #append(source: number, buffer: Uint8Array, start: number, end: number): void {
    this.#store.append(source, buffer, start, end);
    this.#changes.tell();
  }

  #notice(source: number, label: string, notice: LogNotice): void {
    if (this.#ended.signal.aborted) return;
    this.#store.notice(source, notice, noticeText(label, notice));
    this.#changes.tell();
  }

  #names(): string[] {
    return this.#sources.map((source) => {
      const { pod, container } = source.describe();
      return `${pod}/${container}`;
    });
  }

  #look(withSources: boolean): LogView {
    this.#view.update();
    const store = this.#store;
    return {
      ...this.#view.state,
      ...this.#view.window(),
      lines: store.lines,
      bytes: store.bytes,
      dropped: store.dropped,
      ...(withSources ? { sources: this.#sources.map((source) => this.#sourceState(source)) } : {}),
      ...(this.#problem === undefined ? {} : { problem: this.#problem }),
      leftOut: this.#leftOut.size,
      finished:
        this.#sources.length > 0 &&
        this.#sources.every(({ state }) => state === "ended" || state === "gone" || state === "failed"),
    };
  }

  #sourceState(source: ContainerSource): LogSourceState {
    return {
      ...source.describe(),
      lines: this.#store.linesOf.get(source.id) ?? 0,
      dropped: this.#store.droppedOf.get(source.id) ?? 0,
    };
  }
}
