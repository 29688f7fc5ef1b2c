import { z } from "zod";
import { contextId } from "./context-id.ts";
import { method, stream } from "./define.ts";
import { appError } from "./errors.ts";
import { message } from "./message.ts";
import { podDefault, podDefaultGives, pullAccount } from "./profile-details.ts";

export const sharedRole = z.enum(["view", "edit"]);

/** Amounts by the resource's name in a ResourceQuota, as Kubernetes writes them. */
const amounts = z.record(z.string().max(100), z.string().max(60));

export const profileMember = z.object({
  /** As it stands in kfam's annotation. */
  user: z.string(),
  kind: z.string(),
  /** Of a service account. */
  namespace: z.string().optional(),
  role: z.enum(["admin", "edit", "view"]),
  /** The RoleBinding's name. */
  binding: z.string(),
  /** Whether Istio lets their requests in, too: there is a policy of the same name. */
  admitted: z.boolean(),
});
export type ProfileMember = z.infer<typeof profileMember>;

/** One of the things that the profile controller makes of a profile. */
export const profilePart = z.object({
  id: z.enum(["namespace", "admin", "istio", "accounts", "quota"]),
  names: z.array(z.string()),
  since: z.string().optional(),
  present: z.boolean(),
});
export type ProfilePart = z.infer<typeof profilePart>;

export const profileState = z.enum(["ready", "creating", "near", "stuck", "failed", "deleting", "blocked"]);

export const profile = z.object({
  name: z.string(),
  uid: z.string(),
  createdAt: z.string().optional(),
  owner: z.object({ kind: z.string(), name: z.string() }),
  members: z.array(profileMember),
  /** What its spec allows. */
  hard: amounts,
  /** What its ResourceQuota counts; empty while there is none. */
  used: amounts,
  notebooks: z.number().optional(),
  state: profileState,
  /** The resource that is nearly used up, and how much of it in percent. */
  near: z.object({ resource: z.string(), percent: z.number() }).optional(),
  /** Why it is not ready. */
  cause: message.optional(),
  /** What keeps it from going, as the place to look at it: a resource such as `notebooks.kubeflow.org`. */
  blockedBy: z.string().optional(),
  deletedAt: z.string().optional(),
  parts: z.array(profilePart),
});
export type Profile = z.infer<typeof profile>;

export const profileList = z.object({
  /** `absent`: the cluster has no profiles, as Kubeflow is not there. */
  state: z.enum(["listing", "live", "reconnecting", "absent", "failed"]),
  problem: appError.optional(),
  profiles: z.array(profile),
  /** What the nodes have, to compare with what all profiles together may use. */
  allocatable: amounts,
  /** What could not be read, so that the list says less than there is. */
  unread: z.array(z.object({ kind: z.string(), problem: appError })),
  /** This user can't list profiles: only those are here that the user has access to, as far as they can be found. */
  limited: z.boolean().optional(),
});
export type ProfileList = z.infer<typeof profileList>;

const named = z.object({ context: contextId, profile: z.string().min(1).max(253) });

/** What a class list does to one profile. */
export const classRow = z.object({
  line: z.number(),
  profile: z.string(),
  owner: z.string(),
  action: z.enum(["create", "change", "unchanged"]),
  /** What will be different, a sentence each. */
  changes: z.array(message),
  /** What to know before: a quota below what is used. */
  warnings: z.array(message),
});
export type ClassRow = z.infer<typeof classRow>;

export const classPlan = z.object({
  rows: z.array(classRow),
  /** With any of these, nothing is applied. */
  errors: z.array(z.object({ line: z.number(), said: message })),
  /** Says which plan was looked at; it is refused when the cluster has changed since. */
  digest: z.string(),
});
export type ClassPlan = z.infer<typeof classPlan>;

export const classProgress = z.object({
  state: z.enum(["running", "done", "failed"]),
  rows: z.array(
    z.object({
      profile: z.string(),
      state: z.enum(["waiting", "creating", "sharing", "done", "failed"]),
      problem: appError.optional(),
    }),
  ),
});
export type ClassProgress = z.infer<typeof classProgress>;

const classInput = z.object({ context: contextId, text: z.string().max(12_000_000) });

export const profilesContract = {
  /** All profiles of a cluster with what belongs to them, now and at each change. */
  "profiles.watch": stream(
    z.object({
      context: contextId,
      /** Where to look for profiles if this user can list neither them nor namespaces. */
      namespaces: z.array(z.string().min(1).max(253)).max(100).optional(),
    }),
    profileList,
  ),
  /** Creates a profile; with `dryRun` only asks the API server whether it would. */
  "profiles.create": method(
    named.extend({ owner: z.string().max(500), hard: amounts, dryRun: z.boolean().default(false) }),
    z.object({}),
  ),
  /** Lets somebody in, as Kubeflow's dashboard does; who has the other role gets this one instead. */
  "profiles.share": method(
    named.extend({ user: z.string().max(500), role: sharedRole }),
    z.object({ unchanged: z.boolean() }),
  ),
  /** Takes somebody's access away. */
  "profiles.unshare": method(named.extend({ user: z.string().max(500) }), z.object({ removed: z.number() })),
  /** Takes away this user's own access; who that is, the API server says. */
  "profiles.leave": method(named, z.object({ user: z.string() })),
  "profiles.setOwner": method(named.extend({ owner: z.string().max(500) }), z.object({ unchanged: z.boolean() })),
  /** Replaces what a profile may use; nothing at all means no limits. */
  "profiles.setQuota": method(named.extend({ hard: amounts }), z.object({ unchanged: z.boolean() })),
  /** What is in its namespace beside what Kubeflow makes; what can't be read is left out and named. */
  "profiles.details": method(
    named,
    z.object({
      /** Whom the API server takes this user for; absent where it doesn't say. */
      user: z.string().optional(),
      /** Absent: the cluster has no PodDefaults. */
      podDefaults: z.array(podDefault).optional(),
      accounts: z.array(pullAccount),
      unread: z.array(z.object({ kind: z.string(), problem: appError })),
    }),
  ),
  "profiles.createPodDefault": method(
    named.extend({
      name: z.string().max(253),
      description: z.string().max(500),
      gives: podDefaultGives,
    }),
    z.object({}),
  ),
  "profiles.deletePodDefault": method(named.extend({ name: z.string().min(1).max(253) }), z.object({})),
  /** What would be deleted with a profile. */
  "profiles.contents": method(
    named,
    z.object({
      objects: z.number(),
      claims: z.array(z.object({ name: z.string(), size: z.string() })),
      kinds: z.array(z.object({ kind: z.string(), count: z.number() })),
      /** Kinds that could not be counted. */
      unread: z.array(z.string()),
    }),
  ),
  /** Deletes a profile and all that is in its namespace. `confirm` is its name, typed. */
  "profiles.delete": method(named.extend({ confirm: z.string().max(253) }), z.object({})),
  /** Reads a class list (CSV) and says what it would change; writes nothing. */
  "profiles.plan": method(classInput, classPlan),
  /** Carries out a plan that was looked at, telling how far it is; ending the stream stops what has not begun. */
  "profiles.apply": stream(classInput.extend({ digest: z.string() }), classProgress),
};
