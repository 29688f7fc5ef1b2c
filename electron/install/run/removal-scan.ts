import { FlowdeckError } from "../../../common/contract/index.ts";
import { text } from "../../../common/json/index.ts";
import { atDefinition, groupOf, isKind } from "../../../common/kube/index.ts";
import type { ApiResource, ClusterClient, KubeObject } from "../../cluster/index.ts";
import type { JournalObject, JournalState } from "../installation-dir/journal-entries.ts";
import { keyOfObject } from "../objects.ts";
import { installationLabel } from "../plan/plan-types.ts";
import { whyNotOurs } from "./ownership.ts";
import type { Doubtful, RemovalInput } from "./removal.ts";

export interface ScanOptions {
  client: ClusterClient;
  installation: string;
  /** What the folder's journal tells; undefined when it is lost, and labels alone have to say what is ours. */
  state: JournalState | undefined;
  data: boolean;
  others: boolean;
  signal: AbortSignal;
}

/** Finds in the cluster what a removal is about: what the journal says we created, and what is around it. */
export async function scanForRemoval(options: ScanOptions): Promise<RemovalInput> {
  const { client, installation, state, data, others, signal } = options;
  await client.refreshDiscovery(signal);
  const removable = removableOf(await client.resources(signal));
  const { own, doubtful } = await findOwn(options, removable);
  const group = "admissionregistration.k8s.io";
  const spaces = own.filter((object) => isKind(object, "/Namespace")).map((object) => object.metadata.name);
  const [customResources, namespaces, contents, ...webhooks] = await Promise.all([
    customResourcesOf(client, own, removable, signal),
    listAll(client, { group: "", version: "v1", kind: "Namespace" }, { signal }),
    contentsOf(client, spaces, removable, signal),
    listAll(client, { group, version: "v1", kind: "MutatingWebhookConfiguration" }, { signal }),
    listAll(client, { group, version: "v1", kind: "ValidatingWebhookConfiguration" }, { signal }),
  ]);
  return {
    ...{ installation, data, others, own, customResources, namespaces, contents },
    gone: [...(state?.removed.values() ?? [])],
    doubtful: [
      ...doubtful,
      ...(await findUnlabelled(options, [...own, ...doubtful.map(({ object }) => object)], namespaces)),
    ],
    claims: contents.filter((object) => isKind(object, "/PersistentVolumeClaim")),
    // What was there before is somebody else's, whatever it calls.
    webhookConfigurations: webhooks.flat().filter((object) => !state?.before?.has(keyOfObject(object))),
  };
}

type Kind = Pick<ApiResource, "group" | "version" | "kind">;

/** Objects with our label: those that we created, and those that only look so. */
async function findOwn({ client, installation, state, signal }: ScanOptions, removable: readonly ApiResource[]) {
  const journaled = state?.objects ?? new Map<string, JournalObject>();
  const known = new Set([...journaled.values()].map(({ ref }) => `${groupOf(ref.apiVersion)}/${ref.kind}`));
  const scanned = known.size === 0 ? removable : removable.filter(({ group, kind }) => known.has(`${group}/${kind}`));
  const labelSelector = `${installationLabel}=${installation}`;
  const found = await Promise.all(scanned.map((resource) => listAll(client, resource, { signal, labelSelector })));
  const labelled = new Map(found.flat().map((object) => [keyOfObject(object), object]));
  const own: KubeObject[] = [];
  const doubtful: Doubtful[] = [];
  for (const [key, object] of labelled) {
    const because = whyNotOurs(object, { installation, journaled: known.size > 0, recorded: journaled.get(key) });
    if (because === undefined) own.push(object);
    else doubtful.push({ object, because, created: false });
  }
  return { own, doubtful };
}

