import { type Message, message } from "../../../common/words/index.ts";
import { type Fields, inside, isFields, items } from "./json.ts";

const junctors = ["allOf", "anyOf", "oneOf"] as const;
const openNode = (): Fields => ({ "x-kubernetes-preserve-unknown-fields": true });

/** What may stand below allOf, anyOf, oneOf and not: only what checks values. */
const checks = new Set([
  ...["format", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength", "pattern"],
  ...["maxItems", "minItems", "multipleOf", "enum", "maxProperties", "minProperties", "required"],
]);

/**
 * Makes what stands below allOf, anyOf, oneOf and not fit for a structural schema: no types or descriptions there, and
 * every field named there is named outside too. Where that takes a check away, the rest is loosened so that nothing is
 * refused that was accepted. True when the node's type was left to its branches, so that it has to be open.
 */
export function tidyJunctors(schema: Fields, changed: (what: Message) => void): boolean {
  hoistType(schema);
  let open = false;
  for (const key of junctors) {
    const branches = items(schema[key]);
    delete schema[key];
    if (branches.length === 0) continue;
    const tidied = branches.map((branch) => tidy(branch, schema));
    const loosened = tidied.some((branch) => branch.loosened);
    const trivial = tidied.some(({ checks }) => Object.keys(checks).length === 0);
    if (schema.type === undefined && branches.some(namesType)) open = true;
    const kept = tidied.map((branch) => branch.checks);
    if (key === "allOf") {
      const some = kept.filter((branch) => Object.keys(branch).length > 0);
      if (some.length > 0) schema.allOf = some;
    } else if (trivial && (loosened || key === "anyOf")) changed(message("conversion.apartByTypes", { key }));
    else if (key === "oneOf" && loosened) {
      schema.allOf = [...items(schema.allOf), { anyOf: kept }];
      changed(message("conversion.oneOfAnyOf"));
      continue;
    } else schema[key] = kept;
    if (loosened && key === "allOf") changed(message("conversion.typesBelow", { key }));
  }
  if (isFields(schema.not)) {
    const { checks, loosened } = tidy(schema.not, schema);
    if (schema.type === undefined && namesType(schema.not)) open = true;
    delete schema.not;
    if (!loosened && Object.keys(checks).length > 0) schema.not = checks;
    else changed(message("conversion.notDropped"));
  }
  for (const key of junctors) for (const branch of items(schema[key])) complete(schema, branch);
  if (isFields(schema.not)) complete(schema, schema.not);
  return open;
}

/** A type that all branches agree on belongs to the node itself. */
function hoistType(schema: Fields): void {
  if (schema.type !== undefined) return;
  for (const key of junctors) {
    const found = new Set(items(schema[key]).map((branch) => branch.type));
    if (key === "allOf") found.delete(undefined);
    const [type] = found;
    if (found.size === 1 && typeof type === "string") schema.type = type;
  }
}

/** Does a branch say of which type the value itself is? */
function namesType(branch: Fields): boolean {
  return branch.type !== undefined || junctors.some((key) => items(branch[key]).some(namesType));
}

/** `outside` is what the schema says of the same value outside of the junctor. */
function tidy(branch: Fields, outside: Fields | undefined): { checks: Fields; loosened: boolean } {
  const out: Fields = {};
  let loosened = false;
  for (const [key, value] of Object.entries(branch)) {
    if (checks.has(key)) out[key] = value;
    else if (key === "properties" && isFields(value)) {
      const properties: Fields = {};
      for (const [name, child] of Object.entries(value)) {
        if (name === "metadata" || !isFields(child)) {
          loosened = true;
          continue;
        }
        const result = tidy(child, inside(outside, "properties", name));
        loosened ||= result.loosened;
        properties[name] = result.checks;
      }
      if (Object.keys(properties).length > 0) out.properties = properties;
    } else if (key === "items" && isFields(value)) {
      const result = tidy(value, inside(outside, "items"));
      loosened ||= result.loosened;
      out.items = result.checks;
    } else if ((junctors as readonly string[]).includes(key)) {
      const results = items(value).map((one) => tidy(one, outside));
      // A loosened oneOf could match twice; inside another junctor it is not worth keeping.
      if (results.some((result) => result.loosened)) loosened = true;
      else out[key] = results.map((result) => result.checks);
    } else if (key === "not" && isFields(value)) {
      const result = tidy(value, outside);
      if (result.loosened) loosened = true;
      else out.not = result.checks;
    } else if (key === "type") loosened ||= outside?.type !== value;
    else if (key === "additionalProperties") loosened ||= value !== true;
  }
  return { checks: out, loosened };
}

/** Every field and item that a branch speaks of is there outside of it too. */
function complete(schema: Fields, branch: Fields): void {
  const named = inside(branch, "properties");
  if (named !== undefined) {
    if (!isFields(schema.properties)) {
      delete schema.additionalProperties;
      schema.properties = {};
    }
    const properties = inside(schema, "properties") ?? {};
    for (const [name, child] of Object.entries(named)) {
      if (!isFields(properties[name])) properties[name] = openNode();
      const outside = properties[name];
      if (isFields(outside) && isFields(child)) complete(outside, child);
    }
  }
  if (isFields(branch.items)) {
    if (!isFields(schema.items)) schema.items = openNode();
    if (isFields(schema.items)) complete(schema.items, branch.items);
  }
  for (const key of junctors) for (const one of items(branch[key])) complete(schema, one);
  if (isFields(branch.not)) complete(schema, branch.not);
}
