const letter = /\p{L}/u;
const digits = /^\d+/;

/**
 * The order in which kubectl prints keys: letters after everything else, runs of digits by their number (`a2` before
 * `a10`), anything else by code point.
 */
export function compareKeys(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  const shared = Math.min(left.length, right.length);
  for (let i = 0; i < shared; i++) {
    const one = left[i] ?? "";
    const other = right[i] ?? "";
    if (one === other) continue;
    const isLetter = letter.test(one);
    if (isLetter !== letter.test(other)) return isLetter ? 1 : -1;
    if (isLetter) return byCodePoint(one, other);
    return byNumber(left, right, i) || byCodePoint(one, other);
  }
  return left.length - right.length;
}

/** Compares the digit runs that the place lies in. */
function byNumber(left: readonly string[], right: readonly string[], at: number): number {
  let start = at;
  while (start > 0 && /\d/.test(left[start - 1] ?? "")) start--;
  const one = digits.exec(left.slice(start).join(""))?.[0] ?? "";
  const other = digits.exec(right.slice(start).join(""))?.[0] ?? "";
  if (one === "" || other === "") return 0;
  return Number(one) - Number(other) || one.length - other.length;
}

function byCodePoint(a: string, b: string): number {
  return (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0);
}
