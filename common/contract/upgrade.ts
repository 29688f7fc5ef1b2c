import { z } from "zod";
import { bothWords } from "./both-words.ts";
import { method } from "./define.ts";
import { appError } from "./errors.ts";
import { message } from "./message.ts";
import { objectRef } from "./object-ref.ts";
import { installSettings } from "./settings.ts";

/** A field that becomes another one. Values are short JSON; none is told of a Secret. */
export const upgradeField = z.object({
  path: z.string(),
  was: z.string().optional(),
  becomes: z.string().optional(),
  /** The field manager that set it, where that is not Flowdeck, and when (ISO 8601). */
  by: z.string().optional(),
  at: z.string().optional(),
});
export type UpgradeField = z.infer<typeof upgradeField>;

/** An object of the plan. `key` is what consent and removal are chosen by. */
export const upgradeObject = z.object({ key: z.string(), object: objectRef, component: z.string() });
export type UpgradeObject = z.infer<typeof upgradeObject>;

export const upgradeChange = upgradeObject.extend({
  /** The first of them; `more` are left out. */
  fields: z.array(upgradeField),
  more: z.number(),
  /** What others added to it, which stays unless it is recreated: `was` is the value. */
  others: z.array(upgradeField),
  /** It can't be changed in place, and why: it is deleted and created again, for which consent is needed. */
  recreate: message.optional(),
  /** The API server would reject it as things are. */
  rejected: appError.optional(),
  /** The API server can't try it out before the rest has changed, and why: the fields are those of the release. */
  untried: message.optional(),
});
export type UpgradeChange = z.infer<typeof upgradeChange>;

export const upgradeRemoval = upgradeObject.extend({
  /** Why it stays unless it is chosen; absent: it is deleted. */
  stays: message.optional(),
  /** Before anything is applied, or once everything works. */
  when: z.enum(["before", "after"]),
  because: message.optional(),
});
export type UpgradeRemoval = z.infer<typeof upgradeRemoval>;

/** A step of the release's own upgrade notes, and which objects of the plan it is about. */
export const upgradeStep = z.object({
  title: bothWords,
  because: bothWords,
  /** Keys of what is recreated, and of what is deleted, because of it. */
  recreates: z.array(z.string()),
  deletes: z.array(z.string()),
});
export type UpgradeStep = z.infer<typeof upgradeStep>;

/** What changing an installation to another release, component set or settings does to what is there. */
export const upgradePlan = z.object({
  from: z.string(),
  to: z.string(),
  created: z.array(upgradeObject),
  changed: z.array(upgradeChange),
  unchanged: z.array(upgradeObject),
  removed: z.array(upgradeRemoval),
  steps: z.array(upgradeStep),
  /** Titles of components that are no longer among those of the plan. */
  titles: z.record(z.string(), z.string()),
});
export type UpgradePlan = z.infer<typeof upgradePlan>;

/** What a person decided about an upgrade plan, by keys of its objects. */
export const upgradeChoice = z.object({
  /** Objects that may be deleted and created again: all that the plan recreates. */
  consents: z.array(z.string()),
  /** Objects that are deleted although they would stay. */
  prune: z.array(z.string()).default([]),
});
export type UpgradeChoice = z.infer<typeof upgradeChoice>;

/** Releases that an installation can be changed to, its own among them, each with settings to begin with. */
export const upgradeTarget = z.object({
  settings: installSettings,
  /** It is what was installed before, saved then (ISO 8601). */
  saved: z.string().optional(),
});
export type UpgradeTarget = z.infer<typeof upgradeTarget>;

export const upgradeContract = {
  "upgrade.targets": method(
    z.object({ kfDir: z.string().min(1) }),
    z.object({ from: z.string(), targets: z.array(upgradeTarget) }),
  ),
};
