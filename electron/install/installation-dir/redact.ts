import { createHmac } from "node:crypto";
import { mapMembers } from "../../../common/json/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { configHashAnnotation } from "../render/edit.ts";
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
  return hide(objects, { secrets, given, standIn: (value) => digestOf(value, secrets.digestKey) });
}

/** What stands for a value that is chosen later, and every bcrypt hash: made anew each time from the same password. */
const chosenLater = /flowdeck-secret[\w.-]*|\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}/g;

/** The objects with nothing in place of secret values, so that they are the same whatever those are. Pure. */
export function blanked(
  objects: readonly KubeObject[],
  secrets: InstallSecrets,
  given: readonly string[] = [],
): unknown[] {
  const isChosenLater = (text: string) => text.includes("flowdeck-secret") || text.includes("$2");
  return hide(objects, { secrets, given, standIn: () => "" }, (text, field) =>
    field === configHashAnnotation ? "" : isChosenLater(text) ? text.replace(chosenLater, "") : text,
  );
}

interface Hiding {
  secrets: InstallSecrets;
  given: readonly string[];
  standIn: (value: string) => string;
}

/** `after` is given each text once our secrets are out of it. */
function hide(
  objects: readonly KubeObject[],
  { secrets, given, standIn }: Hiding,
  after: ChangeText = (text) => text,
): KubeObject[] {
  const own = [
    secrets.passwordHash,
    secrets.oauthClientSecret,
    secrets.oauthCookieSecret,
    secrets.databasePassword,
    secrets.digestKey,
    secrets.storageKey,
    secrets.tlsKey,
    secrets.oidcClientSecret,
    ...given,
  ]
    .filter((value) => value !== undefined)
    .filter((value) => value !== "")
    .flatMap((value) => [value, Buffer.from(value).toString("base64")]);
  const replaceOwn = (text: string) =>
    own.reduce((rest, secret) => (rest.includes(secret) ? rest.replaceAll(secret, () => standIn(secret)) : rest), text);
  return objects.map((object) => {
    const hidden = object.kind === "Secret" && object.apiVersion === "v1" ? withoutValues(object, standIn) : object;
    return mapTexts(hidden, (text, field) => after(replaceOwn(text), field)) as KubeObject;
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

type ChangeText = (text: string, field?: string) => string;

/**
 * The value with every text in it, at any depth, as `change` gives it; `field` is the name it stands under, if any. What
 * does not change is not copied: most of a release's bytes are definitions that hold no secret.
 */
function mapTexts(value: unknown, change: ChangeText, field?: string): unknown {
  if (typeof value === "string") return change(value, field);
  if (value === null || typeof value !== "object") return value;
  return Array.isArray(value)
    ? mapMembers(value, (item) => mapTexts(item, change))
    : mapMembers(value, (inner, name) => mapTexts(inner, change, name));
}
