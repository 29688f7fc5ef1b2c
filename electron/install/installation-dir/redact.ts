import { createHmac } from "node:crypto";
import type { KubeObject } from "../../cluster/index.ts";
import { configHashAnnotation } from "../render/customise.ts";
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
  return hide(objects, secrets, given, (value) => digestOf(value, secrets.digestKey));
}

/** What stands for a value that is chosen later, and every bcrypt hash: made anew each time from the same password. */
const chosenLater = /flowdeck-secret[\w.-]*|\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}/g;

/** The objects with nothing in place of secret values, so that they are the same whatever those are. Pure. */
export function blanked(
  objects: readonly KubeObject[],
  secrets: InstallSecrets,
  given: readonly string[] = [],
): unknown[] {
  return hide(objects, secrets, given, () => "").map((object) =>
    mapTexts(object, (text, field) => (field === configHashAnnotation ? "" : text.replace(chosenLater, ""))),
  );
}

function hide(
  objects: readonly KubeObject[],
  secrets: InstallSecrets,
  given: readonly string[],
  standIn: (value: string) => string,
): KubeObject[] {
  const own = [
    secrets.passwordHash,
    secrets.oauthClientSecret,
    secrets.oauthCookieSecret,
    secrets.databasePassword,
    secrets.digestKey,
    ...given,
  ]
    .filter((value) => value !== undefined)
    .filter((value) => value !== "")
    .flatMap((value) => [value, Buffer.from(value).toString("base64")]);
  const replaceOwn = (text: string) =>
    own.reduce((rest, secret) => (rest.includes(secret) ? rest.replaceAll(secret, () => standIn(secret)) : rest), text);
  return objects.map((object) => {
    const hidden = object.kind === "Secret" && object.apiVersion === "v1" ? withoutValues(object, standIn) : object;
    return mapTexts(hidden, replaceOwn) as KubeObject;
  });
}

function withoutValues(secret: KubeObject, standIn: (value: string) => string): KubeObject {
  const each = (values: unknown, decode: (text: string) => string) =>
    values === null || typeof values !== "object"
      ? values
      : Object.fromEntries(Object.entries(values).map(([name, value]) => [name, standIn(decode(String(value)))]));
  return {
    ...secret,
    ...(secret.data === undefined ? {} : { data: each(secret.data, (text) => Buffer.from(text, "base64").toString()) }),
    ...(secret.stringData === undefined ? {} : { stringData: each(secret.stringData, (text) => text) }),
  };
}

/** The value with every text in it, at any depth, as `change` gives it; `field` is the name it stands under, if any. */
function mapTexts(value: unknown, change: (text: string, field?: string) => string, field?: string): unknown {
  if (typeof value === "string") return change(value, field);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mapTexts(inner, change, name)]));
}
