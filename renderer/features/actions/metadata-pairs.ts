/** A label or annotation in a form. */
export interface Pair {
  id: string;
  key: string;
  value: string;
  removed: boolean;
}

/** Those that all have with the same value, by key. */
export function commonPairs(all: readonly Readonly<Record<string, string>>[]): [key: string, value: string][] {
  const [first, ...others] = all;
  return Object.entries(first ?? {})
    .filter(([key, value]) => others.every((other) => other[key] === value))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What a form changes. A row that was added but left empty is nothing. */
export function changesOf(
  before: readonly (readonly [key: string, value: string])[],
  pairs: readonly Pair[],
): { set: Record<string, string>; remove: string[] } {
  const known = new Map(before);
  const kept = pairs.filter(({ key, removed }) => !removed && key !== "");
  const set = Object.fromEntries(
    kept.filter(({ key, value }) => known.get(key) !== value).map(({ key, value }) => [key, value]),
  );
  const remove = [...known.keys()].filter((key) => !kept.some((pair) => pair.key === key));
  return { set, remove };
}
