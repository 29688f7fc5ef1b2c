import { together } from "../../../common/async/index.ts";
import { type ErrorCode, FlowdeckError } from "../../../common/contract/index.ts";
import { isRetryable } from "../errors.ts";
import { backoffMs } from "../pause.ts";
import type { WatchState } from "../types.ts";
import { type Clock, systemClock, wait } from "./clock.ts";
import { Expired, isExpired } from "./expired.ts";

/** A watch that ends sooner than this is followed by a wait, so that a server that ends them all is not flooded. */
const soundMs = 1_000;
/** A watch that lasted so long was no answer in a row of refusals. */
const calmMs = 30_000;
/** An API server that has just started may refuse what it allowed before, until its caches are filled. */
const refusalsForgiven = 4;
const refusalCodes: readonly ErrorCode[] = ["forbidden", "credentials-rejected"];
/** How often what cannot be watched is listed. */
const pollMs = 10_000;

export interface Listing {
  /** What a watch goes on from. */
  resourceVersion: string;
  /** What is left to be listed, beside the watch. */
  rest?: ((signal: AbortSignal) => Promise<void>) | undefined;
}

/** What a watch tells of itself while it runs. */
export interface WatchProgress {
  /** The server has taken it. */
  connected(): void;
  /** Something came, and all up to this resourceVersion is known (undefined: as before). */
  seen(resourceVersion: string | undefined): void;
  /** The server stands still under the watch, which goes on when it does; undefined once it is heard again. */
  silent(problem: FlowdeckError | undefined): void;
}

/** Failures that waiting does not cure: a refusal, a kind that is not served. */
export type OnFinal = "throw" | "wait" | "wait once listed";

export interface ReflectorOptions {
  /** Lists all there is; may be asked again at any time. Without it there is only a watch, which ends when it is outdated. */
  list?: (signal: AbortSignal) => Promise<Listing>;
  /** One connection of a watch: resolves when the server ends it. Without it the list is asked for now and again. */
  watch?: ((from: string, progress: WatchProgress, signal: AbortSignal) => Promise<void>) | undefined;
  /** The kind is not served any more, and with it all its objects are gone. */
  gone?: () => Promise<void> | void;
  tell: (state: WatchState) => void;
  onFinal: OnFinal;
  /** Go on from this resourceVersion instead of listing first. */
  from?: string | undefined;
  clock?: Clock | undefined;
}

/**
 * Keeps something as it is on the server: lists it, watches it from there, and heals both. It knows neither connections
 * nor objects, which are the business of `list` and `watch`: only what follows on what, and how long to wait before it.
 */
export class Reflector {
  readonly #options: ReflectorOptions;
  readonly #clock: Clock;
  /** What the next watch goes on from; undefined: list first. */
  #newest: string | undefined;
  #failures = 0;
  /** Lists in a row whose watch was outdated soon after. */
  #relists = 0;
  #finals = 0;
  #refusals = 0;
  /** When the last round began, and its watch was asked for last. */
  #began = 0;
  #wasWatched = false;
  #wasListed = false;
  /** Only the way changes: for whoever looks, all is as live as before. */
  #quiet = false;

  constructor(options: ReflectorOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#newest = options.from;
  }

  /** Resolves when aborted; throws what is final, and without a list {@link Expired}. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#round(signal);
      } catch (error) {
        if (signal.aborted) return;
        const ms = await this.#afterFailure(error);
        await wait(this.#clock, ms, signal).catch(() => {
          // Aborted: the loop ends.
        });
      }
    }
  }

  /** One listing and the watch that follows on it, until something is to be listed anew. */
  async #round(signal: AbortSignal): Promise<void> {
    const { list, watch } = this.#options;
    this.#began = this.#clock.now();
    if (list === undefined || this.#newest !== undefined) return await this.#watching(signal);
    if (!this.#quiet) this.#tell("listing");
    this.#quiet = false;
    const { resourceVersion, rest } = await list(signal);
    const listed = async (within: AbortSignal) => {
      await rest?.(within);
      this.#wasListed = true;
      this.#failures = 0;
      this.#newest ??= resourceVersion;
    };
    if (watch === undefined) {
      await listed(signal);
      this.#newest = undefined;
      this.#tell("live");
      return await wait(this.#clock, pollMs, signal);
    }
    if (rest === undefined) {
      await listed(signal);
      return await this.#watching(signal);
    }
    // Where the rest of the listing fails, the watch beside it is of no use either.
    await together([listed, (within) => this.#watching(within, resourceVersion)], signal).catch((error: unknown) => {
      this.#newest = undefined;
      throw error;
    });
  }

  /** Watches until the resourceVersion is too old, or what fails is no matter of waiting. */
  async #watching(signal: AbortSignal, from?: string): Promise<void> {
    let newest = this.#newest ?? from ?? "";
    const progress: WatchProgress = {
      connected: () => {
        this.#refusals = 0;
        this.#wasWatched = true;
        this.#tell("live");
      },
      seen: (resourceVersion) => {
        this.#failures = 0;
        newest = resourceVersion ?? newest;
        if (this.#newest !== undefined) this.#newest = newest;
      },
      silent: (problem) => {
        if (problem === undefined) this.#tell("live");
        else this.#options.tell({ state: "reconnecting", problem, waiting: true });
      },
    };
    for (;;) {
      this.#began = this.#clock.now();
      try {
        await this.#options.watch?.(newest, progress, signal);
        signal.throwIfAborted();
        if (this.#clock.now() - this.#began < soundMs) {
          await wait(this.#clock, backoffMs(this.#failures++, 100, 5_000), signal);
        }
      } catch (error) {
        signal.throwIfAborted();
        if (isExpired(error) || !(isRetryable(error) || this.#isForgiven(error))) throw error;
        this.#tell("reconnecting", error);
        await wait(this.#clock, backoffMs(this.#failures++, 200, 10_000), signal);
      }
    }
  }

  /** Milliseconds to wait before the next round; throws what is final. */
  async #afterFailure(error: unknown): Promise<number> {
    const { list, gone, onFinal } = this.#options;
    if (isExpired(error)) {
      if (list === undefined) throw error;
      this.#newest = undefined;
      this.#quiet = error instanceof Expired && error.moved;
      if (this.#clock.now() - this.#began > calmMs) this.#relists = 0;
      return backoffMs(this.#relists++, 20, 5_000);
    }
    if (isRetryable(error)) {
      this.#tell("reconnecting", error);
      return backoffMs(this.#failures++, 200, 10_000);
    }
    // The connection is closed: nothing will come over it any more.
    if (!(error instanceof FlowdeckError) || error.code === "cancelled") throw error;
    if (error.code === "kind-unknown") await gone?.();
    if (onFinal === "throw" || (onFinal === "wait once listed" && !this.#wasListed)) throw error;
    this.#newest = undefined;
    if (this.#clock.now() - this.#began > calmMs) this.#finals = 0;
    this.#tell("reconnecting", error);
    return backoffMs(this.#finals++, 1_000, 30_000);
  }

  #isForgiven(error: unknown): boolean {
    const isRefusal = error instanceof FlowdeckError && refusalCodes.includes(error.code);
    return isRefusal && this.#wasWatched && this.#refusals++ < refusalsForgiven;
  }

  #tell(state: WatchState["state"], error?: unknown): void {
    const problem = error instanceof FlowdeckError ? error : undefined;
    this.#options.tell({ state, problem, waiting: false });
  }
}
