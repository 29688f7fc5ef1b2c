import type { Profile, ProfileMember, ProfilePart } from "../../common/contract/index.ts";
import { at, defined, list, text, textMap } from "../../common/json/index.ts";
import {
  atBinding,
  atNamespace,
  atNode,
  atQuota,
  conditionsOf,
  isKind,
  limitOf,
  parseQuantity,
  quotaColumns,
} from "../../common/kube/index.ts";
import { message, verbatim } from "../../common/words/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { accounts, ownerBinding, ownerPolicy, ownerServiceBinding, ownerServiceRole, quotaName } from "./kinds.ts";
import type { Snapshot } from "./snapshot.ts";

/** A controller makes all of a profile in a second or two; after this something is wrong. */
const patienceMs = 60_000;
/** Deleting a namespace may take a moment; only what takes longer is worth a word. */
const deletionPatienceMs = 20_000;
const nearlyUsed = 0.9;

/** All profiles, by name, with what belongs to them. */
export function buildProfiles(snapshot: Snapshot, now: number): Profile[] {
  const byNamespace = (objects: readonly KubeObject[] | undefined) =>
    Map.groupBy(objects ?? [], ({ metadata }) => metadata.namespace ?? "");
  const namespaces = new Map(snapshot.namespaces?.map((one) => [one.metadata.name, one]));
  const bindings = byNamespace(snapshot.bindings);
  const policies = byNamespace(snapshot.policies);
  const serviceBindings = byNamespace(snapshot.serviceBindings);
  const serviceAccounts = byNamespace(snapshot.accounts);
  const quotas = byNamespace(snapshot.quotas);
  const notebooks = byNamespace(snapshot.notebooks);
  const all = [...(snapshot.profiles ?? []), ...endingProfiles(snapshot)].map((object) => {
    const { name } = object.metadata;
    const own: OwnObjects = {
      namespace: namespaces.get(name),
      bindings: snapshot.bindings && (bindings.get(name) ?? []),
      policies: snapshot.policies && (policies.get(name) ?? []),
      serviceBindings: snapshot.serviceBindings && (serviceBindings.get(name) ?? []),
      accounts: snapshot.accounts && (serviceAccounts.get(name) ?? []),
      quota: quotas.get(name)?.[0],
    };
    const hard = hardOf(object);
    const used = amountsOf(own.quota === undefined ? undefined : atQuota(own.quota, "status", "used"));
    const parts = partsOf(own, hard);
    return {
      name,
      uid: object.metadata.uid ?? name,
      owner: ownerOf(object),
      members: membersOf(own),
      hard,
      used,
      parts,
      ...stateOf(object, own, parts, { hard, used }, now),
      ...defined({
        createdAt: object.metadata.creationTimestamp,
        deletedAt: object.metadata.deletionTimestamp ?? own.namespace?.metadata.deletionTimestamp,
        notebooks: snapshot.notebooks && (notebooks.get(name) ?? []).length,
      }),
    };
  });
  return all.toSorted((one, other) => one.name.localeCompare(other.name));
}

/** A profile is gone at once, its namespace when all in it is: until then it stands for the profile. */
function endingProfiles({ profiles = [], namespaces = [] }: Snapshot): KubeObject[] {
  const names = new Set(profiles.map(({ metadata }) => metadata.name));
  return namespaces
    .filter(({ metadata: { name, deletionTimestamp, ownerReferences } }) => {
      const isOfProfile = ownerReferences?.some(({ kind, apiVersion }) => isKind({ kind, apiVersion }, profileKind));
      return deletionTimestamp !== undefined && isOfProfile === true && !names.has(name);
    })
    .map(({ apiVersion, metadata }) => ({
      ...{ apiVersion, kind: "Profile", metadata: { ...metadata, finalizers: [] } },
      spec: { owner: { kind: "User", name: metadata.annotations?.owner ?? "" } },
    }));
}

const profileKind = "kubeflow.org/Profile";

/** The sum of what the nodes have for pods. */
export function allocatableOf(nodes: readonly KubeObject[] | undefined): Record<string, string> {
  const sums = new Map<string, number>();
  for (const node of nodes ?? []) {
    for (const [name, amount] of Object.entries(amountsOf(atNode(node, "status", "allocatable")))) {
      sums.set(name, (sums.get(name) ?? 0) + (parseQuantity(amount) ?? 0));
    }
  }
  return Object.fromEntries([...sums].map(([name, sum]) => [name, `${sum}`]));
}

