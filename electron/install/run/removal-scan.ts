import { FlowdeckError, type ObjectRef } from "../../../common/contract/index.ts";
import { at, text } from "../../../common/json/index.ts";
import { groupOf, isKind } from "../../../common/kube/index.ts";
import type { ApiResource, ClusterClient, KubeObject } from "../../cluster/index.ts";
import { keyOfObject } from "../objects.ts";
import { installationLabel } from "../plan/plan-types.ts";
import type { RemovalInput } from "./removal.ts";

/**
 * Finds in the cluster what a removal is about. The labels say what is ours; the journal only tells where to look
 * first, so that a folder whose journal was lost can still be removed.
 */
export async function scanForRemoval(
  client: ClusterClient,
  installation: string,
  journaled: readonly ObjectRef[],
  data: boolean,
  signal: AbortSignal,
): Promise<RemovalInput> {
  await client.refreshDiscovery(signal);
  const removable = (await client.resources(signal)).filter(
    (resource) => resource.verbs.includes("list") && resource.verbs.includes("delete") && resource.kind !== "Event",
  );
  const known = new Set(journaled.map((ref) => `${groupOf(ref.apiVersion)}/${ref.kind}`));
  const scanned = known.size === 0 ? removable : removable.filter(({ group, kind }) => known.has(`${group}/${kind}`));
  const labelSelector = `${installationLabel}=${installation}`;
  const own = (await Promise.all(scanned.map((resource) => listAll(client, resource, signal, labelSelector)))).flat();
  const group = "admissionregistration.k8s.io";
  const [customResources, namespaces, ...webhooks] = await Promise.all([
    customResourcesOf(client, own, removable, signal),
    listAll(client, { group: "", version: "v1", kind: "Namespace" }, signal),
    listAll(client, { group, version: "v1", kind: "MutatingWebhookConfiguration" }, signal),
    listAll(client, { group, version: "v1", kind: "ValidatingWebhookConfiguration" }, signal),
  ]);
  const ours = own.filter((object) => isKind(object, "/Namespace")).map((object) => object.metadata.name);
  const claims = await Promise.all(
    ours.map((namespace) => client.list("v1", "PersistentVolumeClaim", { namespace, signal })),
  );
  return {
    installation,
    data,
    own: own.filter((object, index) => own.findIndex((other) => keyOfObject(other) === keyOfObject(object)) === index),
    customResources,
    claims: claims.flat().map((claim) => ({ ...claim, apiVersion: "v1", kind: "PersistentVolumeClaim" })),
    namespaces,
    webhookConfigurations: webhooks.flat(),
  };
}

type Kind = Pick<ApiResource, "group" | "version" | "kind">;

async function customResourcesOf(
  client: ClusterClient,
  own: readonly KubeObject[],
  removable: readonly ApiResource[],
  signal: AbortSignal,
): Promise<KubeObject[]> {
  const definitions = own.filter((object) => isKind(object, "apiextensions.k8s.io/CustomResourceDefinition"));
  const names = new Set(
    definitions.map((object) => `${text(at(object, "spec", "group"))}/${text(at(object, "spec", "names", "kind"))}`),
  );
  const kinds = removable.filter(({ group, kind }) => names.has(`${group}/${kind}`));
  return (await Promise.all(kinds.map((kind) => listAll(client, kind, signal)))).flat();
}

async function listAll(
  client: ClusterClient,
  { group, version, kind }: Kind,
  signal: AbortSignal,
  labelSelector?: string,
): Promise<KubeObject[]> {
  const apiVersion = group === "" ? version : `${group}/${version}`;
  try {
    const found = await client.list(apiVersion, kind, { signal, ...(labelSelector ? { labelSelector } : {}) });
    return found.map((object) => ({ ...object, apiVersion, kind }));
  } catch (error) {
    // A kind that vanished meanwhile has no objects; a conversion webhook that is gone hides objects that go with it.
    if (error instanceof FlowdeckError && ["kind-unknown", "webhook-failed"].includes(error.code)) return [];
    throw error;
  }
}
