import type { JournalWriter } from "../installation-dir/journal.ts";
import type { JournalNote } from "../installation-dir/journal-entries.ts";
import type { RunFact } from "./run-types.ts";

/** What the journal gets: an entry, or an object that is gathered with others. `uid`: of one that is ours. */
export type JournalLine = { note: JournalNote } | { applied: string; uid: string | undefined };

/** What of a fact a later run has to know. Pure. */
export function journalOf(fact: RunFact): JournalLine | undefined {
  switch (fact.type) {
    case "applied":
    case "renewed": {
      const { node, uid } = fact;
      return { applied: node.id, uid: node.foreign ? undefined : uid };
    }
    case "refused": {
      const { node, error } = fact;
      return { note: { t: "failed", component: node.component, object: node.ref, error } };
    }
    case "gateOpened":
      return { note: { t: "gate", gate: fact.gate.id } };
    case "gateFailed":
      // One that what it stands on took with it has been told there.
      return fact.error.code === "gate-timeout" ? { note: { t: "failed", error: fact.error } } : undefined;
    default:
      return undefined;
  }
}

export function writeJournal(journal: Pick<JournalWriter, "note" | "noteKey">, fact: RunFact): void {
  const line = journalOf(fact);
  if (!line) return;
  if ("note" in line) journal.note(line.note);
  else journal.noteKey("applied", line.applied, line.uid);
}
