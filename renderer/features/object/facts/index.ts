import { groupKindOf } from "../../../../common/kube/index.ts";
import { accessFacts } from "./access.tsx";
import type { Fact, FactSource } from "./fact.ts";
import { genericFacts } from "./generic.ts";
import { networkFacts } from "./network.tsx";
import { nodeFacts } from "./node.ts";
import { podFacts } from "./pod.tsx";
import { storageFacts } from "./storage.tsx";
import { workloadFacts } from "./workload.tsx";

const byKind: Readonly<Record<string, ((source: FactSource) => Fact[]) | undefined>> = {
  "/Pod": podFacts,
  "apps/Deployment": workloadFacts,
  "apps/StatefulSet": workloadFacts,
  "apps/DaemonSet": workloadFacts,
  "apps/ReplicaSet": workloadFacts,
  "/ReplicationController": workloadFacts,
  "batch/Job": workloadFacts,
  "batch/CronJob": workloadFacts,
  "autoscaling/HorizontalPodAutoscaler": workloadFacts,
  "policy/PodDisruptionBudget": workloadFacts,
  "/Service": networkFacts,
  "networking.k8s.io/Ingress": networkFacts,
  "networking.k8s.io/NetworkPolicy": networkFacts,
  "/PersistentVolumeClaim": storageFacts,
  "/PersistentVolume": storageFacts,
  "storage.k8s.io/StorageClass": storageFacts,
  "/Node": nodeFacts,
  "/ServiceAccount": accessFacts,
  "rbac.authorization.k8s.io/RoleBinding": accessFacts,
  "rbac.authorization.k8s.io/ClusterRoleBinding": accessFacts,
  "/Secret": accessFacts,
};

/** What is to be said of an object of its kind, beside what is said of all. */
export function factsOf(source: FactSource): Fact[] {
  return (byKind[groupKindOf(source.target)] ?? genericFacts)(source);
}
