import { FlowdeckError, type PullAccount } from "../../common/contract/index.ts";
import { at, fields, list, parseJson, text } from "../../common/json/index.ts";
import type { ClusterClient, KubeObject } from "../cluster/index.ts";
import { accounts } from "./kinds.ts";

/**
 * Whose credentials pull the images of each service account's pods: of Kubeflow's own accounts always, of the others where
 * they have some. Only the registries' names leave a Secret.
 */
export async function pullAccountsOf(
  client: Pick<ClusterClient, "get" | "list">,
  namespace: string,
  signal?: AbortSignal,
): Promise<PullAccount[]> {
  const all = await client.list("v1", "ServiceAccount", { namespace, ...(signal ? { signal } : {}) });
  const shown = all.filter((account) => isOwn(account) || secretsOf(account).length > 0);
  const names = [...new Set(shown.flatMap(secretsOf))];
  const seen = new Map(
    await Promise.all(names.map(async (name) => [name, await seeSecret(client, namespace, name, signal)] as const)),
  );
  return shown
    .toSorted((one, other) => rank(one) - rank(other) || one.metadata.name.localeCompare(other.metadata.name))
    .map((account) => ({
      account: account.metadata.name,
      secrets: secretsOf(account).map((name) => ({ name, ...(seen.get(name) ?? unknown) })),
    }));
}

type SeenSecret = Pick<PullAccount["secrets"][number], "state" | "registries">;
const unknown: SeenSecret = { state: "unknown", registries: [] };

const ownNames: readonly string[] = accounts;

function isOwn({ metadata: { name } }: KubeObject): boolean {
  return ownNames.includes(name);
}

function rank(account: KubeObject): number {
  return isOwn(account) ? ownNames.indexOf(account.metadata.name) : ownNames.length;
}

function secretsOf(account: KubeObject): string[] {
  return list(at(account, "imagePullSecrets")).flatMap((one) => text(at(one, "name")) ?? []);
}

async function seeSecret(
  client: Pick<ClusterClient, "get">,
  namespace: string,
  name: string,
  signal: AbortSignal | undefined,
): Promise<SeenSecret> {
  try {
    const secret = await client.get({ apiVersion: "v1", kind: "Secret", namespace, name }, signal);
    return secret === undefined ? { state: "absent", registries: [] } : readSecret(secret);
  } catch (error) {
    if (error instanceof FlowdeckError && error.code !== "cancelled") return unknown;
    throw error;
  }
}

/** What a Secret is for; nothing of what is kept in it. Pure. */
export function readSecret(secret: KubeObject): SeenSecret {
  const kinds = [
    ["kubernetes.io/dockerconfigjson", ".dockerconfigjson"],
    ["kubernetes.io/dockercfg", ".dockercfg"],
  ] as const;
  const kind = kinds.find(([type]) => secret.type === type);
  if (kind === undefined) return { state: "other", registries: [] };
  try {
    const config = parseJson(Buffer.from(text(at(secret, "data", kind[1])) ?? "", "base64").toString());
    const hosts = kind[1] === ".dockercfg" ? config : at(config, "auths");
    return { state: "present", registries: Object.keys(fields(hosts)) };
  } catch {
    // Not readable as what it claims to be, so no image is pulled by it.
    return { state: "other", registries: [] };
  }
}
