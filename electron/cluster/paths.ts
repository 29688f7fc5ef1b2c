import type { ObjectRef } from "../../common/contract/index.ts";
import type { ApiResource } from "./types.ts";

type PathResource = Pick<ApiResource, "group" | "version" | "plural" | "namespaced">;

export interface GroupVersion {
  group: string;
  version: string;
}

/** Splits `apps/v1` or `v1` (the core group, written ""). */
export function parseApiVersion(apiVersion: string): GroupVersion {
  const slash = apiVersion.indexOf("/");
  return slash < 0
    ? { group: "", version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

export function formatApiVersion({ group, version }: GroupVersion): string {
  return group === "" ? version : `${group}/${version}`;
}

/** `/api/v1` or `/apis/apps/v1`. */
export function groupVersionPath({ group, version }: GroupVersion): string {
  return group === ""
    ? `/api/${encodeURIComponent(version)}`
    : `/apis/${encodeURIComponent(group)}/${encodeURIComponent(version)}`;
}

/** Path of a resource's collection; without a namespace, that of all namespaces. */
export function collectionPath(resource: PathResource, namespace?: string): string {
  const scope = resource.namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : "";
  return `${groupVersionPath(resource)}${scope}/${encodeURIComponent(resource.plural)}`;
}

export function objectPath(resource: PathResource, name: string, namespace?: string): string {
  return `${collectionPath(resource, namespace)}/${encodeURIComponent(name)}`;
}

/** `Deployment kubeflow/ml-pipeline`, for messages. */
export function describeRef(ref: Pick<ObjectRef, "kind" | "namespace" | "name">): string {
  return `${ref.kind} ${ref.namespace === undefined ? "" : `${ref.namespace}/`}${ref.name}`;
}
