import { canonicalJson } from "../../../common/json/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import { type Fields, inside, isFields } from "./json.ts";

/** Why the API server would refuse a default that a schema gives, or undefined: the checks that matter in practice. */
export function defaultProblem(schema: Fields, value: unknown): Message | undefined {
  if (value === null) return schema.nullable === true ? undefined : message("conversion.defaultNull");
  if (!fitsType(schema, value)) return message("conversion.defaultType");
  if (Array.isArray(schema.enum) && !schema.enum.some((one) => canonicalJson(one) === canonicalJson(value)))
    return message("conversion.defaultEnum");
  if (typeof value === "number" || typeof value === "bigint") {
    if (typeof schema.minimum === "number" && value < schema.minimum) return message("conversion.defaultSmall");
    if (typeof schema.maximum === "number" && value > schema.maximum) return message("conversion.defaultLarge");
  }
  if (Array.isArray(value)) {
    const item = inside(schema, "items") ?? {};
    return first(value.map((one) => defaultProblem(item, one)));
  }
  if (!isFields(value)) return undefined;
  const required = Array.isArray(schema.required) ? schema.required : [];
  if (required.some((name) => value[String(name)] === undefined)) return message("conversion.defaultLacks");
  const additional = inside(schema, "additionalProperties");
  return first(
    Object.entries(value).map(([name, child]) => {
      const property = inside(schema, "properties", name) ?? additional;
      if (property !== undefined) return defaultProblem(property, child);
      return schema["x-kubernetes-preserve-unknown-fields"] === true ? undefined : message("conversion.defaultUnknown");
    }),
  );
}

function first(problems: (Message | undefined)[]): Message | undefined {
  return problems.find((problem) => problem !== undefined);
}

function isInteger(value: unknown): boolean {
  return Number.isInteger(value) || typeof value === "bigint";
}

function fitsType(schema: Fields, value: unknown): boolean {
  if (schema["x-kubernetes-int-or-string"] === true) return typeof value === "string" || isInteger(value);
  switch (schema.type) {
    case "string":
      return typeof value === "string";
    case "integer":
      return isInteger(value);
    case "number":
      return typeof value === "number" || typeof value === "bigint";
    case "boolean":
      return typeof value === "boolean";
    case "array":
      return Array.isArray(value);
    case "object":
      return isFields(value);
    default:
      return true;
  }
}
