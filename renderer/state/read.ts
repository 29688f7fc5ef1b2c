/** Looking into an object's JSON, of which the page knows no more than that it is some. */

export function get(value: unknown, path: string): unknown {
  let here = value;
  for (const field of path.split(".")) {
    if (typeof here !== "object" || here === null || Array.isArray(here)) return undefined;
    here = Object.getOwnPropertyDescriptor(here, field)?.value;
  }
  return here;
}

export function text(value: unknown, path: string): string | undefined {
  const found = get(value, path);
  return typeof found === "string" && found !== "" ? found : undefined;
}

export function number(value: unknown, path: string): number | undefined {
  const found = get(value, path);
  return typeof found === "bigint" ? Number(found) : typeof found === "number" ? found : undefined;
}

export function list(value: unknown, path: string): unknown[] {
  const found = get(value, path);
  return Array.isArray(found) ? found : [];
}

export function texts(value: unknown, path: string): string[] {
  return list(value, path).filter((item) => typeof item === "string");
}

/** Fields whose values are text: labels, annotations, selectors, data. */
export function textMap(value: unknown, path: string): [string, string][] {
  const found = get(value, path);
  if (typeof found !== "object" || found === null) return [];
  return Object.entries(found).filter((entry): entry is [string, string] => typeof entry[1] === "string");
}

/** Text, a number or yes and no, as they are written; undefined for what has parts of its own. */
export function scalar(value: unknown): string | undefined {
  return ["string", "number", "bigint", "boolean"].includes(typeof value) ? String(value) : undefined;
}
