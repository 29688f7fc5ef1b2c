/** Looking into JSON of unknown form, such as any Kubernetes object. */

/** Whether it is an object with fields, not a list and not null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `value` as an object with fields, or an empty one. */
export function fields(value: unknown): Record<string, unknown> {
  return isRecord(value) ? { ...value } : {};
}

/**
 * A field by a name that comes from data. Names such as `constructor` or `__proto__` are keys like any other there, and
 * `record[name]` would find what every JavaScript object has.
 */
export function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** What stands at a path of fields, or undefined where the path ends early. */
export function at(value: unknown, ...path: string[]): unknown {
  let here = value;
  for (const field of path) {
    if (!isRecord(here)) return undefined;
    here = own(here, field);
  }
  return here;
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** A number to calculate with: of whole ones beyond 2^53, the nearest. */
export function number(value: unknown): number | undefined {
  if (typeof value === "bigint") return Number(value);
  return typeof value === "number" ? value : undefined;
}

export function texts(value: unknown): string[] {
  return list(value).filter((item) => typeof item === "string");
}

/** Labels and the like: only what really is text. */
export function textMap(value: unknown): Record<string, string> {
  const entries = Object.entries(fields(value));
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}
