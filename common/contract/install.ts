import { z } from "zod";
import { bothWords } from "./both-words.ts";
import { contextId } from "./context-id.ts";
import { method, stream } from "./define.ts";
import { appError } from "./errors.ts";
import { goneImage, kfDefChange } from "./kfdef.ts";
import { message } from "./message.ts";
import { type AuthMode, installSettings, password } from "./settings.ts";

/** A part of a release that can be chosen: one or more kustomize folders built together. */
export const componentInfo = z.object({
  id: z.string(),
  title: bothWords,
  description: bothWords,
  group: z.enum(["foundation", "sign-in", "serving", "training", "workspace", "pipelines", "data", "core"]),
  /** Cannot be left out. */
  required: z.boolean(),
  /** Component ids this one cannot run without, each with the reason in words. */
  needs: z.array(z.object({ id: z.string(), because: bothWords })),
});
export type ComponentInfo = z.infer<typeof componentInfo>;

/** What differs between kinds of releases, as far as people see it. */
export const releaseCapabilities = z.object({
  /** Who says which components there are: the release, of whose components people choose, or a file. */
  components: z.enum(["chosen", "file"]),
  /** Where a file says it: the release's own files, by the way to sign in that they set up. */
  files: z.object({ standard: z.string(), dex: z.string() }).optional(),
  /** Whether people sign in with a password, so that one has to be chosen; `dex`: where that way was chosen. */
  signIn: z.enum(["none", "password", "dex"]),
});
export type ReleaseCapabilities = z.infer<typeof releaseCapabilities>;

export const releaseInfo = z.object({
  id: z.string(),
  title: bothWords,
  description: bothWords,
  /** What CONFIG_URI would be. */
  configUri: z.string(),
  kubernetesMin: z.string(),
  capabilities: releaseCapabilities,
  recommended: z.object({ cpu: z.number(), memoryGiB: z.number(), diskGiB: z.number() }),
  /** Where its sources would come from if it were chosen now. */
  source: z.enum(["bundled", "mirror", "cache", "download"]),
  components: z.array(componentInfo),
});
export type ReleaseInfo = z.infer<typeof releaseInfo>;

/** Does an installation of this release ask for a password to sign in with? */
export function asksForPassword({ signIn }: ReleaseCapabilities, auth: AuthMode): boolean {
  return signIn === "dex" ? auth === "dex" : signIn === "password";
}

/** A chosen set made whole: what was chosen, and what that brings along and why. */
export const resolvedComponents = z.object({
  components: z.array(
    z.object({
      id: z.string(),
      chosen: z.boolean(),
      because: z.array(z.object({ by: z.string(), reason: bothWords })),
    }),
  ),
  unknown: z.array(z.string()),
});
export type ResolvedComponents = z.infer<typeof resolvedComponents>;

/** CPU in cores, memory and storage in bytes. */
export const resources = z.object({
  cpu: z.number(),
  memoryBytes: z.number(),
  storageBytes: z.number(),
  pods: z.number(),
});
export type Resources = z.infer<typeof resources>;

export const objectRef = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
});
export type ObjectRef = z.infer<typeof objectRef>;

export const planWave = z.object({
  id: z.string(),
  title: message,
  /** What has to be true before it begins. */
  gate: message.optional(),
  objects: z.number(),
});

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
  /** Of a KfDef: what was changed so that this cluster takes it. */
  conversions: z.array(kfDefChange).default([]),
  goneImages: z.array(goneImage).default([]),
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

/** An installation known to this app, as its folder and journal tell it. */
export const installationEntry = z.object({
  kfDir: z.string(),
  name: z.string(),
  release: z.string(),
  title: z.string(),
  contextName: z.string().optional(),
  state: installState,
  activity: z.enum(["install", "uninstall"]),
  updatedAt: z.string().optional(),
  settings: installSettings.optional(),
  error: appError.optional(),
});
export type InstallationEntry = z.infer<typeof installationEntry>;

