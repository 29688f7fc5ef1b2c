import { type KubeObject, withoutServerMetadata } from "../cluster/index.ts";

/** What a server-side apply of an edited object sends: not what only the server or the kind's controller may set. */
export function asApplyObject(object: KubeObject): KubeObject {
  const { status: _status, ...rest } = withoutServerMetadata(object);
  return { ...rest, apiVersion: object.apiVersion, kind: object.kind, metadata: rest.metadata };
}

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
