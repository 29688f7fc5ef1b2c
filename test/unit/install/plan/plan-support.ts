import type { KubeObject } from "../../../../electron/cluster/index.ts";
import { makePlan, type PlanInput } from "../../../../electron/install/plan/plan.ts";
import type { Plan, PlanNode } from "../../../../electron/install/plan/plan-types.ts";
import { emptyCluster } from "../objects-support.ts";

/** A plan of these objects by component, for a cluster that has nothing unless `more` says so. */
export function planOf(components: Record<string, KubeObject[]>, more: Partial<PlanInput> = {}): Plan {
  const rendered = Object.entries(components).map(([id, objects]) => ({ id, objects }));
  return makePlan({
    installation: "test",
    components: rendered.map(({ id }) => ({ id, title: id })),
    rendered,
    facts: emptyCluster(),
    ...more,
  });
}

export function nodeOf(made: Plan, kind: string, name: string): PlanNode {
  const found = made.nodes.find(({ ref }) => ref.kind === kind && ref.name === name);
  if (!found) throw new Error(`no ${kind} ${name} in the plan`);
  return found;
}

/** All that a node or gate waits for, through gates and what stands behind them. */
export function ancestors(made: Plan, id: string, seen = new Set<string>()): Set<string> {
  const next =
    made.nodes.find((one) => one.id === id)?.gates ??
    made.gates.flatMap((gate) => (gate.id === id ? [...gate.basis, ...gate.after] : []));
  for (const one of next) {
    if (seen.has(one)) continue;
    seen.add(one);
    ancestors(made, one, seen);
  }
  return seen;
}
