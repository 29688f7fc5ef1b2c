/** A step into an object: a field or key by name, a list item by its place, or by fields it has (`[name=app]`). */
export type Step = string | number | { match: Record<string, string> };

/**
 * Reads a field path as API servers write it: `spec.ports[0].port`, `data[key]`, `.spec.containers[name="app"].image`,
 * `metadata.annotations[example.com/a]`. Never fails: what can't be read becomes a name that is found nowhere.
 */
export function parseFieldPath(path: string): Step[] {
  const steps: Step[] = [];
  for (const [, name, bracket] of path.matchAll(/\.?([^.[\]]+)|\[((?:"(?:[^"\\]|\\.)*"|[^\]"])*)\]/g)) {
    if (name !== undefined) steps.push(name);
    else if (bracket !== undefined) steps.push(bracketed(bracket));
  }
  return steps;
}

function bracketed(inside: string): Step {
  if (/^\d+$/.test(inside)) return Number(inside);
  const pairs = [...inside.matchAll(/([A-Za-z]\w*)=("(?:[^"\\]|\\.)*"|[^,]*)/g)];
  if (pairs.length > 0 && !inside.startsWith('"')) {
    return { match: Object.fromEntries(pairs.map(([, name = "", value = ""]) => [name, unquoted(value)])) };
  }
  return unquoted(inside);
}

function unquoted(text: string): string {
  return /^".*"$/s.test(text) ? text.slice(1, -1).replaceAll(/\\(.)/gs, "$1") : text;
}

/** `path` with one more step, in the form that {@link parseFieldPath} reads. */
export function fieldPath(path: string, step: Step): string {
  if (typeof step === "number") return `${path}[${step}]`;
  if (typeof step === "object") {
    const pairs = Object.entries(step.match).map(([name, value]) => `${name}=${value}`);
    return `${path}[${pairs.join(",")}]`;
  }
  if (!/^[A-Za-z_$][\w$-]*$/.test(step)) return `${path}[${step}]`;
  return path === "" ? step : `${path}.${step}`;
}
