import { type Document, isAlias, isMap, isScalar, type Pair, visit } from "yaml";
import { secretVariable } from "../parse/index.ts";
import { takeOutPluginValues } from "./plugin-secrets.ts";

export interface TakenOut {
  /** By the secret's name. */
  values: Record<string, string>;
}

/**
 * Takes the values of secrets out of a KfDef, in place: a literalSource becomes an envSource, and a password that stands
 * in a plugin's spec becomes the name of a secret with such a source. Gives what was taken out; undefined for nothing.
 */
export function takeOutLiterals(document: Document): TakenOut | undefined {
  const values: Record<string, string> = {};
  let found = false;
  visit(document, {
    // Wherever it stands: behind an anchor it may be anywhere.
    Pair(_key, pair, ancestors) {
      if (keyOf(pair) !== "literalSource" || (isScalar(pair.value) && pair.value.value === null)) return undefined;
      const name = secretAround(ancestors) ?? "secret";
      const value = wipe(document, pair.value);
      if (value !== undefined) values[name] = value;
      pair.key = document.createNode("envSource");
      pair.value = document.createNode({ name: secretVariable(name) });
      found = true;
      return undefined;
    },
  });
  const inPlugins = takeOutPluginValues(document);
  Object.assign(values, inPlugins);
  found ||= Object.keys(inPlugins).length > 0;
  return found ? { values } : undefined;
}

/** The value of a literalSource; where an anchor has it, it goes from there, too. */
function wipe(document: Document, node: unknown): string | undefined {
  const source = isAlias(node) ? node.resolve(document) : node;
  const inner = isMap(source) ? source.get("value", true) : source;
  const scalar = isAlias(inner) ? inner.resolve(document) : inner;
  if (!isScalar(scalar) || scalar.value === null) return undefined;
  const value = String(scalar.value);
  scalar.value = "";
  return value;
}

function keyOf(pair: Pair): unknown {
  return isScalar(pair.key) ? pair.key.value : pair.key;
}

function secretAround(ancestors: readonly unknown[]): string | undefined {
  for (const ancestor of ancestors.toReversed()) {
    if (!isMap(ancestor)) continue;
    const name = ancestor.get("name");
    if (typeof name === "string" && ancestor.has("secretSource")) return name;
  }
  return undefined;
}
