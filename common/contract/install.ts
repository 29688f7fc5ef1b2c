import { z } from "zod";
import { contextId } from "./context-id.ts";
import { method, stream } from "./define.ts";
import { appError } from "./errors.ts";
import { installState, installStatus, logEntry } from "./install-status.ts";
import { message } from "./message.ts";
import { objectRef } from "./object-ref.ts";
import { planProgress } from "./plan.ts";
import { releaseInfo, resolvedComponents } from "./releases.ts";
import { installSettings, password } from "./settings.ts";
import { signInSecrets } from "./sign-in-settings.ts";
import { upgradeChoice } from "./upgrade.ts";
import { givenCertificate } from "./way-in.ts";

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
    request.extend({
      adopt: z.boolean().default(false),
      /** Change what is installed in this folder: the plan says what that does to what is there. */
      upgrade: z.boolean().default(false),
    }),
    planProgress,
  ),
  "plan.cancel": method(z.object({}), planProgress),
  "plan.watch": stream(z.object({}), planProgress),
  /** The same work as shell lines. */
  "install.commands": method(
    request.extend({ step: z.enum(["cluster", "settings", "components", "checks", "plan", "install", "done"]) }),
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
      /** Where the way in has a given certificate; left out, the one that is kept stays. */
      certificate: givenCertificate.optional(),
      /** Secrets of connectors and of a provider's client; what is left out stays as it is kept. */
      signIn: signInSecrets.optional(),
      /** Of an upgrade; what the plan recreates has to be consented to. */
      upgrade: upgradeChoice.optional(),
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
  /** What a folder records, whoever wrote it; absent where it records nothing. */
  "install.settings": method(folder, z.object({ settings: installSettings.optional() })),
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
