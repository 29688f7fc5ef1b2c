import type { RowHealth } from "../../common/contract/index.ts";
import { at, list, number, text } from "../../common/json/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { type Condition, conditionOf, conditionsOf } from "./conditions.ts";
import { causeOf } from "./pod-cause.ts";

export interface Status {
  /** As the STATUS column says it, or the nearest there is. */
  status: string;
  health: RowHealth;
}

/** How an object is, from itself alone. */
export function statusOf(object: KubeObject): Status {
  if (object.metadata.deletionTimestamp && object.kind !== "Pod") return { status: "Terminating", health: "warn" };
  switch (object.kind) {
    case "Pod":
      return podStatus(object);
    case "Deployment":
    case "StatefulSet":
    case "ReplicaSet":
    case "ReplicationController":
      return ready(
        number(at(object, "status", "readyReplicas")) ?? 0,
        number(at(object, "spec", "replicas")) ?? 1,
        conditionOf(object, "Progressing")?.reason === "ProgressDeadlineExceeded" ||
          conditionOf(object, "ReplicaFailure")?.status === "True",
      );
    case "DaemonSet":
      return ready(
        number(at(object, "status", "numberReady")) ?? 0,
        number(at(object, "status", "desiredNumberScheduled")) ?? 0,
      );
    case "Job":
      return jobStatus(object);
    case "CronJob":
      return at(object, "spec", "suspend") === true
        ? { status: "Suspended", health: "warn" }
        : { status: text(at(object, "spec", "schedule")) ?? "", health: "ok" };
    case "PersistentVolumeClaim":
      return phase(object, { Bound: "ok", Pending: "warn" });
    case "PersistentVolume":
      return phase(object, { Bound: "ok", Available: "ok", Released: "warn", Pending: "warn" });
    case "Namespace":
      return phase(object, { Active: "ok", Terminating: "warn" });
    case "Node":
      return nodeStatus(object);
    default:
      return conditionStatus(object);
  }
}

function ready(now: number, wanted: number, broken = false): Status {
  const health = broken ? "bad" : now < wanted ? "warn" : "ok";
  return { status: wanted === 0 ? "0 wanted" : `${now}/${wanted} ready`, health };
}

function phase(object: KubeObject, healths: Record<string, RowHealth>): Status {
  const status = text(at(object, "status", "phase")) ?? "Unknown";
  return { status, health: healths[status] ?? "bad" };
}

function jobStatus(job: KubeObject): Status {
  if (conditionOf(job, "Failed")?.status === "True") return { status: "Failed", health: "bad" };
  if (conditionOf(job, "Complete")?.status === "True") return { status: "Complete", health: "done" };
  if (at(job, "spec", "suspend") === true) return { status: "Suspended", health: "warn" };
  return { status: "Running", health: number(at(job, "status", "failed")) ? "warn" : "ok" };
}

function nodeStatus(node: KubeObject): Status {
  const isReady = conditionOf(node, "Ready")?.status === "True";
  const cordoned = at(node, "spec", "unschedulable") === true;
  const status = `${isReady ? "Ready" : "NotReady"}${cordoned ? ",SchedulingDisabled" : ""}`;
  return { status, health: !isReady ? "bad" : cordoned || pressures(node).length > 0 ? "warn" : "ok" };
}

/** Conditions of a node that should be False and are not. */
export function pressures(node: KubeObject): Condition[] {
  return conditionsOf(node).filter(
    ({ type, status }) => type !== "Ready" && status === "True" && /Pressure$|Unavailable$/.test(type),
  );
}

/**
 * Any kind by its conditions, as kstatus reads them: `Ready`, or what else says that it works; `Stalled` means it does
 * not. https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md
 */
function conditionStatus(object: KubeObject): Status {
  const wrong = wrongCondition(object);
  if (wrong) return { status: wrong.reason ?? wrong.type, health: wrong.status === "Unknown" ? "warn" : "bad" };
  const conditions = conditionsOf(object);
  const good = ["Ready", "Available", "Established", "Accepted"]
    .map((type) => conditions.find((condition) => condition.type === type))
    .find((condition) => condition?.status === "True");
  return { status: good?.type ?? text(at(object, "status", "phase")) ?? "", health: "ok" };
}

const goodTypes = /^(Ready|Available|Established|NamesAccepted|Accepted|Programmed|Succeeded|Healthy|Synced|.*Ready)$/;
const badTypes = /^(Stalled|Failed|Degraded|.*Failure|NonStructuralSchema)$/;

/** The condition that says it does not work, if one does. */
export function wrongCondition(object: KubeObject): Condition | undefined {
  const conditions = conditionsOf(object);
  return (
    conditions.find(({ type, status }) => badTypes.test(type) && status === "True") ??
    conditions.find(({ type, status }) => type === "Ready" && status === "False") ??
    conditions.find(({ type, status }) => goodTypes.test(type) && status === "False") ??
    conditions.find(({ type, status }) => type === "Ready" && status === "Unknown")
  );
}

/** As `kubectl get pods` says it (k8s.io/kubernetes/pkg/printers/internalversion, printPod). */
export function podStatus(pod: KubeObject): Status {
  const word = podWord(pod);
  const { state, trouble } = causeOf(pod);
  if (pod.metadata.deletionTimestamp) return { status: word, health: "warn" };
  if (state === "completed") return { status: word, health: "done" };
  if (state === "running") return { status: word, health: "ok" };
  return { status: word, health: state === "failing" || trouble === "failed" ? "bad" : "warn" };
}

function podWord(pod: KubeObject): string {
  let word = text(at(pod, "status", "reason")) || text(at(pod, "status", "phase")) || "Unknown";
  const scheduled = conditionOf(pod, "PodScheduled");
  if (scheduled?.reason === "SchedulingGated") word = "SchedulingGated";
  const inits = list(at(pod, "status", "initContainerStatuses"));
  const sidecars = new Set(
    list(at(pod, "spec", "initContainers"))
      .filter((container) => at(container, "restartPolicy") === "Always")
      .map((container) => at(container, "name")),
  );
  for (const [index, status] of inits.entries()) {
    const code = number(at(status, "state", "terminated", "exitCode"));
    if (code === 0 || (sidecars.has(at(status, "name")) && at(status, "started") === true)) continue;
    if (code !== undefined) return `Init:${endWord(at(status, "state", "terminated"))}`;
    const waits = text(at(status, "state", "waiting", "reason"));
    if (waits && waits !== "PodInitializing") return `Init:${waits}`;
    return pod.metadata.deletionTimestamp ? "Terminating" : `Init:${index}/${inits.length}`;
  }
  let running = false;
  for (const status of list(at(pod, "status", "containerStatuses")).toReversed()) {
    const waits = text(at(status, "state", "waiting", "reason"));
    const ended = at(status, "state", "terminated");
    if (waits) word = waits;
    else if (ended !== undefined) word = endWord(ended);
    else if (at(status, "ready") === true) running = true;
  }
  if (word === "Completed" && running) {
    word = conditionOf(pod, "Ready")?.status === "True" ? "Running" : "NotReady";
  }
  if (!pod.metadata.deletionTimestamp) return word;
  return at(pod, "status", "reason") === "NodeLost" ? "Unknown" : "Terminating";
}

function endWord(ended: unknown): string {
  const signal = number(at(ended, "signal"));
  return text(at(ended, "reason")) || (signal ? `Signal:${signal}` : `ExitCode:${number(at(ended, "exitCode")) ?? 0}`);
}
