import type { ObjectRef } from "../../../common/contract/index.ts";
import { text } from "../../../common/json/index.ts";
import { atClaim, atStatefulSet, groupOf } from "../../../common/kube/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { keyOfObject } from "../objects.ts";

export interface ContentsInput {
  /** All objects in namespaces of the installation, whoever made them. */
  contents: readonly KubeObject[];
  /** The installation's own objects, wherever they are. */
  own: readonly KubeObject[];
  /** Objects of its own that are gone; what their controllers made may still be there. */
  gone?: readonly ObjectRef[];
}

/**
 * Objects in the installation's namespaces that neither it nor its controllers nor Kubernetes made. What belongs to
 * another object by its owner references is that one's matter and not listed beside it. Pure.
 */
export function othersIn({ contents, own, gone = [] }: ContentsInput): KubeObject[] {
  const known = new Set([...own, ...contents].flatMap(({ metadata }) => metadata.uid ?? []));
  const ours = new Set(own.flatMap((object) => [keyOfObject(object), object.metadata.uid ?? ""]));
  const controllers = new Set([
    ...own.map(({ kind, metadata }) => `${kind}/${metadata.namespace ?? ""}/${metadata.name}`),
    ...gone.map(({ kind, namespace = "", name }) => `${kind}/${namespace}/${name}`),
  ]);
  const there = new Set(contents.map(({ kind, metadata }) => `${kind}/${metadata.namespace ?? ""}/${metadata.name}`));
  return contents.filter((object) => {
    const { uid = keyOfObject(object), ownerReferences = [] } = object.metadata;
    if (ours.has(uid) || ours.has(keyOfObject(object))) return false;
    if (ownerReferences.some((owner) => known.has(owner.uid))) return false;
    return !isKubernetes(object, there) && !isControllers(object, controllers);
  });
}

/** What Kubernetes itself puts into namespaces and renews as it likes. */
function isKubernetes(object: KubeObject, there: ReadonlySet<string>): boolean {
  const { name, namespace = "", labels = {}, annotations = {} } = object.metadata;
  switch (object.kind) {
    case "Event":
    case "Lease":
    case "PodMetrics":
      return true;
    case "ConfigMap":
      return name === "kube-root-ca.crt" || name === "openshift-service-ca.crt" || isElection(annotations);
    case "Endpoints":
      return there.has(`Service/${namespace}/${name}`) || isElection(annotations);
    case "EndpointSlice":
      return there.has(`Service/${namespace}/${labels["kubernetes.io/service-name"] ?? ""}`);
    case "ServiceAccount":
      return name === "default";
    case "Secret":
      return (
        object.type === "kubernetes.io/service-account-token" &&
        there.has(`ServiceAccount/${namespace}/${annotations["kubernetes.io/service-account.name"] ?? ""}`)
      );
    default:
      return false;
  }
}

/** client-go's leader election before it had leases. */
function isElection(annotations: Record<string, string>): boolean {
  return annotations["control-plane.alpha.kubernetes.io/leader"] !== undefined;
}

/** What controllers of Kubeflow's releases make in their own namespace without saying whose it is. */
const madeBy: readonly { controller: string; kind: string; name: RegExp }[] = [
  {
    ...{ controller: "Deployment/istio-system/istiod", kind: "ConfigMap" },
    name: /^istio-(ca-root-cert|ca-crl|leader|gateway-.*leader|.*-election)$/,
  },
  { controller: "Deployment/istio-system/istiod", kind: "Secret", name: /^istio-ca-secret$/ },
  { controller: "Deployment/istio-system/istio-citadel", kind: "Secret", name: /^(istio\..+|istio-ca-secret)$/ },
  {
    controller: "Deployment/cert-manager/cert-manager-webhook",
    kind: "Secret",
    name: /^cert-manager-webhook-(ca|tls)$/,
  },
  { controller: "Deployment/kubeflow/cache-deployer-deployment", kind: "Secret", name: /^webhook-server-tls$/ },
  { controller: "Deployment/kubeflow/spark-operator-webhook", kind: "Secret", name: /^spark-operator-webhook-certs$/ },
];

function isControllers(object: KubeObject, controllers: ReadonlySet<string>): boolean {
  const { name, namespace = "", annotations = {} } = object.metadata;
  const certificate = annotations["cert-manager.io/certificate-name"];
  if (object.kind === "Secret" && certificate && controllers.has(`Certificate/${namespace}/${certificate}`))
    return true;
  if (groupOf(object.apiVersion) === "dex.coreos.com" && controllers.has(`Deployment/${namespace}/dex`)) return true;
  // istiod puts its root certificate into every namespace.
  if (object.kind === "ConfigMap" && name === "istio-ca-root-cert")
    return controllers.has("Deployment/istio-system/istiod");
  return madeBy.some(
    (rule) =>
      controllers.has(rule.controller) &&
      rule.controller.split("/")[1] === namespace &&
      object.kind === rule.kind &&
      rule.name.test(name),
  );
}

/** Claims that the controller of a StatefulSet of ours made from its templates: `<template>-<set>-<number>`. */
export function isClaimOfOwnSet(claim: KubeObject, own: readonly KubeObject[]): boolean {
  return own.some((set) => {
    if (set.kind !== "StatefulSet" || set.metadata.namespace !== claim.metadata.namespace) return false;
    const templates = atStatefulSet(set, "spec", "volumeClaimTemplates");
    return (
      Array.isArray(templates) &&
      templates.some((template) => {
        const prefix = `${text(atClaim(template, "metadata", "name")) ?? ""}-${set.metadata.name}-`;
        return claim.metadata.name.startsWith(prefix) && /^\d+$/.test(claim.metadata.name.slice(prefix.length));
      })
    );
  });
}
