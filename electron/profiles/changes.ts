import { FlowdeckError } from "../../common/contract/index.ts";
import { type Hard, sameQuota } from "../../common/kube/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterClient, KubeObject } from "../cluster/index.ts";
import { hardOf, ownerOf } from "./build-profiles.ts";
import { nameFault, quotaFault, refuse, userFault } from "./checked.ts";
import { istioSecurity, ownerBinding, ownerPolicy, profileRef, rbac } from "./kinds.ts";

export type ChangingClient = Pick<ClusterClient, "get" | "create" | "delete" | "resourceFor" | "mergePatch">;

export interface NewProfile {
  name: string;
  owner: string;
  hard: Hard;
}

/** Creates a profile, which is one object; the profile controller makes the rest. Throws what is wrong with it. */
export async function createProfile(
  client: ChangingClient,
  { name, owner, hard }: NewProfile,
  { dryRun, signal }: { dryRun?: boolean; signal?: AbortSignal } = {},
): Promise<void> {
  refuse(nameFault(name), userFault(owner), quotaFault(hard));
  const ref = await profileRef(client, name, signal);
  const there = await client.get(ref, signal);
  if (there !== undefined)
    throw new FlowdeckError("conflict", message("profile.exists", { name, owner: ownerOf(there).name }));
  const namespace = await client.get({ apiVersion: "v1", kind: "Namespace", name }, signal);
  if (namespace?.metadata.deletionTimestamp !== undefined)
    throw new FlowdeckError("conflict", message("profile.beingDeleted", { name }));
  if (namespace !== undefined) {
    const advice = message("profile.namespaceTakenWay");
    throw new FlowdeckError("conflict", message("profile.namespaceTaken", { name }), { advice });
  }
  const { apiVersion, kind } = ref;
  const object: KubeObject = {
    apiVersion,
    kind,
    metadata: { name },
    spec: {
      owner: { kind: "User", name: owner },
      ...(Object.keys(hard).length === 0 ? {} : { resourceQuotaSpec: { hard } }),
    },
  };
  await client.create(object, { ...(dryRun ? { dryRun } : {}), ...(signal ? { signal } : {}) });
}

/** Replaces the quota of a profile. Limits of resources that are not in `hard` go. */
export async function setQuota(
  client: ChangingClient,
  { name, hard }: Pick<NewProfile, "name" | "hard">,
  signal?: AbortSignal,
): Promise<{ unchanged: boolean }> {
  refuse(quotaFault(hard));
  const ref = await profileRef(client, name, signal);
  const before = hardOf(await existing(client, name, signal));
  if (sameQuota(before, hard)) return { unchanged: true };
  const gone = Object.fromEntries(Object.keys(before).map((resource) => [resource, null]));
  await client.mergePatch(
    ref,
    { spec: { resourceQuotaSpec: { hard: { ...gone, ...hard } } } },
    signal ? { signal } : {},
  );
  return { unchanged: false };
}

/**
 * Gives a profile to somebody else. The controller leaves a namespace alone whose annotation names another owner than the
 * profile, so that goes first; it changes whom its RoleBinding is for, but not the annotations that kfam finds people by,
 * so those are changed here. Done again after a failure, it goes on with what is missing.
 */
export async function setOwner(
  client: ChangingClient,
  { name, owner }: Pick<NewProfile, "name" | "owner">,
  signal?: AbortSignal,
): Promise<{ unchanged: boolean }> {
  refuse(userFault(owner));
  const options = signal ? { signal } : {};
  const ref = await profileRef(client, name, signal);
  const profile = await existing(client, name, signal);
  const before = ownerOf(profile).name;
  const ofProfile = { spec: { owner: { kind: "User", name: owner, namespace: null } } };
  const namespace = { apiVersion: "v1", kind: "Namespace", name };
  const binding = { apiVersion: rbac, kind: "RoleBinding", namespace: name, name: ownerBinding };
  const policy = { apiVersion: istioSecurity, kind: "AuthorizationPolicy", namespace: name, name: ownerPolicy };
  const annotated = (key: string) => ({ metadata: { annotations: { [key]: owner } } });
  const [space, bound, admitted] = [
    await client.get(namespace, signal),
    await client.get(binding, signal),
    await client.get(policy, signal),
  ];
  const changes = [
    { ref: namespace, now: space?.metadata.annotations?.owner, patch: annotated("owner"), there: space },
    { ref, now: before, patch: ofProfile, there: profile },
    {
      ref: binding,
      now: bound?.metadata.annotations?.user,
      patch: {
        ...annotated("user"),
        subjects: [{ kind: "User", apiGroup: "rbac.authorization.k8s.io", name: owner }],
      },
      there: bound,
    },
    { ref: policy, now: admitted?.metadata.annotations?.user, patch: annotated("user"), there: admitted },
  ].filter(({ there, now }) => there !== undefined && now !== owner);
  for (const change of changes) await client.mergePatch(change.ref, change.patch, { dryRun: true, ...options });
  let begun = false;
  try {
    for (const change of changes) {
      // From the first one on it is carried through: a profile and a namespace that disagree are nobody's.
      await client.mergePatch(change.ref, change.patch, begun ? {} : options);
      begun = true;
    }
  } catch (error) {
    if (begun && ownerOf(await existing(client, name)).name === before && before !== owner)
      await client.mergePatch(namespace, { metadata: { annotations: { owner: before } } }).catch(() => undefined);
    throw error;
  }
  return { unchanged: changes.length === 0 };
}

/** Deletes a profile and, through its controller, its namespace with everything in it. */
export async function deleteProfile(
  client: ChangingClient,
  { name, confirm }: { name: string; confirm: string },
  signal?: AbortSignal,
): Promise<void> {
  if (confirm !== name) throw new FlowdeckError("not-allowed", message("profile.notConfirmed", { name }));
  const profile = await existing(client, name, signal);
  const { uid } = profile.metadata;
  const ref = await profileRef(client, name, signal);
  await client.delete(ref, { ...(uid === undefined ? {} : { uid }), ...(signal ? { signal } : {}) });
}

async function existing(client: ChangingClient, name: string, signal?: AbortSignal): Promise<KubeObject> {
  const profile = await client.get(await profileRef(client, name, signal), signal);
  if (profile === undefined) throw new FlowdeckError("object-not-found", message("profile.missing", { name }));
  return profile;
}
