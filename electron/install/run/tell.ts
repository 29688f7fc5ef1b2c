import type { Fact } from "../engine/facts.ts";
import { writeJournal } from "../engine/run-journal.ts";
import { logOf } from "../engine/run-log.ts";
import type { InstallLog } from "../installation-dir/install-log.ts";
import type { JournalWriter } from "../installation-dir/journal.ts";
import type { StatusStore } from "./status-store.ts";

/** Who hears of facts. */
export interface Told {
  statusStore: StatusStore;
  log: Pick<InstallLog, "add">;
  journal: Pick<JournalWriter, "note" | "noteKey">;
}

/** Status, journal and log are made of the same facts, each on its own. */
export function tell({ statusStore, log, journal }: Told, fact: Fact): void {
  writeJournal(journal, fact);
  statusStore.tell(fact);
  for (const line of logOf(fact)) log.add(line);
}
