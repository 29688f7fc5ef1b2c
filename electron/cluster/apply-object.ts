import type { KubeObject } from "./types.ts";

/** An object without what only the server may set in its metadata and a copy read from a cluster still carries. */
export function withoutServerMetadata(object: KubeObject): KubeObject {
  const {
    managedFields: _managedFields,
    resourceVersion: _resourceVersion,
    uid: _uid,
    creationTimestamp: _creationTimestamp,
    generation: _generation,
    deletionTimestamp: _deletionTimestamp,
    ...metadata
  } = object.metadata;
  return { ...object, metadata };
}

/** An object as server-side apply takes it: with the namespace it goes to (none for a cluster-scoped kind). */
export function asApplyObject(object: KubeObject, namespace: string | undefined): KubeObject {
  const { namespace: _namespace, ...metadata } = withoutServerMetadata(object).metadata;
  return { ...object, metadata: { ...metadata, ...(namespace === undefined ? {} : { namespace }) } };
}
