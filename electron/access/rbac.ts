import type { AccessMatrix, AccessRow, Subject } from "../../common/contract/index.ts";
import { at, list, text } from "../../common/json/index.ts";
import type { Rule } from "../../common/kube/index.ts";
import type { KubeObject } from "../cluster/index.ts";

/** A question that rules answer. */
export interface Question {
  verb: string;
  group: string;
  resource: string;
  subresource?: string | undefined;
  name?: string | undefined;
}

/** A role that is bound to subjects, everywhere or in one namespace. */
export interface Binding {
  name: string;
  kind: "RoleBinding" | "ClusterRoleBinding";
  /** Absent: everywhere. */
  namespace?: string;
  /** `ClusterRole/admin`. */
  role: string;
  subjects: Subject[];
}

/** Every user that signed in is in these, whoever else they are; nobody is listed in them. */
const signedIn = "system:authenticated";

export function bindingOf(object: KubeObject): Binding {
  const { name, namespace } = object.metadata;
  const kind = object.kind === "ClusterRoleBinding" ? "ClusterRoleBinding" : "RoleBinding";
  const roleKind = text(at(object, "roleRef", "kind")) ?? "ClusterRole";
  return {
    name,
    kind,
    ...(kind === "RoleBinding" && namespace ? { namespace } : {}),
    role: `${roleKind}/${text(at(object, "roleRef", "name")) ?? ""}`,
    subjects: list(at(object, "subjects")).flatMap((entry): Subject[] => {
      const kind = text(at(entry, "kind"));
      const subjectName = text(at(entry, "name"));
      const subjectNamespace = text(at(entry, "namespace"));
      if (subjectName === undefined || (kind !== "User" && kind !== "Group" && kind !== "ServiceAccount")) return [];
      return [{ kind, name: subjectName, ...(subjectNamespace ? { namespace: subjectNamespace } : {}) }];
    }),
  };
}

/** The rule of k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac: each part matches exactly or by `*`. */
export function allows(rule: Rule, { verb, group, resource, subresource, name }: Question): boolean {
  const full = subresource ? `${resource}/${subresource}` : resource;
  return (
    holds(rule.verbs, verb) &&
    holds(rule.groups, group) &&
    rule.resources.some((entry) => entry === "*" || entry === full || (subresource && entry === `*/${subresource}`)) &&
    (rule.names.length === 0 || (name !== undefined && name !== "" && rule.names.includes(name)))
  );
}

function holds(entries: readonly string[], wanted: string): boolean {
  return entries.includes("*") || entries.includes(wanted);
}

/** Does a binding's subject stand for this one? Groups of service accounts are known from their names. */
export function standsFor(bound: Subject, who: Subject, bindingNamespace?: string): boolean {
  const namespace = bound.namespace ?? bindingNamespace;
  if (who.kind === "ServiceAccount") {
    const user = `system:serviceaccount:${who.namespace}:${who.name}`;
    const groups = ["system:serviceaccounts", `system:serviceaccounts:${who.namespace}`, signedIn];
    if (bound.kind === "ServiceAccount") return bound.name === who.name && namespace === who.namespace;
    return bound.kind === "User" ? bound.name === user : groups.includes(bound.name);
  }
  if (bound.kind === "Group" && bound.name === signedIn && who.kind === "User") return who.name !== "system:anonymous";
  return bound.kind === who.kind && bound.name === who.name;
}

/** Rules as lines of a matrix, one for each resource; what several rules say of the same resource is one line. */
export function matrixOf(
  sources: readonly { rule: Rule; from: string; namespace?: string | undefined }[],
): AccessMatrix {
  const rows = new Map<string, AccessRow>();
  const urls = new Map<string, Set<string>>();
  for (const { rule, from, namespace } of sources) {
    for (const url of rule.urls) urls.set(url, new Set([...(urls.get(url) ?? []), ...rule.verbs]));
    for (const group of rule.groups) {
      for (const resource of rule.resources) {
        const names = rule.names.toSorted();
        const key = JSON.stringify([group, resource, names, namespace]);
        const known = rows.get(key);
        rows.set(key, {
          group,
          resource,
          verbs: [...new Set([...(known?.verbs ?? []), ...rule.verbs])].toSorted(),
          ...(names.length > 0 ? { names } : {}),
          ...(namespace ? { namespace } : {}),
          from: [...new Set([...(known?.from ?? []), ...(from ? [from] : [])])],
        });
      }
    }
  }
  const order = (row: AccessRow) =>
    `${row.resource === "*" ? 0 : 1}\0${row.group}\0${row.resource}\0${row.namespace ?? ""}`;
  return {
    rows: [...rows.values()].toSorted((a, b) => order(a).localeCompare(order(b))),
    urls: [...urls]
      .map(([url, verbs]) => ({ url, verbs: [...verbs].toSorted() }))
      .toSorted((a, b) => a.url.localeCompare(b.url)),
  };
}
