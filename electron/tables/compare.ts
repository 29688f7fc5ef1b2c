import type { Cell } from "../../common/contract/index.ts";
import { isEmpty, numberOf, type SortKind } from "./cells.ts";

const zero = 48;
const nine = 57;

/** Compares names as people count: `pod-2` before `pod-10`. Digits compare as numbers, all else by code unit. */
export function compareNatural(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let at = 0;
  while (at < shorter && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  if (at === a.length && at === b.length) return 0;
  // The difference may lie inside a number: go back to where it begins.
  let start = at;
  while (start > 0 && isDigit(a.charCodeAt(start - 1))) start--;
  if (isDigit(a.charCodeAt(start)) && isDigit(b.charCodeAt(start))) {
    const order = compareDigits(a, b, start);
    if (order !== 0) return order;
  }
  if (at === a.length) return -1;
  if (at === b.length) return 1;
  return a.charCodeAt(at) - b.charCodeAt(at);
}

function isDigit(code: number): boolean {
  return code >= zero && code <= nine;
}

/** Two runs of digits from `start`: without leading zeros the longer one is larger. */
function compareDigits(a: string, b: string, start: number): number {
  const endA = endOfDigits(a, start);
  const endB = endOfDigits(b, start);
  const firstA = skipZeros(a, start, endA);
  const firstB = skipZeros(b, start, endB);
  if (endA - firstA !== endB - firstB) return endA - firstA - (endB - firstB);
  for (let i = 0; i < endA - firstA; i++) {
    const difference = a.charCodeAt(firstA + i) - b.charCodeAt(firstB + i);
    if (difference !== 0) return difference;
  }
  return 0;
}

function endOfDigits(text: string, from: number): number {
  let end = from;
  while (end < text.length && isDigit(text.charCodeAt(end))) end++;
  return end;
}

function skipZeros(text: string, from: number, end: number): number {
  let at = from;
  while (at < end - 1 && text.charCodeAt(at) === zero) at++;
  return at;
}

/** v1.9 before v1.10, and v1.10.0-rc.1 before v1.10.0 (as in semver, a suffix comes before the release). */
export function compareVersions(a: string, b: string): number {
  const [coreA, preA] = splitVersion(a);
  const [coreB, preB] = splitVersion(b);
  const order = compareNatural(coreA, coreB);
  if (order !== 0) return order;
  if (preA === preB) return 0;
  if (preA === "") return 1;
  if (preB === "") return -1;
  return compareNatural(preA, preB);
}

function splitVersion(version: string): [string, string] {
  const dash = version.indexOf("-");
  return dash < 0 ? [version, ""] : [version.slice(0, dash), version.slice(dash + 1)];
}

/**
 * Orders two cells of one column. Cells without a value come last whichever way it is sorted; in ascending order, cells
 * that are not of the column's kind follow those that are.
 */
export function compareCells(kind: SortKind, a: Cell, b: Cell, descending: boolean): number {
  const emptyA = isEmpty(a);
  const emptyB = isEmpty(b);
  if (emptyA || emptyB) return Number(emptyA) - Number(emptyB);
  const order = compareValues(kind, a, b);
  return descending ? -order : order;
}

function compareValues(kind: SortKind, a: Cell, b: Cell): number {
  // An age is the time it counts from: the older, the larger.
  if (kind === "age" && typeof a === "number" && typeof b === "number") return b - a;
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (kind === "text") return compareNatural(String(a), String(b));
  if (kind === "version") return compareVersions(String(a), String(b));
  const numberA = typeof a === "number" ? a : numberOf(kind, String(a));
  const numberB = typeof b === "number" ? b : numberOf(kind, String(b));
  if (Number.isNaN(numberA) || Number.isNaN(numberB)) {
    if (Number.isNaN(numberA) && Number.isNaN(numberB)) return compareNatural(String(a), String(b));
    return Number(Number.isNaN(numberA)) - Number(Number.isNaN(numberB));
  }
  return compareNumbers(numberA, numberB, a, b);
}

/**
 * Orders two cells by the numbers that they stand for. Whole numbers beyond 2^53 are text in cells, and numbers that are
 * equal only because they were rounded differ by their digits.
 */
export function compareNumbers(numberA: number, numberB: number, a: Cell, b: Cell): number {
  if (numberA !== numberB) return numberA - numberB;
  if (Number.isSafeInteger(numberA) || !isWhole(a) || !isWhole(b)) return 0;
  const [wholeA, wholeB] = [BigInt(a), BigInt(b)];
  return Number(wholeA > wholeB) - Number(wholeA < wholeB);
}

function isWhole(cell: Cell): cell is string {
  return typeof cell === "string" && /^-?\d+$/.test(cell);
}
