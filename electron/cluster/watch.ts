import { type ErrorCode, FlowdeckError } from "../../common/contract/index.ts";
import { isRecord, stringifyJson, text } from "../../common/json/index.ts";
import { LineCutter } from "../../common/text/index.ts";
import { isRetryable, refusalError, statusOf } from "./errors.ts";
import { parseAnswer } from "./limits.ts";
import { asObject, listPages, selectors } from "./list.ts";
import { collectionPath } from "./paths.ts";
import { backoffMs, pause } from "./pause.ts";
import type { Transport } from "./transport.ts";
import type { ApiResource, KubeObject, WatchEvent, WatchOptions } from "./types.ts";

/** The server ends a watch after this; client-go asks for 5 to 10 minutes. */
const watchSeconds = 300;
/** A bookmark comes about once a minute (k8s.io/apiserver's cacher): silence for longer means a dead connection. */
const defaultSilenceMs = 150_000;
/** A stream that ends sooner than this is followed by a wait, so that a server that ends them all is not flooded. */
const soundMs = 1_000;
/** A watch that lasted so long was no answer in a row of refusals. */
const calmMs = 30_000;
/** An API server that has just started may refuse what it allowed before, until its caches are filled. */
const refusalsForgiven = 4;
const refusalCodes: readonly ErrorCode[] = ["forbidden", "credentials-rejected"];

const decoder = new TextDecoder();

export interface WatchSource {
  transport: Transport;
  /** The kind's resource; asked for anew at each list. */
  resource: (signal: AbortSignal) => Promise<ApiResource>;
  /** Called when the server does not know the path any more. */
  onGone: () => void;
  options: WatchOptions;
  silenceMs?: number;
  /** Go on from this resourceVersion instead of listing first. */
  from?: string;
}

/** One list+watch that heals itself; `events` may be iterated once. */
export class ObjectWatch {
  readonly #source: WatchSource;
  readonly #signal: AbortSignal;
  /** What the caller believes to exist, reduced to what `deleted` has to say. */
  readonly #known = new Map<string, KubeObject>();
  /** Undefined: list first. */
  #resourceVersion: string | undefined;
  #resource: ApiResource | undefined;
  #failures = 0;
  /** Lists in a row whose watch was refused soon after. */
  #relists = 0;
  /** When the last watch was asked for. */
  #began = 0;
  #refusals = 0;
  #wasLive = false;

  constructor(source: WatchSource, signal: AbortSignal) {
    this.#source = source;
    this.#signal = signal;
    this.#resourceVersion = source.from;
  }

