import { stringifyJson } from "./lossless.ts";
import { isRecord } from "./read.ts";

/** JSON that is the same for equal values, whatever the order of their fields. */
export function canonicalJson(value: unknown): string {
  return stringifyJson(sorted(value) ?? null);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, field]) => [name, sorted(field)]));
}
