import type { ObjectTarget } from "../../../common/contract/index.ts";

const kinds = new Set([
  "/Pod",
  "/Service",
  "/ReplicationController",
  "apps/Deployment",
  "apps/StatefulSet",
  "apps/DaemonSet",
  "apps/ReplicaSet",
  "batch/Job",
  "batch/CronJob",
]);

/** It is a pod, or has pods whose logs can be read together. */
export function hasLogs({ group, kind }: Pick<ObjectTarget, "group" | "kind">): boolean {
  return kinds.has(`${group}/${kind}`);
}