interface OwnObjects {
  namespace: KubeObject | undefined;
  /** Undefined here and below: it could not be read, so nothing is said of it. */
  bindings: readonly KubeObject[] | undefined;
  policies: readonly KubeObject[] | undefined;
  serviceBindings: readonly KubeObject[] | undefined;
  accounts: readonly KubeObject[] | undefined;
  quota: KubeObject | undefined;
}

export function ownerOf(profile: KubeObject): Profile["owner"] {
  const owner = at(profile, "spec", "owner");
  return { kind: text(at(owner, "kind")) ?? "User", name: text(at(owner, "name")) ?? "" };
}

export function hardOf(profile: KubeObject): Record<string, string> {
  return amountsOf(at(profile, "spec", "resourceQuotaSpec", "hard"));
}

/** Quantities may be written as numbers, too. */
function amountsOf(value: unknown): Record<string, string> {
  if (typeof value !== "object" || value === null) return {};
  return textMap(
    Object.fromEntries(
      Object.entries(value).map(([name, amount]) => [name, typeof amount === "number" ? `${amount}` : amount]),
    ),
  );
}

/** In kfam's own way of reading: who the one subject is, with the role that the binding refers to. */
function membersOf({ bindings, policies, serviceBindings }: OwnObjects): ProfileMember[] {
  const admitted = new Set([...(policies ?? []), ...(serviceBindings ?? [])].map(({ metadata }) => metadata.name));
  const withoutIstio = policies === undefined && serviceBindings === undefined;
  const members = (bindings ?? []).flatMap((binding): ProfileMember[] => {
    const [subject] = list(atBinding(binding, "subjects"));
    const role = roleOf(text(atBinding(binding, "roleRef", "name")));
    const user = text(at(subject, "name"));
    if (role === undefined || user === undefined) return [];
    const { name } = binding.metadata;
    const owns = name === ownerBinding;
    const policy = owns ? admitted.has(ownerPolicy) || admitted.has(ownerServiceBinding) : admitted.has(name);
    return [
      {
        user,
        kind: text(at(subject, "kind")) ?? "User",
        role,
        binding: name,
        admitted: withoutIstio || policy,
        ...defined({ namespace: text(at(subject, "namespace")) }),
      },
    ];
  });
  const rank = { admin: 0, edit: 1, view: 2 };
  return members.toSorted((a, b) => rank[a.role] - rank[b.role] || a.user.localeCompare(b.user));
}

function roleOf(clusterRole: string | undefined): ProfileMember["role"] | undefined {
  const role = clusterRole?.replace(/^kubeflow-/, "");
  return role === "admin" || role === "edit" || role === "view" ? role : undefined;
}

/** What the controller makes, in its order. */
function partsOf(own: OwnObjects, hard: Record<string, string>): ProfilePart[] {
  const part = (id: ProfilePart["id"], names: string[], found: readonly (KubeObject | undefined)[]): ProfilePart => {
    const there = found.filter((one) => one !== undefined);
    const since = there.map(({ metadata }) => metadata.creationTimestamp ?? "").toSorted()[0];
    const present = there.length === names.length;
    return { id, names, present, ...(present && since ? { since } : {}) };
  };
  const named = (objects: readonly KubeObject[] | undefined, name: string) =>
    objects?.find(({ metadata }) => metadata.name === name);
  const owner = named(own.bindings, ownerBinding);
  const policy = named(own.policies, ownerPolicy);
  const old = named(own.serviceBindings, ownerServiceBinding);
  const parts = [part("namespace", [own.namespace?.metadata.name ?? ""], [own.namespace])];
  if (own.bindings !== undefined) parts.push(part("admin", [ownerBinding], [owner]));
  // Kubeflow 1.0 has both kinds served and makes the old one.
  if (old !== undefined && policy === undefined)
    parts.push(part("istio", [ownerServiceRole, ownerServiceBinding], [old, old]));
  else if (own.policies !== undefined) parts.push(part("istio", [ownerPolicy], [policy]));
  const made = own.accounts;
  if (made !== undefined)
    parts.push(
      part(
        "accounts",
        [...accounts],
        accounts.map((name) => named(made, name)),
      ),
    );
  if (Object.keys(hard).length > 0) parts.push(part("quota", [quotaName], [own.quota]));
  return parts;
}

