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

/** "X waits for Y because Z", for everything that waits now. Pure. */
export function waitsOf(input: WaitsInput): Map<string, Wait> {
  const waits = new Map<string, Wait>();
  for (const [id, because] of input.retries) {
    const node = input.nodes.get(id);
    if (!node) continue;
    const forWhat = "the API server to take it";
    waits.set(id, { what: describe(node.ref), forWhat, because, component: node.component });
  }
  const outcomes = new Set(input.plan.outcomes);
  for (const { gate, because } of input.closed) {
    if (gate.condition.type === "applied") continue;
    const held = input.held(gate.id);
    if (held.length === 0 && !outcomes.has(gate.id)) continue;
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

/** "Deployment kubeflow/x", "12 objects of kserve", "34 objects of 9 components". */
function heldWords(held: readonly PlanNode[], owner: PlanNode | undefined): string {
  const first = held[0];
  if (!first) return owner ? describe(owner.ref) : "The installation";
  if (held.length === 1) return describe(first.ref);
  const components = new Set(held.map((node) => node.component));
  return `${held.length} objects of ${components.size === 1 ? first.component : `${components.size} components`}`;
}
