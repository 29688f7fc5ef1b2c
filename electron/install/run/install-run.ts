import type { AppError } from "../../../common/contract/index.ts";
import type { ClusterClient } from "../../cluster/index.ts";
import { firstState } from "../engine/draft.ts";
import { viewOf } from "../engine/plan-view.ts";
import { writeJournal } from "../engine/run-journal.ts";
import { logOf, sayAsKfctl } from "../engine/run-log.ts";
import { show } from "../engine/run-status.ts";
import type { Effect, RunEvent, RunFact, RunState } from "../engine/run-types.ts";
import { step } from "../engine/step.ts";
import type { InstallLog } from "../installation-dir/install-log.ts";
import type { JournalWriter } from "../installation-dir/journal.ts";
import type { Plan } from "../plan/plan-types.ts";
import type { ApplicationWords } from "./application-words.ts";
import { Effects } from "./effects.ts";
import type { Tracker } from "./status-store.ts";

export interface RunOptions {
  plan: Plan;
  client: ClusterClient;
  tracker: Tracker;
  log: Pick<InstallLog, "add">;
  journal: Pick<JournalWriter, "note" | "noteKey">;
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
  const { plan, client, tracker, concurrency = 16, timeoutMs = 600_000 } = options;
  options.signal.throwIfAborted();
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const view = viewOf(plan);
  const { promise, resolve, reject } = Promise.withResolvers<RunState>();
  const events: RunEvent[] = [];
  let state = firstState(view, { concurrency, atOnce: client.atOnce("changes"), timeoutMs });
  let busy = false;

  const run = (effect: Effect) => {
    if (effect.type === "tell") tell(options, effect.fact);
    else if (effect.type === "end") resolve(state);
    else effects.run(effect);
  };
  /** Takes an event; one that comes while another is taken comes after it. */
  const put = (event: RunEvent) => {
    events.push(event);
    if (busy) return;
    busy = true;
    try {
      for (let next = events.shift(); next && !signal.aborted; next = events.shift()) {
        const [after, todo] = step(state, { ...next, at: tracker.now });
        state = after;
        todo.forEach(run);
      }
    } catch (error) {
      reject(error);
    } finally {
      busy = false;
    }
  };
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

/** Status, journal and log are made of the same facts, each on its own. */
function tell({ tracker, journal, log, words }: RunOptions, fact: RunFact): void {
  writeJournal(journal, fact);
  show(tracker, fact);
  for (const line of logOf(fact)) log.add(line);
  if (words) sayAsKfctl(words, fact);
}
