import type { KubeObject } from "../cluster/index.ts";
import type { ObjectRef } from "../contract/index.ts";

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

/** `value` as an object with fields, or an empty one. */
export function fields(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** What stands at a path of fields, or undefined where the path ends early. */
export function at(value: unknown, ...path: string[]): unknown {
  let here = value;
  for (const field of path) {
    if (typeof here !== "object" || here === null || Array.isArray(here)) return undefined;
    here = Object.getOwnPropertyDescriptor(here, field)?.value;
  }
  return here;
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function number(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

export function texts(value: unknown): string[] {
  return list(value).filter((item) => typeof item === "string");
}

/** Labels and the like: only what really is text. */
export function textMap(value: unknown): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [key, item] of Object.entries(fields(value))) if (typeof item === "string") out[key] = item;
  return out;
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
