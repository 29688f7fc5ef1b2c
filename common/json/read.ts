/** Looking into JSON of unknown form, such as any Kubernetes object. */

/** `value` as an object with fields, or an empty one. */
export function fields(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** What stands at a path of fields, or undefined where the path ends early. */
export function at(value: unknown, ...path: string[]): unknown {
  let here = value;
  for (const field of path) {
    if (typeof here !== "object" || here === null || Array.isArray(here)) return undefined;
    here = Object.getOwnPropertyDescriptor(here, field)?.value;
  }
  return here;
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function number(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

export function texts(value: unknown): string[] {
  return list(value).filter((item) => typeof item === "string");
}

/** Labels and the like: only what really is text. */
export function textMap(value: unknown): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [key, item] of Object.entries(fields(value))) if (typeof item === "string") out[key] = item;
  return out;
}
