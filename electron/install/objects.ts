import type { ObjectRef } from "../../common/contract/index.ts";
import { groupOf } from "../../common/kube/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import type { KubeObject } from "../cluster/index.ts";

export function refOf(object: KubeObject): ObjectRef {
  const { name, namespace } = object.metadata;
  return { apiVersion: object.apiVersion, kind: object.kind, ...(namespace ? { namespace } : {}), name };
}

/** One object whatever version it is written in: `group/Kind/namespace/name`. */
export function keyOf(ref: ObjectRef): string {
  return `${groupOf(ref.apiVersion)}/${ref.kind}/${ref.namespace ?? ""}/${ref.name}`;
}

export function keyOfObject(object: KubeObject): string {
  return keyOf(refOf(object));
}

/** As people write it: `Deployment kubeflow/ml-pipeline`. */
export function describe(ref: ObjectRef): string {
  return `${ref.kind} ${ref.namespace ? `${ref.namespace}/` : ""}${ref.name}`;
}

/** "ConfigMap a, Deployment b and 3 more", for a sentence. */
export function named(objects: readonly Pick<ObjectRef, "kind" | "name">[], most = 3): Message | string {
  const first = objects.slice(0, most).map(({ kind, name }) => `${kind} ${name}`);
  const names = first.join(", ");
  const more = objects.length - first.length;
  return more > 0 ? message("others.more", { names, more }) : names;
}
