import {
  type ChangeResult,
  type ContextId,
  type ObjectChange,
  type ObjectTarget,
  toAppError,
} from "../../common/contract/index.ts";
import type { ClusterClient } from "../cluster/index.ts";
import { remove } from "./delete.ts";
import { pause, restart, undo } from "./rollout.ts";
import { scale } from "./scale.ts";
import { cordon, dropFinalizer, setImages, setMetadata, suspend, taint, trigger } from "./simple-changes.ts";
import type { WriteContext } from "./write.ts";

/** Does one thing to each object, all at once; what fails for one is its result and does not keep the others. */
export async function runChange(
  clientFor: (context: ContextId) => Promise<ClusterClient>,
  targets: readonly ObjectTarget[],
  change: ObjectChange,
  { dryRun, signal }: { dryRun: boolean; signal: AbortSignal },
): Promise<ChangeResult[]> {
  return await Promise.all(
    targets.map(async (target) => {
      try {
        const client = await clientFor(target.context);
        try {
          return await changeOne({ client, dryRun, signal }, target, change);
        } finally {
          await client.close();
        }
      } catch (error) {
        return { error: toAppError(error) };
      }
    }),
  );
}

function changeOne(context: WriteContext, target: ObjectTarget, change: ObjectChange): Promise<ChangeResult> {
  switch (change.do) {
    case "restart":
      return restart(context, target);
    case "scale":
      return scale(context, target, change.replicas);
    case "pause":
      return pause(context, target, change.paused);
    case "undo":
      return undo(context, target, change.revision);
    case "image":
      return setImages(context, target, change.images);
    case "labels":
    case "annotations":
      return setMetadata(context, target, change.do, change);
    case "trigger":
      return trigger(context, target);
    case "suspend":
      return suspend(context, target, change.suspended);
    case "cordon":
      return cordon(context, target, change.unschedulable);
    case "taints":
      return taint(context, target, change);
    case "delete":
      return remove(context, target, change);
    case "finalizer":
      return dropFinalizer(context, target, change.remove);
  }
}
