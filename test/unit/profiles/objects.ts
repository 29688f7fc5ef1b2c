import type { KubeObject } from "../../../electron/cluster/index.ts";
import type { Snapshot } from "../../../electron/profiles/snapshot.ts";

/** Objects as a cluster with one finished profile `vision` has them. */
export const owner = "user@example.com";

export function object(kind: string, name: string, more: Record<string, unknown> = {}, namespace?: string): KubeObject {
  const { metadata, ...rest } = more;
  return {
    apiVersion: "v1",
    kind,
    metadata: {
      name,
      uid: `${kind}/${namespace ?? ""}/${name}`,
      creationTimestamp: "2026-03-01T00:00:00Z",
      ...(namespace === undefined ? {} : { namespace }),
      ...(metadata as object),
    },
    ...rest,
  };
}

export function profile(name: string, more: Record<string, unknown> = {}): KubeObject {
  return object("Profile", name, { spec: { owner: { kind: "User", name: owner } }, ...more });
}

export function binding(namespace: string, name: string, user: string, role: string): KubeObject {
  return object(
    "RoleBinding",
    name,
    {
      metadata: { annotations: { user, role } },
      roleRef: { kind: "ClusterRole", name: `kubeflow-${role}` },
      subjects: [{ kind: "User", name: user }],
    },
    namespace,
  );
}

export function finished(
  name = "vision",
  hard: Record<string, string> = {},
  used: Record<string, string> = {},
): Snapshot {
  return {
    profiles: [profile(name, { spec: { owner: { kind: "User", name: owner }, resourceQuotaSpec: { hard } } })],
    namespaces: [object("Namespace", name, { metadata: { annotations: { owner } }, status: { phase: "Active" } })],
    bindings: [binding(name, "namespaceAdmin", owner, "admin")],
    accounts: ["default-editor", "default-viewer"].map((one) => object("ServiceAccount", one, {}, name)),
    quotas:
      Object.keys(hard).length === 0
        ? []
        : [object("ResourceQuota", "kf-resource-quota", { status: { hard, used } }, name)],
    policies: [object("AuthorizationPolicy", "ns-owner-access-istio", {}, name)],
    serviceBindings: undefined,
    notebooks: [object("Notebook", "one", {}, name)],
    nodes: [],
  };
}
