import { number, text } from "../../../common/json/index.ts";
import { atPodSpec } from "../../../common/kube/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import type { PlanNode } from "./plan-types.ts";
import { podTemplateOf } from "./workloads.ts";

export interface PreemptingClass {
  name: string;
  priority: number;
}

/**
 * Priority classes that pods of the plan use and that let the scheduler evict pods of a lower priority where there is no
 * room (https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/), highest first. A class of
 * the plan counts before one of that name in the cluster. Pure.
 */
export function preemptingClasses(
  plan: { nodes: readonly PlanNode[] },
  inCluster: readonly KubeObject[],
): PreemptingClass[] {
  const planned = plan.nodes.map(({ object }) => object).filter(({ kind }) => kind === "PriorityClass");
  const classes = new Map([...inCluster, ...planned].map((one) => [one.metadata.name, one]));
  const standard = [...classes.values()].find((one) => one.globalDefault === true)?.metadata.name;
  const used = new Set(
    plan.nodes.flatMap(({ object }) => {
      const template = podTemplateOf(object);
      if (template === undefined || atPodSpec(template.spec, "preemptionPolicy") === "Never") return [];
      return text(atPodSpec(template.spec, "priorityClassName")) ?? standard ?? [];
    }),
  );
  return [...used]
    .flatMap((name) => classes.get(name) ?? [])
    .filter((one) => one.preemptionPolicy !== "Never")
    .map((one) => ({ name: one.metadata.name, priority: number(one.value) ?? 0 }))
    .filter(({ priority }) => priority > 0)
    .sort((a, b) => b.priority - a.priority);
}
