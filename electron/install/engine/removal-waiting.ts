import { FlowdeckError, fixOf, type Waiting } from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { describe, keyOf, refOf } from "../objects.ts";
import { componentLabel } from "../plan/plan-types.ts";
import { cleanUpFailure, whatHolds } from "../run/what-holds.ts";
import { subjectId } from "./plan-view.ts";
import type { RemovalDraft } from "./removal-draft.ts";
import type { RemovalStage } from "./removal-types.ts";

/** How long a definition's clean-up may rest before it is asked for again; longer where asking fails. */
const nudgeEveryMs = 3_000;
const nudgeAtLeastEveryMs = 60_000;

type Await = Extract<RemovalStage, { do: "await" }>;

/** Keys of what a stage waits for and is still there. */
export function leftOf(draft: RemovalDraft, { keys, others }: Await): string[] {
  const expected = keys === "all" ? [...draft.pending.now.keys()] : keys.filter((key) => draft.pending.has(key));
  return [...expected, ...others.filter((key) => draft.seen.has(key))];
}

function objectOf(draft: RemovalDraft, key: string): KubeObject | undefined {
  return draft.pending.get(key) ?? draft.seen.get(key);
}

/** Has failed clean-ups tried again: the API server does that by itself, but after ever longer pauses. */
export function nudgeDefinitions(draft: RemovalDraft, left: readonly string[]): void {
  for (const key of left) {
    const object = objectOf(draft, key);
    if (!object || cleanUpFailure(object) === undefined) continue;
    const nudge = draft.nudges.get(key);
    if (nudge && draft.at < nudge.dueAt) continue;
    draft.nudges.set(key, { dueAt: draft.at + nudgeEveryMs, failures: nudge?.failures ?? 0 });
    // Its own retries come quickly at first.
    if (nudge) draft.do({ type: "nudge", key, object });
  }
}

/** @param why It could not be asked for: gone meanwhile, or refused; then it goes when the API server gets to it. */
export function nudged(draft: RemovalDraft, key: string, why: Message | string | undefined): void {
  const nudge = draft.nudges.get(key);
  if (!nudge) return;
  if (why === undefined) {
    draft.nudges.set(key, { ...nudge, failures: 0 });
    return;
  }
  if (nudge.failures === 0) draft.tell({ type: "notNudged", why });
  const failures = nudge.failures + 1;
  const pause = Math.min(nudgeAtLeastEveryMs, nudgeEveryMs * 2 ** failures);
  draft.nudges.set(key, { dueAt: draft.at + pause, failures });
}

/** All that is waited for, and what holds it. */
export function showWaits(draft: RemovalDraft, left: readonly string[]): void {
  const waits = new Map(
    left.flatMap((key): [string, Omit<Waiting, "sinceMs">][] => {
      const object = objectOf(draft, key);
      if (!object) return [];
      // What goes with its namespace is told by the namespace.
      const namespace = keyOf({ apiVersion: "v1", kind: "Namespace", name: object.metadata.namespace ?? "" });
      if (draft.pending.has(namespace)) return [];
      const component = object.metadata.labels?.[componentLabel];
      const wait = {
        what: message("wait.removal"),
        forWhat: message("wait.gone", { object: describe(refOf(object)) }),
        because: unseen(draft, object) ?? whatHolds(object),
      };
      return [[key, { ...wait, ...(component ? { component } : {}) }]];
    }),
  );
  draft.tell({ type: "waits", waits });
}

/** Gives up: what was deleted does not go. */
export function stuck(draft: RemovalDraft, left: readonly string[]): void {
  const [first] = left;
  if (first === undefined) return;
  const object = objectOf(draft, first);
  const what = object ? describe(refOf(object)) : first;
  const said =
    left.length > 1
      ? message("removal.doNotGo", { object: what, more: left.length - 1 })
      : message("removal.doesNotGo", { object: what });
  const advice =
    object === undefined
      ? message("removal.tryAgain")
      : (unseen(draft, object) ?? message("removal.held", { why: whatHolds(object) }));
  draft.fail(
    new FlowdeckError("gate-timeout", said, { advice, fix: fixOf("continue", message("fix.continueRemoval")) }),
  );
}

/** Why it can't be seen whether an object is gone; undefined where it can. */
function unseen(draft: RemovalDraft, { apiVersion, kind }: KubeObject): Message | undefined {
  const why = draft.troubles.get(subjectId({ apiVersion, kind }));
  return why && message("wait.unfollowed", { why });
}
