import type { ObjectRef } from "../../../common/contract/index.ts";

/** As people write it: `Deployment kubeflow/ml-pipeline`. */
export function nameOf({ kind, namespace, name }: ObjectRef): string {
  return `${kind} ${namespace ? `${namespace}/` : ""}${name}`;
}

/** Field managers as people know them: `kubectl-client-side-apply` is kubectl, `flowdeck` is this app. */
export function managerName(manager: string): string {
  if (manager === "flowdeck" || manager === "flowdeck-shared") return "Flowdeck";
  return /^kubectl(-[a-z-]+)?$/.test(manager)
    ? manager.replace("-client-side-apply", " apply").replace("kubectl-", "kubectl ")
    : manager;
}

/** A value of JSON as it is read: texts without their quotes. */
export function plainValue(json: string): string {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "string" ? value : json;
  } catch {
    return json;
  }
}
