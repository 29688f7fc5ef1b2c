import { FlowdeckError } from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { describe } from "../objects.ts";
import type { PlanNode } from "../plan/plan-types.ts";
import { isWorkload, replicasOf } from "../plan/workloads.ts";
import { waitsOf } from "../run/pending-reasons.ts";
import { answered, askAgain, takeTurn } from "./asking.ts";
import { end, settle } from "./components.ts";
import { Draft } from "./draft.ts";
import { evaluate, timeUp } from "./gates.ts";
import { ownNodes, workloadsOf } from "./plan-view.ts";
import { creationFailure, isUnsettled } from "./pods.ts";
import type { Effect, Problem, RunState, Timed, Timer } from "./run-types.ts";
import { applied, pump, refused, release, renewNamespace, rested, retry } from "./sending.ts";

/** What an event makes of a run, and what is to be done then. Pure: the same state and event give the same. */
export function step(state: RunState, event: Timed): [RunState, readonly Effect[]] {
  if (state.done || isOfNoConcern(state, event)) return [state, []];
  const draft = new Draft(state, event.at);
  take(draft, event);
  pump(draft);
  settle(draft);
  if (draft.done) showWaits(draft);
  return [draft.result(), draft.effects];
}

/** Most of what watches tell is about objects that no gate looks at. */
function isOfNoConcern({ view, objects }: RunState, event: Timed): boolean {
  if (event.type !== "observed" || view.looked.has(event.key) || objects.has(event.key)) return false;
  const { object } = event;
  return object?.kind !== "EndpointSlice" || !view.sliceNamespaces.has(object.metadata.namespace ?? "");
}

function take(draft: Draft, event: Timed): void {
  switch (event.type) {
    case "begun":
      begin(draft);
      break;
    case "observed":
      observed(draft, event.key, event.object);
      break;
    case "pod":
      if (event.pod) draft.pods.set(event.key, event.pod);
      else draft.pods.delete(event.key);
      draft.tell({ type: "pod", key: event.key, view: event.pod?.view });
      draft.look();
      draft.refresh();
      break;
    case "problem":
      showProblem(draft, event.id, event.problem, true);
      break;
    case "cured":
      solved(draft, event.id, event.said);
      break;
    case "watchTroubles":
      draft.watchTroubles = event.troubles;
      draft.look();
      draft.refresh();
      break;
    case "watchFailed":
      draft.tell({ type: "watchFailed", what: event.what, why: event.why });
      break;
    case "answered":
      answered(draft, event.ask, event.answer);
      break;
    case "timer":
      woken(draft, event.timer);
      break;
    default:
      sent(draft, event);
      break;
  }
}

type Sent = Extract<Timed, { node: string }>;

/** What came of sending an object. */
function sent(draft: Draft, event: Sent): void {
  const node = draft.view.nodes.get(event.node);
  if (!node) return;
  switch (event.type) {
    case "applied":
      applied(draft, node, event);
      break;
    case "going":
      retry(draft, node, event.because, true);
      break;
    case "notYet":
      renewNamespace(draft, event.namespace);
      retry(draft, node, event.because, false);
      break;
    case "refused":
      refused(draft, node, event.error);
      break;
    case "renewed":
      draft.renewing.delete(node.id);
      draft.tell({ type: "renewed", node, uid: event.uid });
      break;
    case "notRenewed":
      draft.renewing.delete(node.id);
      break;
  }
}

function woken(draft: Draft, timer: Timer): void {
  switch (timer.of) {
    case "look":
      draft.looking = false;
      evaluate(draft);
      break;
    case "waits":
      draft.refreshing = false;
      showWaits(draft);
      break;
    case "retry":
      rested(draft, timer.node);
      break;
    case "gate":
      timeUp(draft, timer.gate);
      break;
    case "ask":
      askAgain(draft, timer.ask);
      break;
    case "turn":
      takeTurn(draft, timer.era);
      break;
    case "pods":
      end(draft);
      break;
  }
}

function begin(draft: Draft): void {
  const { view } = draft;
  draft.tell({
    type: "begun",
    components: view.plan.components.map(({ id, title }) => ({
      ...{ id, title },
      objects: ownNodes(view, id).length,
      workloads: workloadsOf(view, id).length,
    })),
    objects: view.plan.nodes.length,
    pods: view.plan.nodes.reduce((sum, { ref, object }) => sum + (isWorkload(ref) ? replicasOf(object) : 0), 0),
  });
  draft.do({ type: "watchAll" });
  for (const node of view.plan.nodes) release(draft, node);
  draft.look();
}

function observed(draft: Draft, key: string, object: KubeObject | undefined): void {
  if (object) draft.objects.set(key, object);
  else draft.objects.delete(key);
  const node = draft.view.nodes.get(key);
  if (node && object && isWorkload(node.ref)) noteCreation(draft, node, object);
  draft.look();
  draft.refresh();
}

/** Its controller can't make its pods, or can again. */
function noteCreation(draft: Draft, node: PlanNode, object: KubeObject): void {
  const id = `creating pods of ${node.id}`;
  const failure = creationFailure(object);
  if (failure === undefined) {
    solved(draft, id);
    return;
  }
  const said = message("pod.notCreated", { object: describe(node.ref), words: failure });
  const error = new FlowdeckError("workload-failed", said).toJSON();
  showProblem(draft, id, { ...error, component: node.component, object: node.ref }, false);
}

function showProblem(draft: Draft, id: string, problem: Problem, isTold: boolean): void {
  draft.problems.add(id);
  draft.tell({ type: "problem", id, problem, isTold });
}

function solved(draft: Draft, id: string, said?: Message): void {
  if (!draft.problems.has(id)) return;
  draft.problems.delete(id);
  draft.tell({ type: "solved", id, ...(said === undefined ? {} : { said }) });
}

/** All that waits now, and for what. */
function showWaits(draft: Draft): void {
  const { plan, nodes, behind } = draft.view;
  const waits = waitsOf({
    ...{ plan, nodes },
    held: (gate) => (behind.get(gate) ?? []).filter(({ id }) => draft.nodes.get(id) === "waiting"),
    retries: new Map([...draft.retries.now].map(([id, { because }]) => [id, because])),
    closed: plan.gates.flatMap((gate) => {
      const status = draft.gates.get(gate.id);
      return status?.is === "closed" ? [{ gate, because: status.because }] : [];
    }),
    pods: [...draft.pods.now.values()].filter(isUnsettled).map(({ view }) => view),
  });
  draft.tell({ type: "waits", waits });
}
