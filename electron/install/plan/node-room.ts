import type { NodeNeeds, Nodes } from "../../../common/contract/index.ts";
import { list, text } from "../../../common/json/index.ts";
import { atNode, atPod, atTaint, parseQuantity } from "../../../common/kube/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import type { PlanNode } from "./plan-types.ts";
import { podRequest, podTemplateOf, replicasOf } from "./workloads.ts";

/** A cluster's nodes with what they have left: allocatable less what their pods request. Pure. */
export function nodesWithRoom(nodes: readonly KubeObject[], pods: readonly KubeObject[]): Nodes[] {
  const byNode = new Map<string, KubeObject[]>();
  for (const pod of pods) {
    if (["Succeeded", "Failed"].includes(text(atPod(pod, "status", "phase")) ?? "")) continue;
    const name = text(atPod(pod, "spec", "nodeName")) ?? "";
    byNode.set(name, [...(byNode.get(name) ?? []), pod]);
  }
  return nodes.map((node) => {
    const own = byNode.get(node.metadata.name) ?? [];
    const free = (resource: "cpu" | "memory") =>
      (parseQuantity(atNode(node, "status", "allocatable", resource)) ?? 0) -
      own.reduce((sum, pod) => sum + podRequest(pod.spec, resource), 0);
    return {
      count: 1,
      architecture: text(atNode(node, "status", "nodeInfo", "architecture")) ?? "",
      cpu: Math.max(0, free("cpu")),
      memoryBytes: Math.max(0, free("memory")),
      pods: Math.max(0, (parseQuantity(atNode(node, "status", "allocatable", "pods")) ?? 110) - own.length),
      taints: taintsOf(node),
      usable: true,
    };
  });
}

/** Taints that keep pods away which don't tolerate them. */
function taintsOf(node: KubeObject): string[] {
  const taints = list(atNode(node, "spec", "taints"))
    .filter((taint) => ["NoSchedule", "NoExecute"].includes(text(atTaint(taint, "effect")) ?? ""))
    .map((taint) => {
      const value = text(atTaint(taint, "value"));
      return `${text(atTaint(taint, "key"))}${value ? `=${value}` : ""}:${text(atTaint(taint, "effect"))}`;
    });
  const cordoned = atNode(node, "spec", "unschedulable") === true && taints.length === 0;
  return cordoned ? ["node.kubernetes.io/unschedulable:NoSchedule"] : taints;
}

/** What these objects of a plan need of nodes that run images of any of `architectures`; undefined where they run no pods. */
export function needsOfPlan(
  nodes: readonly PlanNode[],
  count: number,
  architectures: readonly string[],
): NodeNeeds | undefined {
  const needs = { cpu: 0, memoryBytes: 0, pods: 0, biggest: { name: "", cpu: 0, memoryBytes: 0 }, architectures };
  for (const { object, ref } of nodes) {
    const template = podTemplateOf(object);
    if (!template) continue;
    const pods = replicasOf(object, count);
    const [cpu, memoryBytes] = [podRequest(template.spec, "cpu"), podRequest(template.spec, "memory")];
    needs.pods += pods;
    needs.cpu += pods * cpu;
    needs.memoryBytes += pods * memoryBytes;
    if (pods > 0 && memoryBytes >= needs.biggest.memoryBytes) needs.biggest = { name: ref.name, cpu, memoryBytes };
  }
  return needs.pods === 0 ? undefined : needs;
}
