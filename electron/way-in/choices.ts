import type { AccessChoices } from "../../common/contract/index.ts";
import { type ClusterClient, isServed } from "../cluster/index.ts";

/** What a cluster offers to get in by; what this user may not read is not offered. */
export async function choicesIn(client: ClusterClient, signal: AbortSignal): Promise<AccessChoices> {
  const names = async (apiVersion: string, kind: string) =>
    (await isServed(client, apiVersion, kind, signal)) ? client.list(apiVersion, kind, { signal }) : [];
  const [classes, gateways, certManager] = await Promise.all([
    names("networking.k8s.io/v1", "IngressClass").catch(() => []),
    names("gateway.networking.k8s.io/v1", "Gateway").catch(() => []),
    isServed(client, "cert-manager.io/v1", "Certificate", signal).catch(() => false),
  ]);
  return {
    ingressClasses: classes.map(({ metadata }) => metadata.name).sort(),
    gateways: gateways.map(({ metadata: { name, namespace = "" } }) => ({ name, namespace })),
    certManager,
  };
}
