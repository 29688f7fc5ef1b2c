import { FlowdeckError, type ObjectRef } from "../../../common/contract/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import type { JournalState } from "../installation-dir/journal-entries.ts";
import { keyOfObject, refOf } from "../objects.ts";
import type { Plan } from "../plan/plan-types.ts";

/** Something that a controller makes by itself outside the installation's namespaces, which nothing would remove. */
interface OrphanKind {
  /** The controller, as `Kind/namespace/name`. */
  controller: string;
  apiVersion: string;
  kind: string;
  /** One namespace, `each`, or none for cluster-scoped objects. */
  namespace?: string;
  names?: readonly string[];
  fieldSelector?: string;
  /** What the controller puts on each of them: an object of that name without it is somebody else's. */
  label?: readonly [name: string, value: string];
}

const dexKinds = [
  ...["authcodes", "authrequests", "connectors", "devicerequests", "devicetokens"],
  ...["oauth2clients", "offlinesessionses", "passwords", "refreshtokens", "signingkeies"],
];
const electionNames = [
  "cert-manager-controller",
  "cert-manager-cainjector-leader-election",
  "cert-manager-cainjector-leader-election-core",
];
const certManager = { controller: "Deployment/cert-manager/cert-manager", namespace: "kube-system" };

/**
 * istiod's root certificate in every namespace, what cert-manager elects its leader with in kube-system (leases, before
 * 1.3 ConfigMaps), the definitions that Dex makes for its storage
 * (https://dexidp.io/docs/configuration/storage/#kubernetes-custom-resource-definitions-crds), and the Secret that
 * Citadel (Istio before 1.6) gives every service account.
 */
const orphanKinds: readonly OrphanKind[] = [
  {
    ...{ controller: "Deployment/istio-system/istiod", apiVersion: "v1", kind: "ConfigMap", namespace: "each" },
    ...{ names: ["istio-ca-root-cert"], label: ["istio.io/config", "true"] },
  },
  { ...certManager, apiVersion: "coordination.k8s.io/v1", kind: "Lease", names: electionNames },
  { ...certManager, apiVersion: "v1", kind: "ConfigMap", names: electionNames },
  {
    ...{ controller: "Deployment/auth/dex", apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" },
    names: dexKinds.map((plural) => `${plural}.dex.coreos.com`),
  },
  {
    ...{ controller: "Deployment/istio-system/istio-citadel", apiVersion: "v1", kind: "Secret", namespace: "each" },
    fieldSelector: "type=istio.io/key-and-cert",
  },
];

function controllerOf(ref: ObjectRef): string {
  return `${ref.kind}/${ref.namespace ?? ""}/${ref.name}`;
}

/** Does this controller make objects that outlive it? */
export function makesOrphans(ref: ObjectRef): boolean {
  return orphanKinds.some(({ controller }) => controller === controllerOf(ref));
}

/** Finds what is in the cluster of the objects that these controllers make by themselves, whoever made them. */
export async function findOrphans(
  client: ClusterClient,
  controllers: Iterable<ObjectRef>,
  signal: AbortSignal,
): Promise<KubeObject[]> {
  const names = new Set([...controllers].map(controllerOf));
  const kinds = orphanKinds.filter(({ controller }) => names.has(controller));
  return (await Promise.all(kinds.map((kind) => listOrphans(client, kind, signal)))).flat();
}

async function listOrphans(client: ClusterClient, wanted: OrphanKind, signal: AbortSignal): Promise<KubeObject[]> {
  const { apiVersion, kind, namespace, names, fieldSelector, label } = wanted;
  const where = namespace === undefined || namespace === "each" ? {} : { namespace };
  const selectors = fieldSelector ? [fieldSelector] : (names ?? []).map((name) => `metadata.name=${name}`);
  const lists = await Promise.all(
    selectors.map(async (selector) => {
      try {
        return await client.list(apiVersion, kind, { ...where, fieldSelector: selector, signal });
      } catch (error) {
        if (error instanceof FlowdeckError && error.code === "kind-unknown") return [];
        throw error;
      }
    }),
  );
  return lists
    .flat()
    .map((object) => ({ ...object, apiVersion, kind }))
    .filter(({ metadata }) => label === undefined || metadata.labels?.[label[0]] === label[1]);
}

/**
 * What is there already of what the plan's controllers make by themselves, where these are new; undefined after an
 * installation by an earlier version, which did not look.
 */
export async function orphansBefore(
  client: ClusterClient,
  plan: Plan,
  state: JournalState | undefined,
  signal: AbortSignal,
): Promise<ObjectRef[] | undefined> {
  const wasOurs = (key: string) => state?.objects.get(key)?.foreign === false;
  if (state !== undefined && state.before === undefined && state.objects.size > 0) return undefined;
  const fresh = plan.nodes.filter((node) => makesOrphans(node.ref) && !wasOurs(node.id)).map(({ ref }) => ref);
  const group = "admissionregistration.k8s.io/v1";
  const kinds = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];
  const first = state === undefined || state.objects.size === 0;
  const webhooks = first ? await Promise.all(kinds.map((kind) => client.list(group, kind, { signal }))) : [];
  return [
    ...(await findOrphans(client, fresh, signal)).map(refOf),
    ...webhooks.flatMap((objects, index) =>
      objects.map((object) => refOf({ ...object, apiVersion: group, kind: kinds[index] ?? "" })),
    ),
  ];
}

/**
 * Which of the orphans go: those that were not there before their controllers. Where that is not known (`before` is
 * undefined, as after an installation by an earlier version) none does. Those in namespaces that go need no deletion.
 */
export function orphansToRemove(
  found: readonly KubeObject[],
  before: ReadonlySet<string> | undefined,
  going: ReadonlySet<string>,
): { remove: KubeObject[]; unknown: KubeObject[] } {
  const outside = found.filter(({ metadata }) => !going.has(metadata.namespace ?? ""));
  if (before === undefined) return { remove: [], unknown: outside };
  return { remove: outside.filter((object) => !before.has(keyOfObject(object))), unknown: [] };
}
