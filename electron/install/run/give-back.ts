import { type ObjectRef, saidOf, toAppError } from "../../../common/contract/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import type { RemovalFact } from "../engine/facts.ts";
import type { JournalState } from "../installation-dir/journal-entries.ts";
import { refOf } from "../objects.ts";
import { givingBack } from "../plan/metadata-changes.ts";
import { sharedFieldManager } from "../plan/plan-types.ts";
import { findOrphans, orphansToRemove } from "./orphans.ts";

export interface TidyOptions {
  client: ClusterClient;
  state: JournalState | undefined;
  signal: AbortSignal;
}

/** Gives labels and annotations of objects that are not ours back what they were before the installation. */
export async function* giveBackMetadata({ client, state, signal }: TidyOptions): AsyncGenerator<RemovalFact> {
  for (const [key, { ref: object, foreign, metadata }] of state?.objects ?? []) {
    if (!foreign) continue;
    try {
      const live = metadata && (await client.get(object, signal));
      const patch =
        live &&
        givingBack(metadata, { labels: live.metadata.labels ?? {}, annotations: live.metadata.annotations ?? {} });
      if (patch) await client.mergePatch(object, patch, { fieldManager: sharedFieldManager, signal });
      yield { type: "givenBack", key, object, changed: patch !== undefined };
    } catch (error) {
      signal.throwIfAborted();
      yield { type: "notGivenBack", object, why: saidOf(toAppError(error)) };
    }
  }
}

/** Removes what controllers of ours left outside our namespaces; what can't be removed is named and left. */
export async function* removeOrphans(
  { client, state, signal }: TidyOptions,
  going: ReadonlySet<string>,
): AsyncGenerator<RemovalFact> {
  const controllers = [...(state?.objects.values() ?? [])].filter(({ foreign }) => !foreign).map(({ ref }) => ref);
  const { remove, unknown } = orphansToRemove(await findOrphans(client, controllers, signal), state?.before, going);
  for (const object of unknown) yield { type: "orphan", object: refOf(object), is: "unknown" };
  for (const object of remove) {
    const fact = await removeOrphan(client, refOf(object), object, signal);
    if (fact) yield fact;
  }
}

async function removeOrphan(
  client: ClusterClient,
  object: ObjectRef,
  { metadata: { uid } }: KubeObject,
  signal: AbortSignal,
): Promise<RemovalFact | undefined> {
  try {
    const was = await client.delete(object, { signal, ...(uid ? { uid } : {}) });
    return was ? { type: "orphan", object, is: "removed" } : undefined;
  } catch (error) {
    signal.throwIfAborted();
    return { type: "orphanStays", object, why: saidOf(toAppError(error)) };
  }
}
