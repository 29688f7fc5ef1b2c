import { isDeepStrictEqual } from "node:util";
import { at, isRecord, own } from "../../../common/json/index.ts";
import { groupOf } from "../../../common/kube/index.ts";
import { type ClusterClient, type KubeObject, statusOf } from "../../cluster/index.ts";

/** Fields that an API server never lets change, for where it can't be asked. https://kubernetes.io/docs/reference/kubernetes-api/ */
const fixedFields: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "apps/Deployment": [["spec", "selector"]],
  "apps/DaemonSet": [["spec", "selector"]],
  "apps/StatefulSet": [
    ["spec", "selector"],
    ["spec", "serviceName"],
    ["spec", "podManagementPolicy"],
    ["spec", "volumeClaimTemplates"],
  ],
  "batch/Job": [
    ["spec", "selector"],
    ["spec", "template"],
    ["spec", "completionMode"],
  ],
  "rbac.authorization.k8s.io/RoleBinding": [["roleRef"]],
  "rbac.authorization.k8s.io/ClusterRoleBinding": [["roleRef"]],
  "/Service": [["spec", "clusterIP"]],
  "/Secret": [["type"]],
  "storage.k8s.io/StorageClass": [["provisioner"], ["parameters"], ["reclaimPolicy"], ["volumeBindingMode"]],
  "scheduling.k8s.io/PriorityClass": [["value"], ["preemptionPolicy"]],
};

/** The first field of these rules in which an object would differ from what is there; undefined where none does. Pure. */
export function fixedFieldChanged(live: KubeObject, wanted: KubeObject): string | undefined {
  const rules = fixedFields[`${groupOf(wanted.apiVersion)}/${wanted.kind}`] ?? [];
  const changed = rules.find((path) => {
    const after = at(wanted, ...path);
    return after !== undefined && differs(at(live, ...path), after);
  });
  return changed?.join(".");
}

/** Is a value of `wanted` another one in `live`? What the server fills in besides is no difference. */
function differs(live: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted) && Array.isArray(live))
    return wanted.length !== live.length || wanted.some((item, index) => differs(live[index], item));
  if (!isRecord(wanted) || !isRecord(live)) return !isDeepStrictEqual(live, wanted);
  // Labels of a selector, parameters: one text more makes it another one.
  if (Object.values(live).every((value) => typeof value === "string")) return !isDeepStrictEqual(live, wanted);
  return Object.entries(wanted).some(([name, value]) => differs(own(live, name), value));
}

/** Did the API server refuse what an object would be, and not who changes it or when? */
export function isInvalid(error: unknown): boolean {
  return statusOf(error)?.reason === "Invalid";
}

/**
 * The field for which an API server refused to change an object that it would create as it is: recreating it helps.
 * Whether it would is asked as a dry run under another name. Undefined where recreating would not help.
 */
export async function recreationCures(
  client: ClusterClient,
  wanted: KubeObject,
  error: unknown,
  signal: AbortSignal,
): Promise<string | undefined> {
  const status = statusOf(error);
  if (status === undefined || !isInvalid(error)) return undefined;
  const name = `${wanted.metadata.name.slice(0, 40).replace(/[^a-z0-9]+$/, "")}-flowdeck-dry-run`;
  try {
    await client.create({ ...wanted, metadata: { ...wanted.metadata, name } }, { dryRun: true, signal });
    return status.details.causes.find(({ field = "" }) => field !== "")?.field ?? "spec";
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}
