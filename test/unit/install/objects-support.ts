import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { KubeObject } from "../../../electron/cluster/index.ts";
import type { ClusterFacts } from "../../../electron/install/plan/plan-types.ts";

export const root = resolve(import.meta.dirname, "../../..");
const mirrorFolder = resolve(root, "../shared/kubeflow");
export const mirror = existsSync(join(mirrorFolder, "sources.json")) ? mirrorFolder : undefined;

/** An object with only what a test is about. */
export function object(apiVersion: string, kind: string, name: string, rest: Record<string, unknown> = {}): KubeObject {
  const { metadata, ...fields } = rest;
  return { apiVersion, kind, ...fields, metadata: { name, ...(metadata as object | undefined) } };
}

const clusterScoped = new Set([
  "Namespace",
  "ClusterRole",
  "ClusterRoleBinding",
  "CustomResourceDefinition",
  "PriorityClass",
  "MutatingWebhookConfiguration",
  "ValidatingWebhookConfiguration",
  "APIService",
]);

/** A cluster that serves Kubernetes' own kinds and has nothing in it. */
export function emptyCluster(more: Partial<ClusterFacts> = {}): ClusterFacts {
  return {
    namespaces: new Map([
      ["default", {}],
      ["kube-system", {}],
    ]),
    resource(apiVersion, kind) {
      const group = apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
      const builtIn = !group.includes(".") || (group.endsWith(".k8s.io") && !/^(metacontroller|jobset)/.test(group));
      return builtIn ? { plural: `${kind.toLowerCase()}s`, namespaced: !clusterScoped.has(kind) } : undefined;
    },
    webhookConfigurations: [],
    existing: new Map(),
    services: new Set(),
    ...more,
  };
}

export function deployment(
  namespace: string,
  name: string,
  labels: Record<string, string>,
  spec: object = {},
): KubeObject {
  return object("apps/v1", "Deployment", name, {
    metadata: { namespace },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: "main", image: "main:1" }], ...spec } },
    },
  });
}

export function service(namespace: string, name: string, selector: Record<string, string>): KubeObject {
  return object("v1", "Service", name, { metadata: { namespace }, spec: { selector, ports: [{ port: 443 }] } });
}

export function definition(group: string, kind: string, scope: "Namespaced" | "Cluster" = "Namespaced"): KubeObject {
  const plural = `${kind.toLowerCase()}s`;
  return object("apiextensions.k8s.io/v1", "CustomResourceDefinition", `${plural}.${group}`, {
    spec: { group, scope, names: { kind, plural }, versions: [{ name: "v1", served: true, storage: true }] },
  });
}

export function webhook(
  kind: "MutatingWebhookConfiguration" | "ValidatingWebhookConfiguration",
  name: string,
  to: { namespace: string; name: string },
  rule: { group: string; resource: string },
  more: object = {},
): KubeObject {
  return object("admissionregistration.k8s.io/v1", kind, name, {
    webhooks: [
      {
        name: `${name}.example.com`,
        clientConfig: { service: to },
        rules: [{ apiGroups: [rule.group], apiVersions: ["*"], operations: ["CREATE"], resources: [rule.resource] }],
        ...more,
      },
    ],
  });
}