/** Objects that the journal has as created and that were not found by their label, but are there. */
async function findUnlabelled(
  { client, installation, state, signal }: ScanOptions,
  found: readonly KubeObject[],
  namespaces: readonly KubeObject[],
): Promise<Doubtful[]> {
  const seen = new Set(found.map(keyOfObject));
  const spaces = new Set(namespaces.map(({ metadata }) => metadata.name));
  const missing = [...(state?.objects ?? [])].filter(
    ([key, { ref, foreign }]) =>
      !foreign && !seen.has(key) && (ref.namespace === undefined || spaces.has(ref.namespace)),
  );
  const there = await Promise.all(
    missing.map(async ([, recorded]) => {
      const object = await client.get(recorded.ref, signal);
      if (!object) return [];
      const { apiVersion, kind } = recorded.ref;
      const because = whyNotOurs(object, { installation, journaled: true, recorded });
      const label = object.metadata.labels?.[installationLabel];
      const created = label === undefined && recorded.uid !== undefined && recorded.uid === object.metadata.uid;
      return because === undefined ? [] : [{ object: { ...object, apiVersion, kind }, because, created }];
    }),
  );
  return there.flat();
}

/** Everything that is in a namespace and could be deleted one by one, but events. */
export async function contentsOfNamespace(
  client: ClusterClient,
  namespace: string,
  signal: AbortSignal,
): Promise<KubeObject[]> {
  return contentsOf(client, [namespace], removableOf(await client.resources(signal)), signal);
}

function removableOf(resources: readonly ApiResource[]): ApiResource[] {
  return resources.filter(({ verbs, kind }) => verbs.includes("list") && verbs.includes("delete") && kind !== "Event");
}

/** Everything that is in these namespaces and could be deleted one by one. */
async function contentsOf(
  client: ClusterClient,
  namespaces: readonly string[],
  removable: readonly ApiResource[],
  signal: AbortSignal,
): Promise<KubeObject[]> {
  const kinds = removable.filter(({ namespaced }) => namespaced);
  const lists = await Promise.all(
    namespaces.flatMap((namespace) => kinds.map((kind) => listAll(client, kind, { namespace, signal }))),
  );
  return lists.flat();
}

async function customResourcesOf(
  client: ClusterClient,
  own: readonly KubeObject[],
  removable: readonly ApiResource[],
  signal: AbortSignal,
): Promise<KubeObject[]> {
  const definitions = own.filter((object) => isKind(object, "apiextensions.k8s.io/CustomResourceDefinition"));
  const names = new Set(
    definitions.map(
      (object) =>
        `${text(atDefinition(object, "spec", "group"))}/${text(atDefinition(object, "spec", "names", "kind"))}`,
    ),
  );
  const kinds = removable.filter(({ group, kind }) => names.has(`${group}/${kind}`));
  return (await Promise.all(kinds.map((kind) => listAll(client, kind, { signal })))).flat();
}

async function listAll(
  client: ClusterClient,
  { group, version, kind }: Kind,
  select: { namespace?: string; labelSelector?: string; signal: AbortSignal },
): Promise<KubeObject[]> {
  const apiVersion = group === "" ? version : `${group}/${version}`;
  try {
    const found = await client.list(apiVersion, kind, select);
    return found.map((object) => ({ ...object, apiVersion, kind }));
  } catch (error) {
    // A kind that vanished meanwhile has no objects; a conversion webhook that is gone hides objects that go with it.
    if (error instanceof FlowdeckError && ["kind-unknown", "webhook-failed"].includes(error.code)) return [];
    throw error;
  }
}

/** Of objects that were deleted, those that are in the cluster all the same, read once more. */
export async function stillThere(
  client: ClusterClient,
  deleted: readonly KubeObject[],
  signal: AbortSignal,
): Promise<KubeObject[]> {
  const namespaces = new Set((await client.list("v1", "Namespace", { signal })).map(({ metadata }) => metadata.name));
  const asked = deleted.filter(
    ({ metadata }) => metadata.namespace === undefined || namespaces.has(metadata.namespace),
  );
  const found = await Promise.all(
    asked.map(async (object) => {
      const { apiVersion, kind, metadata } = object;
      const { name, namespace } = metadata;
      const now = await client.get({ apiVersion, kind, name, ...(namespace ? { namespace } : {}) }, signal);
      return now && now.metadata.uid === metadata.uid ? [object] : [];
    }),
  );
  return found.flat();
}
