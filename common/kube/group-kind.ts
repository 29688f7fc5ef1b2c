/** What tells a kind: an object, a reference to one, or a resource. */
export interface OfKind {
  kind?: unknown;
  apiVersion?: unknown;
  /** Goes before `apiVersion`. */
  group?: unknown;
  [field: string]: unknown;
}

/** The group of an apiVersion; empty for the core group. */
export function groupOf(apiVersion: unknown): string {
  if (typeof apiVersion !== "string") return "";
  const slash = apiVersion.indexOf("/");
  return slash < 0 ? "" : apiVersion.slice(0, slash);
}

/**
 * Group and kind as one word: `apps/Deployment`, `/Pod`. A kind is told by both: Volcano has a Job, Longhorn a Node, Knative
 * a Service, and none of them is read like the built-in one of that name.
 */
export function groupKindOf(of: OfKind): string {
  const group = typeof of.group === "string" ? of.group : groupOf(of.apiVersion);
  return `${group}/${typeof of.kind === "string" ? of.kind : ""}`;
}

/** Is it of one of these kinds, each written as {@link groupKindOf} does? */
export function isKind(of: OfKind, ...groupKinds: readonly string[]): boolean {
  return groupKinds.includes(groupKindOf(of));
}

/** Does it keep pods running that its selector finds? */
export function isPodController(of: OfKind): boolean {
  return isKind(
    of,
    "apps/Deployment",
    "apps/StatefulSet",
    "apps/DaemonSet",
    "apps/ReplicaSet",
    "/ReplicationController",
  );
}
