import { isDeepStrictEqual } from "node:util";
import type { KindSchema, SchemaNode } from "../../common/contract/index.ts";
import { fields, list, own, stringifyJson, text, texts } from "../../common/json/index.ts";
import { decodePercent } from "../../common/text/index.ts";

type Schema = Record<string, unknown>;

const refPrefix = "#/components/schemas/";

/** What a group version's OpenAPI document says of one kind, with every definition that can be reached from it. */
export function kindSchemaFrom(
  document: unknown,
  kind: { group: string; version: string; kind: string },
): KindSchema | undefined {
  const schemas = fields(fields(fields(document).components).schemas);
  const { group, version, kind: name } = kind;
  const root = Object.values(schemas).find((schema) =>
    list(fields(schema)["x-kubernetes-group-version-kind"]).some((gvk) =>
      isDeepStrictEqual(fields(gvk), { group, version, kind: name }),
    ),
  );
  if (root === undefined) return undefined;
  const definitions: Record<string, SchemaNode> = {};
  const digest = new Digest(schemas);
  const rootNode = digest.node(fields(root));
  for (let ref = digest.wanted.pop(); ref !== undefined; ref = digest.wanted.pop()) {
    definitions[ref] ??= digest.node(fields(own(schemas, ref)));
  }
  return { group, version, kind: name, root: rootNode, definitions };
}

class Digest {
  /** Definitions that were met and are to be read as well. */
  readonly wanted: string[] = [];
  readonly #schemas: Record<string, unknown>;
  readonly #met = new Set<string>();

  constructor(schemas: Record<string, unknown>) {
    this.#schemas = schemas;
  }

  node(schema: Schema): SchemaNode {
    const { ref, inner } = this.#follow(schema);
    const shape = inner ?? schema;
    const value = valueKind(shape);
    const description = text(schema.description);
    const allowed = list(schema.enum).filter(isScalar);
    const node: SchemaNode = { type: this.#typeWords(schema), value };
    if (description) node.description = description;
    if (allowed.length > 0) node.enum = allowed;
    if (schema.default !== undefined && !isDeepStrictEqual(schema.default, {})) {
      node.default = stringifyJson(schema.default).slice(0, 200);
    }
    const format = text(shape.format);
    if (format) node.format = format;
    if (schema.nullable === true) node.nullable = true;
    if (shape["x-kubernetes-preserve-unknown-fields"] === true || shape.additionalProperties === true) node.open = true;
    if (ref !== undefined) {
      this.#want(ref);
      node.ref = ref;
      // What has fields may come back to itself; they are read once, as a definition.
      if (value === "object" && hasFields(shape)) return node;
    }
    const properties = fields(shape.properties);
    if (value === "object" && Object.keys(properties).length > 0) {
      node.fields = Object.fromEntries(
        Object.entries(properties).map(([name, field]) => [name, this.node(fields(field))]),
      );
      const required = texts(shape.required);
      if (required.length > 0) node.required = required;
    } else if (value === "object") node.open = true;
    if (value === "list") Object.assign(node, listShape(schema));
    if (value === "list") node.item = this.node(fields(shape.items));
    if (value === "map") node.item = this.node(fields(shape.additionalProperties));
    return node;
  }

  /** A reference stands alone, or in `allOf` beside a description of its own. */
  #follow(schema: Schema): { ref: string | undefined; inner: Schema | undefined } {
    const [only, more] = list(schema.allOf);
    const named = text(schema.$ref) ?? (more === undefined && !schema.properties ? text(fields(only).$ref) : undefined);
    if (!named?.startsWith(refPrefix)) return { ref: undefined, inner: undefined };
    const ref = decodePercent(named.slice(refPrefix.length)).replaceAll("~1", "/").replaceAll("~0", "~");
    return { ref, inner: fields(own(this.#schemas, ref)) };
  }

  #want(ref: string): void {
    if (this.#met.has(ref)) return;
    this.#met.add(ref);
    this.wanted.push(ref);
  }

  /** The words of `kubectl explain`. */
  #typeWords(schema: Schema): string {
    if (schema.items !== undefined) return `[]${this.#typeWords(fields(schema.items))}`;
    if (isMap(schema)) return `map[string]${this.#typeWords(fields(schema.additionalProperties))}`;
    const { ref, inner } = this.#follow(schema);
    if (ref !== undefined) {
      const type = text(inner?.type);
      return type === undefined || type === "object" ? (ref.split(".").at(-1) ?? "Object") : type;
    }
    const [only, more] = list(schema.allOf);
    if (only !== undefined && more === undefined && !schema.properties) return this.#typeWords(fields(only));
    const type = text(schema.type);
    return type === undefined || type === "object" ? "Object" : type;
  }
}

/** How the API server merges a list. What strategic merge patch says is older, and knows one key only. */
function listShape(schema: Schema): Pick<SchemaNode, "listType" | "listKeys"> {
  const type = schema["x-kubernetes-list-type"];
  if (type === "set" || type === "atomic") return { listType: type };
  const keys = texts(schema["x-kubernetes-list-map-keys"]);
  const mergeKey = text(schema["x-kubernetes-patch-merge-key"]);
  const known = keys.length > 0 || mergeKey === undefined ? keys : [mergeKey];
  return known.length > 0 ? { listType: "map", listKeys: known } : {};
}

function isMap(schema: Schema): boolean {
  const { additionalProperties } = schema;
  return typeof additionalProperties === "object" && additionalProperties !== null;
}

function hasFields(schema: Schema): boolean {
  return Object.keys(fields(schema.properties)).length > 0;
}

function valueKind(schema: Schema): SchemaNode["value"] {
  if (schema["x-kubernetes-int-or-string"] === true || schema.format === "int-or-string") return "int-or-string";
  switch (schema.type) {
    case "string":
    case "integer":
    case "number":
    case "boolean":
      return schema.type;
    case "array":
      return "list";
    case "object":
      return isMap(schema) && !hasFields(schema) ? "map" : "object";
  }
  // A quantity is a string or a number.
  if (list(schema.oneOf).length > 0 || list(schema.anyOf).length > 0) return "int-or-string";
  if (hasFields(schema)) return "object";
  if (schema.items !== undefined) return "list";
  return isMap(schema) ? "map" : "any";
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}
