import type { AppError } from "../../../common/contract/index.ts";
import type { Draft } from "./draft.ts";
import { ownNodes, workloadsOf } from "./plan-view.ts";
import { isUnsettled } from "./pods.ts";
import type { ComponentState } from "./run-types.ts";

export function changeComponent(draft: Draft, id: string, change: Partial<ComponentState>): void {
  const before = draft.components.get(id);
  if (!before) return;
  const after = { ...before, ...change };
  if (after.state === before.state && after.ready === before.ready && after.applied === before.applied) return;
  draft.components.set(id, after);
  draft.tell({ type: "component", id, change: after });
}

/** Brings what is shown of a component up to date: its ready workloads, and whether it is complete. */
export function lookAt(draft: Draft, id: string): void {
  const { view } = draft;
  const component = draft.components.get(id);
  if (!component || component.state === "failed") return;
  const isReady = (node: string) => draft.isOpen(view.readyGates.get(node) ?? "");
  const ready = workloadsOf(view, id).filter((node) => isReady(node.id)).length;
  const allApplied = ownNodes(view, id).every((node) => draft.nodes.get(node.id) === "applied");
  const complete = allApplied && (view.ownOutcomes.get(id) ?? []).every((gate) => draft.isOpen(gate));
  changeComponent(draft, id, { ready, state: complete ? "ready" : allApplied ? "starting" : component.state });
}

/** What is not sent yet of a component stays behind; the others go on. */
export function stopComponent(draft: Draft, id: string, error: AppError): void {
  fail(draft, id, error, true);
}

/** An application before it failed: that has been told, and is told once. */
export function neverBegins(draft: Draft, id: string, error: AppError): void {
  if (draft.failed.has(id)) return;
  draft.notBegun.add(id);
  fail(draft, id, error, false);
}

function fail(draft: Draft, id: string, error: AppError, begun: boolean): void {
  if (draft.failed.has(id)) return;
  draft.failed.set(id, error);
  const before = draft.components.get(id);
  if (before) draft.components.set(id, { ...before, state: "failed" });
  for (const node of ownNodes(draft.view, id))
    if (draft.nodes.get(node.id) === "waiting") draft.nodes.set(node.id, "skipped");
  draft.tell({ type: "componentFailed", id, error, begun });
}

/** Ends the run where nothing can come any more; where only pods beside the workloads are left, they get some time. */
export function settle(draft: Draft): void {
  if (draft.done || draft.queue.now.size + draft.sending.now.size + draft.resting.now.size > 0) return;
  if (draft.view.plan.outcomes.some((gate) => !draft.isDecided(gate))) return;
  for (const status of draft.nodes.now.values()) if (status === "waiting") return;
  for (const { id } of draft.view.plan.components) lookAt(draft, id);
  if (draft.failed.now.size > 0 || ![...draft.pods.now.values()].some(isUnsettled)) {
    end(draft);
  } else if (!draft.lastPods) {
    // Every workload is available; what is left are pods beside them, such as those of a user's new namespace.
    draft.lastPods = true;
    draft.wake({ of: "pods" }, { ms: draft.timeoutMs });
  }
}

export function end(draft: Draft): void {
  if (draft.done) return;
  draft.done = true;
  draft.do({ type: "end" });
}
