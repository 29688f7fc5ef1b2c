/**
 * How well a name answers what was typed: 0 for the very name, then names that begin with it, those with a part that
 * does, those that hold it anywhere, those that hold its letters in order; undefined for others. Shorter names first.
 */
export function rankName(name: string, typed: string): number | undefined {
  const text = typed.toLowerCase();
  const length = Math.min(99, name.length) / 100;
  if (name === text) return 0;
  const at = name.indexOf(text);
  if (at === 0) return 1 + length;
  if (at > 0) return (/[-.:_]/.test(name[at - 1] ?? "") ? 2 : 3) + length;
  // Letters in order are too weak a sign for one or two of them.
  return text.length > 2 && hasInOrder(name, text) ? 4 + length : undefined;
}

/** True when all characters of `wanted` but spaces occur in `text` in this order. */
export function hasInOrder(text: string, wanted: string): boolean {
  let at = 0;
  for (const character of wanted) {
    if (character === " ") continue;
    at = text.indexOf(character, at);
    if (at < 0) return false;
    at += character.length;
  }
  return true;
}
