import { createHmac } from "node:crypto";
import type { KubeObject } from "../../cluster/index.ts";
import type { InstallSecrets } from "../types.ts";

/**
 * What stands for a secret value in files that people read and keep in git: it changes when the value does, and says
 * nothing else. Keyed, because a plain hash of a short password could be guessed.
 */
export function digestOf(value: string, key: string): string {
  return `hmac-sha256:${createHmac("sha256", key).update(value).digest("hex").slice(0, 12)}`;
}

/**
 * The objects as they may be written down: values of Secrets, and our own secrets (and `given` ones) anywhere, replaced
 * by digests. Pure.
 */
export function redact(
  objects: readonly KubeObject[],
  secrets: InstallSecrets,
  given: readonly string[] = [],
): KubeObject[] {
  const { digestKey } = secrets;
  const own = [
    secrets.passwordHash,
    secrets.oauthClientSecret,
    secrets.oauthCookieSecret,
    secrets.databasePassword,
    digestKey,
    ...given,
  ]
    .filter((value) => value !== undefined)
    .filter((value) => value !== "")
    .flatMap((value) => [value, Buffer.from(value).toString("base64")]);
  return objects.map((object) => {
    const hidden = object.kind === "Secret" && object.apiVersion === "v1" ? withoutValues(object, digestKey) : object;
    return replaceOwn(hidden, own, digestKey) as KubeObject;
  });
}

function withoutValues(secret: KubeObject, key: string): KubeObject {
  const hide = (values: unknown, decode: (text: string) => string) =>
    values === null || typeof values !== "object"
      ? values
      : Object.fromEntries(Object.entries(values).map(([name, value]) => [name, digestOf(decode(String(value)), key)]));
  return {
    ...secret,
    ...(secret.data === undefined ? {} : { data: hide(secret.data, (text) => Buffer.from(text, "base64").toString()) }),
    ...(secret.stringData === undefined ? {} : { stringData: hide(secret.stringData, (text) => text) }),
  };
}

function replaceOwn(value: unknown, own: readonly string[], key: string): unknown {
  if (typeof value === "string")
    return own.reduce(
      (text, secret) => (text.includes(secret) ? text.replaceAll(secret, digestOf(secret, key)) : text),
      value,
    );
  if (Array.isArray(value)) return value.map((item) => replaceOwn(item, own, key));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, replaceOwn(inner, own, key)]));
}
