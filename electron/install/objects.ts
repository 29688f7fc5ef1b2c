import type { KubeObject } from "../cluster/index.ts";
import type { ObjectRef } from "../contract/index.ts";
import { at, list, text } from "../values/index.ts";

/** The group of an apiVersion; empty for the core group. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf("/");
  return slash < 0 ? "" : apiVersion.slice(0, slash);
}

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

export interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
}

/** `status.conditions` of an object. */
export function conditionsOf(object: KubeObject): Condition[] {
  return list(at(object, "status", "conditions")).map((item) => {
    const reason = text(at(item, "reason"));
    const message = text(at(item, "message"));
    return {
      type: text(at(item, "type")) ?? "",
      status: text(at(item, "status")) ?? "",
      ...(reason ? { reason } : {}),
      ...(message ? { message } : {}),
    };
  });
}

export function conditionOf(object: KubeObject, type: string): Condition | undefined {
  return conditionsOf(object).find((condition) => condition.type === type);
}
