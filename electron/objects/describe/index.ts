import type { KubeObject } from "../../cluster/index.ts";
import type { Look } from "../live-query.ts";
import { describeBinding, describeRole, describeServiceAccount } from "./access.ts";
import type { Describer } from "./describe-helpers.ts";
import { Sheet } from "./describe-writer.ts";
import { describeAny } from "./generic.ts";
import {
  describeEndpointSlice,
  describeEndpoints,
  describeIngress,
  describeIngressClass,
  describeIpAddress,
  describeService,
  describeServiceCidr,
} from "./network.ts";
import { describeNetworkPolicy } from "./network-policy.ts";
import { describeNode } from "./node.ts";
import { describePod } from "./pods.ts";
import {
  describeBudget,
  describeLimitRange,
  describeNamespace,
  describePriorityClass,
  describeQuota,
  describeScaler,
} from "./policies.ts";
import {
  describeClaim,
  describeConfigMap,
  describeCsiNode,
  describeSecret,
  describeStorageClass,
  describeVolume,
} from "./storage.ts";
import {
  describeCronJob,
  describeDaemonSet,
  describeDeployment,
  describeJob,
  describeReplicaSet,
  describeStatefulSet,
} from "./workloads.ts";

/** By group and kind: those kubectl knows and a cluster of today has. */
const describers: Record<string, Describer> = {
  "/Pod": describePod,
  "/ReplicationController": describeReplicaSet,
  "apps/Deployment": describeDeployment,
  "apps/ReplicaSet": describeReplicaSet,
  "apps/StatefulSet": describeStatefulSet,
  "apps/DaemonSet": describeDaemonSet,
  "batch/Job": describeJob,
  "batch/CronJob": describeCronJob,
  "/Service": describeService,
  "/Endpoints": describeEndpoints,
  "discovery.k8s.io/EndpointSlice": describeEndpointSlice,
  "networking.k8s.io/Ingress": describeIngress,
  "networking.k8s.io/IngressClass": describeIngressClass,
  "networking.k8s.io/NetworkPolicy": describeNetworkPolicy,
  "networking.k8s.io/ServiceCIDR": describeServiceCidr,
  "networking.k8s.io/IPAddress": describeIpAddress,
  "/Node": describeNode,
  "/Namespace": describeNamespace,
  "/ResourceQuota": describeQuota,
  "/LimitRange": describeLimitRange,
  "/PersistentVolume": describeVolume,
  "/PersistentVolumeClaim": describeClaim,
  "storage.k8s.io/StorageClass": describeStorageClass,
  "storage.k8s.io/CSINode": describeCsiNode,
  "/ConfigMap": describeConfigMap,
  "/Secret": describeSecret,
  "/ServiceAccount": describeServiceAccount,
  "rbac.authorization.k8s.io/Role": describeRole,
  "rbac.authorization.k8s.io/ClusterRole": describeRole,
  "rbac.authorization.k8s.io/RoleBinding": describeBinding,
  "rbac.authorization.k8s.io/ClusterRoleBinding": describeBinding,
  "autoscaling/HorizontalPodAutoscaler": describeScaler,
  "policy/PodDisruptionBudget": describeBudget,
  "scheduling.k8s.io/PriorityClass": describePriorityClass,
};

/** What `kubectl describe` says of an object, in its layout; no Secret value is in it. `group` is that of its resource. */
export function describeObject(look: Look, object: KubeObject, group: string): string {
  const sheet = new Sheet();
  const describer = describers[`${group}/${object.kind}`] ?? describeAny;
  const { managedFields: _, ...metadata } = object.metadata;
  describer(sheet, { ...object, metadata }, look);
  return sheet.toString();
}
