import {
  type CallOutput,
  FlowdeckError,
  type ObjectRef,
  type RegistryDeployment,
} from "../../../common/contract/index.ts";
import { at, list, text } from "../../../common/json/index.ts";
import { atPod } from "../../../common/kube/index.ts";
import { message } from "../../../common/words/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import { dataOf, settingsOf } from "./list-deployed.ts";
import { namesOf, registryLabel } from "./objects.ts";

type Client = Pick<ClusterClient, "get" | "list" | "delete">;

interface Named {
  namespace: string;
  name: string;
}

/** What deleting a registry would delete, and how many pods have images from it at `host`. */
export async function contentsOfDeployed(
  client: Client,
  named: Named,
  host: string | undefined,
  signal?: AbortSignal,
): Promise<CallOutput<"registryDeployment.contents">> {
  await find(client, named, signal);
  const objects = await ownObjects(client, named, signal);
  const data = await dataOf(client, named, signal);
  const pods = host === undefined ? [] : await client.list("v1", "Pod", signal ? { signal } : {});
  const pulls = (pod: KubeObject) =>
    [...list(atPod(pod, "spec", "containers")), ...list(atPod(pod, "spec", "initContainers"))].some((one) =>
      text(at(one, "image"))?.startsWith(`${host}/`),
    );
  return { objects: objects.map(({ ref }) => ref), pods: pods.filter(pulls).length, ...(data ? { data } : {}) };
}

/** Deletes a registry; its namespace, too, unless something else is in it. Throws `not-allowed` without its name. */
export async function deleteDeployed(
  client: Client,
  { confirm, keepData, ...named }: Named & { confirm: string; keepData: boolean },
  signal?: AbortSignal,
): Promise<CallOutput<"registryDeployment.delete">> {
  if (confirm !== named.name)
    throw new FlowdeckError("not-allowed", message("registryDeploy.notConfirmed", { name: named.name }));
  await find(client, named, signal);
  const objects = await ownObjects(client, named, signal);
  const stays = objects.filter(({ ref }) => keepData && ref.kind === "PersistentVolumeClaim");
  const goes = objects.filter((one) => !stays.includes(one));
  const deleted: ObjectRef[] = [];
  for (const { ref, uid } of goes) {
    const space = ref.kind === "Namespace";
    if (space && (stays.length > 0 || (await hasOthers(client, named, signal)))) {
      stays.push({ ref, uid });
      continue;
    }
    await client.delete(ref, { ...(uid ? { uid } : {}), ...(signal ? { signal } : {}) });
    deleted.push(ref);
  }
  return { deleted, stays: stays.map(({ ref }) => ref) };
}

async function find(client: Client, { namespace, name }: Named, signal?: AbortSignal): Promise<RegistryDeployment> {
  const found = await client.get({ apiVersion: "apps/v1", kind: "Deployment", namespace, name }, signal);
  const settings = found && settingsOf(found);
  if (settings !== undefined) return settings;
  throw new FlowdeckError("not-found", message("registryDeploy.notThere", { name, namespace }));
}

/** In the order they are deleted; only what has its label. */
async function ownObjects(client: Client, named: Named, signal: AbortSignal | undefined) {
  const { namespace } = named;
  const names = namesOf(named);
  const refs: ObjectRef[] = [
    { apiVersion: "apps/v1", kind: "Deployment", namespace, name: names.deployment },
    { apiVersion: "v1", kind: "Service", namespace, name: names.service },
    { apiVersion: "cert-manager.io/v1", kind: "Certificate", namespace, name: names.certificate },
    { apiVersion: "v1", kind: "Secret", namespace, name: names.certificate },
    { apiVersion: "v1", kind: "Secret", namespace, name: names.passwords },
    { apiVersion: "v1", kind: "PersistentVolumeClaim", namespace, name: names.claim },
    { apiVersion: "v1", kind: "Namespace", name: namespace },
  ];
  const found = await Promise.all(refs.map((ref) => client.get(ref, signal)));
  return refs.flatMap((ref, index) => {
    const object = found[index];
    // cert-manager writes the Secret of a Certificate, without our label.
    const isOwn =
      object?.metadata.labels?.[registryLabel] !== undefined ||
      object?.metadata.annotations?.["cert-manager.io/certificate-name"] === names.certificate;
    return object !== undefined && isOwn ? [{ ref, uid: object.metadata.uid }] : [];
  });
}

/** Whatever people or other programs have put into the namespace. */
async function hasOthers(client: Client, { namespace, name }: Named, signal?: AbortSignal): Promise<boolean> {
  const kinds = [
    ["v1", "Pod"],
    ["v1", "PersistentVolumeClaim"],
    ["v1", "Secret"],
    ["apps/v1", "Deployment"],
    ["apps/v1", "StatefulSet"],
  ] as const;
  const objects = await Promise.all(
    kinds.map(([apiVersion, kind]) => client.list(apiVersion, kind, { namespace, ...(signal ? { signal } : {}) })),
  );
  return objects
    .flat()
    .some(({ metadata }) => metadata.labels?.[registryLabel] !== name && metadata.deletionTimestamp === undefined);
}
