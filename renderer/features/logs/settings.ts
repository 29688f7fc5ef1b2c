import { create } from "zustand";
import type { LogFilter, LogPattern, LogSource } from "../../../common/contract/index.ts";
import { recall, remember } from "../../state/storage.ts";

export const noPattern: LogPattern = { text: "", regex: false, caseSensitive: false };
export const noFilter: LogFilter = { ...noPattern, inverse: false, context: 0, level: null, hidden: [] };

interface LogLook {
  wrap: boolean;
  times: boolean;
  /** New lines are read out by screen readers. */
  announce: boolean;
  keepLines: number;
}

const isLook = (value: unknown): value is LogLook =>
  typeof value === "object" &&
  value !== null &&
  ["wrap", "times", "announce"].every((name) => typeof Reflect.get(value, name) === "boolean") &&
  typeof Reflect.get(value, "keepLines") === "number";

const kept = recall("logsLook");

/** How logs look, the same for all of them and kept over a reload. */
export const useLogLook = create<LogLook>(() =>
  isLook(kept) ? kept : { wrap: false, times: false, announce: false, keepLines: 1_000_000 },
);

export function setLogLook(change: Partial<LogLook>): void {
  useLogLook.setState(change);
  remember("logsLook", useLogLook.getState());
}

/** How much of what was written is read to begin with. */
export const ranges = ["100", "1000", "10000", "all", "1m", "5m", "1h", "24h"] as const;
export type Range = (typeof ranges)[number];

const seconds: Partial<Record<Range, number>> = { "1m": 60, "5m": 300, "1h": 3_600, "24h": 86_400 };

export function beginning(range: Range | string): Pick<LogSource, "tail" | "since"> {
  const since = seconds[range as Range];
  if (since !== undefined) return { tail: null, since: { seconds: since } };
  if (range === "all") return { tail: null, since: null };
  const tail = Number(range);
  if (Number.isInteger(tail) && range !== "") return { tail, since: null };
  const time = new Date(range);
  return { tail: null, since: { time: time.toISOString() } };
}
