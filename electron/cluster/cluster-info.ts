import type { AppError, ClusterInfo } from "../../common/contract/index.ts";
import { FlowdeckError, fixOf } from "../../common/contract/index.ts";
import { isRecord } from "../../common/json/index.ts";
import { parseQuantity } from "../../common/kube/index.ts";
import { message } from "../../common/words/index.ts";
import { missingForInstall } from "./access.ts";
import type { ResolvedContext } from "./context.ts";
import type { ClusterClient, KubeObject } from "./types.ts";

const oldestMinor = 25;
const newestMinor = 36;
const defaultClass = "storageclass.kubernetes.io/is-default-class";
const betaDefaultClass = "storageclass.beta.kubernetes.io/is-default-class";

/** Contacts the API server and tells what matters for an installation there. */
export async function readClusterInfo(
  context: ResolvedContext,
  client: ClusterClient,
  signal?: AbortSignal,
): Promise<ClusterInfo> {
  const version = await client.version(signal);
  // Now that the connection is open: one round trip.
  const began = performance.now();
  await client.version(signal);
  const latencyMs = Math.round((performance.now() - began) * 10) / 10;
  const options = signal === undefined ? {} : { signal };
  const [nodes, classes, missing] = await Promise.all([
    unlessForbidden(client.list("v1", "Node", options)),
    unlessForbidden(client.list("storage.k8s.io/v1", "StorageClass", options)),
    client.readOnly ? [] : missingForInstall(client, signal),
  ]);
  const supported = isSupported(version);
  const ready = nodes?.filter(isReady) ?? [];
  const defaultStorageClass = classes?.find(isDefaultClass)?.metadata.name;
  const warnings: AppError[] = [];
  const warn = (error: FlowdeckError) => warnings.push(error.toJSON());
  if (!supported) {
    const range = { oldest: `1.${oldestMinor}`, newest: `1.${newestMinor}` };
    warn(new FlowdeckError("server-unsupported", message("clusterFacts.versionUnsupported", { version, ...range })));
  }
  if (client.readOnly) {
    const fix = fixOf("open-clusters", message("fix.openClusters"));
    warn(new FlowdeckError("not-allowed", message("clusterFacts.readOnly", { context: context.name }), { fix }));
  }
  if (classes !== undefined && defaultStorageClass === undefined) {
    const advice = message("clusterFacts.markClass", { annotation: `${defaultClass}: "true"` });
    warn(new FlowdeckError("not-found", message("clusterFacts.noDefaultClass"), { advice }));
  }
  if (nodes !== undefined && ready.length === 0) {
    const said = message(nodes.length === 0 ? "clusterFacts.noNodes" : "clusterFacts.noReadyNodes");
    warn(new FlowdeckError("not-found", said, { advice: message("clusterFacts.podsPending") }));
  }
  return {
    context: context.id,
    name: context.name,
    server: client.server,
    practice: context.practice,
    version,
    supported,
    latencyMs,
    architectures: architectures(nodes ?? []),
    canInstall: missing.length === 0 && !client.readOnly,
    missing,
    warnings,
    ...(nodes === undefined
      ? {}
      : { nodes: { total: nodes.length, ready: ready.length }, allocatable: allocatable(ready) }),
    ...(defaultStorageClass === undefined ? {} : { defaultStorageClass }),
  };
}

/** v1.25.3, v1.30.1-eks-036c24b: the minor version decides. Unreadable versions count as unsupported. */
export function isSupported(version: string): boolean {
  const match = /^v?(\d+)\.(\d+)/.exec(version);
  if (match === null) return false;
  const minor = Number(match[2]);
  return match[1] === "1" && minor >= oldestMinor && minor <= newestMinor;
}

/** Not being allowed to look is no failure: it is not known then. */
async function unlessForbidden(list: Promise<KubeObject[]>): Promise<KubeObject[] | undefined> {
  try {
    return await list;
  } catch (error) {
    if (error instanceof FlowdeckError && error.code === "forbidden") return undefined;
    throw error;
  }
}

function isReady(node: KubeObject): boolean {
  const conditions = isRecord(node.status) && Array.isArray(node.status.conditions) ? node.status.conditions : [];
  return conditions.filter(isRecord).some(({ type, status }) => type === "Ready" && status === "True");
}

function isDefaultClass({ metadata }: KubeObject): boolean {
  return metadata.annotations?.[defaultClass] === "true" || metadata.annotations?.[betaDefaultClass] === "true";
}

function architectures(nodes: readonly KubeObject[]): string[] {
  const found = nodes.flatMap((node) => {
    const info =
      isRecord(node.status) && isRecord(node.status.nodeInfo) ? node.status.nodeInfo.architecture : undefined;
    const architecture = node.metadata.labels?.["kubernetes.io/arch"] ?? info;
    return typeof architecture === "string" && architecture !== "" ? [architecture] : [];
  });
  return [...new Set(found)].toSorted();
}

function allocatable(nodes: readonly KubeObject[]): { cpu: number; memoryBytes: number; pods: number } {
  const total = { cpu: 0, memoryBytes: 0, pods: 0 };
  for (const node of nodes) {
    const each = isRecord(node.status) && isRecord(node.status.allocatable) ? node.status.allocatable : {};
    total.cpu += parseQuantity(each.cpu) ?? 0;
    total.memoryBytes += parseQuantity(each.memory) ?? 0;
    total.pods += parseQuantity(each.pods) ?? 0;
  }
  return total;
}
