import { FlowdeckError, type Platform } from "../../../common/contract/index.ts";
import { at, text } from "../../../common/json/index.ts";
import { providerOf } from "../../../common/kube/index.ts";
import type { ClusterClient } from "../../cluster/index.ts";
import type { ClusterPlatform } from "../types.ts";

/**
 * Where the cluster runs: as chosen, or as its nodes and its version say it. What this user may not see is left out.
 * The issuer is the one that the cluster itself names in its discovery document.
 */
export async function readClusterPlatform(
  client: ClusterClient,
  chosen: Platform,
  signal: AbortSignal,
): Promise<ClusterPlatform> {
  if (chosen === "practice") return { id: chosen };
  const [id, issuer] = await Promise.all([
    chosen === "existing" ? detected(client, signal) : chosen,
    issuerOf(client, signal),
  ]);
  return { id, ...(issuer === undefined ? {} : { issuer }) };
}

async function detected(client: ClusterClient, signal: AbortSignal): Promise<Platform> {
  const [version, nodes] = await Promise.all([
    client.version(signal),
    client.list("v1", "Node", { signal }).catch((error) => {
      if (error instanceof FlowdeckError && error.code === "forbidden") return [];
      throw error;
    }),
  ]);
  return providerOf({ version, nodes }) ?? "existing";
}

/** Of https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#service-account-issuer-discovery */
async function issuerOf(client: ClusterClient, signal: AbortSignal): Promise<string | undefined> {
  try {
    return text(at(JSON.parse(await client.raw("/.well-known/openid-configuration", { signal })), "issuer"));
  } catch {
    signal.throwIfAborted();
    return undefined; // forbidden, or no such document: the rendering does without, and says so
  }
}
