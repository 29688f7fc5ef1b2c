import type { InstallationFolder } from "../installation-dir/installation-dir.ts";
import { JournalWriter } from "../installation-dir/journal.ts";
import { redact } from "../installation-dir/redact.ts";
import type { SecretStore } from "../installation-dir/secrets.ts";
import { keyOf } from "../objects.ts";
import { refOfChange } from "./changed-objects.ts";
import type { AppliedChange } from "./object-changes.ts";
import type { WantedAccess } from "./wanted-access.ts";

export interface RecordInput {
  folder: InstallationFolder;
  store: SecretStore;
  wanted: WantedAccess;
  applied: readonly AppliedChange[];
}

/**
 * Writes into the folder what the cluster has taken, so that comparing finds nothing, installing again keeps it, and
 * uninstalling removes what was created: the objects, the settings, and the journal.
 */
export async function recordChanges({ folder, store, wanted, applied }: RecordInput): Promise<void> {
  const { settings, access, secrets, installation, certificate } = wanted;
  if (access.tls.kind !== "given") await store.setCertificate(installation, undefined);
  else if (certificate) await store.setCertificate(installation, certificate);
  for (const [component, changes] of Map.groupBy(applied, ({ change }) => change.component)) {
    await folder.changeRendered(
      component,
      changes.map(({ change: { before, after } }) => ({ before, after: after && redact([after], secrets)[0] })),
    );
  }
  await folder.writeSettings({ ...settings, access });
  const journal = await JournalWriter.open(folder.path);
  try {
    const created = applied.filter(({ change }) => change.before === undefined);
    if (created.length > 0) {
      const objects = created.map(({ change }) => ({
        ref: refOfChange(change),
        component: change.component,
        absent: true,
      }));
      await journal.commit({ t: "intent", objects });
    }
    for (const { change, uid } of applied) {
      const key = keyOf(refOfChange(change));
      const isForeign = wanted.journal.objects.get(key)?.foreign === true;
      if (change.after) journal.noteKey("applied", key, isForeign ? undefined : uid);
      else journal.noteKey("removed", key);
    }
    await journal.commit();
  } finally {
    await journal.close();
  }
}
