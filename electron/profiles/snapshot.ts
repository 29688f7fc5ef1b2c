import type { KubeObject } from "../cluster/index.ts";
import { accounts, istioRbac, istioSecurity, quotaName, rbac } from "./kinds.ts";

/** The kinds that a list of profiles is made of, and what of each is kept. */
export interface Source {
  apiVersion: string;
  kind: string;
  /** Without them a cluster can have profiles all the same. */
  optional?: boolean;
  as?: "metadata";
  wanted?: (object: KubeObject) => boolean;
}

export const sources = {
  profiles: { apiVersion: "kubeflow.org/v1", kind: "Profile" },
  namespaces: { apiVersion: "v1", kind: "Namespace" },
  bindings: { apiVersion: rbac, kind: "RoleBinding", wanted: isOfKfam },
  accounts: {
    apiVersion: "v1",
    kind: "ServiceAccount",
    as: "metadata",
    wanted: ({ metadata }) => accounts.some((name) => name === metadata.name),
  },
  quotas: { apiVersion: "v1", kind: "ResourceQuota", wanted: ({ metadata }) => metadata.name === quotaName },
  policies: { apiVersion: istioSecurity, kind: "AuthorizationPolicy", optional: true, as: "metadata" },
  serviceBindings: { apiVersion: istioRbac, kind: "ServiceRoleBinding", optional: true, as: "metadata" },
  notebooks: { apiVersion: "kubeflow.org/v1", kind: "Notebook", optional: true, as: "metadata" },
  nodes: { apiVersion: "v1", kind: "Node" },
} as const satisfies Record<string, Source>;
export type SourceName = keyof typeof sources;
export const sourceNames = Object.keys(sources).filter((name): name is SourceName => name in sources);

/** Objects of a cluster as far as profiles are concerned; a kind that is undefined is not served, or not readable. */
export type Snapshot = { readonly [K in SourceName]: readonly KubeObject[] | undefined };

/**
 * What kfam takes for an entry of a profile's contributors: a RoleBinding with both of its annotations.
 * https://github.com/kubeflow/dashboard/blob/main/components/access-management/kfam/bindings.go (List)
 */
export function isOfKfam({ metadata: { annotations } }: KubeObject): boolean {
  return annotations?.user !== undefined && annotations.role !== undefined;
}
