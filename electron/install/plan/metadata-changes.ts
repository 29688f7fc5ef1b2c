import { own } from "../../../common/json/index.ts";
import type { MetadataChanges } from "../installation-dir/journal-entries.ts";
import type { PlanNode } from "./plan-types.ts";

/** Labels and annotations that applying a node would change on the object that is there. */
export function metadataChangesOf({ object, live }: PlanNode): MetadataChanges | undefined {
  if (!live) return undefined;
  const labels = changes(object.metadata.labels, live.labels);
  const annotations = changes(object.metadata.annotations, live.annotations);
  return labels || annotations ? { ...(labels ? { labels } : {}), ...(annotations ? { annotations } : {}) } : undefined;
}

function changes(wanted: Record<string, string> = {}, there: Record<string, string>): MetadataChanges["labels"] {
  const changed = Object.entries(wanted).filter(([name, value]) => own(there, name) !== value);
  if (changed.length === 0) return undefined;
  return Object.fromEntries(
    changed.map(([name, set]) => {
      const was = own(there, name);
      return [name, { set, ...(was === undefined ? {} : { was }) }];
    }),
  );
}

/**
 * The merge patch that gives labels and annotations back what they were before, as far as they still are what was set;
 * undefined where there is nothing to give back. Pure.
 */
export function givingBack(
  changes: MetadataChanges,
  live: Pick<NonNullable<PlanNode["live"]>, "labels" | "annotations">,
) {
  const back = (field: "labels" | "annotations") =>
    Object.entries(changes[field] ?? {})
      .filter(([name, { set }]) => own(live[field], name) === set)
      .map(([name, { was }]) => [name, was ?? null] as const);
  const labels = back("labels");
  const annotations = back("annotations");
  if (labels.length === 0 && annotations.length === 0) return undefined;
  return {
    metadata: {
      ...(labels.length > 0 ? { labels: Object.fromEntries(labels) } : {}),
      ...(annotations.length > 0 ? { annotations: Object.fromEntries(annotations) } : {}),
    },
  };
}
