/**
 * Namespaces in the order they are offered: the chosen ones, the favourites, the others by name. A text leaves those that
 * hold it, those that begin with it first.
 */
export function offeredNamespaces(
  names: readonly string[],
  chosen: readonly string[],
  favourites: readonly string[],
  text: string,
): string[] {
  const wanted = text.trim().toLowerCase();
  const all = [...new Set([...chosen, ...names])].filter((name) => name.toLowerCase().includes(wanted));
  const rank = (name: string) => {
    const first = wanted !== "" && !name.startsWith(wanted) ? 4 : 0;
    return first + (chosen.includes(name) ? 0 : favourites.includes(name) ? 1 : 2);
  };
  return all.toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}
