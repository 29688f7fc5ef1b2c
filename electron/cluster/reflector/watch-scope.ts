import { at, text } from "../../../common/json/index.ts";
import { labelsSelectedBy } from "../../../common/kube/index.ts";
import type { KubeObject, WatchScope } from "../types.ts";

export type Matcher = (object: KubeObject) => boolean;

/** Fields that a selector names as objects of every kind have them. */
const plainFields =
  /^(metadata\.(name|namespace)|type|spec\.nodeName|status\.phase|involvedObject\.(kind|name|namespace|uid))$/;

/**
 * Does a watch of `wide` bring all that one of `narrow` would? Then it gives what tells by an object of the wide one
 * whether it belongs to the narrow one; else undefined.
 */
export function matcherWithin(wide: WatchScope, narrow: WatchScope): Matcher | undefined {
  const { group, version, plural } = wide.resource;
  const other = narrow.resource;
  if (group !== other.group || version !== other.version || plural !== other.plural) return undefined;
  if (wide.as !== narrow.as && wide.as !== "objects") return undefined;
  if (wide.namespace && wide.namespace !== narrow.namespace) return undefined;
  const parts: Matcher[] = [];
  if (narrow.namespace && !wide.namespace) parts.push(({ metadata }) => metadata.namespace === narrow.namespace);
  if (wide.labelSelector || narrow.labelSelector) {
    if (wide.labelSelector !== narrow.labelSelector) {
      const selected = wide.labelSelector ? undefined : labelsSelectedBy(narrow.labelSelector ?? "");
      if (selected === undefined) return undefined;
      parts.push(({ metadata }) => selected(metadata.labels ?? {}));
    }
  }
  if (wide.fieldSelector || narrow.fieldSelector) {
    if (wide.fieldSelector !== narrow.fieldSelector) {
      // Metadata alone does not tell its fields.
      const has =
        wide.fieldSelector || wide.as === "metadata" ? undefined : fieldsSelectedBy(narrow.fieldSelector ?? "");
      if (has === undefined) return undefined;
      parts.push(has);
    }
  }
  return (object) => parts.every((part) => part(object));
}

/** The name that a field selector asks for, where it asks for one. */
export function nameIn(fieldSelector: string | undefined): string | undefined {
  return /(?:^|,)metadata\.name==?([^,\\]+)(?:,|$)/.exec(fieldSelector ?? "")?.[1];
}

/** Undefined for a selector that only the server can answer. */
function fieldsSelectedBy(selector: string): Matcher | undefined {
  const wanted: { path: string[]; value: string; not: boolean }[] = [];
  for (const term of selector.split(",")) {
    const [, field, operator, value] = /^([\w.]+)(==?|!=)([^=!\\]*)$/.exec(term) ?? [];
    if (field === undefined || value === undefined || !plainFields.test(field)) return undefined;
    wanted.push({ path: field.split("."), value, not: operator === "!=" });
  }
  return (object) => wanted.every(({ path, value, not }) => ((text(at(object, ...path)) ?? "") === value) !== not);
}
