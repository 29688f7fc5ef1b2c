import type { RelatedNode } from "../../common/contract/index.ts";
import { at } from "../../common/json/index.ts";
import { atStatefulSet, formatLabelSelector, groupKindOf } from "../../common/kube/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { ownedBy, type RelatedLook } from "./related-look.ts";
import { podsOf } from "./workloads.ts";

/** What controllers of other kinds make, in the order people look for it. */
const likely: readonly { apiVersion: string; kind: string }[] = [
  { apiVersion: "apps/v1", kind: "Deployment" },
  { apiVersion: "apps/v1", kind: "StatefulSet" },
  { apiVersion: "apps/v1", kind: "ReplicaSet" },
  { apiVersion: "batch/v1", kind: "Job" },
  { apiVersion: "v1", kind: "Pod" },
  { apiVersion: "v1", kind: "Service" },
  { apiVersion: "networking.istio.io/v1", kind: "VirtualService" },
  { apiVersion: "v1", kind: "PersistentVolumeClaim" },
  { apiVersion: "v1", kind: "ConfigMap" },
  { apiVersion: "v1", kind: "Secret" },
  { apiVersion: "v1", kind: "ServiceAccount" },
  { apiVersion: "rbac.authorization.k8s.io/v1", kind: "RoleBinding" },
  { apiVersion: "v1", kind: "Namespace" },
];
/** Each of these is looked at by itself, so only so many. */
const lookedInto = 25;
const deepest = 4;
/** Kinds that own nothing, or nothing worth a search. */
const childless = new Set([
  "/Pod",
  "/ConfigMap",
  "/Secret",
  "/ServiceAccount",
  "/Namespace",
  "/Node",
  "/Event",
  "events.k8s.io/Event",
  "rbac.authorization.k8s.io/RoleBinding",
]);

/** What an object made, and what that made, by owner references. */
export function childrenOf(at: RelatedLook, object: KubeObject, depth = 0): RelatedNode[] {
  if (depth >= deepest || childless.has(groupKindOf(object))) return [];
  const made = madeBy(at, object, depth);
  return made.map((child) => at.node(child, { children: childrenOf(at, child, depth + 1) }));
}

function madeBy(related: RelatedLook, object: KubeObject, depth: number): readonly KubeObject[] {
  const { namespace, uid, name } = object.metadata;
  const own = (objects: readonly KubeObject[]) => objects.filter((child) => ownedBy(child, uid)).toSorted(newestFirst);
  switch (groupKindOf(object)) {
    case "apps/Deployment":
      return own(
        related.all({
          apiVersion: "apps/v1",
          kind: "ReplicaSet",
          namespace,
          labelSelector: formatLabelSelector(at(object, "spec", "selector")),
        }),
      ).filter((set, index) => index === 0 || atStatefulSet(set, "spec", "replicas") !== 0);
    case "apps/ReplicaSet":
    case "apps/StatefulSet":
    case "apps/DaemonSet":
    case "/ReplicationController":
    case "batch/Job":
      return own(podsOf(related.look, object));
    case "batch/CronJob":
      return own(related.all({ apiVersion: "batch/v1", kind: "Job", namespace, mode: "scan" })).slice(0, lookedInto);
    case "/Service":
      return own(
        related.all({
          apiVersion: "discovery.k8s.io/v1",
          kind: "EndpointSlice",
          namespace,
          labelSelector: `kubernetes.io/service-name=${name}`,
        }),
      );
    default:
      // Of what the objects below it made, only the kinds known above are looked for.
      return depth > 0 ? [] : searched(related, object);
  }
}

function searched(related: RelatedLook, owner: KubeObject): readonly KubeObject[] {
  const { namespace, uid } = owner.metadata;
  // What a cluster-wide object owns may be anywhere; only what is cluster-wide too can be listed cheaply.
  const kinds =
    namespace === undefined
      ? likely.filter(({ kind }) => kind === "Namespace")
      : likely.filter(({ kind }) => kind !== "Namespace");
  const found = kinds.flatMap(({ apiVersion, kind }) =>
    related.all({ apiVersion, kind, namespace, mode: "names" }).filter((child) => ownedBy(child, uid)),
  );
  // Found by their metadata alone; how they are has to be looked at one by one.
  return found.slice(0, lookedInto).map((child) => {
    const whole = related.all({
      apiVersion: child.apiVersion,
      kind: child.kind,
      namespace: child.metadata.namespace,
      fieldSelector: `metadata.name=${child.metadata.name}`,
    });
    return whole[0] ?? child;
  });
}

function newestFirst(one: KubeObject, other: KubeObject): number {
  return (
    (other.metadata.creationTimestamp ?? "").localeCompare(one.metadata.creationTimestamp ?? "") ||
    one.metadata.name.localeCompare(other.metadata.name)
  );
}
