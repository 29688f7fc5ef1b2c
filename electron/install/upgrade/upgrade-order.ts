import { z } from "zod";
import { FlowdeckError, objectRef, type UpgradeChoice } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import { describe, keyOf } from "../objects.ts";

/** An object that an upgrade deletes. */
export const deletion = z.strictObject({
  object: objectRef,
  /** Only this very object; empty: it is no longer there, and the inventory forgets it. */
  uid: z.string(),
  when: z.enum(["before", "after"]),
  /** Those of one stage go together, and are gone before the next one begins. */
  stage: z.number(),
  /** It is created again. */
  recreate: z.boolean(),
  /** A controller registered it: it goes with the Services that answer it. */
  registered: z.boolean(),
});
export type Deletion = z.infer<typeof deletion>;

/** What was shown of an upgrade: all that it may delete, and what of it only where that is chosen. */
export const shownUpgrade = z.strictObject({
  from: z.string(),
  deletions: z.array(deletion.extend({ stays: z.boolean() })),
});
export type ShownUpgrade = z.infer<typeof shownUpgrade>;

/** What an upgrade was allowed to do: kept in the journal, so that it can be continued. */
export const upgradeOrder = z.object({
  from: z.string(),
  /** Name of the folder in KF_DIR/kept that has what was there before. */
  kept: z.string().regex(/^[0-9TZ-]+$/),
  deletions: z.array(deletion),
});
export type UpgradeOrder = z.infer<typeof upgradeOrder>;

/**
 * What was shown with what was decided about it. Pure.
 * @throws FlowdeckError `not-allowed` naming what would be recreated without consent.
 */
export function orderOf(shown: ShownUpgrade, choice: UpgradeChoice, at: Date): UpgradeOrder {
  const consents = new Set(choice.consents);
  const prune = new Set(choice.prune);
  const missing = shown.deletions.filter(({ recreate, object }) => recreate && !consents.has(keyOf(object)));
  if (missing.length > 0) {
    const objects = missing.map(({ object }) => describe(object)).join(", ");
    throw new FlowdeckError("not-allowed", message("upgrade.noConsent", { count: missing.length, objects }), {
      advice: message("upgrade.noConsentWay"),
    });
  }
  return {
    from: shown.from,
    kept: at.toISOString().replace(/\.\d+/, "").replaceAll(":", "-"),
    deletions: shown.deletions
      .filter(({ stays, object }) => !stays || prune.has(keyOf(object)))
      .map(({ stays: _stays, ...rest }) => rest),
  };
}
