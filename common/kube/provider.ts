import { fields, text } from "../json/index.ts";
import { atNode } from "./typed-at.ts";

/** Who runs a cluster, as far as the cluster itself says so. */
export type Provider = "eks" | "gke" | "aks" | "kind" | "k3d" | "minikube";

/** Labels that only one provider's nodes have. */
const labels: readonly (readonly [Provider, RegExp])[] = [
  ["eks", /^(eks\.amazonaws\.com|alpha\.eksctl\.io)\//],
  ["gke", /^cloud\.google\.com\/gke-/],
  ["aks", /^kubernetes\.azure\.com\/(cluster|agentpool|role)$/],
  ["minikube", /^minikube\.k8s\.io\//],
];

/** What providers write into `spec.providerID`. A machine of a cloud is not yet the cloud's Kubernetes. */
const ids: readonly (readonly [Provider, RegExp])[] = [
  ["kind", /^kind:\/\//],
  ["k3d", /^k3s:\/\/k3d-/],
];

/** Versions that providers give their builds: v1.34.1-eks-113cf36, v1.34.1-gke.3355000. */
const versions: readonly (readonly [Provider, RegExp])[] = [
  ["eks", /-eks-/],
  ["gke", /-gke\./],
];

/** The provider by what a cluster's nodes and its server's version say; undefined where they say nothing. Pure. */
export function providerOf(cluster: {
  nodes: readonly { metadata?: { labels?: unknown }; spec?: unknown }[];
  version: string;
}): Provider | undefined {
  for (const [provider, version] of versions) if (version.test(cluster.version)) return provider;
  for (const node of cluster.nodes) {
    const id = text(atNode(node, "spec", "providerID")) ?? "";
    for (const [provider, pattern] of ids) if (pattern.test(id)) return provider;
    const keys = Object.keys(fields(node.metadata?.labels));
    for (const [provider, pattern] of labels) if (keys.some((key) => pattern.test(key))) return provider;
  }
  return undefined;
}

/**
 * Can Istio read this issuer's keys, so that it can verify tokens of service accounts? EKS, GKE, and AKS with its OIDC
 * issuer publish them; other issuers are the API server itself, or a name that only the cluster resolves.
 */
export function isPublicIssuer(issuer: string): boolean {
  const host = /^https:\/\/([a-z0-9.-]+)(\/|$)/.exec(issuer)?.[1];
  if (host === undefined || !/\.[a-z]+$/.test(host)) return false;
  return !/(\.azmk8s\.(io|us|cn)|^kubernetes\.default\.svc.*|\.(local|internal|svc))$/.test(host);
}
