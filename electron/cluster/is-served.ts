import { FlowdeckError } from "../../common/contract/index.ts";
import type { ClusterClient } from "./types.ts";

/** Does the API server serve this kind? Throws what reading the discovery throws. */
export async function isServed(
  client: Pick<ClusterClient, "resourceFor">,
  apiVersion: string,
  kind: string,
  signal?: AbortSignal,
): Promise<boolean> {
  try {
    await client.resourceFor(apiVersion, kind, signal);
    return true;
  } catch (error) {
    if (error instanceof FlowdeckError && error.code === "kind-unknown") return false;
    throw error;
  }
}
