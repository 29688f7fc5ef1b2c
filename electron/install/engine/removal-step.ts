import { FlowdeckError, fixOf } from "../../../common/contract/index.ts";
import { isKind } from "../../../common/kube/index.ts";
import { message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { describe, keyOfObject, named, refOf } from "../objects.ts";
import { componentLabel, installationLabel } from "../plan/plan-types.ts";
import { RemovalDraft } from "./removal-draft.ts";
import type { RemovalEffect, RemovalStage, RemovalState, RemovalTimer, TimedRemoval } from "./removal-types.ts";
import { leftOf, nudgeDefinitions, nudged, showWaits, stuck } from "./removal-waiting.ts";

/** How often a refusal that passes is answered by another try. */
const mostAttempts = 8;

/** What an event makes of a removal, and what is to be done then. Pure: the same state and event give the same. */
export function removalStep(state: RemovalState, event: TimedRemoval): [RemovalState, readonly RemovalEffect[]] {
  if (state.done) return [state, []];
  const draft = new RemovalDraft(state, event.at);
  take(draft, event);
  while (!draft.done && isOver(draft)) enter(draft, draft.current + 1);
  if (!draft.done) goOn(draft);
  return [draft.result(), draft.effects];
}

function take(draft: RemovalDraft, event: TimedRemoval): void {
  switch (event.type) {
    case "begun":
      draft.tell(draft.state.began);
      enter(draft, 0);
      break;
    case "settled":
      if (event.stage === draft.current) draft.settled = true;
      break;
    case "observed":
      observed(draft, event.key, event.object);
      break;
    case "deleted":
      draft.deleting.delete(event.key);
      if (!event.was) gone(draft, event.key);
      break;
    case "notYet":
      retry(draft, event.key, FlowdeckError.from(event.error));
      break;
    case "nudged":
      nudged(draft, event.key, event.why);
      break;
    case "tidied":
      draft.tell(event.fact);
      break;
    case "compared":
      compared(draft, event.left);
      break;
    case "troubles":
      draft.troubles = event.troubles;
      draft.refresh();
      break;
    case "watchFailed":
      draft.tell({ type: "watchFailed", what: event.what, why: event.why });
      break;
    case "failed":
      draft.fail(FlowdeckError.from(event.error));
      break;
    case "timer":
      woken(draft, event.timer);
      break;
  }
}

/** Is nothing left to do of the current stage? */
function isOver(draft: RemovalDraft): boolean {
  const { stage } = draft;
  switch (stage?.do) {
    case "expect":
    case "tellPhase":
      return true;
    case "tidy":
    case "watch":
      return draft.settled;
    case "delete":
      return draft.queue.now.size + draft.deleting.now.size + draft.resting.now.size === 0;
    case "await":
      return leftOf(draft, stage).length === 0;
    default:
      return false;
  }
}

function enter(draft: RemovalDraft, index: number): void {
  if (draft.stage?.do === "await") draft.tell({ type: "waits", waits: new Map() });
  draft.current = index;
  draft.settled = false;
  const { stage } = draft;
  if (stage) begin(draft, stage, index);
  else draft.end();
}

function begin(draft: RemovalDraft, stage: RemovalStage, index: number): void {
  switch (stage.do) {
    case "expect":
      expect(draft, stage.objects);
      break;
    case "tidy":
      draft.do({ type: "tidy", stage: index });
      break;
    case "watch":
      if (!stage.byName) draft.phaseBegan = draft.at;
      draft.do({ type: "watch", objects: stage.objects, byName: stage.byName, stage: index });
      break;
    case "delete":
      expect(draft, stage.objects);
      for (const component of new Set(stage.objects.map(componentOf)))
        if (component) draft.tell({ type: "deleting", component });
      for (const object of stage.objects) draft.queue.set(keyOfObject(object), object);
      break;
    case "await":
      draft.wake({ of: "deadline", stage: index }, { ms: draft.state.timeoutMs });
      draft.wake({ of: "nudge", stage: index }, { ms: 3_000 });
      draft.refresh();
      break;
    case "tellPhase": {
      const { phase, objects } = stage;
      draft.tell({ type: "phaseDone", phase, objects, tookMs: draft.at - draft.phaseBegan });
      break;
    }
    case "compare":
      draft.do({ type: "compare", objects: stage.objects });
      break;
  }
}

/** Deletes as many at once as may be; while it is waited, what hangs is helped on. */
function goOn(draft: RemovalDraft): void {
  for (const [key, object] of draft.queue.now) {
    if (draft.deleting.now.size >= draft.state.concurrency) break;
    draft.queue.delete(key);
    draft.deleting.set(key, object);
    draft.do({ type: "delete", key, object });
  }
  const { stage } = draft;
  if (stage?.do === "await") nudgeDefinitions(draft, leftOf(draft, stage));
}

/** From now on these are waited for. */
function expect(draft: RemovalDraft, objects: readonly KubeObject[]): void {
  for (const object of objects) {
    const key = keyOfObject(object);
    draft.pending.set(key, draft.seen.get(key) ?? object);
  }
}

function observed(draft: RemovalDraft, key: string, object: KubeObject | undefined): void {
  if (draft.state.named.has(key)) {
    if (object) draft.seen.set(key, object);
    else draft.seen.delete(key);
  }
  const was = draft.pending.get(key);
  if (!was) return;
  if (object === undefined) {
    gone(draft, key);
    return;
  }
  // Its label may be taken from it while it goes: it is counted for its component all the same.
  const labels = { ...was.metadata.labels, ...object.metadata.labels };
  draft.pending.set(key, { ...object, metadata: { ...object.metadata, labels } });
  draft.refresh();
}

function gone(draft: RemovalDraft, key: string): void {
  const object = draft.pending.get(key);
  if (!object) return;
  draft.pending.delete(key);
  draft.gone += 1;
  const { total } = draft.state.began;
  draft.tell({ type: "gone", key, object: refOf(object), component: componentOf(object), done: draft.gone, total });
  draft.refresh();
  if (!isKind(object, "/Namespace")) return;
  // Objects that are in a namespace are gone when it is.
  for (const [other, { metadata }] of draft.pending.now)
    if (metadata.namespace === object.metadata.name) gone(draft, other);
}

function retry(draft: RemovalDraft, key: string, error: FlowdeckError): void {
  const object = draft.deleting.get(key);
  if (!object) return;
  const attempt = draft.attempts.get(key) ?? 0;
  if (attempt > mostAttempts) {
    draft.fail(error);
    return;
  }
  draft.deleting.delete(key);
  draft.attempts.set(key, attempt + 1);
  draft.resting.set(key, object);
  draft.wake({ of: "retry", key }, { attempt, ms: 200, maxMs: 5000 });
}

function compared(draft: RemovalDraft, left: readonly ReturnType<typeof refOf>[]): void {
  const { created, installation } = draft.state;
  const all = [...left, ...created.map(({ object }) => object)];
  if (all.length === 0) {
    draft.end();
    return;
  }
  const advice = message("removal.stillThereAdvice", {
    objects: all.map(describe).join(", "),
    why: created[0]?.because ?? message("removal.noEffect"),
    label: `${installationLabel}=${installation}`,
  });
  const said = message("removal.stillThere", { count: all.length, names: named(all) });
  draft.fail(new FlowdeckError("conflict", said, { advice, fix: fixOf("continue", message("fix.continueRemoval")) }));
}

function woken(draft: RemovalDraft, timer: RemovalTimer): void {
  const { stage, current } = draft;
  switch (timer.of) {
    case "retry": {
      const object = draft.resting.get(timer.key);
      draft.resting.delete(timer.key);
      if (object) draft.queue.set(timer.key, object);
      break;
    }
    case "deadline":
      if (timer.stage === current && stage?.do === "await") stuck(draft, leftOf(draft, stage));
      break;
    case "nudge":
      if (timer.stage === current) draft.wake(timer, { ms: 3_000 });
      break;
    case "waits":
      draft.refreshing = false;
      if (stage?.do === "await") showWaits(draft, leftOf(draft, stage));
      break;
  }
}

export function componentOf(object: KubeObject): string | undefined {
  return object.metadata.labels?.[componentLabel];
}
