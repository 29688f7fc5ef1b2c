import { FlowdeckError } from "../../common/contract/index.ts";
import { at, isRecord, list, text, texts } from "../../common/json/index.ts";
import { atBinding, bindingNameOf, type SharedRole } from "../../common/kube/index.ts";
import { message } from "../../common/words/index.ts";
import { type ClusterClient, isServed, type KubeObject } from "../cluster/index.ts";
import { ownerOf } from "./build-profiles.ts";
import { refuse, userFault } from "./checked.ts";
import {
  istioRbac,
  istioSecurity,
  ownerBinding,
  ownerPolicy,
  ownerServiceBinding,
  ownerServiceRole,
  profileRef,
  rbac,
} from "./kinds.ts";
import { isOfKfam } from "./snapshot.ts";

export type SharingClient = Pick<ClusterClient, "get" | "list" | "create" | "delete" | "resourceFor" | "mergePatch">;

interface Membership {
  profile: string;
  user: string;
  role: SharedRole;
}

/**
 * Lets somebody into a profile with the objects that kfam writes: a RoleBinding, and what lets their requests through
 * Istio. Who has the other role loses that afterwards. Both are tried before either is written, and what was written is
 * taken back if the rest fails. Throws what is wrong with the address, the profile or the name that comes of it.
 */
export async function share(
  client: SharingClient,
  membership: Membership,
  signal?: AbortSignal,
): Promise<{ unchanged: boolean }> {
  const { profile, user, role } = membership;
  refuse(userFault(user));
  const owner = await readyOwner(client, profile, signal);
  if (owner === user) throw new FlowdeckError("invalid-input", message("profile.isOwner", { user, profile }));
  const binding = bindingNameOf(user, role);
  const bindings = await client.list(rbac, "RoleBinding", { namespace: profile, ...(signal ? { signal } : {}) });
  const namesake = bindings.find(({ metadata }) => metadata.name === binding);
  if (namesake !== undefined && namesake.metadata.annotations?.user !== user) {
    const other = namesake.metadata.annotations?.user ?? subjectOf(namesake);
    const advice = message("profile.nameTakenWay");
    throw new FlowdeckError("conflict", message("profile.nameTaken", { user, profile, binding, other }), { advice });
  }
  const door = await doorOf(client, profile, owner, signal);
  const wanted = [bindingFor(membership), ...(door === undefined ? [] : [door(membership)])];
  const missing: KubeObject[] = [];
  for (const object of wanted) {
    if ((await client.get(refOf(object), signal)) === undefined) missing.push(object);
  }
  await writeAll(client, missing, signal);
  const outdated = bindings.filter((one) => isMembership(one, user) && one.metadata.name !== binding);
  for (const one of outdated) await removeMembership(client, profile, one.metadata.name, signal);
  return { unchanged: missing.length === 0 && outdated.length === 0 };
}

/** Takes away every role that somebody was given; gives how many. The owner's own binding is not one of them. */
export async function unshare(
  client: SharingClient,
  { profile, user }: Omit<Membership, "role">,
  signal?: AbortSignal,
): Promise<number> {
  const all = await client.list(rbac, "RoleBinding", { namespace: profile, ...(signal ? { signal } : {}) });
  const own = all.filter((binding) => isMembership(binding, user));
  if (own.length === 0) throw new FlowdeckError("not-found", message("profile.notMember", { profile, user }));
  for (const binding of own) await removeMembership(client, profile, binding.metadata.name, signal);
  return own.length;
}

function isMembership(binding: KubeObject, user: string): boolean {
  const isTheirs = binding.metadata.annotations?.user === user || subjectOf(binding) === user;
  return isOfKfam(binding) && isTheirs && binding.metadata.name !== ownerBinding;
}

/** The policy first: as long as the RoleBinding is there, the person is listed and can be removed again. */
async function removeMembership(
  client: SharingClient,
  namespace: string,
  name: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const options = signal ? { signal } : {};
  await client.delete({ apiVersion: istioSecurity, kind: "AuthorizationPolicy", namespace, name }, options);
  await client.delete({ apiVersion: istioRbac, kind: "ServiceRoleBinding", namespace, name }, options);
  await client.delete({ apiVersion: rbac, kind: "RoleBinding", namespace, name }, options);
}

async function writeAll(client: SharingClient, objects: readonly KubeObject[], signal?: AbortSignal): Promise<void> {
  const options = signal ? { signal } : {};
  for (const object of objects) await client.create(object, { dryRun: true, ...options });
  const written: KubeObject[] = [];
  try {
    for (const object of objects) {
      await client.create(object, options);
      written.push(object);
    }
  } catch (error) {
    // Also when it was cancelled: nobody is to be let in by half.
    for (const object of written) await client.delete(refOf(object)).catch(() => undefined);
    throw error;
  }
}

