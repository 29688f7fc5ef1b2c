import type { KindSchema, SchemaNode } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { type Fields, isFields, listed } from "./json.ts";
import type { Note } from "./types.ts";

type Path = (string | number)[];

/**
 * Drops fields that the kind does not have, mostly misspelt ones: kfctl's requests were not checked, so API servers
 * passed over them; server-side apply refuses them. Gives the object itself where there are none.
 */
export function dropUndeclared(object: KubeObject, schema: KindSchema, note: Note): KubeObject {
  const paths: Path[] = [];
  find(object, schema.root, [], { definitions: schema.definitions, paths });
  if (paths.length === 0) return object;
  const copy = structuredClone(object);
  for (const path of paths) remove(copy, path);
  note(message("conversion.undeclared", { kind: object.kind, fields: listed(paths.map(shown)) }));
  return copy;
}

interface Search {
  definitions: Readonly<Record<string, SchemaNode>>;
  paths: Path[];
}

function find(value: unknown, node: SchemaNode, path: Path, search: Search): void {
  if (Array.isArray(value)) {
    if (node.item === undefined) return;
    for (const [index, item] of value.entries()) find(item, node.item, [...path, index], search);
    return;
  }
  if (!isFields(value)) return;
  if (node.value === "map") {
    if (node.item !== undefined)
      for (const [name, item] of Object.entries(value)) find(item, node.item, [...path, name], search);
    return;
  }
  const known = node.fields ?? (node.ref === undefined ? undefined : search.definitions[node.ref]?.fields);
  // Text, an open object, or a schema that says nothing: not for us to judge.
  if (known === undefined || node.open === true) return;
  for (const [name, item] of Object.entries(value)) {
    const field = Object.hasOwn(known, name) ? known[name] : undefined;
    if (field === undefined) search.paths.push([...path, name]);
    else find(item, field, [...path, name], search);
  }
}

function remove(object: Fields, path: Path): void {
  const last = path.at(-1);
  let here: unknown = object;
  for (const step of path.slice(0, -1))
    here = Array.isArray(here) ? here[Number(step)] : isFields(here) ? here[step] : here;
  if (isFields(here) && last !== undefined) delete here[last];
}

function shown(path: Path): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .slice(1);
}
