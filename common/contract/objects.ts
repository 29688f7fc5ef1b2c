import { z } from "zod";
import { stream } from "./define.ts";
import { appError } from "./errors.ts";
import { messageParams } from "./message.ts";
import { objectTarget } from "./resources.ts";
import { type RowHealth, rowHealth } from "./tables.ts";

/** An object as JSON, without managedFields; the values of a Secret are masked (see {@link secretMask}). */
export const objectJson = z.record(z.string(), z.unknown());
export type ObjectJson = z.infer<typeof objectJson>;

/** `live`: a watch keeps it as it is; `reconnecting`: the watch broke and is being made anew. */
export const watchState = z.enum(["listing", "live", "reconnecting"]);

export const watchedObject = z.object({
  /** The object now; after `deleted` as it was last, absent when it was never there. */
  object: objectJson.optional(),
  deleted: z.boolean(),
  /** True when it is another object under the same name than the one asked for or seen first. */
  anew: z.boolean(),
  state: watchState,
  /** Why it reconnects. */
  problem: appError.optional(),
});
export type WatchedObject = z.infer<typeof watchedObject>;

/** Another object of the same cluster, as a link names it. */
export const objectLink = objectTarget.omit({ context: true });
export type ObjectLink = z.infer<typeof objectLink>;

/** What can be wrong with an object. Each has its sentence in the page's words, made with the cause's `params`. */
export const causeIds = [
  // pods
  "claimMissing",
  "claimOpen",
  "claimUnbound",
  "containerStart",
  "crash",
  "creating",
  "ended",
  "endedRestarts",
  "hookFailed",
  "imageCredentials",
  "imageLimit",
  "imageNotFound",
  "imageOther",
  "imageUnreachable",
  "initRunning",
  "inputMissing",
  "livenessFailed",
  "mount",
  "notReady",
  "onSilentNode",
  "onUnreadyNode",
  "otherScheduler",
  "outOfMemory",
  "podFailed",
  "probeFailed",
  "pulling",
  "readinessGate",
  "sandboxFailed",
  "schedulingGated",
  "startupFailed",
  "unexplained",
  "unschedulable",
  "waitsForScheduler",
  // workloads
  "jobFailed",
  "jobOfCronFailed",
  "paused",
  "podsMissing",
  "podsRefused",
  "rolloutStuck",
  "suspended",
  // storage
  "claimAwaits",
  "claimByHand",
  "claimClassMissing",
  "claimInUse",
  "claimLost",
  "claimNoClass",
  "claimPending",
  "claimWaits",
  "volumeFailed",
  "volumeInUse",
  // nodes
  "cordoned",
  "nodeNotReady",
  "nodePressure",
  // network and admission
  "addressPending",
  "backendEmpty",
  "backendMissing",
  "serviceNoPods",
  "serviceNoneReady",
  "webhookEmpty",
  "webhookMissing",
  // any kind
  "condition",
  "deletionBlocked",
  "ending",
] as const;
export const causeId = z.enum(causeIds);
export type CauseId = z.infer<typeof causeId>;

/** What helps against a cause; the page has a button for each. */
export const causeHelp = z.enum([
  "image",
  "logs",
  "previousLogs",
  "events",
  "storageClasses",
  "nodes",
  "resume",
  "uncordon",
  "finalizers",
]);
export type CauseHelp = z.infer<typeof causeHelp>;

/** Why an object is not as it should be: the message `cause.<id>`, and what helps. */
export const cause = z.object({
  id: causeId,
  params: messageParams,
  /** How often it was tried, where that was more than once. */
  tries: z.number().optional(),
  /** `bad`: waiting alone is unlikely to cure it; `warn`: it may pass, or somebody wants it so. */
  level: z.enum(["warn", "bad"]),
  /** The cluster's own words, where the sentence says them shorter. */
  words: z.string().optional(),
  /** The object it is found in, when that is another one: the pod of a Deployment. */
  about: objectLink.optional(),
  help: z.array(causeHelp),
});
export type Cause = z.infer<typeof cause>;

/** What stands around an object and how it is. */
export const insight = z.object({
  /** From the root down to its own controller. */
  owners: z.array(objectLink),
  health: rowHealth,
  /** A word or two as the `STATUS` column says it: `Running`, `CrashLoopBackOff`, `2/3 ready`. */
  status: z.string(),
  /** The worst first. */
  causes: z.array(cause),
  /** How many events there are about it (and what it made). */
  events: z.number(),
});
export type Insight = z.infer<typeof insight>;

export const eventView = z.object({
  key: z.string(),
  warning: z.boolean(),
  reason: z.string(),
  message: z.string(),
  count: z.number(),
  /** Milliseconds since the epoch; 0 when unknown. */
  first: z.number(),
  last: z.number(),
  /** The component that told it. */
  source: z.string(),
  /** The object it is about, when that is one the asked-for object made. */
  about: objectLink.optional(),
});
export type EventView = z.infer<typeof eventView>;

/** How another object stands to this one. */
export const relations = [
  "owners",
  "children",
  "pods",
  "services",
  "backends",
  "routes",
  "storage",
  "uses",
  "usedBy",
  "node",
  "scaling",
  "guards",
  "access",
] as const;
export const relation = z.enum(relations);
export type Relation = z.infer<typeof relation>;

export interface RelatedNode {
  link: ObjectLink;
  status: string;
  health: RowHealth;
  /** False: it is named, but does not exist. */
  exists: boolean;
  /** How it is used, in the API's words: `volume data`, `env DB_PASSWORD`, `port 80`. */
  how?: string | undefined;
  children: RelatedNode[];
}
export const relatedNode: z.ZodType<RelatedNode> = z.object({
  link: objectLink,
  status: z.string(),
  health: rowHealth,
  exists: z.boolean(),
  how: z.string().optional(),
  get children() {
    return z.array(relatedNode);
  },
});

export const relatedView = z.object({
  groups: z.array(z.object({ relation, nodes: z.array(relatedNode), more: z.number() })),
  /** Kinds that may not be listed, or that were looked through only in part. */
  limits: z.array(z.object({ kind: z.string(), why: z.enum(["forbidden", "many"]) })),
  /** Still being looked for. */
  looking: z.boolean(),
});
export type RelatedView = z.infer<typeof relatedView>;

export const objectsContract = {
  /** One object as it is, until closed: now and after each change. Ends only for what waiting can't cure. */
  "object.watch": stream(objectTarget, watchedObject),
  /** Its owners, how it is, and why it is not well. */
  "object.insight": stream(objectTarget, insight),
  /** Events about it and about what it made, newest first, at most 500. */
  "object.events": stream(objectTarget, z.object({ events: z.array(eventView), more: z.number() })),
  /** Objects that have to do with it. */
  "object.related": stream(objectTarget, relatedView),
  /** What `kubectl describe` says of it, kept as it is; no Secret value is in it. */
  "object.describe": stream(objectTarget, z.object({ text: z.string() })),
};
