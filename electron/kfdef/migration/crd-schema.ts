import { type Message, message } from "../../../common/words/index.ts";
import { defaultProblem } from "./crd-default.ts";
import { type Fields, inside, isFields, items, listed } from "./json.ts";
import { tidyJunctors } from "./schema-combinators.ts";
import type { Note } from "./types.ts";

export const preserve = "x-kubernetes-preserve-unknown-fields";
export const intOrString = "x-kubernetes-int-or-string";

/** The fields of apiextensions.k8s.io/v1 JSONSchemaProps that a schema may have; others are refused as unknown. */
const known = new Set([
  ...["description", "type", "nullable", "format", "title", "default", "maximum", "exclusiveMaximum", "minimum"],
  ...["exclusiveMinimum", "maxLength", "minLength", "pattern", "maxItems", "minItems", "multipleOf", "enum"],
  ...["maxProperties", "minProperties", "required", "items", "allOf", "oneOf", "anyOf", "not", "properties"],
  ...["additionalProperties", "externalDocs", "example", preserve, "x-kubernetes-embedded-resource", intOrString],
  ...["x-kubernetes-list-map-keys", "x-kubernetes-list-type", "x-kubernetes-map-type", "x-kubernetes-validations"],
]);

/** JSON Schema's ways to allow values that structural schemas do not have: without them their place is left open. */
const opening = new Set(["$ref", "patternProperties", "dependencies", "additionalItems"]);
const silent = new Set(["id", "$schema", "definitions"]);
const types = new Set(["string", "number", "integer", "boolean", "array", "object"]);

export interface SchemaOptions {
  /** Unknown fields were kept (v1beta1's preserveUnknownFields, which was the default): they still are, everywhere. */
  keepUnknown: boolean;
  note: Note;
}

/**
 * A v1beta1 schema made structural, accepting what it accepted and keeping the fields it kept.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
export function structuralSchema(schema: unknown, options: SchemaOptions): Fields {
  if (!isFields(schema) || Object.keys(schema).length === 0) {
    options.note(message("conversion.noSchema"));
    return { type: "object", [preserve]: true };
  }
  const work = new Structural(options);
  const out = work.node(schema, "", "root");
  work.tell();
  return out;
}

type Level = "root" | "field" | "item";

/** One schema being made structural; counts what it changes, to tell it in few sentences. */
class Structural {
  readonly #options: SchemaOptions;
  /** By the change itself as text, so that one of many fields is told once. */
  readonly #changes = new Map<string, { what: Message; paths: string[] }>();
  #kept = 0;

  constructor(options: SchemaOptions) {
    this.#options = options;
  }

  tell(): void {
    if (this.#kept > 0) this.#options.note(message("conversion.keptUnknown", { field: preserve, count: this.#kept }));
    for (const { what, paths } of this.#changes.values())
      this.#options.note(message("conversion.schema", { what, fields: listed(paths) }));
  }

  readonly changed = (what: Message, path: string): void => {
    const key = JSON.stringify(what);
    const { paths } = this.#changes.get(key) ?? { paths: [] };
    this.#changes.set(key, { what, paths: [...paths, path === "" ? "root" : path] });
  };

  node(schema: Fields, path: string, level: Level): Fields {
    const out: Fields = {};
    let open = false;
    for (const [key, value] of Object.entries(schema)) {
      if (value === null && key !== "default" && key !== "example") continue;
      if (known.has(key)) out[key] = value;
      else if (opening.has(key)) open = true;
      if (!known.has(key) && !silent.has(key) && value !== false)
        this.changed(message("conversion.notStructural", { key }), path);
    }
    if (this.#isIntOrString(out, path)) return out;
    this.#children(out, path, level);
    if (tidyJunctors(out, (what) => this.changed(what, path))) open = true;
    if (level === "root")
      for (const name of ["apiVersion", "kind"]) {
        const child = inside(out, "properties", name);
        if (child === undefined) continue;
        child.type = "string";
        delete child.default;
        delete child[preserve];
      }
    this.#type(out, path, level, open);
    this.#unknownFields(out, path, level, open);
    this.#default(out, path);
    this.#extensions(out, path);
    return out;
  }

  /** The two ways in which v1beta1 schemas said it, as v1 wants it: exactly this anyOf, and no type beside it. */
  #isIntOrString(out: Fields, path: string): boolean {
    const said = out[intOrString] === true;
    const pair = (["anyOf", "oneOf"] as const).find((key) => isIntegerAndString(out[key]));
    if (!said && pair === undefined) return false;
    if (!said) this.changed(message("conversion.intOrString", { field: intOrString }), path);
    if (pair !== undefined) {
      delete out[pair];
      out.anyOf = [{ type: "integer" }, { type: "string" }];
    }
    delete out.type;
    delete out[preserve];
    out[intOrString] = true;
    this.#default(out, path);
    return true;
  }

  #children(out: Fields, path: string, level: Level): void {
    const properties = inside(out, "properties");
    if (properties !== undefined) {
      const next: Fields = {};
      for (const [name, child] of Object.entries(properties)) {
        const at = path === "" ? name : `${path}.${name}`;
        const schema = isFields(child) ? child : {};
        if (level === "root" && name === "metadata") next[name] = this.#rootMetadata(schema);
        else next[name] = this.node(schema, at, "field");
      }
      out.properties = next;
    }
    if (Array.isArray(out.items)) {
      this.changed(message("conversion.itemList"), path);
      out.items = this.node({}, `${path}[]`, "item");
    } else if (isFields(out.items)) out.items = this.node(out.items, `${path}[]`, "item");
    if (isFields(out.additionalProperties) && level !== "root" && Object.keys(properties ?? {}).length === 0)
      out.additionalProperties = this.node(out.additionalProperties, `${path}.*`, "field");
  }

  /** The API server knows metadata itself; only name and generateName may be restricted. */
  #rootMetadata(schema: Fields): Fields {
    const names: Fields = {};
    for (const name of ["name", "generateName"]) {
      const child = inside(schema, "properties", name);
      if (child !== undefined) names[name] = { ...this.node(child, `metadata.${name}`, "field"), type: "string" };
      delete inside(names, name)?.[preserve];
    }
    const others = Object.keys(inside(schema, "properties") ?? {}).filter((name) => names[name] === undefined);
    const more = Object.keys(schema).filter((key) => !["type", "properties", "description"].includes(key));
    if (others.length + more.length > 0) this.changed(message("conversion.metadata"), "metadata");
    return { type: "object", ...(Object.keys(names).length === 0 ? {} : { properties: names }) };
  }

