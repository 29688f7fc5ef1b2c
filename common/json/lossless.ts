/**
 * JSON whose whole numbers stay what they are. Kubernetes has 64-bit integers and a JavaScript number is exact only up to
 * 2^53: what lies beyond becomes a `bigint`, everything else is read and written as `JSON` does. Go writes fractions and
 * exponents exactly as JavaScript does, so that those need no care.
 */

type Reviver = (key: string, value: unknown, context: { source?: string } | undefined) => unknown;

// The third argument, and `rawJSON`, are in every engine that this runs in, but not yet in TypeScript's library.
const parseWith = JSON.parse as (text: string, reviver: Reviver) => unknown;
const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

/** Reads JSON. Throws SyntaxError as `JSON.parse` does. */
export function parseJson(text: string): unknown {
  return hasLongInteger(text) ? parseWith(text, exact) : JSON.parse(text);
}

function exact(_key: string, value: unknown, context: { source?: string } | undefined): unknown {
  if (typeof value !== "number" || Number.isSafeInteger(value) || context?.source === undefined) return value;
  return wholeNumber.test(context.source) ? BigInt(context.source) : value;
}

const wholeNumber = /^-?\d+$/;

/** Writes JSON; like `JSON.stringify`, but for what that cannot write (undefined, a function) it throws. */
export function stringifyJson(value: unknown, space?: number): string {
  const text = stringify(value, space);
  if (text === undefined) throw new TypeError("There is no JSON for this value.");
  return text;
}

function stringify(value: unknown, space: number | undefined): string | undefined {
  try {
    return JSON.stringify(value, undefined, space);
  } catch (error) {
    // A bigint, or a circle; the second attempt throws for the circle again.
    if (!(error instanceof TypeError)) throw error;
    return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === "bigint" ? raw(inner) : inner), space);
  }
}

function raw(value: bigint): unknown {
  return rawJSON(String(value));
}

/** The digits of the smallest number that may be beyond 2^53. */
const longDigits = 16;

/**
 * Whether a number of that many digits stands in a text. Any such run covers one of every 16th characters, so that only
 * those are looked at: a list of pods is passed over in a hundredth of the time that reading it takes.
 */
function hasLongInteger(text: string): boolean {
  for (let at = longDigits - 1; at < text.length; at += longDigits) {
    if (!isDigit(text.charCodeAt(at))) continue;
    let from = at;
    while (from > 0 && isDigit(text.charCodeAt(from - 1))) from--;
    let to = at + 1;
    while (to < text.length && isDigit(text.charCodeAt(to))) to++;
    if (to - from >= longDigits && standsAlone(text, from, to)) return true;
  }
  return false;
}

/** Digits between what may stand around a number: those of a digest or an identifier do not. */
function standsAlone(text: string, from: number, to: number): boolean {
  const before = text.charAt(text.charAt(from - 1) === "-" ? from - 2 : from - 1);
  return ":[, \t\r\n".includes(before) && ",]} \t\r\n".includes(text.charAt(to));
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
