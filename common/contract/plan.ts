import { z } from "zod";
import { contextId } from "./context-id.ts";
import { appError } from "./errors.ts";
import { goneImage, kfDefChange } from "./kfdef.ts";
import { message } from "./message.ts";
import { objectRef } from "./object-ref.ts";
import { platform } from "./settings.ts";
import { upgradePlan } from "./upgrade.ts";

/** CPU in cores, memory and storage in bytes. */
export const resources = z.object({
  cpu: z.number(),
  memoryBytes: z.number(),
  storageBytes: z.number(),
  pods: z.number(),
});
export type Resources = z.infer<typeof resources>;

export const planWave = z.object({
  id: z.string(),
  title: message,
  /** What has to be true before it begins. */
  gate: message.optional(),
  objects: z.number(),
});

/** What was rendered differently because of where the cluster runs, each with its reason. */
export const platformChanges = z.object({ id: platform, changes: z.array(message) });
export type PlatformChanges = z.infer<typeof platformChanges>;

/** An image that is taken from elsewhere than the release says, and the objects that name it. */
export const imageChange = z.object({ from: z.string(), to: z.string(), places: z.array(z.string()) });
export type ImageChange = z.infer<typeof imageChange>;
/** What a setting changed in an object of the release, and why. */
export const planAdjustment = z.object({ component: z.string(), object: objectRef, said: message });
export type PlanAdjustment = z.infer<typeof planAdjustment>;

/** A file in KF_DIR that building a KfDef makes for a cloud's own tools. */
export const cloudFile = z.object({
  /** Seen from KF_DIR. */
  path: z.string(),
  text: z.string(),
  /** What it is for. */
  about: message,
  /** The command that uses it, run in KF_DIR. */
  command: z.string().optional(),
  /** `kept`: it was there and stays as it is. */
  state: z.enum(["new", "kept"]),
});
export type CloudFile = z.infer<typeof cloudFile>;

export const planSummary = z.object({
  /** What `install.start` is given: exactly this plan is applied, or nothing. */
  id: z.string(),
  release: z.string(),
  context: contextId,
  kfDir: z.string(),
  components: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      objects: z.number(),
      customResourceDefinitions: z.number(),
      webhooks: z.number(),
      workloads: z.number(),
      resources,
      kinds: z.record(z.string(), z.number()),
      images: z.array(z.string()),
    }),
  ),
  waves: z.array(planWave),
  totals: resources.extend({ objects: z.number(), images: z.number(), customResourceDefinitions: z.number() }),
  images: z.array(z.string()),
  /** Against what the cluster has now. */
  changes: z.object({ create: z.number(), update: z.number(), foreign: z.array(objectRef) }),
  warnings: z.array(appError),
  platform: platformChanges.optional(),
  adjustments: z.array(planAdjustment).default([]),
  /** Of a KfDef: what was changed so that this cluster takes it. */
  conversions: z.array(kfDefChange).default([]),
  goneImages: z.array(goneImage).default([]),
  imageChanges: z.array(imageChange).default([]),
  cloudFiles: z.array(cloudFile).default([]),
  /** Of a change of what is installed. */
  upgrade: upgradePlan.optional(),
});
export type PlanSummary = z.infer<typeof planSummary>;

export const progressStep = z.enum(["sources", "build", "plan", "apply", "ready", "verify", "undo"]);
export type ProgressStep = z.infer<typeof progressStep>;

/** Getting a plan ready: sources, build, plan. `summary` comes with `done`. */
export const planProgress = z.object({
  state: z.enum(["idle", "running", "done", "failed", "cancelled"]),
  step: progressStep.optional(),
  /** What it is at. */
  said: message.optional(),
  fraction: z.number().min(0).max(1),
  summary: planSummary.optional(),
  error: appError.optional(),
});
export type PlanProgress = z.infer<typeof planProgress>;
