import { own } from "../../../common/json/index.ts";
import { type MessageValue, message } from "../../../common/words/index.ts";

/** A JSON object being changed in place. The objects here are copies that belong to whoever converts them. */
export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object at a path of fields itself (not a copy), or undefined. */
export function inside(value: unknown, ...path: string[]): Fields | undefined {
  let here: unknown = value;
  for (const field of path) {
    if (!isFields(here)) return undefined;
    here = own(here, field);
  }
  return isFields(here) ? here : undefined;
}

/** The objects of a list themselves; what is no object is passed over. */
export function items(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** Moves a field to another name or object, where it is there. */
export function move(from: Fields, field: string, to: Fields, name = field): boolean {
  if (from[field] === undefined) return false;
  to[name] = from[field];
  delete from[field];
  return true;
}

/** Sets a field that is not there (null counts as not there). */
export function setDefault(object: Fields, field: string, value: unknown): boolean {
  if (object[field] !== undefined && object[field] !== null) return false;
  object[field] = value;
  return true;
}

/** "a, b, c and 4 more" */
export function listed(words: readonly string[], most = 4): MessageValue {
  const first = words.slice(0, most);
  return words.length > most
    ? message("conversion.andMore", { names: first.join(", "), count: words.length - most })
    : first.join(", ");
}
