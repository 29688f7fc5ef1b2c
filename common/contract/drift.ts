import { z } from "zod";
import { contextId } from "./context-id.ts";
import { method } from "./define.ts";
import { fieldChange } from "./edit.ts";
import { appError } from "./errors.ts";
import { objectRef } from "./object-ref.ts";

/** A field that is not as it was applied. Values are short JSON; none is told of a Secret. */
export const fieldDrift = z.object({
  path: z.string(),
  /** It was not applied: someone added it. */
  added: z.boolean().optional(),
  applied: z.string().optional(),
  /** Absent: it was taken away. */
  live: z.string().optional(),
  /** The field manager that set it, and when (ISO 8601); absent for what was taken away. */
  by: z.string().optional(),
  at: z.string().optional(),
});
export type FieldDrift = z.infer<typeof fieldDrift>;

export const objectDrift = z.object({
  object: objectRef,
  component: z.string(),
  what: z.enum(["changed", "deleted"]),
  /** The first of them; `more` are left out. */
  fields: z.array(fieldDrift),
  more: z.number(),
  /** Stands for what it is like now: what is kept is kept in this state. */
  state: z.string(),
  /** Somebody wants it as it is. */
  kept: z.boolean(),
  /** False where a secret value that belongs to it is not on this computer. */
  restorable: z.boolean(),
});
export type ObjectDrift = z.infer<typeof objectDrift>;

export const driftReport = z.object({
  /** ISO 8601. */
  checkedAt: z.string(),
  /** How many objects were compared with what was applied. */
  compared: z.number(),
  /** Deleted ones first, then the latest change. */
  objects: z.array(objectDrift),
  /** Kinds that could not be read. */
  unread: z.array(z.object({ kind: z.string(), error: appError })),
});
export type DriftReport = z.infer<typeof driftReport>;

export const restoredObject = z.object({
  object: objectRef,
  /** It is not there and is created. */
  created: z.boolean(),
  /** What becomes other than it is now; without values for a Secret. */
  changes: z.array(fieldChange),
  error: appError.optional(),
});
export type RestoredObject = z.infer<typeof restoredObject>;

const place = z.object({ kfDir: z.string().min(1), context: contextId });
const most = 500;

export const driftContract = {
  /** What of an installation is not as it was applied. Changes nothing. */
  "drift.find": method(place, driftReport),
  /** Applies these objects again as they were applied, over whoever changed them; `dryRun` tells what that would change. */
  "drift.putBack": method(
    place.extend({ objects: z.array(objectRef).min(1).max(most), dryRun: z.boolean() }),
    z.object({ objects: z.array(restoredObject) }),
  ),
  /**
   * Makes these, as they are (in `state`), part of the installation: KF_DIR/overlay.yaml has their changes, and every
   * installation makes them. Without `keep` they are listed again. Of Secrets it is only remembered.
   */
  "drift.keep": method(
    place.extend({
      changes: z
        .array(z.object({ object: objectRef, state: z.string() }))
        .min(1)
        .max(most),
      keep: z.boolean(),
    }),
    z.object({}),
  ),
};
