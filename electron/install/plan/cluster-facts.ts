import { FlowdeckError } from "../../../common/contract/index.ts";
import { text } from "../../../common/json/index.ts";
import { atApiService, atDefinition, groupOf, isKind } from "../../../common/kube/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import { keyOf, keyOfObject } from "../objects.ts";
import type { ClusterFacts } from "./plan-types.ts";
import { isWebhookConfiguration, webhooksOf } from "./webhooks.ts";

type Rendered = readonly { id: string; objects: readonly KubeObject[] }[];

/**
 * Reads what the plan has to know about the cluster: which of the rendering's objects are there, in which namespaces,
 * which webhooks are in force. What is being deleted counts as gone, but for webhooks: those answer until they are gone.
 * Kinds and namespaces that are not there cost nothing.
 */
export async function readFacts(client: ClusterClient, rendered: Rendered, signal: AbortSignal): Promise<ClusterFacts> {
  const objects = rendered.flatMap((component) => component.objects);
  const [resources, namespaces] = await Promise.all([
    servedKinds(client, objects, signal),
    client.list("v1", "Namespace", { signal }).then((all) => all.filter(stays)),
  ]);
  const labels = new Map(namespaces.map((object) => [object.metadata.name, object.metadata.labels ?? {}]));
  // What is in no namespace may be written with one all the same: it is the same object.
  const wanted = new Set(
    objects.map((object) => {
      const isInNone = resources.get(`${object.apiVersion}/${object.kind}`)?.namespaced === false;
      return isInNone ? keyOf({ ...object, name: object.metadata.name }) : keyOfObject(object);
    }),
  );
  const selections = new Map<string, { apiVersion: string; kind: string; namespace?: string }>();
  for (const { apiVersion, kind, metadata } of objects) {
    const resource = resources.get(`${apiVersion}/${kind}`);
    if (!resource || (kind === "Namespace" && apiVersion === "v1")) continue;
    const namespace = resource.namespaced ? (metadata.namespace ?? "default") : undefined;
    if (namespace !== undefined && !labels.has(namespace)) continue;
    selections.set(`${apiVersion}/${kind}/${namespace ?? ""}`, {
      apiVersion,
      kind,
      ...(namespace ? { namespace } : {}),
    });
  }
  for (const kind of ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"]) {
    const apiVersion = "admissionregistration.k8s.io/v1";
    selections.set(`${apiVersion}/${kind}/`, { apiVersion, kind });
  }
  const lists = await Promise.all(
    [...selections.values()].map(async ({ apiVersion, kind, namespace }) => {
      const found = await client.list(apiVersion, kind, { signal, ...(namespace ? { namespace } : {}) });
      return found.map((object) => ({ ...object, apiVersion, kind }));
    }),
  );
  const found = [...lists.flat(), ...namespaces.map((object) => ({ ...object, apiVersion: "v1", kind: "Namespace" }))];
  const existing = new Map<string, KubeObject>();
  for (const object of found) {
    const key = keyOfObject(object);
    if (!stays(object)) continue;
    if (wanted.has(key) || wanted.has(keyOf({ ...object, name: object.metadata.name }))) existing.set(key, object);
  }
  const inForce = [...existing.values()].filter(isWebhookConfiguration);
  return {
    namespaces: labels,
    resource: (apiVersion, kind) => resources.get(`${apiVersion}/${kind}`),
    webhookConfigurations: found.filter(isWebhookConfiguration),
    existing,
    // Also those that webhooks in force call: they are asked until the plan's take their place.
    services: await servicesThere(client, [...objects, ...inForce], labels, signal),
  };
}

function stays(object: KubeObject | undefined): object is KubeObject {
  return object !== undefined && !object.metadata.deletionTimestamp;
}

async function servedKinds(
  client: ClusterClient,
  objects: readonly KubeObject[],
  signal: AbortSignal,
): Promise<Map<string, { plural: string; namespaced: boolean }>> {
  const out = new Map<string, { plural: string; namespaced: boolean }>();
  const defined = new Set(
    objects
      .filter((object) => isKind(object, "apiextensions.k8s.io/CustomResourceDefinition"))
      .map(
        (object) =>
          `${text(atDefinition(object, "spec", "group"))}/${text(atDefinition(object, "spec", "names", "kind"))}`,
      ),
  );
  const served = new Set((await client.resources(signal)).map(({ group, kind }) => `${group}/${kind}`));
  const kinds = new Map(objects.map(({ apiVersion, kind }) => [`${apiVersion}/${kind}`, { apiVersion, kind }]));
  await Promise.all(
    [...kinds].map(async ([id, { apiVersion, kind }]) => {
      const name = `${groupOf(apiVersion)}/${kind}`;
      // The plan brings it: asking the server again and again for what it can't know yet would only take time.
      if (!served.has(name) && defined.has(name)) return;
      try {
        out.set(id, await client.resourceFor(apiVersion, kind, signal));
      } catch (error) {
        if (!(error instanceof FlowdeckError && error.code === "kind-unknown")) throw error;
      }
    }),
  );
  return out;
}

async function servicesThere(
  client: ClusterClient,
  objects: readonly KubeObject[],
  namespaces: ReadonlyMap<string, unknown>,
  signal: AbortSignal,
): Promise<Set<string>> {
  const called = new Set<string>();
  for (const object of objects) {
    if (isWebhookConfiguration(object)) {
      for (const { service } of webhooksOf(object)) if (service) called.add(`${service.namespace}/${service.name}`);
    } else if (isKind(object, "apiregistration.k8s.io/APIService")) {
      const namespace = text(atApiService(object, "spec", "service", "namespace"));
      const name = text(atApiService(object, "spec", "service", "name"));
      if (namespace && name) called.add(`${namespace}/${name}`);
    }
  }
  const there = new Set<string>();
  await Promise.all(
    [...called].map(async (id) => {
      const [namespace = "", name = ""] = id.split("/");
      if (!namespaces.has(namespace)) return;
      if (stays(await client.get({ apiVersion: "v1", kind: "Service", namespace, name }, signal))) there.add(id);
    }),
  );
  return there;
}
