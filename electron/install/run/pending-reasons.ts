import type { PodView, Waiting } from "../../../common/contract/index.ts";
import { type Message, message, verbatim } from "../../../common/words/index.ts";
import { describe } from "../objects.ts";
import { applicationOf, type Gate, type Plan, type PlanNode } from "../plan/plan-types.ts";

type Wait = Omit<Waiting, "sinceMs">;

/** A gate that is closed, and why. */
interface Closed {
  gate: Gate;
  because: Message;
}

const installation = message("wait.installation");

export interface WaitsInput {
  plan: Plan;
  nodes: ReadonlyMap<string, PlanNode>;
  /** Nodes that a gate keeps from being applied. */
  held: (gate: string) => readonly PlanNode[];
  /** Nodes that the server did not take yet, and why. */
  retries: ReadonlyMap<string, Message>;
  closed: Iterable<Closed>;
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
    const forWhat = message("wait.acceptance");
    waits.set(id, { what: verbatim(describe(node.ref)), forWhat, because, component: node.component });
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
    const wait = { what: heldBack(held, owner), forWhat: gate.title, because };
    waits.set(gate.id, component === undefined ? wait : { ...wait, component });
  }
  for (const { component, reason, namespace, name } of input.pods) {
    if (component || !reason) continue;
    const pod = `${namespace}/${name}`;
    waits.set(`pod ${pod}`, { what: installation, forWhat: message("wait.pod", { name: pod }), because: reason });
  }
  return waits;
}

/** Components whose turn has not come, and what they wait for. */
function turnOf(plan: Plan, closed: readonly Closed[]): { later: Set<string>; wait?: Wait } {
  const order = closed.find(({ gate }) => applicationOf(gate) !== undefined);
  const application = order && applicationOf(order.gate);
  const ids = plan.components.map(({ id }) => id);
  const later = application === undefined ? [] : ids.slice(ids.indexOf(application) + 1);
  if (order === undefined || application === undefined || later.length === 0) return { later: new Set() };
  const { gate, because } = order;
  const [next = "", ...others] = later;
  const what =
    others.length === 0
      ? message("wait.application", { name: next })
      : message("wait.nextApplication", { number: later.length });
  return { later: new Set(later), wait: { what, forWhat: gate.title, because, component: application } };
}

/** "Deployment kubeflow/x", "12 objects of kserve", "34 objects of 9 components". */
function heldBack(held: readonly PlanNode[], owner: PlanNode | undefined): Message {
  const first = held[0];
  if (!first) return owner ? verbatim(describe(owner.ref)) : installation;
  if (held.length === 1) return verbatim(describe(first.ref));
  const { size } = new Set(held.map((node) => node.component));
  return size === 1
    ? message("wait.objectsOf", { number: held.length, component: first.component })
    : message("wait.objectsOfMany", { number: held.length, components: size });
}
