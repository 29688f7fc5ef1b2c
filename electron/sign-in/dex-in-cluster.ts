import { FlowdeckError, type ObjectRef } from "../../common/contract/index.ts";
import { at, fields, list, text } from "../../common/json/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterClient, KubeObject } from "../cluster/index.ts";
import {
  DexConfig,
  type DexPerson,
  dexClient,
  dexConfig,
  dexDeployment,
  dexPasswords,
  disabledFile,
  proxyDeployment,
  proxySecretIn,
  readDisabled,
} from "../install/index.ts";

type Reader = Pick<ClusterClient, "get">;

/** What a cluster has about signing in with Dex. */
export interface DexInCluster {
  configMap: KubeObject;
  config: DexConfig;
  disabled: DexPerson[];
  deployment: KubeObject;
  /** The Secret whose keys Dex's pods have as environment variables; undefined where hashes are in the ConfigMap. */
  passwords: KubeObject | undefined;
}

export const refs = {
  config: { apiVersion: "v1", ...dexConfig },
  passwords: { apiVersion: "v1", ...dexPasswords },
  client: { apiVersion: "v1", ...dexClient },
  dex: { apiVersion: "apps/v1", ...dexDeployment },
  proxy: { apiVersion: "apps/v1", ...proxyDeployment },
} satisfies Record<string, ObjectRef>;

/**
 * Undefined where there is no Dex.
 * @throws FlowdeckError `settings-invalid` where Dex's configuration can't be read, and what the cluster throws.
 */
export async function readDex(client: Reader, signal?: AbortSignal): Promise<DexInCluster | undefined> {
  const [configMap, deployment, passwords] = await Promise.all([
    client.get(refs.config, signal),
    client.get(refs.dex, signal),
    client.get(refs.passwords, signal),
  ]);
  if (configMap === undefined || deployment === undefined) return undefined;
  const data = fields(configMap.data);
  const written = text(data["config.yaml"]);
  if (written === undefined)
    throw new FlowdeckError("settings-invalid", message("people.noConfig", { object: "ConfigMap auth/dex" }));
  return {
    configMap,
    deployment,
    config: new DexConfig(written),
    disabled: readDisabled(text(data[disabledFile])),
    passwords: readsVariables(deployment) ? passwords : undefined,
  };
}

/** @throws FlowdeckError `not-found` where there is no Dex. */
export async function theDex(client: Reader, signal?: AbortSignal): Promise<DexInCluster> {
  const dex = await readDex(client, signal);
  if (dex === undefined)
    throw new FlowdeckError("not-found", message("people.noDex"), { advice: message("people.noDexWay") });
  return dex;
}

function readsVariables(deployment: KubeObject): boolean {
  return list(at(deployment, "spec", "template", "spec", "containers")).some((container) =>
    list(at(container, "envFrom")).some((from) => at(from, "secretRef", "name") === refs.passwords.name),
  );
}

/** oauth2-proxy and the Secret that it reads; undefined where there is none. */
export async function readProxy(
  client: Reader,
  signal?: AbortSignal,
): Promise<{ deployment: KubeObject; secret: KubeObject } | undefined> {
  const deployment = await client.get(refs.proxy, signal);
  const name = deployment && proxySecretIn(deployment);
  if (deployment === undefined || name === undefined) return undefined;
  const secret = await client.get({ apiVersion: "v1", kind: "Secret", namespace: "oauth2-proxy", name }, signal);
  return secret && { deployment, secret };
}

/** A Secret's values, decoded. */
export function valuesOf(secret: KubeObject | undefined): Record<string, string> {
  const entries = Object.entries(fields(secret?.data));
  return Object.fromEntries(entries.map(([key, value]) => [key, Buffer.from(String(value), "base64").toString()]));
}
