import { type ObjectRef, saidOf, toAppError } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import type { InstallLog } from "../installation-dir/install-log.ts";
import type { JournalWriter } from "../installation-dir/journal.ts";
import type { JournalState } from "../installation-dir/journal-entries.ts";
import { describe, refOf } from "../objects.ts";
import { givingBack } from "../plan/metadata-changes.ts";
import { sharedFieldManager } from "../plan/plan-types.ts";
import { findOrphans, orphansToRemove } from "./orphans.ts";

export interface TidyOptions {
  client: ClusterClient;
  state: JournalState | undefined;
  log: InstallLog;
  journal: JournalWriter;
  signal: AbortSignal;
}

/** Gives labels and annotations of objects that are not ours back what they were before the installation. */
export async function giveBackMetadata({ client, state, log, journal, signal }: TidyOptions): Promise<void> {
  for (const [key, { ref, foreign, metadata }] of state?.objects ?? []) {
    if (!foreign) continue;
    try {
      const live = metadata && (await client.get(ref, signal));
      const patch =
        live &&
        givingBack(metadata, { labels: live.metadata.labels ?? {}, annotations: live.metadata.annotations ?? {} });
      if (patch) {
        await client.mergePatch(ref, patch, { fieldManager: sharedFieldManager, signal });
        const said = message("installLog.givenBack", { object: describe(ref) });
        log.add({ level: "info", event: "kept", said });
      }
      journal.noteKey("removed", key);
    } catch (error) {
      signal.throwIfAborted();
      const why = saidOf(toAppError(error));
      const said = message("installLog.notGivenBack", { object: describe(ref), why });
      log.add({ level: "warn", event: "kept", said });
    }
  }
}

/** Removes what controllers of ours left outside our namespaces; what can't be removed is named and left. */
export async function removeOrphans(
  { client, state, log, signal }: TidyOptions,
  going: ReadonlySet<string>,
): Promise<void> {
  const controllers = [...(state?.objects.values() ?? [])].filter(({ foreign }) => !foreign).map(({ ref }) => ref);
  const { remove, unknown } = orphansToRemove(await findOrphans(client, controllers, signal), state?.before, going);
  for (const object of unknown) {
    const because = message("removal.unknown");
    const said = message("installLog.stays", { object: describe(refOf(object)), because });
    log.add({ level: "info", event: "kept", said });
  }
  for (const object of remove) await removeOrphan({ client, log, signal }, refOf(object), object);
}

async function removeOrphan(
  { client, log, signal }: Pick<TidyOptions, "client" | "log" | "signal">,
  ref: ObjectRef,
  { metadata: { uid } }: KubeObject,
): Promise<void> {
  try {
    const was = await client.delete(ref, { signal, ...(uid ? { uid } : {}) });
    if (!was) return;
    log.add({ level: "info", event: "removed", said: message("installLog.orphanRemoved", { object: describe(ref) }) });
  } catch (error) {
    signal.throwIfAborted();
    const said = message("installLog.orphanStays", { object: describe(ref), why: saidOf(toAppError(error)) });
    log.add({ level: "warn", event: "kept", said });
  }
}