/** The owner of a profile whose namespace is there. */
async function readyOwner(client: SharingClient, name: string, signal?: AbortSignal): Promise<string> {
  const profile = await client.get(await profileRef(client, name, signal), signal);
  if (profile === undefined) throw new FlowdeckError("object-not-found", message("profile.missing", { name }));
  if (profile.metadata.deletionTimestamp !== undefined)
    throw new FlowdeckError("conflict", message("profile.beingDeleted", { name }));
  const namespace = await client.get({ apiVersion: "v1", kind: "Namespace", name }, signal);
  if (namespace !== undefined) return ownerOf(profile).name;
  const advice = message("profile.namespaceNotYetWay");
  throw new FlowdeckError("not-found", message("profile.namespaceNotYet", { name }), { advice });
}

function subjectOf(binding: KubeObject): string {
  return text(at(list(atBinding(binding, "subjects"))[0], "name")) ?? "";
}

/** https://github.com/kubeflow/dashboard/blob/main/components/access-management/kfam/bindings.go (Create) */
function bindingFor({ profile, user, role }: Membership): KubeObject {
  return {
    apiVersion: rbac,
    kind: "RoleBinding",
    metadata: metadataOf({ profile, user, role }),
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: `kubeflow-${role}` },
    subjects: [{ kind: "User", name: user }],
  };
}

function metadataOf({ profile, user, role }: Membership): KubeObject["metadata"] {
  return { name: bindingNameOf(user, role), namespace: profile, annotations: { user, role } };
}

type Door = (membership: Membership) => KubeObject;

const usualHeader = "request.headers[kubeflow-userid]";
/** https://github.com/kubeflow/dashboard/blob/main/components/access-management/kfam/bindings.go (getAuthorizationPolicy) */
const usualPrincipals = [
  "cluster.local/ns/istio-system/sa/istio-ingressgateway-service-account",
  "cluster.local/ns/kubeflow/sa/ml-pipeline-ui",
];

/**
 * How Istio lets somebody in: the header, its prefix and the gateways as in what the profile controller wrote for the
 * owner, which kfam is configured like; the usual ones where that is not there. Undefined where Istio isn't.
 */
async function doorOf(
  client: SharingClient,
  profile: string,
  owner: string,
  signal?: AbortSignal,
): Promise<Door | undefined> {
  const policy = { apiVersion: istioSecurity, kind: "AuthorizationPolicy", namespace: profile };
  const own = await client.get({ ...policy, name: ownerPolicy }, signal);
  if (own === undefined) {
    const binding = { apiVersion: istioRbac, kind: "ServiceRoleBinding", namespace: profile };
    const old = await client.get({ ...binding, name: ownerServiceBinding }, signal);
    if (old !== undefined) return serviceBindingLike(old, owner);
    if (!(await isServed(client, istioSecurity, "AuthorizationPolicy", signal))) return undefined;
  }
  const { key, prefix, principals } = ownersRule(own, owner);
  return (membership) => ({
    apiVersion: istioSecurity,
    kind: "AuthorizationPolicy",
    metadata: metadataOf(membership),
    spec: {
      rules: [
        {
          ...(principals.length === 0 ? {} : { from: [{ source: { principals } }] }),
          when: [{ key, values: [`${prefix}${membership.user}`] }],
        },
      ],
    },
  });
}

/** What the owner's policy asks of a request. */
export function ownersRule(
  policy: KubeObject | undefined,
  owner: string,
): { key: string; prefix: string; principals: readonly string[] } {
  for (const rule of list(at(policy, "spec", "rules"))) {
    for (const condition of list(at(rule, "when"))) {
      const key = text(at(condition, "key")) ?? "";
      const value = texts(at(condition, "values")).find((one) => one.endsWith(owner));
      if (!key.startsWith("request.headers[") || value === undefined) continue;
      const principals = list(at(rule, "from")).flatMap((from) => texts(at(from, "source", "principals")));
      return { key, prefix: value.slice(0, value.length - owner.length), principals };
    }
  }
  return { key: usualHeader, prefix: "", principals: usualPrincipals };
}

/** As kfam of Kubeflow 1.0, whose Istio knew no policies. */
function serviceBindingLike(own: KubeObject, owner: string): Door {
  const properties = at(list(at(own, "spec", "subjects"))[0], "properties");
  const [key = usualHeader, value = owner] = isRecord(properties) ? (Object.entries(properties)[0] ?? []) : [];
  const prefix = typeof value === "string" && value.endsWith(owner) ? value.slice(0, value.length - owner.length) : "";
  return (membership) => ({
    apiVersion: istioRbac,
    kind: "ServiceRoleBinding",
    metadata: metadataOf(membership),
    spec: {
      subjects: [{ properties: { [key]: `${prefix}${membership.user}` } }],
      roleRef: { kind: "ServiceRole", name: ownerServiceRole },
    },
  });
}

function refOf({ apiVersion, kind, metadata: { name, namespace } }: KubeObject) {
  return { apiVersion, kind, name, ...(namespace === undefined ? {} : { namespace }) };
}
