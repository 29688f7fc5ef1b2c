import type { KubeObject } from "./types.ts";

/**
 * An object as server-side apply takes it: with the namespace it goes to (none for a cluster-scoped kind), without what
 * only the server may set and a copy read from a cluster still carries.
 */
export function asApplyObject(object: KubeObject, namespace: string | undefined): KubeObject {
  const {
    managedFields: _managedFields,
    resourceVersion: _resourceVersion,
    uid: _uid,
    creationTimestamp: _creationTimestamp,
    generation: _generation,
    namespace: _namespace,
    ...metadata
  } = object.metadata;
  return { ...object, metadata: { ...metadata, ...(namespace === undefined ? {} : { namespace }) } };
}
