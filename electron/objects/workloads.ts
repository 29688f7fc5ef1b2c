import { atDeployment, formatLabelSelector } from "../../common/kube/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import type { Look } from "./live-query.ts";

/** The pods that a workload's selector finds. */
export function podsOf(look: Look, workload: KubeObject): readonly KubeObject[] {
  const labelSelector = formatLabelSelector(atDeployment(workload, "spec", "selector"));
  if (labelSelector === undefined) return [];
  const { namespace } = workload.metadata;
  return look.list({ apiVersion: "v1", kind: "Pod", namespace, labelSelector }).objects;
}
