import { randomBytes, X509Certificate } from "node:crypto";
import { compare, hash } from "bcryptjs";
import { FlowdeckError, type RegistryCredentials, type RegistryDeployment } from "../../../common/contract/index.ts";
import { fields, text } from "../../../common/json/index.ts";
import { addressOfNode } from "../../../common/kube/index.ts";
import { message } from "../../../common/words/index.ts";
import { isFor } from "../../certificates/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import { namesOf, type RegistrySecrets, registryLabel } from "./objects.ts";

export const usernameOfDeployed = "flowdeck";

/** What a deployment depends on that is not in its settings. */
export interface Settled {
  /** Host and port, as in an image's name. */
  host: string;
  /** All that the certificate is for. */
  certificateNames: string[];
  nodes: readonly KubeObject[];
  /** Secrets of an earlier deployment that stay as they are. */
  kept: Partial<RegistrySecrets> & { connected?: RegistryCredentials };
}

type Client = Pick<ClusterClient, "get" | "list">;

/**
 * Looks at the nodes and at what an earlier deployment left.
 * @throws FlowdeckError `conflict` where the namespace is somebody else's, `invalid-input` where no node has an address.
 */
export async function settle(
  client: Client,
  settings: RegistryDeployment,
  stored: readonly RegistryCredentials[],
  signal?: AbortSignal,
): Promise<Settled> {
  const { namespace } = settings;
  const names = namesOf(settings);
  const of = (name: string) => client.get({ apiVersion: "v1", kind: "Secret", namespace, name }, signal);
  const [space, nodes, passwords, certificate] = await Promise.all([
    client.get({ apiVersion: "v1", kind: "Namespace", name: namespace }, signal),
    client.list("v1", "Node", signal ? { signal } : {}),
    of(names.passwords),
    of(names.certificate),
  ]);
  if (space !== undefined && space.metadata.labels?.[registryLabel] === undefined)
    throw new FlowdeckError("conflict", message("registryDeploy.namespaceTaken", { namespace }), {
      advice: message("registryDeploy.namespaceTakenWay"),
    });
  if (space?.metadata.deletionTimestamp !== undefined)
    throw new FlowdeckError("conflict", message("registryDeploy.namespaceEnding", { namespace }));
  const addresses = nodes.map(addressOfNode).filter((one) => one !== undefined);
  const address = settings.host ?? addresses[0];
  if (address === undefined)
    throw new FlowdeckError("invalid-input", message("registryDeploy.noAddress"), {
      advice: message("registryDeploy.noAddressWay"),
    });
  const host = `${address.includes(":") ? `[${address}]` : address}:${settings.nodePort}`;
  const tls = settings.tls.kind === "own" ? keptCertificate(certificate, [address, ...names.dns]) : undefined;
  const password = await keptPassword(passwords, stored);
  return {
    ...{ host, nodes },
    certificateNames: [...new Set([address, ...addresses.slice(0, 50), ...names.dns])],
    kept: { ...(tls === undefined ? {} : { tls }), ...password },
  };
}

/** A certificate stays as long as it is for the names: other nodes trust its authority already. */
function keptCertificate(secret: KubeObject | undefined, names: readonly string[]): RegistrySecrets["tls"] {
  const [certificate, key, authority] = ["tls.crt", "tls.key", "ca.crt"].map((one) => decodedIn(secret, one));
  if (certificate === undefined || key === undefined || authority === undefined) return undefined;
  try {
    const leaf = new X509Certificate(certificate);
    const soon = Date.now() + 30 * 24 * 3600_000;
    const fits = names.every((name) => isFor(leaf, name)) && leaf.validToDate.getTime() > soon;
    return fits && leaf.verify(new X509Certificate(authority).publicKey) ? { certificate, key, authority } : undefined;
  } catch {
    // What can't be read is made anew.
    return undefined;
  }
}

/** The password stays where this computer has it and the registry takes it, whatever address it had. */
async function keptPassword(
  secret: KubeObject | undefined,
  stored: readonly RegistryCredentials[],
): Promise<{ htpasswd?: string; connected?: RegistryCredentials }> {
  const htpasswd = decodedIn(secret, "htpasswd");
  if (htpasswd === undefined) return {};
  for (const connected of stored) {
    const line = htpasswd.split("\n").find((one) => one.startsWith(`${connected.username}:`));
    const hashed = line?.slice(connected.username.length + 1).trim();
    if (hashed !== undefined && (await compare(connected.password, hashed))) return { htpasswd, connected };
  }
  return {};
}

/** A password of 160 bits, and the line that the registry reads: it takes bcrypt alone. */
export async function newPassword(): Promise<{ htpasswd: string; password: string }> {
  const password = randomBytes(20).toString("base64url");
  return { password, htpasswd: `${usernameOfDeployed}:${await hash(password, 10)}\n` };
}

export function decodedIn(secret: KubeObject | undefined, key: string): string | undefined {
  const value = text(fields(secret?.data)[key]);
  return value === undefined ? undefined : Buffer.from(value, "base64").toString();
}
