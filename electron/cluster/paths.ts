import { FlowdeckError, type ObjectRef } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
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

/**
 * One part of a path. Throws `invalid-input` for text that no URL can hold: half of a surrogate pair, which
 * encodeURIComponent refuses.
 */
export function pathSegment(text: string): string {
  if (text.isWellFormed()) return encodeURIComponent(text);
  throw new FlowdeckError("invalid-input", message("server.notName", { text: JSON.stringify(text) }));
}

/** `/api/v1` or `/apis/apps/v1`. */
export function groupVersionPath({ group, version }: GroupVersion): string {
  return group === "" ? `/api/${pathSegment(version)}` : `/apis/${pathSegment(group)}/${pathSegment(version)}`;
}

/** Path of a resource's collection; without a namespace, that of all namespaces. */
export function collectionPath(resource: PathResource, namespace?: string): string {
  const scope = resource.namespaced && namespace !== undefined ? `/namespaces/${pathSegment(namespace)}` : "";
  return `${groupVersionPath(resource)}${scope}/${pathSegment(resource.plural)}`;
}

export function objectPath(resource: PathResource, name: string, namespace?: string): string {
  return `${collectionPath(resource, namespace)}/${pathSegment(name)}`;
}

/** `Deployment kubeflow/ml-pipeline`, for messages. */
export function describeRef(ref: Pick<ObjectRef, "kind" | "namespace" | "name">): string {
  return `${ref.kind} ${ref.namespace === undefined ? "" : `${ref.namespace}/`}${ref.name}`;
}
