import { listPages } from "../list.ts";
import type { Transport } from "../transport.ts";
import type { ApiResource, KubeObject, WatchEvent, WatchOptions, WatchScope, WatchState } from "../types.ts";
import type { Clock } from "./clock.ts";
import { EventQueue } from "./event-queue.ts";
import { Expired } from "./expired.ts";
import { isNotAfter, isNumber } from "./object-feed.ts";
import { type Listing, Reflector, type WatchProgress } from "./reflector.ts";
import type { Seat, SharedWatches } from "./shared-watches.ts";
import type { FeedListener, FrameType } from "./watch-feed.ts";
import { nameIn } from "./watch-scope.ts";

export interface ObjectSource {
  transport: Transport;
  watches: SharedWatches;
  /** The kind's resource; asked for anew at each list. */
  resource: (signal: AbortSignal) => Promise<ApiResource>;
  /** Called when the server does not know the path any more. */
  onGone: () => void;
  options: WatchOptions;
  /** Go on from this resourceVersion instead of listing first. */
  from?: string;
  clock?: Clock;
}

type Frame = Parameters<FeedListener["frame"]>;

/** Objects as they are on the server, for one reader: its own list, and from there on whichever watch brings them. */
export class ObjectReader {
  readonly #source: ObjectSource;
  readonly #reflector: Reflector;
  readonly #events = new EventQueue<WatchEvent>();
  /** What the reader believes to exist, reduced to what `deleted` has to say. */
  readonly #known = new Map<string, KubeObject>();
  #resource: ApiResource | undefined;
  /** The watch that was joined before listing, and what it has brought since. */
  #seat: Seat | undefined;
  #early: Frame[] | undefined;
  /** What is known already: a watch that has run before the list, or goes on after a break, may tell of it again. */
  #newest: string | undefined;
  #progress: WatchProgress | undefined;
  #endWatch: (error: unknown) => void = () => undefined;

