import type { ObjectJson } from "../../../common/contract/index.ts";
import { isKind } from "../../../common/kube/index.ts";
import { get, list } from "../../state/read.ts";
import type { ActionId, ActionSpec } from "./specs.ts";

/** Why an action can't be done to an object as it is now; a key of the words. */
export type StateReason = "paused" | "notRunning" | "noNode" | "noPrevious";

/** Of two opposite actions only the one that changes something is shown. */
export function fitsState(id: ActionId, object: ObjectJson): boolean {
  const suspended = get(object, "spec.suspend") === true;
  const paused = get(object, "spec.paused") === true;
  const unschedulable = get(object, "spec.unschedulable") === true;
  switch (id) {
    case "suspend":
      return !suspended;
    case "resume":
      return suspended;
    case "pause":
      return !paused;
    case "unpause":
      return paused;
    case "cordon":
      return !unschedulable;
    case "uncordon":
      return unschedulable;
    case "finalizers":
      return list(object, "metadata.finalizers").length > 0;
    default:
      return true;
  }
}

export function reasonOf({ id }: ActionSpec, object: ObjectJson): StateReason | undefined {
  switch (id) {
    case "restart":
      return get(object, "spec.paused") === true ? "paused" : undefined;
    case "shell":
    case "attach":
    case "copy-files":
    case "debug":
      return isKind(object, "/Pod") && !someRuns(object) ? "notRunning" : undefined;
    case "logs-previous":
      return isKind(object, "/Pod") && !someRestarted(object) ? "noPrevious" : undefined;
    case "go-node":
      return get(object, "spec.nodeName") === undefined ? "noNode" : undefined;
    default:
      return undefined;
  }
}

function statuses(object: ObjectJson): unknown[] {
  return ["initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses"].flatMap((field) =>
    list(object, `status.${field}`),
  );
}

function someRuns(object: ObjectJson): boolean {
  return statuses(object).some((status) => get(status, "state.running") !== undefined);
}

function someRestarted(object: ObjectJson): boolean {
  return statuses(object).some((status) => Number(get(status, "restartCount") ?? 0) > 0);
}
