import { hostname } from "node:os";
import { FlowdeckError, type ObjectRef } from "../../../common/contract/index.ts";
import { at, text } from "../../../common/json/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";

/**
 * What a cluster says of an installation: who would otherwise know whose the objects with a foreign id are? It is a
 * ConfigMap in kube-system, since every namespace of the installation goes with it. It decides nothing: whoever may
 * write it can write what he likes, so it is only shown.
 */
export interface InstallationRecord {
  installation: string;
  kfDir: string;
  host: string;
  title: string;
  /** ISO 8601; when it was first installed. */
  since: string;
}

const recordLabel = "flowdeck.dev/record=installation";

function refOfRecord(installation: string): ObjectRef {
  return { apiVersion: "v1", kind: "ConfigMap", namespace: "kube-system", name: `flowdeck-${installation}` };
}

/** Writes the record; an earlier one's date stays. */
export async function writeRecord(
  client: ClusterClient,
  { installation, kfDir, title }: Pick<InstallationRecord, "installation" | "kfDir" | "title">,
  signal: AbortSignal,
): Promise<void> {
  const since = (await readRecord(client, installation, signal))?.since || new Date().toISOString();
  const { apiVersion, kind, namespace, name } = refOfRecord(installation);
  await client.apply(
    {
      ...{ apiVersion, kind },
      // Not the label of its objects: those are counted and removed by it.
      metadata: { name, ...(namespace ? { namespace } : {}), labels: { "flowdeck.dev/record": "installation" } },
      data: { installation, kfDir, host: hostname(), title, since },
    },
    { signal },
  );
}

/** The record of an installation, or undefined where there is none: an earlier version installed it, or it was removed. */
export async function readRecord(
  client: ClusterClient,
  installation: string,
  signal: AbortSignal,
): Promise<InstallationRecord | undefined> {
  const found = await client.get(refOfRecord(installation), signal);
  return found && recordIn(found, installation);
}

/** The records of all installations in the cluster; none where they can't be read. */
export async function listRecords(client: ClusterClient, signal: AbortSignal): Promise<InstallationRecord[]> {
  const { apiVersion, kind, namespace = "" } = refOfRecord("");
  try {
    const found = await client.list(apiVersion, kind, { namespace, labelSelector: recordLabel, signal });
    return found.map((record) => recordIn(record, oneLine(text(at(record, "data", "installation")) ?? "")));
  } catch (error) {
    if (error instanceof FlowdeckError && error.code === "forbidden") return [];
    throw error;
  }
}

function recordIn(found: KubeObject, installation: string): InstallationRecord {
  const field = (name: string) => oneLine(text(at(found, "data", name)) ?? "");
  return {
    ...{ installation, kfDir: field("kfDir"), host: field("host"), title: field("title"), since: field("since") },
  };
}

export async function removeRecord(client: ClusterClient, installation: string, signal: AbortSignal): Promise<void> {
  await client.delete(refOfRecord(installation), { signal });
}

/** A text out of the cluster, for a sentence. */
export function oneLine(words: string): string {
  return words.replace(/\p{Cc}+/gu, " ").slice(0, 300);
}
