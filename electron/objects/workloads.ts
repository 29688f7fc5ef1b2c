import type { KubeObject } from "../cluster/index.ts";
import { at } from "../values/index.ts";
import type { Look } from "./derive.ts";
import { selectorText } from "./selectors.ts";

export function isWorkload(kind: string): boolean {
  return ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController"].includes(kind);
}

/** The pods that a workload's selector finds. */
export function podsOf(look: Look, workload: KubeObject): readonly KubeObject[] {
  const selector = at(workload, "spec", "selector");
  const labelSelector =
    workload.kind === "ReplicationController" ? selectorText({ matchLabels: selector }) : selectorText(selector);
  if (labelSelector === undefined) return [];
  const { namespace } = workload.metadata;
  return look.list({ apiVersion: "v1", kind: "Pod", namespace, labelSelector }).objects;
}
