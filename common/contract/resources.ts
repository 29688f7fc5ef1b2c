import { z } from "zod";
import { contextId } from "./context-id.ts";
import { stream } from "./define.ts";

/** A served resource, as discovery tells it: enough to name it in a path and in words. */
export const resourceInfo = z.object({
  group: z.string(),
  version: z.string(),
  /** Lower case plural, as in paths: `pods`. */
  plural: z.string(),
  kind: z.string(),
  namespaced: z.boolean(),
  verbs: z.array(z.string()),
  singular: z.string(),
  shortNames: z.array(z.string()),
  categories: z.array(z.string()),
  /** True for what a CustomResourceDefinition brought. */
  custom: z.boolean(),
});
export type ResourceInfo = z.infer<typeof resourceInfo>;

/** Which resource of which cluster. `group` is "" for the core group. */
export const resourceTarget = z.object({
  context: contextId,
  group: z.string(),
  version: z.string().min(1),
  plural: z.string().min(1),
});
export type ResourceTarget = z.infer<typeof resourceTarget>;

/** One object of one cluster: what every view, action and tab of an object is about. */
export const objectTarget = resourceTarget.extend({
  kind: z.string().min(1),
  namespace: z.string().min(1).optional(),
  name: z.string().min(1),
  /** When known: what was made anew under the same name is then told apart. */
  uid: z.string().optional(),
});
export type ObjectTarget = z.infer<typeof objectTarget>;

/** How many objects of a resource there are, or why that can't be told. */
export const kindCount = z.object({
  group: z.string(),
  version: z.string(),
  plural: z.string(),
  count: z.number().optional(),
  forbidden: z.boolean().optional(),
});
export type KindCount = z.infer<typeof kindCount>;

export const resourcesContract = {
  /** What the cluster serves in preferred versions, now and after each change (a CRD that came or went). */
  "resources.watch": stream(z.object({ context: contextId }), z.array(resourceInfo)),
  /** Counts of a few resources (those on screen), anew every few seconds while somebody looks. */
  "resources.counts": stream(
    z.object({
      context: contextId,
      /** Empty: all namespaces. */
      namespaces: z.array(z.string()),
      resources: z.array(resourceTarget.omit({ context: true })).max(100),
    }),
    z.array(kindCount),
  ),
  /** Names of the namespaces, now and at each change; `allowed` is false when they may not be listed (then only known ones come). */
  "namespaces.watch": stream(
    z.object({ context: contextId }),
    z.object({ names: z.array(z.string()), allowed: z.boolean() }),
  ),
};
