import { type ObjectRef, toAppError } from "../../../common/contract/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import type { InstallLog } from "../installation-dir/install-log.ts";
import { describe, refOf } from "../objects.ts";

/**
 * Objects that controllers of ours leave outside our namespaces, which nothing would remove: istiod's root certificate
 * in every namespace, what cert-manager elects its leader with in kube-system (leases, before 1.3 ConfigMaps), and the
 * definitions that Dex makes for its storage (https://dexidp.io/docs/configuration/storage/#kubernetes-custom-resource-definitions-crds).
 */
export function leftovers(journaled: Iterable<ObjectRef>, namespaces: readonly string[]): ObjectRef[] {
  const keys = new Set([...journaled].map((ref) => `${ref.kind}/${ref.namespace ?? ""}/${ref.name}`));
  const out: ObjectRef[] = [];
  if (keys.has("Deployment/istio-system/istiod")) {
    for (const namespace of namespaces)
      out.push({ apiVersion: "v1", kind: "ConfigMap", namespace, name: "istio-ca-root-cert" });
  }
  if (keys.has("Deployment/cert-manager/cert-manager")) {
    for (const name of [
      "cert-manager-controller",
      "cert-manager-cainjector-leader-election",
      "cert-manager-cainjector-leader-election-core",
    ]) {
      out.push({ apiVersion: "coordination.k8s.io/v1", kind: "Lease", namespace: "kube-system", name });
      out.push({ apiVersion: "v1", kind: "ConfigMap", namespace: "kube-system", name });
    }
  }
  if (keys.has("Deployment/auth/dex")) {
    for (const plural of dexKinds) {
      const name = `${plural}.dex.coreos.com`;
      out.push({ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", name });
    }
  }
  return out;
}

const dexKinds = [
  "authcodes",
  "authrequests",
  "connectors",
  "devicerequests",
  "devicetokens",
  "oauth2clients",
  "offlinesessionses",
  "passwords",
  "refreshtokens",
  "signingkeies",
];

/** Citadel (Istio before 1.6) gives every service account of the cluster a Secret of this type. */
const citadelSecrets = { deployment: "Deployment/istio-system/istio-citadel", type: "istio.io/key-and-cert" };

export interface LeftoversInput {
  client: ClusterClient;
  log: InstallLog;
  signal: AbortSignal;
  journaled: readonly ObjectRef[];
  /** Names of the namespaces that stay. */
  staying: readonly string[];
}

/** Removes what controllers of ours left in namespaces that stay; what can't be removed is told and left. */
export async function removeLeftovers(input: LeftoversInput): Promise<void> {
  const { client, log, signal, journaled, staying } = input;
  for (const ref of [...leftovers(journaled, staying), ...(await findCitadelSecrets(input))]) {
    try {
      const was = await client.delete(ref, { signal });
      if (was) log.add({ level: "info", event: "removed", message: `${describe(ref)} (left by a controller)` });
    } catch (error) {
      signal.throwIfAborted();
      const message = `${describe(ref)} was left by a controller and can't be removed: ${toAppError(error).message}`;
      log.add({ level: "warn", event: "kept", message });
    }
  }
}

async function findCitadelSecrets({ client, signal, journaled, staying }: LeftoversInput): Promise<ObjectRef[]> {
  const { deployment, type } = citadelSecrets;
  if (!journaled.some((ref) => `${ref.kind}/${ref.namespace ?? ""}/${ref.name}` === deployment)) return [];
  const found: KubeObject[] = await client.list("v1", "Secret", { fieldSelector: `type=${type}`, signal });
  return found
    .filter(({ metadata }) => staying.includes(metadata.namespace ?? ""))
    .map((object) => refOf({ ...object, apiVersion: "v1", kind: "Secret" }));
}
