import type { KubeObject } from "../cluster/index.ts";
import { secretMask } from "../contract/index.ts";
import { at, fields, text } from "../values/index.ts";

/** Where `kubectl apply` keeps the whole object as it was applied, Secret values included. */
const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

/** An object as the page may have it: without managedFields, the values of a Secret masked wherever they stand. */
export function forPage(object: KubeObject): KubeObject {
  const { managedFields: _, ...metadata } = object.metadata;
  const shown: KubeObject = { ...object, metadata };
  return isSecret(object) ? maskSecret(shown) : shown;
}

function isSecret(object: unknown): boolean {
  return at(object, "kind") === "Secret" && at(object, "apiVersion") === "v1";
}

function maskSecret(secret: KubeObject): KubeObject {
  const annotations = secret.metadata.annotations;
  const applied = annotations?.[lastApplied];
  return {
    ...secret,
    ...maskedFields(secret),
    metadata:
      applied === undefined
        ? secret.metadata
        : { ...secret.metadata, annotations: { ...annotations, [lastApplied]: maskApplied(applied) } },
  };
}

/** `data` is base64, `stringData` plain text; the sizes told are those of the values themselves. */
function maskedFields(secret: unknown): Record<string, unknown> {
  return {
    ...(at(secret, "data") === undefined ? {} : { data: masked(at(secret, "data"), "base64") }),
    ...(at(secret, "stringData") === undefined ? {} : { stringData: masked(at(secret, "stringData"), "utf8") }),
  };
}

function masked(values: unknown, encoding: "base64" | "utf8"): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields(values)).map(([key, value]) => [
      key,
      secretMask(Buffer.byteLength(Buffer.from(text(value) ?? "", encoding))),
    ]),
  );
}

function maskApplied(applied: string): string {
  try {
    const object: unknown = JSON.parse(applied);
    return `${JSON.stringify({ ...fields(object), ...maskedFields(object) })}\n`;
  } catch {
    // What can't be read can't be told apart from a value either.
    return secretMask(Buffer.byteLength(applied));
  }
}
