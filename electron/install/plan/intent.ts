import type { ObjectRef } from "../../../common/contract/index.ts";
import type { JournalNote } from "../installation-dir/journal-entries.ts";
import { metadataChangesOf } from "./metadata-changes.ts";
import type { Plan } from "./plan-types.ts";

export interface IntentInput {
  plan: Plan;
  title: string;
  /** What is there of what the plan's controllers make by themselves; undefined where that came too late to ask. */
  before: readonly ObjectRef[] | undefined;
}

/** The journal's line that says what will be applied, and what each of it met in the cluster. Pure. */
export function intentOf({ plan, title, before }: IntentInput): JournalNote {
  return {
    t: "intent",
    title,
    objects: plan.nodes.map((node) => {
      const metadata = node.foreign ? metadataChangesOf(node) : undefined;
      return {
        ...{ ref: node.ref, component: node.component },
        ...(node.foreign ? { foreign: true } : {}),
        ...(node.live ? {} : { absent: true }),
        ...(node.taken ? { adopted: true } : {}),
        ...(metadata ? { metadata } : {}),
      };
    }),
    titles: Object.fromEntries(plan.components.map((component) => [component.id, component.title])),
    ...(before ? { before: [...before] } : {}),
  };
}
