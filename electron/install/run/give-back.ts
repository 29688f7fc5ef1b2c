import { type ObjectRef, toAppError } from "../../../common/contract/index.ts";
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
        const message = `${describe(ref)} is not part of the installation and stays; its labels are as they were before`;
        log.add({ level: "info", event: "kept", message });
      }
      journal.noteKey("removed", key);
    } catch (error) {
      signal.throwIfAborted();
      const message = `${describe(ref)} keeps labels that the installation put on it: ${toAppError(error).message}`;
      log.add({ level: "warn", event: "kept", message });
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
    const because = "it is not known whether it was there before the installation";
    log.add({ level: "info", event: "kept", message: `${describe(refOf(object))} stays: ${because}` });
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
    if (was) log.add({ level: "info", event: "removed", message: `${describe(ref)} (left by a controller)` });
  } catch (error) {
    signal.throwIfAborted();
    const message = `${describe(ref)} was left by a controller and can't be removed: ${toAppError(error).message}`;
    log.add({ level: "warn", event: "kept", message });
  }
}
