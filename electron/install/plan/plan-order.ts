import { FlowdeckError } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import { describe } from "../objects.ts";
import type { Gate, PlanNode } from "./plan-types.ts";

type Nodes = ReadonlyMap<string, PlanNode>;
type Gates = ReadonlyMap<string, Gate>;

/** Roughly how long each condition takes to come true, in units of one apply; only the order it gives matters. */
const weights: Record<Gate["condition"]["type"], number> = {
  applied: 0,
  served: 5,
  ready: 20,
  endpoint: 20,
  exists: 5,
  accepts: 2,
};

/**
 * Every node and gate can come after what it waits for.
 * @throws FlowdeckError `plan-invalid` naming the objects that wait for each other.
 */
export function refuseCycles(nodes: Nodes, gates: Gates): void {
  const state = new Map<string, "open" | "done">();
  const trail: string[] = [];
  const visit = (id: string): void => {
    if (state.get(id) === "done") return;
    if (state.get(id) === "open") throw cycleError([...trail.slice(trail.indexOf(id)), id], nodes, gates);
    state.set(id, "open");
    trail.push(id);
    for (const next of waitsFor(id, nodes, gates)) visit(next);
    trail.pop();
    state.set(id, "done");
  };
  for (const id of nodes.keys()) visit(id);
  for (const id of gates.keys()) visit(id);
}

/** Does `from` wait, through any chain, for `target`? */
export function reaches(from: Iterable<string>, target: string, nodes: Nodes, gates: Gates): boolean {
  const seen = new Set<string>();
  const queue = [...from];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (id === target) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    queue.push(...waitsFor(id, nodes, gates));
  }
  return false;
}

/** Sets every node's priority to the weight of the longest chain that hangs on it. The plan has no cycles. */
export function prioritise(nodes: Nodes, gates: Gates): void {
  const dependents = new Map<string, string[]>();
  const hang = (on: string, id: string) => dependents.set(on, [...(dependents.get(on) ?? []), id]);
  for (const node of nodes.values()) for (const gate of node.gates) hang(gate, node.id);
  for (const gate of gates.values()) for (const on of [...gate.basis, ...gate.after]) hang(on, gate.id);
  const known = new Map<string, number>();
  const weight = (id: string): number => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const gate = gates.get(id);
    const own = gate ? weights[gate.condition.type] : 1;
    const rest = Math.max(0, ...(dependents.get(id) ?? []).map(weight));
    known.set(id, own + rest);
    return own + rest;
  };
  for (const node of nodes.values()) node.priority = weight(node.id);
}

function waitsFor(id: string, nodes: Nodes, gates: Gates): string[] {
  const gate = gates.get(id);
  return gate ? [...gate.basis, ...gate.after] : (nodes.get(id)?.gates ?? []);
}

function cycleError(cycle: string[], nodes: Nodes, gates: Gates): FlowdeckError {
  const objects = cycle
    .map((id) => nodes.get(id))
    .filter((node) => node !== undefined)
    .map((node) => describe(node.ref));
  const reasons = cycle.map((id) => gates.get(id)?.title).filter((title) => title !== undefined);
  return new FlowdeckError("plan-invalid", message("plan.cycle", { objects: [...new Set(objects)].join(" → ") }), {
    advice: message("plan.cycleBecause", { reasons }),
  });
}