  #type(out: Fields, path: string, level: Level, open: boolean): void {
    if (level === "root") {
      if (out.type !== "object") this.changed(message("conversion.typeObject"), path);
      out.type = "object";
      if (out.nullable === true) {
        delete out.nullable;
        this.changed(message("conversion.dropped", { key: "nullable" }), path);
      }
      return;
    }
    if (out.type !== undefined && !(typeof out.type === "string" && types.has(out.type))) {
      this.changed(message("conversion.unknownType", { type: JSON.stringify(out.type) }), path);
      delete out.type;
    }
    if (out.type === undefined && !open) {
      const implied = impliedType(out);
      if (implied !== undefined) {
        out.type = implied;
        this.changed(message("conversion.impliedType", { type: implied }), path);
      }
    }
    if (out.type === "array" && !isFields(out.items)) {
      out.items = this.node({}, `${path}[]`, "item");
      this.changed(message("conversion.anyItems"), path);
    }
  }

  #unknownFields(out: Fields, path: string, level: Level, open: boolean): void {
    const additional = out.additionalProperties;
    const hasProperties = Object.keys(inside(out, "properties") ?? {}).length > 0;
    let here = open || this.#options.keepUnknown;
    if (additional !== undefined && (level === "root" || hasProperties || typeof additional === "boolean")) {
      delete out.additionalProperties;
      if (additional === false) {
        here = open;
        if (!open) this.changed(message("conversion.unknownDropped"), path);
      } else {
        here = true;
        if (additional !== true) this.changed(message("conversion.additional"), path);
      }
    }
    const typeless = out.type === undefined;
    if (typeless || (out.type === "object" && here && out.additionalProperties === undefined)) {
      if (out[preserve] !== true) {
        this.#kept += 1;
        if (typeless && !this.#options.keepUnknown) this.changed(message("conversion.openValue"), path);
      }
      out[preserve] = true;
    } else if (out[preserve] !== undefined && (out[preserve] !== true || out.type !== "object")) delete out[preserve];
  }

  #default(out: Fields, path: string): void {
    if (out.default === undefined) return;
    const problem = this.#options.keepUnknown ? message("conversion.defaultUnused") : defaultProblem(out, out.default);
    if (problem === undefined) return;
    delete out.default;
    this.changed(message("conversion.defaultDropped", { because: problem }), path);
  }

  #extensions(out: Fields, path: string): void {
    if (out["x-kubernetes-embedded-resource"] === true) {
      out.type = "object";
      delete out.additionalProperties;
      if (inside(out, "properties") === undefined) out[preserve] = true;
    }
    if (out["x-kubernetes-list-type"] !== "map") return;
    const keys = Array.isArray(out["x-kubernetes-list-map-keys"]) ? out["x-kubernetes-list-map-keys"] : [];
    const required = inside(out, "items")?.required;
    const unset = keys.filter(
      (key) =>
        !(Array.isArray(required) && required.includes(key)) &&
        inside(out, "items", "properties", String(key))?.default === undefined,
    );
    if (unset.length === 0 && keys.length > 0) return;
    out["x-kubernetes-list-type"] = "atomic";
    delete out["x-kubernetes-list-map-keys"];
    this.changed(message("conversion.keyedList"), path);
  }
}

function isIntegerAndString(value: unknown): boolean {
  const branches = items(value);
  return (
    branches.length === 2 &&
    branches.every((branch) => Object.keys(branch).length === 1) &&
    ["integer", "string"].every((type) => branches.some((branch) => branch.type === type))
  );
}

function impliedType(schema: Fields): "object" | "array" | undefined {
  const has = (...keys: string[]) => keys.some((key) => schema[key] !== undefined);
  if (has("properties", "additionalProperties", "required", "minProperties", "maxProperties")) return "object";
  if (has("items", "minItems", "maxItems")) return "array";
  return undefined;
}
