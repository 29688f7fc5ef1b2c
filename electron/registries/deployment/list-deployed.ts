import { X509Certificate } from "node:crypto";
import {
  type DeployedRegistry,
  type Registry,
  type RegistryDeployment,
  registryDeployment,
} from "../../../common/contract/index.ts";
import { at, parseJson, text } from "../../../common/json/index.ts";
import { addressOfNode, atClaim } from "../../../common/kube/index.ts";
import { factsOf } from "../../certificates/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import { isRolledOut, whyNot } from "./deploy.ts";
import { nodeRecipes } from "./node-recipes.ts";
import { namesOf, registryLabel, settingsAnnotation } from "./objects.ts";
import { decodedIn } from "./settled.ts";

type Client = Pick<ClusterClient, "get" | "list">;

/** The registries that Flowdeck runs in a cluster, as they are now. */
export async function listDeployed(
  client: Client,
  stored: readonly Registry[],
  signal?: AbortSignal,
): Promise<DeployedRegistry[]> {
  const options = signal ? { signal } : {};
  const [deployments, nodes] = await Promise.all([
    client.list("apps/v1", "Deployment", { labelSelector: registryLabel, ...options }),
    client.list("v1", "Node", options),
  ]);
  const found = deployments.flatMap((deployment) => {
    const settings = settingsOf(deployment);
    return settings === undefined ? [] : [{ deployment, settings }];
  });
  return Promise.all(found.map((one) => describe(client, { ...one, nodes, stored }, signal)));
}

/** What a Deployment was made of; undefined where it is not Flowdeck's, or somebody changed what it says. */
export function settingsOf({ metadata }: KubeObject): RegistryDeployment | undefined {
  const json = metadata.annotations?.[settingsAnnotation];
  if (json === undefined) return undefined;
  try {
    const settings = registryDeployment.parse(parseJson(json));
    return settings.name === metadata.name && settings.namespace === metadata.namespace ? settings : undefined;
  } catch {
    return undefined;
  }
}

interface Found {
  deployment: KubeObject;
  settings: RegistryDeployment;
  nodes: readonly KubeObject[];
  stored: readonly Registry[];
}

async function describe(
  client: Client,
  { deployment, settings, nodes, stored }: Found,
  signal: AbortSignal | undefined,
): Promise<DeployedRegistry> {
  const { namespace } = settings;
  const names = namesOf(settings);
  const secret =
    settings.tls.kind === "none"
      ? undefined
      : await client
          .get({ apiVersion: "v1", kind: "Secret", namespace, name: names.certificate }, signal)
          .catch(() => undefined);
  const authority = decodedIn(secret, "ca.crt");
  const certificate = readable(decodedIn(secret, "tls.crt"));
  const host = hostOf(settings, { nodes, stored, certificate });
  const isReady = isRolledOut(deployment);
  const waitsFor = isReady ? undefined : await whyNot(client, settings, signal);
  const data = await dataOf(client, settings, signal);
  return {
    ...{ settings, host, isReady, service: names.address },
    ...(waitsFor === undefined ? {} : { waitsFor }),
    ...(certificate === undefined ? {} : { certificate: factsOf(certificate) }),
    ...(authority === undefined || authority === "" ? {} : { authority }),
    ...(data === undefined ? {} : { data }),
    isConnected: stored.some((one) => one.host === host),
    recipes: nodeRecipes(nodes, {
      ...{ host, plain: settings.tls.kind === "none", isOwn: settings.tls.kind === "own" },
      authority: authority === "" ? undefined : authority,
    }),
  };
}

/** Without a name of its own it has a node's address; the one that is connected, as nodes come and go. */
function hostOf(
  { host, nodePort, tls }: RegistryDeployment,
  { nodes, stored, certificate }: Pick<Found, "nodes" | "stored"> & { certificate: X509Certificate | undefined },
): string {
  if (host !== undefined) return `${host}:${nodePort}`;
  const addresses = nodes.map(addressOfNode).filter((one) => one !== undefined);
  const hosts = addresses.map((one) => `${one.includes(":") ? `[${one}]` : one}:${nodePort}`);
  const connected = hosts.find((one) => stored.some((registry) => registry.host === one));
  const named = tls.kind === "own" && certificate !== undefined ? factsOf(certificate).subject : undefined;
  return connected ?? (named === undefined ? hosts[0] : `${named}:${nodePort}`) ?? `:${nodePort}`;
}

function readable(pem: string | undefined): X509Certificate | undefined {
  try {
    return pem === undefined ? undefined : new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

/** The claim with its size, and what becomes of its volume. */
export async function dataOf(
  client: Client,
  settings: Pick<RegistryDeployment, "name" | "namespace">,
  signal?: AbortSignal,
): Promise<DeployedRegistry["data"]> {
  const { namespace } = settings;
  const name = namesOf(settings).claim;
  const claim = await client.get({ apiVersion: "v1", kind: "PersistentVolumeClaim", namespace, name }, signal);
  if (claim === undefined) return undefined;
  const size =
    text(at(atClaim(claim, "status", "capacity"), "storage")) ??
    text(at(atClaim(claim, "spec", "resources", "requests"), "storage")) ??
    "";
  const volume = text(atClaim(claim, "spec", "volumeName"));
  const bound =
    volume === undefined
      ? undefined
      : await client.get({ apiVersion: "v1", kind: "PersistentVolume", name: volume }, signal).catch(() => undefined);
  const reclaim = at(bound, "spec", "persistentVolumeReclaimPolicy");
  return { claim: name, size, ...(reclaim === "Delete" || reclaim === "Retain" ? { reclaim } : {}) };
}
