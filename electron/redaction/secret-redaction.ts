import { secretMask } from "../../common/contract/secret-mask.ts";
import { at, fields, parseJson, stringifyJson } from "../../common/json/index.ts";
import { isKind } from "../../common/kube/index.ts";
import type { KubeObject } from "../cluster/index.ts";

/** Where `kubectl apply` keeps the whole object as it was applied, Secret values included. */
export const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

/** What stands for a value; `data` of a Secret is base64, `stringData` plain text. */
export type Mask = (value: string, encoding: "base64" | "utf8") => string;

/** Tells the size of the value itself. */
export const sized: Mask = (value, encoding) => secretMask(Buffer.byteLength(Buffer.from(value, encoding)));

/** An object as the page may have it: without managedFields, the values of a Secret masked wherever they stand. */
export function forPage(object: KubeObject): KubeObject {
  const { managedFields: _, ...metadata } = object.metadata;
  return maskSecret({ ...object, metadata }, sized);
}

export function isSecret(object: { apiVersion?: unknown; kind?: unknown }): boolean {
  return isKind(object, "/Secret");
}

/** A Secret with masks for its values, in its last-applied annotation, too; anything else as it is. */
export function maskSecret<T extends { apiVersion?: unknown; kind?: unknown }>(object: T, mask: Mask): T {
  if (!isSecret(object)) return object;
  const applied = at(object, "metadata", "annotations", lastApplied);
  const metadata = fields(at(object, "metadata"));
  const annotations = fields(metadata.annotations);
  return {
    ...object,
    ...maskedFields(object, mask),
    ...(applied === undefined
      ? {}
      : { metadata: { ...metadata, annotations: { ...annotations, [lastApplied]: maskApplied(`${applied}`, mask) } } }),
  };
}

function maskedFields(secret: unknown, mask: Mask): Record<string, unknown> {
  const masked = (field: string, encoding: "base64" | "utf8") => {
    const values = at(secret, field);
    if (values === undefined) return {};
    const entries = Object.entries(fields(values));
    return { [field]: Object.fromEntries(entries.map(([key, value]) => [key, mask(String(value ?? ""), encoding)])) };
  };
  return { ...masked("data", "base64"), ...masked("stringData", "utf8") };
}

/** The text of the last-applied annotation with masks for its values. */
export function maskApplied(applied: string, mask: Mask): string {
  try {
    const object: unknown = parseJson(applied);
    return `${stringifyJson({ ...fields(object), ...maskedFields(object, mask) })}\n`;
  } catch {
    return mask(applied, "utf8"); // no JSON: nobody can tell what is a value in it
  }
}
