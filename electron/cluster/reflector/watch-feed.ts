import { asObject } from "../list.ts";
import type { KubeObject, WatchScope, WatchState } from "../types.ts";
import { type Matcher, matcherWithin } from "./watch-scope.ts";

export type FrameType = "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK";

/** Who reads a watch that others may read, too. */
export interface FeedListener {
  /** Only lines that mention it are of interest, so that others need not be parsed. */
  readonly mention?: Buffer | undefined;
  frame(type: FrameType, object: KubeObject, belongs: boolean): void;
  /** What is new about the watch; it is asked for anew by whoever runs it. */
  tell(state: WatchState): void;
  /** It brings nothing more. */
  end(error: unknown): void;
}

/** A watch that runs, and all who read it. */
export abstract class WatchFeed {
  readonly scope: WatchScope;
  readonly #listeners = new Map<FeedListener, { matches: Matcher; isWhole: boolean }>();
  #state: WatchState | undefined;
  #wasLive = false;
  #ended = false;

  constructor(scope: WatchScope) {
    this.scope = scope;
  }

  /** Brings all that `from` has not seen: nothing later was given to anyone. */
  abstract isAt(from: string): boolean;

  /** The server has taken it at least once, so that it may be counted on. */
  get wasLive(): boolean {
    return this.#wasLive;
  }

  get isEnded(): boolean {
    return this.#ended;
  }

  get isRead(): boolean {
    return this.#listeners.size > 0;
  }

  /** Somebody wants all that it brings, not only a part. */
  get isReadWhole(): boolean {
    return [...this.#listeners.values()].some(({ isWhole }) => isWhole);
  }

  get state(): WatchState | undefined {
    return this.#state;
  }

  /** Undefined when it does not bring what `scope` asks for. */
  matcher(scope: WatchScope): Matcher | undefined {
    return this.#ended ? undefined : matcherWithin(this.scope, scope);
  }

  add(listener: FeedListener, scope: WatchScope, matches: Matcher): void {
    this.#listeners.set(listener, { matches, isWhole: matcherWithin(scope, this.scope) !== undefined });
  }

  remove(listener: FeedListener): void {
    this.#listeners.delete(listener);
  }

  tell(state: WatchState): void {
    this.#state = state;
    if (state.state === "live") this.#wasLive = true;
    for (const listener of [...this.#listeners.keys()]) listener.tell(state);
  }

  end(error: unknown): void {
    this.#ended = true;
    const listeners = [...this.#listeners.keys()];
    this.#listeners.clear();
    for (const listener of listeners) listener.end(error);
  }

  /** Is there somebody for whom a line of the watch is worth parsing? */
  protected isWanted(line: Uint8Array): boolean {
    const bytes = Buffer.from(line.buffer, line.byteOffset, line.byteLength);
    for (const { mention } of this.#listeners.keys()) {
      if (mention === undefined || bytes.includes(mention)) return true;
    }
    return false;
  }

  protected give(type: unknown, item: Record<string, unknown>): void {
    if (type !== "ADDED" && type !== "MODIFIED" && type !== "DELETED" && type !== "BOOKMARK") return;
    const object = asObject(item, this.scope.resource);
    for (const [listener, { matches }] of [...this.#listeners]) {
      listener.frame(type, object, type === "BOOKMARK" || matches(object));
    }
  }
}
