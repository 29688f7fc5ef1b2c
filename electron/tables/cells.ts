import type { TableColumn } from "../../common/contract/index.ts";
import { parseQuantity } from "../../common/kube/index.ts";

/** How a column's cells compare; `duration` is shown as text and not as a time that ticks. */
export type SortKind = TableColumn["as"] | "duration";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

const units: Record<string, number> = { s: second, m: minute, h: hour, d: day, y: year };

/** "4m12s" in milliseconds, as the API server writes ages and durations; undefined for what is none. */
export function parseDuration(written: string): number | undefined {
  if (!/^-?(\d+[smhdy])+$/.test(written)) return undefined;
  let total = 0;
  for (const [, count, unit] of written.matchAll(/(\d+)([smhdy])/g)) total += Number(count) * (units[unit ?? ""] ?? 0);
  return written.startsWith("-") ? -total : total;
}

/** How much an age may have been rounded down: the unit of its last figure. */
export function durationStep(written: string): number {
  return units[written.at(-1) ?? ""] ?? 0;
}

/**
 * An age as kubectl writes it: two units while they matter, then one.
 * Rule of k8s.io/apimachinery/pkg/util/duration, HumanDuration.
 */
export function formatDuration(ms: number): string {
  const seconds = Math.trunc(ms / second);
  if (seconds < -1) return "<invalid>";
  if (seconds < 0) return "0s";
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 10) return pair(minutes, "m", seconds % 60, "s");
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 8) return pair(hours, "h", minutes % 60, "m");
  if (hours < 48) return `${hours}h`;
  if (hours < 192) return pair(Math.floor(hours / 24), "d", hours % 24, "h");
  const days = Math.floor(hours / 24);
  if (days < 730) return `${days}d`;
  if (days < 8 * 365) return pair(Math.floor(days / 365), "y", days % 365, "d");
  return `${Math.floor(days / 365)}y`;
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit}${small}${smallUnit}`;
}

/** What the API server writes where there is nothing. */
export function isEmpty(cell: unknown): boolean {
  return cell === null || cell === "" || cell === "<none>" || cell === "<unknown>" || cell === "<unset>";
}

/** Cells that stand for numbers repeat: what they are is worked out once. Bounded, as values of churn never end. */
const known = new Map<SortKind, Map<string, number>>();
const mostKnown = 20_000;

/** A cell as a number to sort by: NaN where it is none of its kind. */
export function numberOf(kind: SortKind, cell: string): number {
  let numbers = known.get(kind);
  if (numbers === undefined || numbers.size > mostKnown) {
    numbers = new Map();
    known.set(kind, numbers);
  }
  let number = numbers.get(cell);
  if (number === undefined) {
    number = readNumber(kind, cell);
    numbers.set(cell, number);
  }
  return number;
}

function readNumber(kind: SortKind, cell: string): number {
  switch (kind) {
    case "ready": {
      const parts = /^(\d+)\/(\d+)/.exec(cell);
      if (parts === null) return Number.NaN;
      // By the share that is ready; of equal shares the smaller number first.
      const [ready, wanted] = [Number(parts[1]), Number(parts[2])];
      return (wanted === 0 ? 1 : ready / wanted) + wanted / 1e6;
    }
    case "duration":
      return parseDuration(cell) ?? Number.NaN;
    case "quantity":
      return parseQuantity(cell) ?? Number.NaN;
    case "number":
      // "1 (3m ago)" counts restarts; "45%" and "3.5" are numbers as well.
      return Number(/^[+-]?\d+(\.\d+)?(?=$|\s|%)/.exec(cell)?.[0] ?? Number.NaN);
    default:
      return Number.NaN;
  }
}

export function looksLike(kind: SortKind, cell: string): boolean {
  if (kind === "ready") return /^\d+\/\d+$/.test(cell);
  if (kind === "version") return /^v\d+(\.\d+)+/.test(cell);
  if (kind === "duration") return parseDuration(cell) !== undefined;
  if (kind === "quantity") return parseQuantity(cell) !== undefined;
  if (kind === "number") return /^[+-]?\d+(\.\d+)?( \(.* ago\)|%)?$/.test(cell);
  return false;
}
