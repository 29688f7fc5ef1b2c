import { z } from "zod";
import { contextId } from "./context-id.ts";
import { method, stream } from "./define.ts";
import { objectDrift } from "./drift.ts";
import { installStatus } from "./install-status.ts";
import { message } from "./message.ts";
import { objectRef } from "./object-ref.ts";
import { installSettings } from "./settings.ts";

/** What taking a Kubeflow that something else installed into an installation's folder comes to. */
export const adoption = z.object({
  release: z.string(),
  title: z.string(),
  /** As the folder will have them: with the components that are there. */
  settings: installSettings,
  /** How much of what runs has just the images of the release: 1 is all of it. */
  likeness: z.number(),
  /** How many objects become part of the installation. */
  objects: z.number(),
  /** Those of them that are not as the release has them; they stay as they are, and the folder keeps their changes. */
  differing: z.array(objectDrift),
  /** What the release has and the installation leaves alone. */
  leftOut: z.array(
    z.object({ object: objectRef, why: z.enum(["absent", "secret", "definition", "changes", "other"]) }),
  ),
  /** Says which comparison was looked at. */
  digest: z.string(),
});
export type Adoption = z.infer<typeof adoption>;

const wanted = z.object({
  context: contextId,
  /** Of a folder that is not there yet. */
  settings: installSettings,
  /** Find the release that fits best, whatever the settings name. */
  recognise: z.boolean().default(false),
});

export const adoptContract = {
  /** Compares a release with what is in the cluster; the last item has the outcome. Changes nothing. */
  "adopt.compare": stream(
    wanted,
    z.object({ fraction: z.number(), said: message.optional(), adoption: adoption.optional() }),
  ),
  /**
   * Writes the folder, and begins to label the objects, as they are, as the installation's. Refused (`plan-stale`) where
   * the comparison would no longer be the one that was looked at.
   */
  "adopt.take": method(wanted.omit({ recognise: true }).extend({ digest: z.string() }), installStatus),
};
