import type { ResourceInfo } from "../../../../../common/contract/index.ts";

function kind(
  name: string,
  plural: string,
  group = "",
  shortNames: string[] = [],
  more: Partial<ResourceInfo> = {},
): ResourceInfo {
  return {
    ...{ kind: name, plural, group, shortNames, version: "v1", namespaced: true, singular: name.toLowerCase() },
    ...{ verbs: ["get", "list", "watch"], categories: [], custom: false },
    ...more,
  };
}

const crd = { custom: true };

/** A little of what a cluster with Kubeflow serves. */
export const served: ResourceInfo[] = [
  kind("Certificate", "certificates", "cert-manager.io", ["cert"], crd),
  kind("Issuer", "issuers", "cert-manager.io", [], crd),
  kind("Widget", "widgets", "example.com", ["wd"], crd),
  kind("Pod", "pods", "example.com", [], { ...crd, verbs: ["get"] }),
  kind("Deployment", "deployments", "apps", ["deploy"]),
  kind("ReplicaSet", "replicasets", "apps", ["rs"]),
  kind("Event", "events", "events.k8s.io", ["ev"]),
  kind("Event", "events", "", ["ev"]),
  kind("Pod", "pods", "", ["po"]),
  kind("Node", "nodes", "", ["no"], { namespaced: false }),
  kind("Namespace", "namespaces", "", ["ns"], { namespaced: false }),
  kind("Lease", "leases", "coordination.k8s.io"),
  kind("Profile", "profiles", "kubeflow.org", [], { ...crd, namespaced: false }),
  kind("Suggestion", "suggestions", "kubeflow.org", [], crd),
  kind("InferenceService", "inferenceservices", "serving.kserve.io", ["isvc"], crd),
  kind("TokenReview", "tokenreviews", "authentication.k8s.io", [], { verbs: ["create"] }),
];
