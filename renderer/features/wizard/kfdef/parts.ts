import type { KfDefDocument } from "../../../../common/contract/index.ts";

/** Something in a KfDef that has a form of its own. */
export interface Part {
  kind: "application" | "plugin" | "secrets";
  name: string;
  /** Which one of the same name, which is a mistake to be told: 0 is the first. */
  copy: number;
}

export function partKey({ kind, name, copy }: Part): string {
  return copy === 0 ? `${kind}/${name}` : `${kind}/${name}/${copy}`;
}

export function asApplication(name: string): Part {
  return { kind: "application", name, copy: 0 };
}

/** Everything with a form, in the order in which it is listed. */
export function parts({ applications, plugins, secrets }: KfDefDocument): Part[] {
  return [
    ...numbered("application", applications),
    ...numbered("plugin", plugins),
    ...(secrets.length > 0 ? [{ kind: "secrets", name: "", copy: 0 } as const] : []),
  ];
}

function numbered(kind: Part["kind"], named: readonly { name: string }[]): Part[] {
  const seen = new Map<string, number>();
  return named.map(({ name }) => {
    const copy = seen.get(name) ?? 0;
    seen.set(name, copy + 1);
    return { kind, name, copy };
  });
}

/** The application or plugin that a part is. */
export function itemOf<T extends { name: string }>(items: readonly T[], { name, copy }: Part): T | undefined {
  return items.filter((item) => item.name === name)[copy];
}

export function defaultPart(document: KfDefDocument): Part {
  return parts(document)[0] ?? asApplication("");
}

/** What is looked at once an application is gone: the next one, or the one before the last. */
export function neighbourOf({ applications }: KfDefDocument, name: string): Part | undefined {
  const at = applications.findIndex((application) => application.name === name);
  const next = applications[at + 1] ?? applications[at - 1];
  return next && asApplication(next.name);
}

/** In front of which application one has to be put to move it by one place; undefined where it can't move further. */
export function placeAfterMove(names: readonly string[], name: string, by: -1 | 1): { before?: string } | undefined {
  const at = names.indexOf(name);
  const to = at + by;
  if (at < 0 || to < 0 || to >= names.length) return undefined;
  const before = by < 0 ? names[to] : names[to + 1];
  return before === undefined ? {} : { before };
}

/** A set of overlays with one put in (at the end, as it is built last) or taken out. */
export function withOverlay(overlays: readonly string[], overlay: string, on: boolean): string[] {
  const others = overlays.filter((other) => other !== overlay);
  return on ? [...others, overlay] : others;
}

export interface ParameterRow {
  name: string;
  /** As the file says; undefined where the folder's own value holds. */
  value: string | undefined;
  /** What the application's folder has. */
  folder: string | undefined;
}

/** The parameters that the file sets, in its order, then those that the folder offers besides. */
export function parameterRows(
  set: readonly { name: string; value: string }[],
  offered: readonly { name: string; value: string }[],
): ParameterRow[] {
  const inFolder = new Map(offered.map(({ name, value }) => [name, value]));
  const named = new Set(set.map(({ name }) => name));
  return [
    ...set.map(({ name, value }) => ({ name, value, folder: inFolder.get(name) })),
    ...offered
      .filter(({ name }) => !named.has(name))
      .map(({ name, value }) => ({ name, value: undefined, folder: value })),
  ];
}
