import type { OverviewKind } from "../../common/contract/index.ts";

type Named = Pick<OverviewKind, "group" | "version" | "plural" | "kind" | "namespaced">;

function named(group: string, plural: string, kind: string, namespaced = true): Named {
  return { group, version: "v1", plural, kind, namespaced };
}

/** The kinds that tell how a cluster is doing; every supported API server serves them in v1. */
export const mainKinds: readonly Named[] = [
  named("", "pods", "Pod"),
  named("apps", "deployments", "Deployment"),
  named("apps", "statefulsets", "StatefulSet"),
  named("apps", "daemonsets", "DaemonSet"),
  named("batch", "jobs", "Job"),
  named("batch", "cronjobs", "CronJob"),
  named("", "services", "Service"),
  named("networking.k8s.io", "ingresses", "Ingress"),
  named("", "persistentvolumeclaims", "PersistentVolumeClaim"),
  named("", "persistentvolumes", "PersistentVolume", false),
  named("", "nodes", "Node", false),
  named("", "namespaces", "Namespace", false),
];
