import type { JournalWriter } from "../installation-dir/journal.ts";
import type { JournalNote } from "../installation-dir/journal-entries.ts";
import type { Fact } from "./facts.ts";

/** What the journal gets: an entry, or an object that is gathered with others. `uid`: of one that is ours. */
export type JournalLine = { note: JournalNote } | { t: "applied" | "removed"; key: string; uid?: string | undefined };

/** What of a fact a later run has to know. Pure. */
export function journalOf(fact: Fact): JournalLine | undefined {
  switch (fact.type) {
    case "applied":
    case "renewed": {
      const { node, uid } = fact;
      return { t: "applied", key: node.id, uid: node.foreign ? undefined : uid };
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
    case "kept":
      return { note: { t: "kept", object: fact.object, because: fact.because } };
    case "phaseDone":
      return { note: { t: "step", step: `removed ${fact.phase}` } };
    case "givenBack":
    case "gone":
      return { t: "removed", key: fact.key };
    default:
      return undefined;
  }
}

export function writeJournal(journal: Pick<JournalWriter, "note" | "noteKey">, fact: Fact): void {
  const line = journalOf(fact);
  if (!line) return;
  if ("note" in line) journal.note(line.note);
  else journal.noteKey(line.t, line.key, line.uid);
}
