import { createHash } from "node:crypto";
import { encodeBase64, hash } from "bcryptjs";
import { hashPlaceholder, secretPlaceholder } from "./secrets.ts";

/** bcrypt's cost that kfctl takes. */
const rounds = 10;

export interface SecretValues {
  /** By the secret's name. */
  values: Readonly<Record<string, string>>;
  /** Something that only this installation knows, so that its hashes have salts of their own and are always the same. */
  key: string;
}

/**
 * Objects with the values of secrets in place of what stands for them; also inside a Secret's base64. Objects without
 * any are given as they are. Where no value is known, what stands for it stays.
 */
export async function fillSecretValues<T>(objects: readonly T[], { values, key }: SecretValues): Promise<T[]> {
  const replace = new Map<string, string>();
  for (const [name, value] of Object.entries(values)) {
    if (value === "") continue;
    replace.set(secretPlaceholder(name), value);
    const placeholder = hashPlaceholder(name);
    if (objects.some((object) => mentions(object, placeholder)))
      replace.set(placeholder, await hashed(value, name, key));
  }
  return objects.map((object) => filled(object, replace) as T);
}

/** Is there anything in an object that stands for a value? */
export function needsSecretValues(object: unknown): boolean {
  return mentions(object, "flowdeck-secret.");
}

function mentions(value: unknown, placeholder: string): boolean {
  if (typeof value === "string") return value.includes(placeholder) || decoded(value)?.includes(placeholder) === true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((inner) => mentions(inner, placeholder));
}

function filled(value: unknown, replace: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") {
    const inner = decoded(value);
    return inner === undefined ? put(value, replace) : Buffer.from(put(inner, replace)).toString("base64");
  }
  if (typeof value !== "object" || value === null || !mentions(value, "flowdeck-secret.")) return value;
  if (Array.isArray(value)) return value.map((item) => filled(item, replace));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, filled(item, replace)]));
}

function put(text: string, replace: ReadonlyMap<string, string>): string {
  let out = text;
  for (const [placeholder, value] of replace) out = out.replaceAll(placeholder, () => value);
  return out;
}

/** What base64 text says, where that has something that stands for a value. */
function decoded(text: string): string | undefined {
  if (text.length < 16 || text.includes("flowdeck-secret.") || !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text))
    return undefined;
  const plain = Buffer.from(text, "base64").toString();
  return plain.includes("flowdeck-secret.") ? plain : undefined;
}

async function hashed(value: string, name: string, key: string): Promise<string> {
  const salt = createHash("sha256").update(`${key}\0${name}`).digest().subarray(0, 16);
  const text = await hash(value, `$2a$${rounds}$${encodeBase64([...salt], 16)}`);
  return Buffer.from(text).toString("base64");
}
