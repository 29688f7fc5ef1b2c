import type { ObjectRef } from "../../../common/contract/index.ts";
import { keyOf } from "../objects.ts";
import type { Gate, Plan, PlanNode } from "../plan/plan-types.ts";
import { isWorkload } from "../plan/workloads.ts";

/** What is watched of the cluster: objects of a kind, in one namespace or in all. */
export interface Subject {
  apiVersion: string;
  kind: string;
  namespace?: string | undefined;
}

export const slicesIn = (namespace: string): Subject => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  namespace,
});

export function subjectId({ apiVersion, kind, namespace = "" }: Subject): string {
  return `${apiVersion}/${kind}/${namespace}`;
}

/** A plan as a run looks things up in it; made once, and the same from then on. */
export interface PlanView {
  readonly plan: Plan;
  readonly nodes: ReadonlyMap<string, PlanNode>;
  readonly gates: ReadonlyMap<string, Gate>;
  /** Nodes that wait for a gate. */
  readonly behind: ReadonlyMap<string, readonly PlanNode[]>;
  /** Nodes of a component. */
  readonly own: ReadonlyMap<string, readonly PlanNode[]>;
  readonly outcomes: ReadonlySet<string>;
  /** The outcomes that are a component's. */
  readonly ownOutcomes: ReadonlyMap<string, readonly string[]>;
  /** The gate that opens when a node's object is ready. */
  readonly readyGates: ReadonlyMap<string, string>;
  /** Keys of objects that gates look at. */
  readonly looked: ReadonlySet<string>;
  /** Namespaces whose EndpointSlices gates look at. */
  readonly sliceNamespaces: ReadonlySet<string>;
  /** What has to be watched so that gates see it. */
  readonly subjects: readonly Subject[];
}

export function viewOf(plan: Plan): PlanView {
  const nodes = new Map(plan.nodes.map((node) => [node.id, node]));
  const outcomes = new Set(plan.outcomes);
  const readyGates = new Map<string, string>();
  const looked = new Set<string>();
  const sliceNamespaces = new Set<string>();
  const subjects = new Map<string, Subject>();
  const watch = (subject: Subject) => subjects.set(subjectId(subject), subject);
  for (const { id, condition } of plan.gates) {
    if (condition.type === "ready") {
      readyGates.set(condition.node, id);
      looked.add(condition.node);
      const ref = nodes.get(condition.node)?.ref;
      if (ref) watch(subjectOf(ref));
    } else if (condition.type === "served") {
      for (const { node } of condition.definitions) looked.add(node);
    } else if (condition.type === "exists") {
      looked.add(keyOf(condition.ref));
      watch(subjectOf(condition.ref));
    } else if (condition.type === "endpoint") {
      sliceNamespaces.add(condition.namespace);
      watch(slicesIn(condition.namespace));
    }
  }
  const results = plan.gates.filter(({ id }) => outcomes.has(id));
  return {
    ...{ plan, nodes, outcomes, readyGates, looked, sliceNamespaces },
    gates: new Map(plan.gates.map((gate) => [gate.id, gate])),
    behind: grouped(plan.nodes.flatMap((node) => node.gates.map((gate) => [gate, node] as const))),
    own: grouped(plan.nodes.map((node) => [node.component, node] as const)),
    ownOutcomes: grouped(results.map(({ id, basis }) => [nodes.get(basis[0] ?? "")?.component ?? "", id] as const)),
    subjects: [...subjects.values()],
  };
}

export function workloadsOf(view: PlanView, component: string): readonly PlanNode[] {
  return ownNodes(view, component).filter(({ ref }) => isWorkload(ref));
}

export function ownNodes(view: PlanView, component: string): readonly PlanNode[] {
  return view.own.get(component) ?? [];
}

function subjectOf({ apiVersion, kind, namespace }: ObjectRef): Subject {
  return { apiVersion, kind, namespace };
}

function grouped<T>(pairs: readonly (readonly [string, T])[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const [key, value] of pairs) {
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}
