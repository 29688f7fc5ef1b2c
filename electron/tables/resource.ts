import { FlowdeckError, type ResourceTarget } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { ApiResource, ClusterClient } from "../cluster/index.ts";

/** The served resource a target names; looks once more when it is not known, as it may be new. Throws `kind-unknown`. */
export async function findResource(
  client: ClusterClient,
  { group, version, plural }: Omit<ResourceTarget, "context">,
  signal: AbortSignal,
): Promise<ApiResource> {
  const look = async () => {
    const resources = await client.resources(signal);
    return resources.find((resource) => resource.group === group && resource.plural === plural);
  };
  let found = await look();
  if (found === undefined) {
    await client.refreshDiscovery(signal);
    found = await look();
  }
  if (found === undefined) {
    const name = group === "" ? plural : `${plural}.${group}`;
    throw new FlowdeckError("kind-unknown", message("table.kindUnserved", { context: client.contextName, name }));
  }
  // Discovery tells of the preferred version; another one is asked for in its own path.
  return found.version === version ? found : { ...found, version };
}
