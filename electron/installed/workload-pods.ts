import type { PodSign } from "../../common/contract/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { levelOf, quickCause } from "../objects/index.ts";

/** `kind/namespace/name` of what made a pod: its controller, or the Deployment behind its ReplicaSet. */
export function makerOf({ metadata }: KubeObject): string | undefined {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller) ?? metadata.ownerReferences?.[0];
  if (owner === undefined) return undefined;
  const hash = metadata.labels?.["pod-template-hash"];
  const isOfDeployment = owner.kind === "ReplicaSet" && hash !== undefined && owner.name.endsWith(`-${hash}`);
  const kind = isOfDeployment ? "Deployment" : owner.kind;
  const name = isOfDeployment ? owner.name.slice(0, -hash.length - 1) : owner.name;
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
