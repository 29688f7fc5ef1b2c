import type { DrainOptions, DrainPod, DrainReason } from "../../common/contract/index.ts";
import { number, text } from "../../common/json/index.ts";
import { isKind, selects } from "../../common/kube/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { controllerOf, inner, records } from "./fields.ts";

/** Which pods a drain takes off a node, by the rules of k8s.io/kubectl/pkg/drain/filters.go. */

const mirrorAnnotation = "kubernetes.io/config.mirror";

interface Verdict {
  outcome: DrainPod["outcome"];
  reason?: DrainReason;
}

export interface DrainFacts {
  /** All pods of the node that the pod selector lets through. */
  pods: readonly KubeObject[];
  /** namespace/name of the DaemonSets that exist. */
  daemonSets: ReadonlySet<string>;
  budgets: readonly KubeObject[];
  /** Milliseconds since the epoch. */
  now: number;
}

export function drainPlan(
  node: string,
  { pods, daemonSets, budgets, now }: DrainFacts,
  options: DrainOptions,
): DrainPod[] {
  return pods.map((pod) => {
    const { name, namespace = "default", uid = "" } = pod.metadata;
    const controller = controllerOf(pod);
    const verdict = judge(pod, daemonSets, options, now);
    return {
      node,
      namespace,
      name,
      uid,
      ...(controller === undefined ? {} : { controller: { kind: controller.kind, name: controller.name } }),
      ...verdict,
      budgets: verdict.outcome === "go" && !options.disableEviction ? budgetsOf(pod, budgets) : [],
    };
  });
}

/** The filters in kubectl's order: the first that keeps the pod decides; a later one may still warn. */
function judge(pod: KubeObject, daemonSets: ReadonlySet<string>, options: DrainOptions, now: number): Verdict {
  const { skipWaitForDeleteTimeoutSeconds, ignoreDaemonSets, deleteEmptyDirData, force } = options;
  const { deletionTimestamp, annotations, namespace } = pod.metadata;
  if (skipWaitForDeleteTimeoutSeconds > 0 && deletionTimestamp !== undefined) {
    const endingForMs = now - Date.parse(deletionTimestamp);
    if (Math.trunc(endingForMs / 1000) > skipWaitForDeleteTimeoutSeconds) return { outcome: "stay", reason: "ending" };
  }
  const finished = ["Succeeded", "Failed"].includes(text(inner(pod, "status").phase) ?? "");
  const controller = controllerOf(pod);
  let warning: DrainReason | undefined;
  if (controller !== undefined && isKind(controller, "apps/DaemonSet") && !finished) {
    if (daemonSets.has(`${namespace}/${controller.name}`)) {
      return { outcome: ignoreDaemonSets ? "stay" : "block", reason: "daemonset" };
    }
    if (!force) return { outcome: "block", reason: "daemonset-missing" };
    warning = "daemonset-missing";
  }
  if (annotations?.[mirrorAnnotation] !== undefined) return { outcome: "stay", reason: "mirror" };
  if (finished) return { outcome: "go", reason: "finished" };
  if (hasEmptyDir(pod)) {
    if (!deleteEmptyDirData) return { outcome: "block", reason: "empty-dir" };
    warning = "empty-dir";
  }
  if (controller === undefined) return { outcome: force ? "go" : "block", reason: "unmanaged" };
  return warning === undefined ? { outcome: "go" } : { outcome: "go", reason: warning };
}

function hasEmptyDir(pod: KubeObject): boolean {
  return records(inner(pod, "spec").volumes).some(({ emptyDir }) => emptyDir !== undefined && emptyDir !== null);
}

function budgetsOf(pod: KubeObject, budgets: readonly KubeObject[]): DrainPod["budgets"] {
  return budgets
    .filter((budget) => budget.metadata.namespace === pod.metadata.namespace)
    .filter((budget) => selects(inner(budget, "spec").selector, pod.metadata.labels ?? {}))
    .map((budget) => ({
      name: budget.metadata.name,
      allowed: number(inner(budget, "status").disruptionsAllowed) ?? 0,
    }));
}