type State = Pick<Profile, "state" | "cause" | "near" | "blockedBy">;

/**
 * How a profile is: by what is there, not by its conditions, as the controller adds one for each failure and takes none
 * away again.
 */
function stateOf(
  profile: KubeObject,
  own: OwnObjects,
  parts: readonly ProfilePart[],
  quota: { hard: Record<string, string>; used: Record<string, string> },
  now: number,
): State {
  const { namespace } = own;
  const deletedAt = profile.metadata.deletionTimestamp ?? namespace?.metadata.deletionTimestamp;
  if (deletedAt !== undefined) return deletionState(profile, namespace, now - Date.parse(deletedAt));
  const holder = namespace?.metadata.annotations?.owner;
  if (holder !== undefined && holder !== ownerOf(profile).name)
    return { state: "failed", cause: message("profile.namespaceOfOther", { owner: holder }) };
  if (parts.some(({ present }) => !present)) return unfinishedState(profile, namespace, parts, now);
  const near = nearestLimit(quota.hard, quota.used);
  return near === undefined ? { state: "ready" } : { state: "near", near };
}

function unfinishedState(
  profile: KubeObject,
  namespace: KubeObject | undefined,
  parts: readonly ProfilePart[],
  now: number,
): State {
  const failed = conditionsOf(profile)
    .filter(({ type }) => type === "Failed")
    .at(-1);
  if (failed?.message !== undefined) return { state: "failed", cause: verbatim(failed.message) };
  const ageMs = now - Date.parse(profile.metadata.creationTimestamp ?? "");
  const missing = parts.filter(({ present }) => !present).flatMap(({ id, names }) => (id === "namespace" ? [] : names));
  if (!(ageMs > patienceMs)) return { state: "creating" };
  // Whole tens, so that nothing is told anew every second.
  const seconds = Math.floor(ageMs / 10_000) * 10;
  const cause =
    namespace === undefined
      ? message("profile.controllerSilent", { seconds })
      : message("profile.unfinished", { parts: missing });
  return { state: "stuck", cause };
}

/** What the namespace's own conditions say, such as "notebooks.kubeflow.org has 1 resource instances". */
function deletionState(profile: KubeObject, namespace: KubeObject | undefined, sinceMs: number): State {
  if (sinceMs < deletionPatienceMs) return { state: "deleting" };
  const told = conditionsOf(namespace).filter(({ type, status }) => type.startsWith("Namespace") && status === "True");
  const content = told.find(({ type }) => type === "NamespaceContentRemaining");
  const why = (content ?? told[0])?.message;
  if (why !== undefined) {
    const blockedBy = /([a-z0-9.-]+) has \d+ resource instances/.exec(why)?.[1];
    return { state: "blocked", cause: message("profile.deletionBlocked", { why }), ...defined({ blockedBy }) };
  }
  const finalizers = [...(profile.metadata.finalizers ?? []), ...(namespace?.metadata.finalizers ?? [])];
  if (finalizers.length === 0 || list(namespace && atNamespace(namespace, "spec", "finalizers")).length > 0)
    return { state: "deleting" };
  const waiting = message("profile.finalizer", { finalizers: finalizers.join(", ") });
  return { state: "blocked", cause: message("profile.deletionBlocked", { why: waiting }) };
}

/** The resource with the least left, from 90 % on. GPUs are there to be used: not them. */
function nearestLimit(hard: Record<string, string>, used: Record<string, string>): Profile["near"] {
  const shares = quotaColumns
    .filter((column) => column !== "gpu")
    .flatMap((column) => {
      const resource = limitOf(hard, column);
      const limit = resource === undefined ? undefined : parseQuantity(hard[resource]);
      const now = resource === undefined ? undefined : parseQuantity(used[resource]);
      if (resource === undefined || limit === undefined || now === undefined || limit === 0) return [];
      return [{ resource, share: now / limit }];
    });
  const [nearest] = shares.toSorted((a, b) => b.share - a.share);
  if (nearest === undefined || nearest.share < nearlyUsed) return undefined;
  return { resource: nearest.resource, percent: Math.floor(nearest.share * 100) };
}
