import type { GateSet } from "./gates.ts";
import type { Gate, PlanNode } from "./plan-types.ts";

/**
 * kfctl's order: what belongs to an application waits until the application before it is applied (applied, not ready).
 * An object that can only be applied once something of a later application is there does not hold its application up:
 * the order does not wait for it. So the order adds no cycle: what an application's gate stands on waits for nothing
 * but this application and those before it.
 */
export function applicationOrder(
  applications: readonly { id: string; title: string }[],
  nodes: ReadonlyMap<string, PlanNode>,
  gates: GateSet,
): void {
  const place = new Map(applications.map(({ id }, index) => [id, index]));
  const placeOf = (node: PlanNode) => place.get(node.component) ?? 0;
  const waitsForLater = laterNodes(placeOf, nodes, gates.gates);
  let before: string | undefined;
  for (const [index, { id, title }] of applications.entries()) {
    const own = [...nodes.values()].filter((node) => placeOf(node) === index);
    if (before !== undefined) for (const node of own) node.gates.push(before);
    const prompt = own.filter((node) => !waitsForLater.has(node.id));
    before = gates.application(id, title, prompt, before);
  }
}

/** Nodes that wait, through any chain, for something of an application after their own. */
function laterNodes(
  placeOf: (node: PlanNode) => number,
  nodes: ReadonlyMap<string, PlanNode>,
  gates: ReadonlyMap<string, Gate>,
): Set<string> {
  const last = new Map<string, number>();
  // The latest application among everything that a node or gate waits for; there are no cycles yet to run into.
  const open = new Set<string>();
  const latest = (id: string): number => {
    const known = last.get(id);
    if (known !== undefined) return known;
    if (open.has(id)) return -1;
    open.add(id);
    const gate = gates.get(id);
    const node = nodes.get(id);
    const next = gate ? [...gate.basis, ...gate.after] : (node?.gates ?? []);
    const own = node === undefined ? -1 : placeOf(node);
    const found = Math.max(own, ...next.map(latest));
    open.delete(id);
    last.set(id, found);
    return found;
  };
  const later = new Set<string>();
  for (const node of nodes.values()) if (latest(node.id) > placeOf(node)) later.add(node.id);
  return later;
}
