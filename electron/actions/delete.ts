import { type ChangeResult, FlowdeckError, type ObjectTarget } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import { named, refOf } from "./targets.ts";
import type { WriteContext } from "./write.ts";

export interface DeleteHow {
  propagation: "background" | "foreground" | "orphan";
  gracePeriodSeconds?: number | undefined;
}

/** Deletes it and says what it still waits for, if it is not gone by then. */
export async function remove(context: WriteContext, target: ObjectTarget, how: DeleteHow): Promise<ChangeResult> {
  const { client, dryRun, signal } = context;
  const deleted = await client.delete(refOf(target), {
    propagation: how.propagation,
    ...(target.uid === undefined ? {} : { uid: target.uid }),
    ...(how.gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds: how.gracePeriodSeconds }),
    dryRun,
    signal,
  });
  if (!deleted) throw new FlowdeckError("object-not-found", message("action.objectMissing", { object: named(target) }));
  if (dryRun) return {};
  const left = await client.get(refOf(target), signal);
  const same = left !== undefined && (target.uid === undefined || left.metadata.uid === target.uid);
  if (!same || left.metadata.deletionTimestamp === undefined) return {};
  return { finalizers: left.metadata.finalizers ?? [] };
}
