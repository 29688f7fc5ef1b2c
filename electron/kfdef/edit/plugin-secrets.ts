import { type Document, isMap, isSeq, type YAMLMap } from "yaml";
import { secretVariable, standsForLiteral } from "../parse/index.ts";
import { secretName, specOf } from "../plugins/index.ts";
import { setIn } from "./yaml-set-path.ts";

/**
 * Secrets that a plugin's spec needs. No file has their values: the spec names a secret, and that stands under
 * spec.secrets with the variable its value comes from.
 */

const scalar = (value: unknown) => ["string", "number", "bigint", "boolean"].includes(typeof value);

/** Values that stand in the plugins' specs themselves: taken out, and given by the name of the secret that each became. */
export function takeOutPluginValues(document: Document): Record<string, string> {
  const values: Record<string, string> = {};
  const plugins = document.getIn(["spec", "plugins"]);
  for (const plugin of isSeq(plugins) ? plugins.items : []) {
    if (!isMap(plugin)) continue;
    for (const path of secretFields(plugin)) {
      const value = plugin.getIn(path);
      if (!scalar(value)) continue;
      values[refer(document, plugin, path)] = String(value);
    }
  }
  return values;
}

/** Gives each secret field of a part that is there (a way to sign in, a database) a secret, where it has none. */
export function fillSecrets(document: Document, plugin: YAMLMap): void {
  for (const path of secretFields(plugin)) {
    const part = plugin.getIn(path.slice(0, -1));
    if (path.length > 2 && isMap(part) && !part.has(path.at(-1))) refer(document, plugin, path);
  }
}

/** Takes away the secrets that a part of a plugin's spec names, where they were made here. */
export function dropSecrets(document: Document, plugin: YAMLMap, part: readonly string[]): void {
  const secrets = document.getIn(["spec", "secrets"]);
  if (!isSeq(secrets)) return;
  const named = secretFields(plugin)
    .filter((path) => part.every((step, index) => path[index] === step))
    .map((path) => plugin.getIn([...path, "name"]));
  secrets.items = secrets.items.filter((secret) => {
    if (!isMap(secret) || !named.includes(secret.get("name"))) return true;
    const variable = secret.getIn(["secretSource", "envSource", "name"]);
    return typeof variable !== "string" || !standsForLiteral(variable);
  });
  if (secrets.items.length === 0) document.deleteIn(["spec", "secrets"]);
}

function secretFields(plugin: YAMLMap): string[][] {
  const kind = plugin.get("kind");
  const fields = typeof kind === "string" ? (specOf(kind)?.fields ?? []) : [];
  return fields.filter((field) => field.kind === "secret").map(({ path }) => ["spec", ...path.split(".")]);
}

/** Lets the spec name a secret of its own. Gives the secret's name. */
function refer(document: Document, plugin: YAMLMap, path: readonly string[]): string {
  const name = freeName(document, secretName(path.slice(1).join(".")));
  setIn(document, plugin, path, document.createNode({ name }));
  const secret = document.createNode({ name, secretSource: { envSource: { name: secretVariable(name) } } });
  const secrets = document.getIn(["spec", "secrets"]);
  if (isSeq(secrets)) secrets.add(secret);
  else document.setIn(["spec", "secrets"], document.createNode([secret]));
  return name;
}

function freeName(document: Document, wanted: string): string {
  const secrets = document.getIn(["spec", "secrets"]);
  const taken = (isSeq(secrets) ? secrets.items : []).map((secret) => (isMap(secret) ? secret.get("name") : undefined));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!taken.includes(name)) return name;
  }
}
