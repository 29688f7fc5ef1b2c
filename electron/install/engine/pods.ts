import { health } from "../../../common/kube/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import type { PodSeen, RunState, WhyClosed } from "./run-types.ts";

/** Counts, and neither runs nor has completed. */
export function isUnsettled({ view, ending }: PodSeen): boolean {
  return !ending && view.state !== "running" && view.state !== "completed";
}

/** Why the pods of these nodes do not run, in the first one's words. */
export function podCause(pods: RunState["pods"], nodes: readonly string[]): WhyClosed | undefined {
  for (const { view, owner, ending } of pods.values()) {
    if (owner === undefined || !nodes.includes(owner) || !view.reason || ending) continue;
    const { name, cause } = view;
    const reason = view.reason.replace(/\.$/, "");
    return {
      because: { en: `pod ${name}: ${reason}`, ko: `파드 ${name}: ${reason}` },
      ...(cause ? { pod: { name, cause } } : {}),
    };
  }
  return undefined;
}

/** Pods that a workload's controller could not create at all: quota, admission, a webhook that does not answer. */
export function creationFailure(workload: KubeObject): string | undefined {
  const { reason, words } = health(workload);
  return reason === "podsRefused" ? words : undefined;
}
