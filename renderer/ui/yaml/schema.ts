import type { KindSchema, SchemaNode } from "../../../common/contract/index.ts";

/** A node with the fields of the definition it refers to. */
export function resolved(schema: KindSchema, node: SchemaNode): SchemaNode {
  const definition = node.ref === undefined ? undefined : schema.definitions[node.ref];
  if (definition === undefined) return node;
  return {
    ...node,
    ...(definition.fields === undefined ? {} : { fields: definition.fields }),
    ...(definition.required === undefined ? {} : { required: definition.required }),
    ...(definition.open === undefined ? {} : { open: definition.open }),
  };
}

/** What lists and maps hold in the end: the node whose fields can be named. */
export function innermost(schema: KindSchema, node: SchemaNode): SchemaNode {
  let here = node;
  while (here.item !== undefined) here = here.item;
  return resolved(schema, here);
}

/** A step as it stands in an object: a field's name, a map's key, or (a number) a list's item. */
export type SchemaStep = string | number;

/** The node at a path of an object (`spec`, `containers`, 0, `image`); undefined where the schema knows no such field. */
export function nodeAt(schema: KindSchema, path: readonly SchemaStep[]): SchemaNode | undefined {
  let node: SchemaNode = resolved(schema, schema.root);
  for (const step of path) {
    const next: SchemaNode | undefined =
      typeof step === "number" ? node.item : node.value === "map" ? node.item : node.fields?.[step];
    if (next === undefined) return undefined;
    node = resolved(schema, next);
  }
  return node;
}

/** A field in an explanation. */
export interface ExplainedField {
  name: string;
  node: SchemaNode;
  required: boolean;
  /** It has fields of its own (or what it lists has). */
  more: boolean;
}

/** What `kubectl explain` says of a field, as data. */
export interface Explanation {
  node: SchemaNode;
  required: boolean;
  /** Of the field itself, then of its type. */
  descriptions: string[];
  fields: ExplainedField[];
}

/** Explains a path of field names, which leads through lists and maps; undefined when there is no such field. */
export function explainField(schema: KindSchema, path: readonly string[]): Explanation | undefined {
  let node = schema.root;
  let required = false;
  for (const name of path) {
    const around = innermost(schema, node);
    const next = around.fields?.[name];
    if (next === undefined) return undefined;
    required = around.required?.includes(name) ?? false;
    node = next;
  }
  return { node, required, descriptions: descriptionsOf(schema, node), fields: fieldsOf(schema, node) };
}

export function fieldsOf(schema: KindSchema, node: SchemaNode): ExplainedField[] {
  const { fields = {}, required = [] } = innermost(schema, node);
  return Object.entries(fields)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => ({
      name,
      node: field,
      required: required.includes(name),
      more: innermost(schema, field).fields !== undefined,
    }));
}

function descriptionsOf(schema: KindSchema, node: SchemaNode): string[] {
  const definition = node.ref === undefined ? undefined : schema.definitions[node.ref];
  return [
    ...(node.description ? [node.description] : []),
    ...(definition?.description ? [definition.description] : []),
    ...(node.item === undefined ? [] : descriptionsOf(schema, node.item)),
  ];
}
