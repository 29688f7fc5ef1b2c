import { type AppError, FlowdeckError, type ProfileList, toAppError } from "../../common/contract/index.ts";
import { at } from "../../common/json/index.ts";
import { atQuota, isKind } from "../../common/kube/index.ts";
import type { ClusterClient, KubeObject } from "../cluster/index.ts";
import { buildProfiles } from "./build-profiles.ts";
import { type Snapshot, type Source, type SourceName, sources } from "./snapshot.ts";
import { whoAmI } from "./who-am-i.ts";

type OwnClient = Pick<ClusterClient, "get" | "list" | "mayI" | "request" | "server">;

/** What a namespace's profile is made of; the rest is of the whole cluster. */
const within = ["bindings", "accounts", "quotas", "policies", "serviceBindings", "notebooks"] as const;
const mostNamespaces = 200;

/**
 * The profiles that this user has access to, for who can't list Profiles. They are found by their namespaces: all that
 * the user can list, or else those that somebody names and those that are usual for the user's address. A profile's owner
 * and quota are read from what its controller made of it. What can't be read is named.
 */
export async function ownProfiles(
  client: OwnClient,
  named: readonly string[],
  signal: AbortSignal,
): Promise<ProfileList> {
  const user = await whoAmI(client, signal);
  const unread = new Map<string, AppError>();
  const spaces = await candidates(client, [...named, ...usualNames(user)], unread, signal);
  const own: KubeObject[] = [];
  for (const space of spaces.slice(0, mostNamespaces)) {
    const asked = { verb: "list", group: "", resource: "pods", namespace: space.metadata.name, signal };
    if (space.metadata.annotations?.owner === user || (await client.mayI(asked)).allowed) own.push(space);
  }
  const read = await Promise.all(own.map((space) => readWithin(client, space.metadata.name, unread, signal)));
  const all = (name: SourceName) => {
    const lists = read.map((one) => one.get(name));
    // Where it could be read of none, it is unknown of all.
    return lists.some((list) => list !== undefined) ? lists.flatMap((list) => list ?? []) : undefined;
  };
  const quotas = all("quotas");
  const snapshot: Snapshot = {
    profiles: own.map((space) => profileBehind(space, quotas)),
    namespaces: own,
    nodes: undefined,
    quotas,
    ...{ bindings: all("bindings"), accounts: all("accounts"), policies: all("policies") },
    ...{ serviceBindings: all("serviceBindings"), notebooks: all("notebooks") },
  };
  return {
    state: "live",
    profiles: buildProfiles(snapshot, Date.now()),
    allocatable: {},
    unread: [...unread].map(([kind, problem]) => ({ kind, problem })),
    limited: true,
  };
}

/** What Kubeflow's dashboard and the manifests call the profile of an address. */
function usualNames(user: string | undefined): string[] {
  if (user === undefined || user.startsWith("system:")) return [];
  const slug = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  return [slug(user.split("@")[0] ?? user), `kubeflow-${slug(user)}`];
}

/** Namespaces that a profile stands behind. */
async function candidates(
  client: OwnClient,
  named: readonly string[],
  unread: Map<string, AppError>,
  signal: AbortSignal,
): Promise<KubeObject[]> {
  try {
    return (await client.list("v1", "Namespace", { signal })).filter(isOfProfile);
  } catch (error) {
    if (!(error instanceof FlowdeckError) || error.code !== "forbidden") throw error;
    unread.set("Namespace", toAppError(error));
  }
  const found = await Promise.all(
    [...new Set(named)].map((name) =>
      // Not allowed to see it: nothing can be said of it.
      client.get({ apiVersion: "v1", kind: "Namespace", name }, signal).catch(() => undefined),
    ),
  );
  signal.throwIfAborted();
  return found.filter((space): space is KubeObject => space !== undefined && isOfProfile(space));
}

function isOfProfile({ metadata: { annotations, ownerReferences } }: KubeObject): boolean {
  const isMade = ownerReferences?.some(({ kind, apiVersion }) => isKind({ kind, apiVersion }, "kubeflow.org/Profile"));
  return isMade === true && annotations?.owner !== undefined;
}

async function readWithin(
  client: OwnClient,
  namespace: string,
  unread: Map<string, AppError>,
  signal: AbortSignal,
): Promise<Map<SourceName, KubeObject[]>> {
  const found = new Map<SourceName, KubeObject[]>();
  const reading = within.map(async (name) => {
    const { apiVersion, kind, wanted }: Source = sources[name];
    try {
      const objects = await client.list(apiVersion, kind, { namespace, signal });
      found.set(
        name,
        objects.filter((object) => wanted?.(object) !== false),
      );
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof FlowdeckError) || error.code !== "kind-unknown") unread.set(kind, toAppError(error));
    }
  });
  await Promise.all(reading);
  return found;
}

/** The Profile as its controller's work tells it. */
function profileBehind(space: KubeObject, quotas: readonly KubeObject[] | undefined): KubeObject {
  const { name } = space.metadata;
  const quota = quotas?.find(({ metadata }) => metadata.namespace === name);
  const hard = quota && atQuota(quota, "spec", "hard");
  return {
    ...{ apiVersion: "kubeflow.org/v1", kind: "Profile", metadata: { ...space.metadata, finalizers: [] } },
    spec: {
      owner: { kind: "User", name: at(space, "metadata", "annotations", "owner") },
      ...(hard === undefined ? {} : { resourceQuotaSpec: { hard } }),
    },
  };
}
