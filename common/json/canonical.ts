import { stringifyJson } from "./lossless.ts";
import { mapMembers } from "./map-members.ts";
import { isRecord } from "./read.ts";

/** JSON that is the same for equal values, whatever the order of their fields. */
export function canonicalJson(value: unknown): string {
  return stringifyJson(sorted(value) ?? null);
}

/** What is in order already, as most objects of a rendering are, is not copied. */
function sorted(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  const inner = mapMembers(value, sorted);
  const names = Object.keys(inner);
  if (!isRecord(inner) || names.every((name, at) => at === 0 || (names[at - 1] ?? "") < name)) return inner;
  return Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
