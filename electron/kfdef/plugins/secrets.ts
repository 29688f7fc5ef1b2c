import { at, text } from "../../values/index.ts";
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
