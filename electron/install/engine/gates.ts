import { type AppError, FlowdeckError, fixOf } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { describe, keyOf } from "../objects.ts";
import { applicationOf, type Gate, type PlanNode } from "../plan/plan-types.ts";
import { type World, whyNot } from "../run/conditions.ts";
import { ask, kindId } from "./asking.ts";
import { lookAt, neverBegins, stopComponent } from "./components.ts";
import type { Draft } from "./draft.ts";
import { subjectId } from "./plan-view.ts";
import { podCause } from "./pods.ts";
import { release } from "./sending.ts";

/** Opens the gates whose conditions hold by now, and gives up those that can't open any more, until none changes. */
export function evaluate(draft: Draft): void {
  const world = worldOf(draft);
  for (let changed = true; changed; ) {
    changed = false;
    for (const gate of draft.view.plan.gates) {
      if (!draft.isDecided(gate.id) && look(draft, gate, world)) changed = true;
    }
  }
}

/** True when the gate has opened or failed. */
function look(draft: Draft, gate: Gate, world: World): boolean {
  const hopeless = whyHopeless(draft, gate);
  if (hopeless) {
    failGate(draft, gate, hopeless);
    return true;
  }
  if (!gate.after.every((id) => draft.isOpen(id))) return false;
  const status = draft.gates.get(gate.id);
  const asked = status?.is === "closed" ? status : undefined;
  const because = whyNot(gate.id, gate.condition, world);
  if (because === undefined) {
    openGate(draft, gate, asked ? draft.at - asked.since : 0);
    return true;
  }
  const why = podCause(draft.pods.now, gate.basis) ?? because;
  const isOn = gate.basis.every((id) => draft.nodes.get(id) === "applied");
  draft.gates.set(gate.id, {
    is: "closed",
    since: asked?.since ?? draft.at,
    timed: asked?.timed || isOn,
    because: why,
  });
  if (!isOn) return false;
  if (!asked?.timed) draft.wake({ of: "gate", gate: gate.id }, { ms: draft.timeoutMs });
  help(draft, gate);
  return false;
}

/** What looking alone does not do: ask discovery, send dry runs. */
function help(draft: Draft, { id, condition }: Gate): void {
  if (condition.type === "accepts") ask(draft, { of: "dryRun", gate: id });
  if (condition.type !== "served") return;
  for (const { node, apiVersion, kind } of condition.definitions)
    if (!draft.served.has(kindId(apiVersion, kind))) ask(draft, { of: "kind", apiVersion, kind, definition: node });
}

function openGate(draft: Draft, gate: Gate, tookMs: number): void {
  const { view } = draft;
  const { condition } = gate;
  draft.gates.set(gate.id, { is: "open" });
  const component = condition.type === "ready" ? view.nodes.get(condition.node)?.component : undefined;
  draft.tell({ type: "gateOpened", gate, tookMs, component });
  if (view.outcomes.has(gate.id)) {
    const open = view.plan.outcomes.filter((id) => draft.isOpen(id)).length;
    draft.tell({ type: "outcomes", fraction: open / view.plan.outcomes.length });
    for (const id of new Set(gate.basis.map((key) => view.nodes.get(key)?.component))) if (id) lookAt(draft, id);
  }
  for (const node of view.behind.get(gate.id) ?? []) release(draft, node);
  draft.refresh();
}

function failGate(draft: Draft, gate: Gate, error: AppError): void {
  const { view } = draft;
  draft.gates.set(gate.id, { is: "failed", error });
  draft.tell({ type: "gateFailed", gate, error });
  const victims = new Set((view.behind.get(gate.id) ?? []).map((node) => node.component));
  const owner = view.nodes.get(gate.basis[0] ?? "")?.component;
  if (owner && view.outcomes.has(gate.id)) victims.add(owner);
  const stop = applicationOf(gate) === undefined ? stopComponent : neverBegins;
  for (const component of victims) stop(draft, component, error);
}

/** The time that a gate has is over. */
export function timeUp(draft: Draft, id: string): void {
  const gate = draft.view.gates.get(id);
  const status = draft.gates.get(id);
  if (!gate || status?.is !== "closed") return;
  const count = Math.round(draft.timeoutMs / 6000) / 10;
  const said = message("gate.timeUp", { count, gate: gate.title });
  const fix = fixOf("continue", message("fix.continueWaiting"));
  failGate(draft, gate, new FlowdeckError("gate-timeout", said, { advice: status.because, fix }).toJSON());
  draft.look();
}

/** Why a gate can't open any more: what it stands on failed. */
function whyHopeless(draft: Draft, gate: Gate): AppError | undefined {
  for (const id of gate.after) {
    const status = draft.gates.get(id);
    if (status?.is === "failed") return status.error;
  }
  const isLost = (id: string) => {
    const status = draft.nodes.get(id);
    return status === "failed" || status === "skipped";
  };
  // An endpoint is there with any of its workloads.
  const isOver = gate.condition.type === "endpoint" ? gate.basis.every(isLost) : gate.basis.some(isLost);
  const lost = isOver ? gate.basis.find(isLost) : undefined;
  if (lost === undefined) return undefined;
  const object = describe(nodeOf(draft, lost).ref);
  return new FlowdeckError("apply-refused", message("gate.hopeless", { object, gate: gate.title })).toJSON();
}

function worldOf(draft: Draft): World {
  return {
    node: (id) => nodeOf(draft, id),
    isApplied: (id) => draft.nodes.get(id) === "applied",
    live: (id) => draft.objects.get(id),
    exists: (ref) => isAlive(draft.objects.get(keyOf(ref))),
    slices: (namespace) =>
      [...draft.objects.now.values()].filter(
        ({ kind, metadata }) => kind === "EndpointSlice" && metadata.namespace === namespace,
      ),
    isServed: (apiVersion, kind) => draft.served.has(kindId(apiVersion, kind)),
    probe: (gate) => draft.dryRuns.get(gate),
    accessTrouble: () => draft.access.because,
    watchTrouble: (of) => draft.watchTroubles.get(subjectId(of)),
  };
}

function nodeOf(draft: Draft, id: string): PlanNode {
  const node = draft.view.nodes.get(id);
  if (!node) throw new Error(`no node ${id} in the plan`);
  return node;
}

function isAlive(object: KubeObject | undefined): boolean {
  return object !== undefined && !object.metadata.deletionTimestamp;
}
