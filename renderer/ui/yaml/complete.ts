import type { KindSchema, SchemaNode } from "../../../common/contract/index.ts";
import { cursorPlace } from "./cursor-path.ts";
import { nodeAt, resolved } from "./schema.ts";

/** Something that could stand at the cursor. */
export interface Suggestion {
  /** What is shown and matched. */
  label: string;
  /** What is put in, from `from` on. */
  text: string;
  type: string;
  description: string;
  required: boolean;
}

export interface Suggestions {
  /** Column (from 0) where what is typed begins. */
  from: number;
  suggestions: Suggestion[];
}

/**
 * What can stand at a place of an object's text: fields that are not there yet, or values the schema names.
 * @param line from 0
 * @param column from 0
 */
export function suggestionsAt(
  schema: KindSchema,
  lines: readonly string[],
  line: number,
  column: number,
): Suggestions | undefined {
  const place = cursorPlace(lines, line, column);
  if (place === undefined) return undefined;
  const node = nodeAt(schema, place.path);
  if (node === undefined) return undefined;
  if (place.at === "value") return { from: place.column, suggestions: values(node) };
  // Under a list's key, the first field of a new item is typed.
  const item = node.value === "list" && node.item !== undefined && !place.inItem;
  const around = item && node.item !== undefined ? resolved(schema, node.item) : node;
  const indent = " ".repeat(place.column + (item ? 2 : 0));
  const suggestions = Object.entries(around.fields ?? {})
    .filter(([name]) => item || !place.siblings.includes(name))
    .map(
      ([name, field]): Suggestion => ({
        label: name,
        text: `${item ? "- " : ""}${keyText(name)}:${opening(field, indent)}`,
        type: field.type,
        description: field.description ?? "",
        required: around.required?.includes(name) ?? false,
      }),
    );
  return { from: place.column, suggestions };
}

function keyText(name: string): string {
  // YAML 1.1 reads these as booleans.
  return /^(?:y|n|yes|no|on|off)$/i.test(name) ? `"${name}"` : name;
}

/** What follows a key's colon, so that its value can be typed at once. */
function opening(field: SchemaNode, indent: string): string {
  if (field.value === "list") return `\n${indent}- `;
  if (field.value === "object" || field.value === "map") return `\n${indent}  `;
  return " ";
}

function values(node: SchemaNode): Suggestion[] {
  const known = node.enum ?? (node.value === "boolean" ? [true, false] : []);
  const suggested = node.default === undefined || known.length > 0 ? known : [JSON.parse(node.default) as unknown];
  return suggested
    .filter((value) => typeof value !== "object")
    .map((value) => ({
      label: value === "" ? '""' : String(value),
      text: value === "" ? '""' : String(value),
      type: JSON.stringify(value) === node.default ? "default" : node.type,
      description: "",
      required: false,
    }));
}
