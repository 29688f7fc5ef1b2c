import { at, list } from "../../../common/json/index.ts";
import { atManagedFields } from "../../../common/kube/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { fieldManager, installationLabel } from "../plan/plan-types.ts";

/** What the journal has of an object; see JournalObject. */
export interface Recorded {
  foreign: boolean;
  uid?: string;
}

/**
 * Why an object in the cluster is not the installation's to remove, or undefined where it is. What the journal recorded
 * counts first: it has to be the very object that was created, by its uid. Where the journal has no uid for it (written
 * by an earlier version, or cut off by a crash) or is lost, Flowdeck must have set the object's label itself, by server-
 * side apply: a copy of the object has the label from whoever copied it. The label is needed in any case. Pure.
 *
 * @param journaled false where the folder's journal is lost.
 */
export function whyNotOurs(
  object: KubeObject,
  { installation, journaled, recorded }: { installation: string; journaled: boolean; recorded: Recorded | undefined },
): Message | undefined {
  const label = object.metadata.labels?.[installationLabel];
  if (journaled && recorded === undefined) return message("removal.copied");
  if (recorded?.foreign) return message("removal.wasThere");
  if (recorded?.uid !== undefined && recorded.uid !== object.metadata.uid) return message("removal.recreated");
  if (label === undefined) return message("removal.labelGone");
  if (label !== installation) return message("removal.ofAnother", { installation: label });
  if (recorded?.uid === undefined && !isLabelledByFlowdeck(object)) return message("removal.notLabelled");
  return undefined;
}

/** Does the label that is there belong to Flowdeck's own server-side apply? */
function isLabelledByFlowdeck({ metadata }: KubeObject): boolean {
  return list(metadata.managedFields).some(
    (entry) =>
      atManagedFields(entry, "manager") === fieldManager &&
      atManagedFields(entry, "operation") === "Apply" &&
      at(entry, "fieldsV1", "f:metadata", "f:labels", `f:${installationLabel}`) !== undefined,
  );
}
