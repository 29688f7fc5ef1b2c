import type { PodSign } from "../../common/contract/index.ts";
import { workloadBehind } from "../../common/kube/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { levelOf, quickCause } from "../objects/index.ts";

/** `kind/namespace/name` of what made a pod: its controller, or the Deployment behind its ReplicaSet. */
export function makerOf({ metadata }: KubeObject): string | undefined {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller) ?? metadata.ownerReferences?.[0];
  if (owner === undefined) return undefined;
  const hash = metadata.labels?.["pod-template-hash"];
  const { kind, name } = workloadBehind(owner, hash);
  return `${kind}/${metadata.namespace ?? ""}/${name}`;
}

/** How a pod is; undefined for one that is over, which is no part of what runs. */
export function signOfPod(pod: KubeObject): PodSign | undefined {
  const cause = quickCause(pod);
  switch (cause.state) {
    case "completed":
      return undefined;
    case "running":
      return "running";
    case "failing":
      return "bad";
    default:
      if (levelOf(pod, cause) === "bad") return "bad";
      return cause.state === "starting" ? "starting" : "waiting";
  }
}