/** What a removal would do now. */
export const removalPlan = z.object({
  /** How many objects would be deleted. */
  objects: z.number(),
  namespaces: z.array(z.string()),
  /** What would stay although it looks like the installation's, or keeps something of it, and why. */
  kept: z.array(z.object({ object: objectRef, because: message })),
  /** Of these: what others made in namespaces of the installation. */
  others: z.array(objectRef),
});
export type RemovalPlan = z.infer<typeof removalPlan>;

export const dashboard = z.object({
  url: z.string(),
  /** True where a stand-in page answers because the pods are simulated. */
  simulated: z.boolean(),
  email: z.string().optional(),
});
export type Dashboard = z.infer<typeof dashboard>;

const folder = z.object({ kfDir: z.string().min(1) });
const request = z.object({ context: contextId, settings: installSettings });

/** The id in KF_DIR, confirmed by whoever removes what this computer did not install. */
const confirmedInstallation = z.string().optional();

export const installContract = {
  "releases.list": method(z.object({}), z.array(releaseInfo)),
  "components.resolve": method(z.object({ release: z.string(), chosen: z.array(z.string()) }), resolvedComponents),
  /** Begins to prepare a plan for these settings and returns at once; progress and the plan come on `plan.watch`. */
  "plan.prepare": method(
    /** `adopt`: take over objects that belong to another installation instead of refusing. */
    request.extend({ adopt: z.boolean().default(false) }),
    planProgress,
  ),
  "plan.cancel": method(z.object({}), planProgress),
  "plan.watch": stream(z.object({}), planProgress),
  /** The same work as shell lines. */
  "install.commands": method(
    request.extend({ step: z.enum(["cluster", "settings", "components", "plan", "install", "done"]) }),
    z.object({ lines: z.array(z.string()) }),
  ),
  /**
   * Applies the plan of this id, for its context and settings, or refuses with `plan-stale`: what was looked at is what is
   * done. `password` is asked for where the release has a sign-in and this folder has none yet. `secrets` are values for the
   * literal secrets of a KfDef, by name; they are kept in memory only.
   */
  "install.start": method(
    z.object({
      plan: z.string(),
      password: password.optional(),
      secrets: z.record(z.string(), z.string()).optional(),
    }),
    installStatus,
  ),
  /** Goes on where a cancelled, failed or interrupted installation (or removal) stood. */
  "install.continue": method(
    folder.extend({
      context: contextId,
      /** Needed to go on with a removal; `data` where that was begun with users' data. */
      removal: z.object({ data: z.boolean() }).optional(),
      /** As with `plan.prepare`. */
      adopt: z.boolean().default(false),
      installation: confirmedInstallation,
    }),
    installStatus,
  ),
  "install.cancel": method(folder, installStatus),
  "install.list": method(z.object({}), z.array(installationEntry)),
  "install.forget": method(folder, z.object({})),
  "install.status": method(folder, installStatus),
  "install.watch": stream(folder, installStatus),
  /** Entries after `after`, then new ones; each item is a batch. */
  "install.log": stream(folder.extend({ after: z.number().default(0) }), z.array(logEntry)),
  /** What `install.remove` would delete and keep with the same choices. Changes nothing. */
  "install.removalPlan": method(
    folder.extend({ context: contextId, data: z.boolean(), others: z.boolean().default(false) }),
    removalPlan,
  ),
  /** `data`: also profiles, their namespaces and persistent volume claims. */
  "install.remove": method(
    folder.extend({
      context: contextId,
      data: z.boolean(),
      /** Also what others made in the installation's namespaces, which stay otherwise. */
      others: z.boolean().default(false),
      /** Also where the KfDef was applied to a cluster of another name. */
      force: z.boolean().default(false),
      installation: confirmedInstallation,
    }),
    installStatus,
  ),
  "dashboard.open": method(folder.extend({ context: contextId }), dashboard),
  "dashboard.close": method(folder, z.object({})),
};
