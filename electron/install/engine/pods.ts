import { health } from "../../../common/kube/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import type { PodSeen, RunState } from "./run-types.ts";

/** Counts, and neither runs nor has completed. */
export function isUnsettled({ view, ending }: PodSeen): boolean {
  return !ending && view.state !== "running" && view.state !== "completed";
}

/** Why the pods of these nodes do not run, in the first one's words. */
export function podCause(pods: RunState["pods"], nodes: readonly string[]): Message | undefined {
  for (const { view, owner, ending } of pods.values()) {
    if (owner === undefined || !nodes.includes(owner) || !view.reason || ending) continue;
    return message("wait.podBecause", { name: view.name, why: view.reason });
  }
  return undefined;
}

/** Pods that a workload's controller could not create at all: quota, admission, a webhook that does not answer. */
export function creationFailure(workload: KubeObject): string | undefined {
  const { reason, words } = health(workload);
  return reason === "podsRefused" ? words : undefined;
}
