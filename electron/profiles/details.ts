import { type CallOutput, FlowdeckError, toAppError } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterClient } from "../cluster/index.ts";
import { podDefaultKind, seePodDefault } from "./pod-defaults.ts";
import { pullAccountsOf } from "./pull-secrets.ts";
import { unshare } from "./sharing.ts";
import { whoAmI } from "./who-am-i.ts";

type Details = CallOutput<"profiles.details">;

/** What is in a profile's namespace beside what Kubeflow makes of it. */
export async function detailsOf(
  client: Pick<ClusterClient, "get" | "list" | "request" | "server">,
  namespace: string,
  signal?: AbortSignal,
): Promise<Details> {
  const unread: Details["unread"] = [];
  const options = { namespace, ...(signal ? { signal } : {}) };
  const orUnread = async <T>(kind: string, work: Promise<T>): Promise<T | undefined> => {
    try {
      return await work;
    } catch (error) {
      signal?.throwIfAborted();
      const isAbsent = error instanceof FlowdeckError && error.code === "kind-unknown";
      if (!isAbsent) unread.push({ kind, problem: toAppError(error) });
      return undefined;
    }
  };
  const [user, podDefaults, accounts] = await Promise.all([
    whoAmI(client, signal),
    orUnread("PodDefault", client.list(podDefaultKind.apiVersion, podDefaultKind.kind, options)),
    orUnread("ServiceAccount", pullAccountsOf(client, namespace, signal)),
  ]);
  return {
    accounts: accounts ?? [],
    unread,
    ...(user === undefined ? {} : { user }),
    ...(podDefaults === undefined ? {} : { podDefaults: podDefaults.map(seePodDefault).toSorted(byName) }),
  };
}

function byName(one: { name: string }, other: { name: string }): number {
  return one.name.localeCompare(other.name);
}

/**
 * Takes away this user's own access to a profile. Whether that is allowed is asked before anything is deleted. Throws
 * `not-found` for who is no contributor, and `forbidden` with whom to ask for who can't delete it.
 */
export async function leave(
  client: Pick<
    ClusterClient,
    "get" | "list" | "create" | "delete" | "resourceFor" | "mergePatch" | "mayI" | "request" | "server"
  >,
  profile: string,
  signal?: AbortSignal,
): Promise<{ user: string }> {
  const user = await whoAmI(client, signal);
  if (user === undefined) throw new FlowdeckError("server-unsupported", message("profile.whoUnknown"));
  const needed = [
    { group: "rbac.authorization.k8s.io", resource: "rolebindings" },
    { group: "security.istio.io", resource: "authorizationpolicies" },
  ];
  for (const one of needed) {
    const { allowed } = await client.mayI({
      verb: "delete",
      namespace: profile,
      ...one,
      ...(signal ? { signal } : {}),
    });
    if (allowed) continue;
    const space = await client
      .get({ apiVersion: "v1", kind: "Namespace", name: profile }, signal)
      .catch(() => undefined);
    const owner = space?.metadata.annotations?.owner ?? "";
    throw new FlowdeckError("forbidden", message("profile.leaveForbidden", { user, profile, resource: one.resource }), {
      advice: owner === "" ? message("profile.leaveForbiddenWay") : message("profile.leaveAsk", { owner }),
    });
  }
  await unshare(client, { profile, user }, signal);
  return { user };
}
