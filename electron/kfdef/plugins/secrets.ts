import { at, text } from "../../../common/json/index.ts";
import type { KfDef, KfPlugin } from "../types.ts";
import { specOf } from "./auth.ts";

/** Names of the secrets that a plugin's spec refers to, with the fields that do. */
export function namedSecrets(plugin: KfPlugin): { name: string; path: string }[] {
  return (specOf(plugin.kind)?.fields ?? []).flatMap(({ kind, path }) => {
    const name = kind === "secret" ? text(at(plugin.spec, ...path.split("."), "name")) : undefined;
    return name === undefined ? [] : [{ name, path }];
  });
}

/** Secrets that plugins refer to and that stand nowhere under spec.secrets. */
export function undeclaredSecrets(kfdef: KfDef): string[] {
  const named = kfdef.spec.plugins.flatMap(namedSecrets).map(({ name }) => name);
  return [...new Set(named)].filter((name) => !kfdef.spec.secrets.some((secret) => secret.name === name));
}

/** The secret that a field of a plugin's spec has or is; undefined where it has none. */
export function secretAt(plugin: KfPlugin, path: string): string | undefined {
  const value = at(plugin.spec, ...path.split("."));
  if (value === undefined || value === null || value === "") return undefined;
  return text(at(value, "name")) ?? secretName(path);
}

/** What a secret is called whose value stood in a field: `auth.basicAuth.password` → `basic-auth-password`. */
export function secretName(path: string): string {
  return path
    .replace(/^auth\./, "")
    .replaceAll(".", "-")
    .replace("oAuth", "oauth")
    .replace(/([a-z])([A-Z])/g, "$1-$2")
    .toLowerCase();
}

/** What stands for a secret's value in the files of an installation. It is in none of them itself. */
export function secretPlaceholder(name: string): string {
  return `flowdeck-secret.${name}.value`;
}

/** The same for its bcrypt hash in base64, which is how kfctl hands on a password. */
export function hashPlaceholder(name: string): string {
  return `flowdeck-secret.${name}.hash`;
}
