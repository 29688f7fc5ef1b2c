import { FlowdeckError } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterClient, KubeObject } from "../cluster/index.ts";
import { buildProfiles } from "./build-profiles.ts";
import type { Existing } from "./class-plan.ts";
import { profileVersion } from "./kinds.ts";
import { type Snapshot, type Source, type SourceName, sources } from "./snapshot.ts";

/** What a plan is made against. */
const read = ["profiles", "namespaces", "bindings", "quotas", "policies", "serviceBindings"] as const;

/** All profiles as they are now. Throws `kind-unknown` where there are none, and what can't be read. */
export async function readExisting(
  client: Pick<ClusterClient, "list" | "resourceFor">,
  signal?: AbortSignal,
): Promise<Existing> {
  const version = await profileVersion(client, signal);
  if (version === undefined) throw new FlowdeckError("kind-unknown", message("profile.notServed"));
  const listed = await Promise.all(
    read.map(async (name) => [name, await listOf(client, name, version, signal)] as const),
  );
  const nothing: Snapshot = {
    ...{ profiles: [], namespaces: [], bindings: [], quotas: [], policies: undefined, serviceBindings: undefined },
    ...{ accounts: [], notebooks: undefined, nodes: [] },
  };
  const snapshot: Snapshot = { ...nothing, ...Object.fromEntries(listed) };
  return {
    profiles: buildProfiles(snapshot, Date.now()),
    namespaces: new Set(snapshot.namespaces?.map(({ metadata }) => metadata.name)),
  };
}

async function listOf(
  client: Pick<ClusterClient, "list">,
  name: SourceName,
  version: string,
  signal: AbortSignal | undefined,
): Promise<KubeObject[] | undefined> {
  const { apiVersion, kind, optional, wanted }: Source = sources[name];
  try {
    const objects = await client.list(name === "profiles" ? version : apiVersion, kind, signal ? { signal } : {});
    return objects.filter((object) => wanted?.(object) !== false);
  } catch (error) {
    if (optional && error instanceof FlowdeckError && error.code === "kind-unknown") return undefined;
    throw error;
  }
}
