import { isRecord, stringifyJson, text } from "../../../common/json/index.ts";
import { LineCutter } from "../../../common/text/index.ts";
import { message } from "../../../common/words/index.ts";
import { refusalError } from "../errors.ts";
import { parseAnswer } from "../limits.ts";
import { acceptOf, selectors } from "../list.ts";
import { collectionPath } from "../paths.ts";
import type { Transport } from "../transport.ts";
import type { RequestPurpose, WatchScope } from "../types.ts";
import type { Clock } from "./clock.ts";
import { followStream, type StreamReader, watchQuery } from "./follow-stream.ts";
import { Reflector, type WatchProgress } from "./reflector.ts";
import { WatchFeed } from "./watch-feed.ts";

const decoder = new TextDecoder();

/** A watch of objects, kept going from a resourceVersion until that is too old, or nobody reads it any more. */
export class ObjectFeed extends WatchFeed {
  readonly #transport: Transport;
  readonly #clock: Clock | undefined;
  readonly #stop = new AbortController();
  #position: string;

  constructor(options: { transport: Transport; scope: WatchScope; from: string; clock?: Clock | undefined }) {
    super(options.scope);
    this.#transport = options.transport;
    this.#clock = options.clock;
    this.#position = options.from;
  }

  /** Never rejects: how it fails is told to those who read it. */
  async run(): Promise<void> {
    const reflector = new Reflector({
      watch: (from, progress, signal) => this.#watch(from, progress, signal),
      tell: (state) => this.tell(state),
      onFinal: "throw",
      from: this.#position,
      clock: this.#clock,
    });
    try {
      await reflector.run(this.#stop.signal);
    } catch (error) {
      this.end(error);
    }
  }

  override end(error: unknown): void {
    this.#stop.abort();
    super.end(error);
  }

  isAt(from: string): boolean {
    return isNotAfter(this.#position, from);
  }

  async #watch(from: string, progress: WatchProgress, signal: AbortSignal): Promise<void> {
    const { resource, namespace, as } = this.scope;
    const what = message("request.watch", { kind: resource.plural });
    await followStream({
      open: (within) =>
        this.#transport.stream({
          method: "GET",
          path: collectionPath(resource, namespace),
          query: { ...selectors(this.scope), ...watchQuery(from) },
          headers: acceptOf(as).item,
          what,
          signal: within,
        }),
      onSilence: (listener) => this.#transport.onSilence(listener),
      reader: this.#reader(what, progress),
      progress,
      signal,
      clock: this.#clock,
    });
  }

  #reader(what: RequestPurpose, progress: WatchProgress): StreamReader {
    const { name, cluster } = this.#transport.context;
    let cutter = new LineCutter();
    return {
      connected: () => {
        cutter = new LineCutter();
      },
      take: (chunk) => {
        for (const line of cutter.push(chunk)) {
          const { type, object } = parseAnswer(decoder.decode(line), what, cluster.server);
          if (!isRecord(object)) continue;
          if (type === "ERROR") {
            const code = typeof object.code === "number" ? object.code : 500;
            throw refusalError(code, stringifyJson(object), { what, contextName: name, server: cluster.server });
          }
          const resourceVersion = isRecord(object.metadata) ? text(object.metadata.resourceVersion) : undefined;
          this.#position = resourceVersion ?? this.#position;
          progress.seen(resourceVersion);
          this.give(type, object);
        }
      },
    };
  }
}

/**
 * Is the state of `one` also in that of `other`? Resource versions compare as integers since Kubernetes 1.35 says so, and
 * did before; of others nothing is known.
 */
export function isNotAfter(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined || !isNumber(one) || !isNumber(other)) return false;
  return one.length === other.length ? one <= other : one.length < other.length;
}

export function isNumber(resourceVersion: string): boolean {
  return /^[1-9]\d*$/.test(resourceVersion);
}
