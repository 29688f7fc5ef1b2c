import { type AppError, FlowdeckError } from "../../../common/contract/index.ts";
import { isKind } from "../../../common/kube/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import { describe } from "../objects.ts";
import type { PlanNode } from "../plan/plan-types.ts";
import { isWorkload } from "../plan/workloads.ts";
import { changeComponent, lookAt, stopComponent } from "./components.ts";
import type { Draft } from "./draft.ts";
import type { RunEvent } from "./run-types.ts";

/** Lets a node be sent whose gates are all open. */
export function release(draft: Draft, node: PlanNode): void {
  if (draft.nodes.get(node.id) !== "waiting" || draft.failed.has(node.component)) return;
  if (!node.gates.every((gate) => draft.isOpen(gate))) return;
  draft.nodes.set(node.id, "applying");
  draft.queue.add(node.id);
}

/** Sends as many as the server takes, the most urgent first. What belongs to a failed component stays behind. */
export function pump(draft: Draft): void {
  while (draft.sending.now.size < Math.min(draft.most, draft.atOnce)) {
    const node = mostUrgent(draft);
    if (!node) return;
    draft.queue.delete(node.id);
    if (draft.failed.has(node.component)) {
      draft.nodes.set(node.id, "skipped");
      draft.retries.delete(node.id);
      draft.look();
      continue;
    }
    draft.sending.add(node.id);
    draft.tell({ type: "started", node });
    if (draft.components.get(node.component)?.state === "waiting")
      changeComponent(draft, node.component, { state: "applying" });
    draft.do({ type: "send", node, going: draft.retries.get(node.id)?.going ?? false });
  }
}

type Answer = Pick<Extract<RunEvent, { type: "applied" }>, "tookMs" | "uid" | "atOnce">;

function mostUrgent(draft: Draft): PlanNode | undefined {
  let best: PlanNode | undefined;
  for (const id of draft.queue.now) {
    const node = draft.view.nodes.get(id);
    if (node && (best === undefined || node.priority > best.priority)) best = node;
  }
  return best;
}

export function applied(draft: Draft, node: PlanNode, { tookMs, uid, atOnce }: Answer): void {
  const { view } = draft;
  draft.sending.delete(node.id);
  draft.retries.delete(node.id);
  draft.nodes.set(node.id, "applied");
  draft.atOnce = atOnce;
  draft.appliedCount += 1;
  const total = view.plan.nodes.length;
  draft.tell({ type: "applied", node, uid, tookMs, done: draft.appliedCount, total, at: draft.at });
  changeComponent(draft, node.component, { applied: (draft.components.get(node.component)?.applied ?? 0) + 1 });
  lookAt(draft, node.component);
  const readyGate = view.readyGates.get(node.id);
  if (!isWorkload(node.ref) && readyGate !== undefined && view.outcomes.has(readyGate))
    draft.do({ type: "watchKind", node });
  draft.look();
  draft.refresh();
}

/** The server did not take it yet: it is sent again after a pause, unless that has gone on for too long. */
export function retry(draft: Draft, node: PlanNode, because: Message, going: boolean): void {
  draft.sending.delete(node.id);
  const { since, attempts } = draft.retries.get(node.id) ?? { since: draft.at, attempts: 0 };
  if (draft.at - since > draft.timeoutMs) {
    const count = Math.round(draft.timeoutMs / 6000) / 10;
    const said = message("applying.notInTime", { object: describe(node.ref), count, because });
    refused(draft, node, new FlowdeckError("gate-timeout", said).toJSON());
    return;
  }
  const pause = { attempt: attempts, ms: 200, maxMs: 5000 };
  const delayMs = Math.min(pause.maxMs, pause.ms * 2 ** attempts);
  draft.tell({ type: "retrying", node, because, attempt: attempts + 1, delayMs });
  draft.retries.set(node.id, { because, since, attempts: attempts + 1, going });
  draft.resting.add(node.id);
  draft.wake({ of: "retry", node: node.id }, pause);
  draft.refresh();
}

export function rested(draft: Draft, node: string): void {
  if (!draft.resting.has(node)) return;
  draft.resting.delete(node);
  draft.queue.add(node);
}

export function refused(draft: Draft, node: PlanNode, error: AppError): void {
  draft.sending.delete(node.id);
  draft.retries.delete(node.id);
  draft.nodes.set(node.id, "failed");
  draft.tell({ type: "refused", node, error });
  stopComponent(draft, node.component, error);
  draft.look();
}

/** Applies the namespace again that was deleted since it was applied, once however many objects miss it. */
export function renewNamespace(draft: Draft, name: string | undefined): void {
  if (name === undefined) return;
  const node = draft.view.plan.nodes.find(({ ref }) => isKind(ref, "/Namespace") && ref.name === name);
  if (!node || draft.renewing.has(node.id)) return;
  draft.renewing.add(node.id);
  draft.do({ type: "renew", node });
}