  constructor(source: ObjectSource) {
    this.#source = source;
    this.#reflector = new Reflector({
      list: (signal) => this.#list(signal),
      watch: (from, progress, signal) => this.#watch(from, progress, signal),
      gone: () => {
        source.onGone();
        this.#forgetAll();
      },
      tell: (state) => this.#tell(state),
      onFinal: source.options.keepTrying ? "wait" : "throw",
      from: source.from,
      clock: source.clock,
    });
  }

  /** May be iterated once; ends when aborted, and throws what is final. */
  async *events(signal: AbortSignal): AsyncGenerator<WatchEvent, void, void> {
    const ended = new AbortController();
    const running = this.#reflector.run(AbortSignal.any([signal, ended.signal])).then(
      () => this.#events.end(),
      (error: unknown) => this.#events.fail(error),
    );
    try {
      yield* this.#events.items(signal);
    } finally {
      ended.abort();
      await running;
      this.#leave();
    }
  }

  async #list(signal: AbortSignal): Promise<Listing> {
    const { transport, watches, options } = this.#source;
    this.#leave();
    this.#resource = await this.#source.resource(signal);
    this.#seat = watches.join(this.#scope(this.#resource), this.#listener());
    this.#early = [];
    let unseen = new Set(this.#known.keys());
    let resourceVersion = "";
    for await (const page of listPages(transport, this.#resource, { ...options, signal })) {
      if (page.restarted) unseen = new Set(this.#known.keys());
      resourceVersion = page.resourceVersion;
      for (const object of page.objects) {
        unseen.delete(keyOf(object));
        this.#stored(object);
      }
    }
    for (const key of unseen) this.#deleted(key);
    this.#newest = resourceVersion;
    this.#events.put({ type: "synced" });
    return { resourceVersion };
  }

  /** Reads the watch that was joined before the list, or one that goes on from there, until it or the reader ends. */
  async #watch(from: string, progress: WatchProgress, signal: AbortSignal): Promise<void> {
    this.#resource ??= await this.#source.resource(signal);
    const { watches } = this.#source;
    const scope = this.#scope(this.#resource);
    // Where versions do not compare, nobody can tell which events the list holds already.
    if (this.#seat !== undefined && !isNumber(from)) this.#leave();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#progress = progress;
    this.#endWatch = reject;
    const onAbort = () => resolve();
    signal.addEventListener("abort", onAbort);
    try {
      this.#seat ??= isNumber(from)
        ? watches.open(scope, from, this.#listener())
        : watches.begin(scope, from, this.#listener());
      if (this.#seat.feed.isEnded) throw new Expired({ moved: true });
      const early = this.#early ?? [];
      this.#early = undefined;
      const { state } = this.#seat.feed;
      if (state !== undefined) this.#hear(state);
      for (const frame of early) this.#frame(...frame);
      await promise;
    } finally {
      this.#progress = undefined;
      this.#endWatch = () => undefined;
      signal.removeEventListener("abort", onAbort);
      this.#leave();
    }
  }

  #scope(resource: ApiResource): WatchScope {
    const { namespace, labelSelector, fieldSelector, as = "objects" } = this.#source.options;
    return { resource, namespace: resource.namespaced ? namespace : undefined, labelSelector, fieldSelector, as };
  }

  #listener(): FeedListener {
    const name = nameIn(this.#source.options.fieldSelector);
    return {
      mention: name === undefined ? undefined : Buffer.from(JSON.stringify(name)),
      frame: (...frame) => {
        if (this.#early === undefined) this.#frame(...frame);
        else this.#early.push(frame);
      },
      tell: (state) => this.#hear(state),
      end: (error) => this.#endWatch(error),
    };
  }

  /** How the watch is doing that is read, whoever runs it. */
  #hear({ state, problem }: WatchState): void {
    if (this.#progress === undefined) return;
    if (state === "live") this.#progress.connected();
    else this.#source.options.onConnection?.("reconnecting", problem);
  }

  #frame(type: FrameType, object: KubeObject, belongs: boolean): void {
    const { resourceVersion } = object.metadata;
    if (isNotAfter(resourceVersion, this.#newest)) return;
    this.#newest = resourceVersion ?? this.#newest;
    this.#progress?.seen(resourceVersion);
    if (type === "BOOKMARK") return;
    // What does not belong any more is gone for this reader; for others it may be there.
    if (type === "DELETED" || !belongs) this.#deleted(keyOf(object), object);
    else this.#stored(object);
  }

  /** An object as it is now: an event if that is news. */
  #stored(object: KubeObject): void {
    const key = keyOf(object);
    const before = this.#known.get(key);
    this.#known.set(key, stub(object));
    if (before === undefined) this.#events.put({ type: "added", object });
    else if (before.metadata.uid !== object.metadata.uid) {
      // Deleted and made again while we were not looking.
      this.#events.put({ type: "deleted", object: before });
      this.#events.put({ type: "added", object });
    } else if (before.metadata.resourceVersion !== object.metadata.resourceVersion) {
      this.#events.put({ type: "modified", object });
    }
  }

  #deleted(key: string, last?: KubeObject): void {
    const before = this.#known.get(key);
    if (before === undefined) return;
    this.#known.delete(key);
    this.#events.put({ type: "deleted", object: last ?? before });
  }

  #forgetAll(): void {
    for (const key of [...this.#known.keys()]) this.#deleted(key);
  }

  #leave(): void {
    this.#seat?.leave();
    this.#seat = undefined;
    this.#early = undefined;
  }

  #tell({ state, problem }: WatchState): void {
    this.#source.options.onConnection?.(state, problem);
  }
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ""}/${metadata.name}`;
}

function stub({ apiVersion, kind, metadata }: KubeObject): KubeObject {
  const { name, namespace, uid, resourceVersion, labels, ownerReferences } = metadata;
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(uid === undefined ? {} : { uid }),
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
      ...(labels === undefined ? {} : { labels }),
      ...(ownerReferences === undefined ? {} : { ownerReferences }),
    },
  };
}
