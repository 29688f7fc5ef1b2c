import type { AppError } from "../../../common/contract/index.ts";
import type { ClusterClient } from "../../cluster/index.ts";
import { firstState } from "../engine/draft.ts";
import { viewOf } from "../engine/plan-view.ts";
import { sayAsKfctl } from "../engine/run-log.ts";
import type { Effect, RunEvent, RunState } from "../engine/run-types.ts";
import { step } from "../engine/step.ts";
import type { Plan } from "../plan/plan-types.ts";
import type { ApplicationWords } from "./application-words.ts";
import { Effects } from "./effects.ts";
import { EngineLoop } from "./engine-loop.ts";
import { type Told, tell } from "./tell.ts";

export interface RunOptions extends Told {
  plan: Plan;
  client: ClusterClient;
  signal: AbortSignal;
  /** Objects sent at once, at most. */
  concurrency?: number;
  /** How long anything may take to come true before it is given up, in milliseconds. */
  timeoutMs?: number;
  /** Where the components are a KfDef's applications: tells of them as kfctl did. */
  words?: ApplicationWords;
}

export interface RunResult {
  /** Components that could not be completed, with the reason. */
  failed: ReadonlyMap<string, AppError>;
  /** Of these, the ones whose turn never came because one before them failed. */
  notBegun: ReadonlySet<string>;
}

/**
 * Applies a plan and waits until everything in it works: a loop around {@link step}. Every event goes in by `put`; the
 * effects that come out are done, and the facts told. Resolves also when components failed; rejects when aborted.
 */
export async function runPlan(options: RunOptions): Promise<RunResult> {
  const { plan, client, statusStore, concurrency = 16, timeoutMs = 600_000 } = options;
  options.signal.throwIfAborted();
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const view = viewOf(plan);
  const { promise, resolve, reject } = Promise.withResolvers<RunState>();
  const first = firstState(view, { concurrency, atOnce: client.atOnce("changes"), timeoutMs });
  const loop = new EngineLoop<RunState, RunEvent, Effect>({
    ...{ first, step, now: () => statusStore.now, signal, onError: reject },
    run: (effect, state) => {
      if (effect.type === "tell") {
        tell(options, effect.fact);
        if (options.words) sayAsKfctl(options.words, effect.fact);
      } else if (effect.type === "end") resolve(state);
      else effects.run(effect);
    },
  });
  const put = (event: RunEvent) => loop.put(event);
  const effects: Effects = new Effects({ view, client, signal, emit: put });
  const abort = () => reject(options.signal.reason);
  options.signal.addEventListener("abort", abort, { once: true });
  try {
    put({ type: "begun" });
    const { failed, notBegun } = await promise;
    return { failed, notBegun };
  } finally {
    options.signal.removeEventListener("abort", abort);
    stop.abort();
    await effects.ended();
  }
}
