import { installationLabel, type Plan, type PlanNode } from "../plan/plan-types.ts";
import { isWorkload } from "../plan/workloads.ts";
import type { LiveObjects } from "./object-cache.ts";

/**
 * Begins to watch what a plan's gates look at, as far as its kinds are there from the start; kinds of custom resources
 * follow when the first of them is applied ({@link watchKindOf}). Each promise is that of the first list.
 */
export function watchConditions(plan: Plan, nodes: ReadonlyMap<string, PlanNode>, live: LiveObjects): Promise<void>[] {
  return plan.gates.flatMap(({ condition }) => {
    if (condition.type === "endpoint")
      return [live.watch("discovery.k8s.io/v1", "EndpointSlice", { namespace: condition.namespace })];
    if (condition.type === "exists") {
      const { apiVersion, kind, namespace, name } = condition.ref;
      const selection = { fieldSelector: `metadata.name=${name}`, ...(namespace ? { namespace } : {}) };
      return [live.watch(apiVersion, kind, selection)];
    }
    if (condition.type !== "ready") return [];
    const node = nodes.get(condition.node);
    return node && isWorkload(node.ref) ? [watchKindOf(plan, node, live)] : [];
  });
}

/** Watches the plan's objects of a node's kind: by our label, unless some of them don't have it. */
export function watchKindOf(plan: Plan, node: PlanNode, live: LiveObjects): Promise<void> {
  const { apiVersion, kind } = node.ref;
  const anyForeign = plan.nodes.some(
    (other) => other.foreign && other.ref.kind === kind && other.ref.apiVersion === apiVersion,
  );
  const labelSelector = `${installationLabel}=${plan.installation}`;
  return live.watch(apiVersion, kind, anyForeign ? {} : { labelSelector });
}
