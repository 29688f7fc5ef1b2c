import { z } from "zod";
import { contextId } from "./context-id.ts";
import { appError } from "./errors.ts";
import { message } from "./message.ts";
import { objectRef } from "./object-ref.ts";
import { progressStep } from "./plan.ts";

export const podState = z.enum(["pending", "starting", "running", "completed", "failing"]);
export const podView = z.object({
  namespace: z.string(),
  name: z.string(),
  component: z.string().optional(),
  state: podState,
  /** Why it is not running yet. */
  reason: message.optional(),
});
export type PodView = z.infer<typeof podView>;

export const componentProgress = z.object({
  id: z.string(),
  title: z.string(),
  state: z.enum(["waiting", "applying", "starting", "ready", "failed", "removing", "removed"]),
  objects: z.number(),
  applied: z.number(),
  workloads: z.number(),
  ready: z.number(),
  /** Milliseconds since the installation began. */
  startedMs: z.number().optional(),
  endedMs: z.number().optional(),
  error: appError.optional(),
});
export type ComponentProgress = z.infer<typeof componentProgress>;

/** "`what` waits for `forWhat`, because `because`." */
export const waiting = z.object({
  what: message,
  forWhat: message,
  because: message,
  sinceMs: z.number(),
  component: z.string().optional(),
});
export type Waiting = z.infer<typeof waiting>;

export const installState = z.enum([
  "none",
  "planned",
  "running",
  "interrupted",
  "cancelled",
  "failed",
  "installed",
  "removing",
  "removed",
]);
export type InstallState = z.infer<typeof installState>;

export const installStatus = z.object({
  kfDir: z.string(),
  state: installState,
  /** What it is doing: installing or removing. */
  activity: z.enum(["install", "uninstall"]),
  release: z.string(),
  title: z.string(),
  /** Absent where the folder's journal names none. */
  context: contextId.optional(),
  step: progressStep.optional(),
  /** 0 to 1, never runs back within one run. */
  fraction: z.number().min(0).max(1),
  elapsedMs: z.number(),
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
  objects: z.object({ total: z.number(), done: z.number() }),
  podsTotal: z.number(),
  components: z.array(componentProgress),
  pods: z.array(podView),
  waiting: z.array(waiting),
  /** Things that need the user; the rest goes on. */
  problems: z.array(
    appError.extend({
      component: z.string().optional(),
      object: objectRef.optional(),
    }),
  ),
  error: appError.optional(),
});
export type InstallStatus = z.infer<typeof installStatus>;

export const logEntry = z.object({
  seq: z.number(),
  time: z.string(),
  level: z.enum(["info", "ok", "warn", "error"]),
  /** A short word for what happened: applied, gate, ready, retry, failed, removed … */
  event: z.string(),
  component: z.string().optional(),
  /** In English; of what is the same in every language, such as an object's name, this is all there is. */
  message: z.string(),
  /** The same for a person, in the language they read. Entries of earlier versions have none. */
  said: message.optional(),
  tookMs: z.number().optional(),
});
export type LogEntry = z.infer<typeof logEntry>;
