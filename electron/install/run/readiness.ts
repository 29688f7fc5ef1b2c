import type { KubeObject } from "../../cluster/index.ts";
import { at, number, text } from "../../values/index.ts";
import { conditionOf, groupOf } from "../objects.ts";

export interface Readiness {
  status: "current" | "in-progress" | "failed" | "terminating";
  /** What it still lacks, or what failed, in words. */
  message: string;
}

const current: Readiness = { status: "current", message: "" };
const wait = (message: string): Readiness => ({ status: "in-progress", message });
const failed = (message: string): Readiness => ({ status: "failed", message });

/**
 * Is an object what its spec says? The rules of kstatus, kind by kind.
 * https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md
 * `expectsReady`: a custom resource whose controller is known to report a Ready condition is not current without one.
 */
export function readinessOf(object: KubeObject, expectsReady = false): Readiness {
  if (object.metadata.deletionTimestamp) return { status: "terminating", message: "is being deleted" };
  const generation = object.metadata.generation;
  const observed = number(at(object, "status", "observedGeneration"));
  if (generation !== undefined && observed !== undefined && observed < generation) {
    return wait("its controller has not seen the change yet");
  }
  const stalled = conditionOf(object, "Stalled");
  if (stalled?.status === "True") return failed(stalled.message ?? "Stalled");
  const reconciling = conditionOf(object, "Reconciling");
  if (reconciling?.status === "True") return wait(reconciling.message ?? "Reconciling");
  const rule = rules[`${groupOf(object.apiVersion)}/${object.kind}`];
  return rule ? rule(object) : byReadyCondition(object, expectsReady);
}

const rules: Record<string, (object: KubeObject) => Readiness> = {
  "apps/Deployment": deployment,
  "apps/StatefulSet": statefulSet,
  "apps/DaemonSet": daemonSet,
  "apps/ReplicaSet": (object) => counts(object, number(at(object, "spec", "replicas")) ?? 1, ["availableReplicas"]),
  "batch/Job": job,
  "/Pod": pod,
  "/PersistentVolumeClaim": (object) => {
    const phase = text(at(object, "status", "phase"));
    return phase === "Bound" ? current : wait(`the claim is ${phase ?? "new"}, not Bound`);
  },
  "/Service": (object) =>
    at(object, "spec", "type") === "LoadBalancer" && !text(at(object, "spec", "clusterIP"))
      ? wait("it has no address yet")
      : current,
  "/Namespace": (object) => (at(object, "status", "phase") === "Terminating" ? wait("it is being deleted") : current),
  "apiextensions.k8s.io/CustomResourceDefinition": definition,
  "apiregistration.k8s.io/APIService": (object) => {
    const available = conditionOf(object, "Available");
    return available?.status === "True" ? current : wait(available?.message ?? "not available yet");
  },
};

function deployment(object: KubeObject): Readiness {
  const progressing = conditionOf(object, "Progressing");
  if (progressing?.reason === "ProgressDeadlineExceeded") return failed(progressing.message ?? "no progress");
  if (number(at(object, "status", "observedGeneration")) === undefined)
    return wait("its controller has not seen it yet");
  const want = number(at(object, "spec", "replicas")) ?? 1;
  const short = counts(object, want, ["replicas", "updatedReplicas"]);
  if (short.status !== "current") return withReplicaFailure(object, short);
  const updated = number(at(object, "status", "updatedReplicas")) ?? 0;
  const all = number(at(object, "status", "replicas")) ?? 0;
  if (all > updated) return wait(`${all - updated} old pods are still ending`);
  const available = counts(object, want, ["availableReplicas", "readyReplicas"]);
  if (available.status !== "current") return withReplicaFailure(object, available);
  const condition = conditionOf(object, "Available");
  return condition && condition.status !== "True" ? wait(condition.message ?? "not available yet") : current;
}

/** Pods that could not even be created: quota, admission, a webhook that does not answer. */
function withReplicaFailure(object: KubeObject, otherwise: Readiness): Readiness {
  const failure = conditionOf(object, "ReplicaFailure");
  return failure?.status === "True" && failure.message ? wait(failure.message) : otherwise;
}

function statefulSet(object: KubeObject): Readiness {
  if (at(object, "spec", "updateStrategy", "type") === "OnDelete") return current;
  const want = number(at(object, "spec", "replicas")) ?? 1;
  const short = counts(object, want, ["replicas", "readyReplicas"]);
  if (short.status !== "current") return short;
  const partition = number(at(object, "spec", "updateStrategy", "rollingUpdate", "partition")) ?? 0;
  if (partition > 0) return counts(object, want - partition, ["updatedReplicas"]);
  const revision = text(at(object, "status", "currentRevision"));
  const update = text(at(object, "status", "updateRevision"));
  return revision !== update ? wait("pods are being replaced") : current;
}

function daemonSet(object: KubeObject): Readiness {
  const want = number(at(object, "status", "desiredNumberScheduled"));
  if (want === undefined || number(at(object, "status", "observedGeneration")) === undefined) {
    return wait("its controller has not seen it yet");
  }
  return counts(object, want, ["currentNumberScheduled", "updatedNumberScheduled", "numberAvailable", "numberReady"]);
}

function job(object: KubeObject): Readiness {
  const failure = conditionOf(object, "Failed");
  if (failure?.status === "True") return failed(failure.message ?? "the job failed");
  if (conditionOf(object, "Complete")?.status === "True") return current;
  if (at(object, "spec", "suspend") === true) return current;
  return text(at(object, "status", "startTime")) ? current : wait("the job has not started");
}

function pod(object: KubeObject): Readiness {
  const phase = text(at(object, "status", "phase"));
  if (phase === "Succeeded") return current;
  if (phase === "Failed") return failed(text(at(object, "status", "message")) ?? "the pod failed");
  if (phase === "Running" && conditionOf(object, "Ready")?.status === "True") return current;
  return wait(conditionOf(object, "Ready")?.message ?? `the pod is ${phase ?? "new"}`);
}

function definition(object: KubeObject): Readiness {
  const names = conditionOf(object, "NamesAccepted");
  if (names?.status === "False") return failed(names.message ?? "its names are taken");
  const established = conditionOf(object, "Established");
  return established?.status === "True" ? current : wait(established?.message ?? "not established yet");
}

function byReadyCondition(object: KubeObject, expectsReady: boolean): Readiness {
  const ready = conditionOf(object, "Ready");
  if (!ready) return expectsReady ? wait("its controller has not reported yet") : current;
  if (ready.status === "True") return current;
  return wait(ready.message ?? ready.reason ?? "not ready yet");
}

const countWords: Record<string, string> = {
  replicas: "created",
  updatedReplicas: "up to date",
  availableReplicas: "available",
  readyReplicas: "ready",
  currentNumberScheduled: "scheduled",
  updatedNumberScheduled: "up to date",
  numberAvailable: "available",
  numberReady: "ready",
};

function counts(object: KubeObject, want: number, fields: readonly string[]): Readiness {
  for (const field of fields) {
    const have = number(at(object, "status", field)) ?? 0;
    if (have < want) return wait(`${have} of ${want} pods ${countWords[field] ?? field}`);
  }
  return current;
}