  async *events(): AsyncGenerator<WatchEvent, void, void> {
    while (!this.#signal.aborted) {
      try {
        if (this.#resourceVersion === undefined) yield* this.#list();
        const began = Date.now();
        yield* this.#stream();
        if (Date.now() - began < soundMs) await pause(backoffMs(this.#failures++, 100, 5_000), this.#signal);
      } catch (error) {
        if (this.#signal.aborted) return;
        const wait = this.#afterFailure(error);
        if (wait === undefined) {
          // With the kind all its objects are gone.
          if (error instanceof FlowdeckError && error.code === "kind-unknown") yield* this.#forgetAll();
          throw error;
        }
        this.#tell("reconnecting", error);
        await pause(wait, this.#signal).catch(() => {
          // Aborted: the loop ends.
        });
      }
    }
  }

  /** Milliseconds to wait before the next attempt; undefined when waiting does not help. */
  #afterFailure(error: unknown): number | undefined {
    if (statusOf(error)?.code === 410) {
      this.#resourceVersion = undefined;
      if (Date.now() - this.#began > calmMs) this.#relists = 0;
      return backoffMs(this.#relists++, 20, 5_000);
    }
    if (error instanceof FlowdeckError && error.code === "kind-unknown") this.#source.onGone();
    const forgiven =
      this.#wasLive &&
      error instanceof FlowdeckError &&
      refusalCodes.includes(error.code) &&
      this.#refusals++ < refusalsForgiven;
    return forgiven || isRetryable(error) ? backoffMs(this.#failures++, 200, 10_000) : undefined;
  }

  async *#list(): AsyncGenerator<WatchEvent, void, void> {
    const { transport, options } = this.#source;
    this.#tell("listing");
    this.#resource = await this.#source.resource(this.#signal);
    let unseen = new Set(this.#known.keys());
    let resourceVersion = "";
    for await (const page of listPages(transport, this.#resource, { ...options, signal: this.#signal })) {
      if (page.restarted) unseen = new Set(this.#known.keys());
      resourceVersion = page.resourceVersion;
      for (const object of page.objects) {
        unseen.delete(keyOf(object));
        yield* this.#stored(object);
      }
    }
    for (const key of unseen) {
      const object = this.#known.get(key);
      this.#known.delete(key);
      if (object !== undefined) yield { type: "deleted", object };
    }
    this.#resourceVersion = resourceVersion;
    yield { type: "synced" };
  }

  async *#stream(): AsyncGenerator<WatchEvent, void, void> {
    const { transport, options } = this.#source;
    this.#resource ??= await this.#source.resource(this.#signal);
    const what = `watch ${this.#resource.plural}`;
    const { server } = transport.context.cluster;
    this.#began = Date.now();
    const silence = new AbortController();
    let hearing = () => {};
    const timer = setTimeout(() => silence.abort(), this.#source.silenceMs ?? defaultSilenceMs);
    try {
      const chunks = await transport.stream({
        method: "GET",
        path: collectionPath(this.#resource, options.namespace),
        query: {
          ...selectors(options),
          watch: true,
          allowWatchBookmarks: true,
          resourceVersion: this.#resourceVersion,
          timeoutSeconds: watchSeconds,
        },
        what,
        signal: AbortSignal.any([this.#signal, silence.signal]),
      });
      this.#refusals = 0;
      this.#wasLive = true;
      this.#tell("live");
      hearing = transport.onSilence((problem) => this.#tell(problem === undefined ? "live" : "reconnecting", problem));
      const cutter = new LineCutter();
      for await (const chunk of chunks) {
        for (const line of cutter.push(chunk)) {
          timer.refresh();
          yield* this.#event(parseAnswer(decoder.decode(line), what, server), this.#resource);
          this.#failures = 0;
        }
      }
    } catch (error) {
      // Silence is answered by connecting anew, from where we are.
      if (!silence.signal.aborted || this.#signal.aborted) throw error;
    } finally {
      clearTimeout(timer);
      hearing();
    }
  }

  *#event(frame: Record<string, unknown>, resource: ApiResource): Generator<WatchEvent, void, void> {
    if (!isRecord(frame.object)) return;
    if (frame.type === "ERROR") {
      const { transport } = this.#source;
      const code = typeof frame.object.code === "number" ? frame.object.code : 500;
      throw refusalError(code, stringifyJson(frame.object), {
        what: `watch ${resource.plural}`,
        context: transport.context.name,
        server: transport.context.cluster.server,
      });
    }
    const object = asObject(frame.object, resource);
    this.#resourceVersion = text(object.metadata.resourceVersion) ?? this.#resourceVersion;
    if (frame.type === "DELETED") {
      this.#known.delete(keyOf(object));
      yield { type: "deleted", object };
    } else if (frame.type === "ADDED" || frame.type === "MODIFIED") {
      yield* this.#stored(object);
    }
  }

  /** An object as it is now: an event if that is news. */
  *#stored(object: KubeObject): Generator<WatchEvent, void, void> {
    const key = keyOf(object);
    const before = this.#known.get(key);
    this.#known.set(key, stub(object));
    if (before === undefined) yield { type: "added", object };
    else if (before.metadata.uid !== object.metadata.uid) {
      // Deleted and made again while we were not looking.
      yield { type: "deleted", object: before };
      yield { type: "added", object };
    } else if (before.metadata.resourceVersion !== object.metadata.resourceVersion) yield { type: "modified", object };
  }

  *#forgetAll(): Generator<WatchEvent, void, void> {
    for (const object of this.#known.values()) yield { type: "deleted", object };
    this.#known.clear();
  }

  #tell(state: "listing" | "live" | "reconnecting", error?: unknown): void {
    this.#source.options.onConnection?.(state, error instanceof FlowdeckError ? error : undefined);
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
