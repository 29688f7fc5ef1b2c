import type { PodView, Waiting } from "../../contract/index.ts";
import { describe } from "../objects.ts";
import type { Gate, Plan, PlanNode } from "../plan/plan-types.ts";

type Wait = Omit<Waiting, "sinceMs">;

export interface WaitsInput {
  plan: Plan;
  nodes: ReadonlyMap<string, PlanNode>;
  /** Nodes that a gate keeps from being applied. */
  held: (gate: string) => readonly PlanNode[];
  /** Nodes that the server did not take yet, and why. */
  retries: ReadonlyMap<string, string>;
  closed: Iterable<{ gate: Gate; because: string }>;
  /** Pods that neither run nor have completed. */
  pods: readonly PodView[];
}

/**
 * "X waits for Y because Z", for everything that waits now. Where applications come one after another, those whose turn
 * it is not yet wait for that alone: one line for all of them. Pure.
 */
export function waitsOf(input: WaitsInput): Map<string, Wait> {
  const waits = new Map<string, Wait>();
  for (const [id, because] of input.retries) {
    const node = input.nodes.get(id);
    if (!node) continue;
    const forWhat = "the API server to take it";
    waits.set(id, { what: describe(node.ref), forWhat, because, component: node.component });
  }
  const outcomes = new Set(input.plan.outcomes);
  const closed = [...input.closed];
  const turn = turnOf(input.plan, closed);
  if (turn.wait) waits.set("order", turn.wait);
  for (const { gate, because } of closed) {
    if (gate.condition.type === "applied") continue;
    const held = input.held(gate.id).filter(({ component }) => !turn.later.has(component));
    const owners = gate.basis.map((id) => input.nodes.get(id)?.component ?? "");
    const isLater = owners.length > 0 && owners.every((component) => turn.later.has(component));
    if (held.length === 0 && (isLater || !outcomes.has(gate.id))) continue;
    const owner = input.nodes.get(gate.basis[0] ?? "");
    const component = held[0]?.component ?? owner?.component;
    const wait = { what: heldWords(held, owner), forWhat: gate.title.en, because };
    waits.set(gate.id, component === undefined ? wait : { ...wait, component });
  }
  for (const { component, reason, namespace, name } of input.pods) {
    if (component || !reason) continue;
    const pod = `pod ${namespace}/${name}`;
    waits.set(pod, { what: "The installation", forWhat: pod, because: reason });
  }
  return waits;
}

/** Components whose turn has not come, and what they wait for. */
function turnOf(plan: Plan, closed: readonly { gate: Gate; because: string }[]): { later: Set<string>; wait?: Wait } {
  const order = closed.find(({ gate }) => gate.application !== undefined);
  const ids = plan.components.map(({ id }) => id);
  const later = order?.gate.application === undefined ? [] : ids.slice(ids.indexOf(order.gate.application) + 1);
  if (order?.gate.application === undefined || later.length === 0) return { later: new Set() };
  const { gate, because } = order;
  const what = later.length === 1 ? `Application ${later[0]}` : `The next of ${later.length} applications`;
  return { later: new Set(later), wait: { what, forWhat: gate.title.en, because, component: order.gate.application } };
}

/** "Deployment kubeflow/x", "12 objects of kserve", "34 objects of 9 components". */
function heldWords(held: readonly PlanNode[], owner: PlanNode | undefined): string {
  const first = held[0];
  if (!first) return owner ? describe(owner.ref) : "The installation";
  if (held.length === 1) return describe(first.ref);
  const components = new Set(held.map((node) => node.component));
  return `${held.length} objects of ${components.size === 1 ? first.component : `${components.size} components`}`;
}
