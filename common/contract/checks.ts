import { z } from "zod";
import { contextId } from "./context-id.ts";
import { method, stream } from "./define.ts";
import { appError } from "./errors.ts";
import { message } from "./message.ts";
import { objectRef } from "./object-ref.ts";
import { installSettings } from "./settings.ts";

/** In the order they are listed. */
export const checkId = z.enum([
  "kubernetes",
  "permissions",
  "nodes",
  "storage",
  "room",
  "namespaces",
  "webhooks",
  "admission",
  "ebs-driver",
  "network",
  "dns",
  "architecture",
  "quota",
  "images",
  "inotify",
  "parts",
  "api-server",
]);
export type CheckId = z.infer<typeof checkId>;

/** `must`: with it, the installation would stop or never end. `should`: it installs, but causes trouble later. */
export const checkLevel = z.enum(["must", "should"]);
export type CheckLevel = z.infer<typeof checkLevel>;

/** What helps against a finding. */
export const checkFix = z.object({
  title: message,
  /** What it does, a sentence each. */
  about: z.array(message),
  /** Shell lines, or a file's, that do the same. */
  lines: z.array(z.string()),
  /** Whether `checks.fix` does it; otherwise the lines are there to be copied. */
  run: z.boolean(),
});
export type CheckFix = z.infer<typeof checkFix>;

export const checkRow = z.object({
  id: checkId,
  level: checkLevel,
  state: z.enum(["waiting", "running", "fixing", "passed", "failed"]),
  name: message,
  /** What was found, in one sentence; what was seen, of a check that passed. */
  finding: message.optional(),
  evidence: z.array(message),
  /** Somebody else's words as they are: an API server's, a webhook's. */
  detail: z.string().optional(),
  /** From the start of the run, and how long it took, in ms. */
  startedMs: z.number().optional(),
  tookMs: z.number().optional(),
  objects: z.array(objectRef),
  fix: checkFix.optional(),
  /** Why its fix could not be made. */
  problem: appError.optional(),
});
export type CheckRow = z.infer<typeof checkRow>;

export const checksView = z.object({
  /** `failed`: without a plan, only some of it could be checked; `problem` says why there is none. */
  state: z.enum(["idle", "running", "done", "failed", "cancelled"]),
  context: contextId.optional(),
  /** Those that do not apply are left out. */
  rows: z.array(checkRow),
  problem: appError.optional(),
});
export type ChecksView = z.infer<typeof checksView>;

/** After so long a check says that it got no answer, in ms. */
export const checkLimitMs = 5_000;

export const checksContract = {
  /**
   * Looks at whether these settings can be installed on this cluster, all checks side by side, and returns at once; what
   * they find comes on `checks.watch`. A run that is under way ends. Changes nothing.
   */
  "checks.start": method(
    z.object({
      context: contextId,
      settings: installSettings,
      adopt: z.boolean().default(false),
      /** Also ask the registries whether each image is there. */
      images: z.boolean().default(true),
    }),
    checksView,
  ),
  "checks.watch": stream(z.object({}), checksView),
  /** Runs these again, in the last run's place. */
  "checks.again": method(z.object({ ids: z.array(checkId).min(1) }), checksView),
  /** Carries out the fix of a check, then runs it again. Returns when it is through. */
  "checks.fix": method(z.object({ id: checkId }), checksView),
  "checks.cancel": method(z.object({}), checksView),
};
