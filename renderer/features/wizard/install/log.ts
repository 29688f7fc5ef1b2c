import type { LogEntry } from "../../../../common/contract/index.ts";

/** Entries that hold every word of a filter in their event, component, level or message; no filter is all of them. */
export function filterLog(log: readonly LogEntry[], filter: string): readonly LogEntry[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return log;
  return log.filter((entry) => {
    const text = `${entry.event} ${entry.component ?? ""} ${entry.level} ${entry.message}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
