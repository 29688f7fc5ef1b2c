import type { LogEntry } from "../../../../common/contract/index.ts";
import { type Language, textOf } from "../../../../common/words/index.ts";

/** An entry in the language of the page; what an earlier version wrote is there in English alone. */
export function entryText({ said, message }: LogEntry, language: Language): string {
  return said === undefined ? message : textOf(said, language);
}

/** Entries that hold every word of a filter in their event, component, level or text; no filter is all of them. */
export function filterLog(log: readonly LogEntry[], filter: string, language: Language): readonly LogEntry[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return log;
  return log.filter((entry) => {
    const { event, component = "", level } = entry;
    const text = `${event} ${component} ${level} ${entryText(entry, language)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
