import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClusterClient, KubeObject } from "../../electron/cluster/index.ts";
import { openConnections } from "./cluster-room.ts";

/** What the control plane makes and drops by itself, whatever anybody installs. */
const passing = new Set(["Event", "Lease", "EndpointSlice", "Endpoints", "ControllerRevision", "IPAddress"]);

/** Runs `use` with a client for a kubeconfig's current context. */
export async function withClient<T>(kubeconfig: string, use: (client: ClusterClient) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), "flowdeck-look-"));
  const { connections, context } = await openConnections(kubeconfig, dataDir);
  try {
    const client = await connections.client(context);
    try {
      return await use(client);
    } finally {
      await client.close();
    }
  } finally {
    await connections.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** One line for each object in the cluster: apiVersion kind namespace name, sorted; `-` for no namespace. */
export function everyObject(kubeconfig: string): Promise<string[]> {
  return withClient(kubeconfig, async (client) => {
    await client.refreshDiscovery();
    const kinds = (await client.resources()).filter(
      ({ kind, verbs, plural }) =>
        verbs.includes("list") && verbs.includes("delete") && !passing.has(kind) && !plural.includes("/"),
    );
    const lists = await Promise.all(
      kinds.map(async ({ group, version, kind }) => {
        const apiVersion = group === "" ? version : `${group}/${version}`;
        return (await client.list(apiVersion, kind)).map((object) => lineOf(apiVersion, kind, object));
      }),
    );
    return lists.flat().sort();
  });
}

function lineOf(apiVersion: string, kind: string, { metadata }: KubeObject): string {
  return `${apiVersion} ${kind} ${metadata.namespace ?? "-"} ${metadata.name}`;
}

/**
 * Whether the cluster has an object that a release's list names. The list's version may be another than the one that
 * discovery prefers, and eleven of its cluster-scoped objects carry a namespace, which a server drops.
 */
export function hold(lines: readonly string[], wanted: string): boolean {
  const parts = (line: string) => {
    const [apiVersion = "", kind, namespace, name] = line.split(" ");
    return { group: apiVersion.includes("/") ? apiVersion.split("/")[0] : "", kind, namespace, name };
  };
  const want = parts(wanted);
  return lines.some((line) => {
    const has = parts(line);
    const samePlace = has.namespace === want.namespace || has.namespace === "-";
    return has.group === want.group && has.kind === want.kind && has.name === want.name && samePlace;
  });
}

export function everyPod(kubeconfig: string): Promise<{ name: string; phase: string }[]> {
  return withClient(kubeconfig, async (client) =>
    (await client.list("v1", "Pod")).map((pod) => {
      const status = pod.status as { phase?: string } | undefined;
      return { name: `${pod.metadata.namespace}/${pod.metadata.name}`, phase: status?.phase ?? "Unknown" };
    }),
  );
}
