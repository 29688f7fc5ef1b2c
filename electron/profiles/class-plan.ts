import { createHash } from "node:crypto";
import type { ClassPlan, ClassRow, Profile } from "../../common/contract/index.ts";
import { belowUse, bindingNameOf, sameQuota } from "../../common/kube/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import { quotaLine } from "./checked.ts";
import type { ClassEntry, ClassList } from "./class-list.ts";

/** What there is already: all profiles, and the names of all namespaces. */
export interface Existing {
  profiles: readonly Profile[];
  namespaces: ReadonlySet<string>;
}

/**
 * What a class list would change. People who are in a profile but not in the list stay. With an error anywhere, the plan
 * is there to be read, not to be applied.
 */
export function planOf({ entries, errors }: ClassList, existing: Existing): ClassPlan {
  const byName = new Map(existing.profiles.map((profile) => [profile.name, profile]));
  const found = [...errors];
  const broken = new Set(errors.map(({ line }) => line));
  const rows = entries
    .filter(({ line }) => !broken.has(line))
    .map((entry): ClassRow => {
      const profile = byName.get(entry.profile);
      for (const said of faultsOf(entry, profile, existing.namespaces)) found.push({ line: entry.line, said });
      const { line, owner } = entry;
      const row = { line, profile: entry.profile, owner };
      if (profile === undefined) return { ...row, action: "create", changes: creation(entry), warnings: [] };
      const changes = changesOf(entry, profile);
      const action = changes.length === 0 ? "unchanged" : "change";
      return { ...row, action, changes, warnings: warningsOf(entry, profile) };
    });
  const digest = createHash("sha256")
    .update(JSON.stringify([rows, entries]))
    .digest("hex");
  return { rows, errors: found.toSorted((a, b) => a.line - b.line), digest };
}

function faultsOf(entry: ClassEntry, profile: Profile | undefined, namespaces: ReadonlySet<string>): Message[] {
  const name = entry.profile;
  if (profile === undefined) return namespaces.has(name) ? [message("profile.namespaceTaken", { name })] : [];
  if (profile.deletedAt !== undefined) return [message("profile.beingDeleted", { name })];
  return entry.members.flatMap(({ user, role }) => {
    const binding = bindingNameOf(user, role);
    const other = profile.members.find((one) => one.binding === binding && one.user !== user)?.user;
    return other === undefined ? [] : [message("profile.nameTaken", { user, profile: name, binding, other })];
  });
}

function creation({ owner, hard, members }: ClassEntry): Message[] {
  return [
    message("profile.willCreate", { owner }),
    ...(hard === undefined || Object.keys(hard).length === 0
      ? []
      : [message("profile.willLimit", { quota: quotaLine(hard) })]),
    ...members.map((member) => message("profile.willShare", member)),
  ];
}

function changesOf({ owner, hard, members }: ClassEntry, profile: Profile): Message[] {
  const changes: Message[] = [];
  if (profile.owner.name !== owner)
    changes.push(message("profile.willChangeOwner", { from: profile.owner.name, to: owner }));
  if (hard !== undefined && !sameQuota(profile.hard, hard))
    changes.push(message("profile.willChangeQuota", { from: quotaLine(profile.hard), to: quotaLine(hard) }));
  for (const { user, role } of members) {
    const roles = profile.members.filter((one) => one.user === user && one.role !== "admin");
    if (roles.some((one) => one.role === role && one.admitted) && roles.length === 1) continue;
    const other = roles.find((one) => one.role !== role);
    if (other === undefined) changes.push(message("profile.willShare", { user, role }));
    else changes.push(message("profile.willChangeRole", { user, from: other.role, to: role }));
  }
  return changes;
}

function warningsOf({ hard = {} }: ClassEntry, { used }: Profile): Message[] {
  return belowUse(hard, used).map((resource) =>
    message("profile.belowUse", { resource, used: used[resource] ?? "", hard: hard[resource] ?? "" }),
  );
}
