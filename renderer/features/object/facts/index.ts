import { accessFacts } from "./access.tsx";
import type { Fact, FactSource } from "./fact.ts";
import { genericFacts } from "./generic.ts";
import { networkFacts } from "./network.tsx";
import { nodeFacts } from "./node.ts";
import { podFacts } from "./pod.tsx";
import { storageFacts } from "./storage.tsx";
import { workloadFacts } from "./workload.tsx";

const byKind: Record<string, (source: FactSource) => Fact[]> = {
  Pod: podFacts,
  Deployment: workloadFacts,
  StatefulSet: workloadFacts,
  DaemonSet: workloadFacts,
  ReplicaSet: workloadFacts,
  ReplicationController: workloadFacts,
  Job: workloadFacts,
  CronJob: workloadFacts,
  HorizontalPodAutoscaler: workloadFacts,
  PodDisruptionBudget: workloadFacts,
  Service: networkFacts,
  Ingress: networkFacts,
  NetworkPolicy: networkFacts,
  PersistentVolumeClaim: storageFacts,
  PersistentVolume: storageFacts,
  StorageClass: storageFacts,
  Node: nodeFacts,
  ServiceAccount: accessFacts,
  RoleBinding: accessFacts,
  ClusterRoleBinding: accessFacts,
  Secret: accessFacts,
};

/** Kinds of these groups are the ones known here; Knative has a Service too. */
const builtInGroups = new Set([
  "",
  "apps",
  "batch",
  "autoscaling",
  "policy",
  "networking.k8s.io",
  "storage.k8s.io",
  "rbac.authorization.k8s.io",
]);

/** What is to be said of an object of its kind, beside what is said of all. */
export function factsOf(source: FactSource): Fact[] {
  const { group, kind } = source.target;
  const known = builtInGroups.has(group) ? byKind[kind] : undefined;
  return (known ?? genericFacts)(source);
}
