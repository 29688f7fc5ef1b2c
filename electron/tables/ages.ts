import type { Cell } from "../../common/contract/index.ts";
import { durationStep, parseDuration } from "./cells.ts";

/**
 * The time an age counts from, in ms: exact for a date, else as exact as the age is written. A time that is known
 * already stays when the age agrees with it, so that rounding makes no change of it.
 */
export function sinceWhen(cell: Cell, at: number, before: Cell | undefined): Cell {
  if (typeof cell !== "string") return cell;
  const age = parseDuration(cell);
  if (age === undefined) {
    const date = /^\d{4}-\d\d-\d\dT/.test(cell) ? Date.parse(cell) : Number.NaN;
    return Number.isNaN(date) ? null : date;
  }
  return typeof before === "number" && isSince(cell, at, before) ? before : at - age;
}

/** Does an age agree with the time it counts from? */
export function isSince(cell: Cell, at: number, since: number): boolean {
  const age = typeof cell === "string" ? parseDuration(cell) : undefined;
  if (typeof cell !== "string" || age === undefined) return false;
  return Math.abs(at - age - since) <= durationStep(cell) + 2_000;
}
