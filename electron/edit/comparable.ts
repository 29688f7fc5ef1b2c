import type { KubeObject } from "../cluster/index.ts";

/** Without what changes with every write: for comparing what is stored before and after. */
export function comparable(object: KubeObject): KubeObject {
  const {
    managedFields: _managedFields,
    resourceVersion: _resourceVersion,
    generation: _generation,
    ...metadata
  } = object.metadata;
  return { ...object, metadata };
}
