import type { RolloutStatus } from "../../common/contract/index.ts";
import { number, text } from "../../common/json/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { inner, records } from "./fields.ts";

type Counts = Pick<RolloutStatus, "desired" | "updated" | "available" | "old" | "paused">;
type Step = Pick<RolloutStatus, "state" | "step">;

const waiting = (step: RolloutStatus["step"]): Step => ({ state: "waiting", step });
const done: Step = { state: "done", step: "done" };

/** How far a workload's rollout is, by the rules of k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go. */
export function rolloutStatusOf(workload: KubeObject): RolloutStatus {
  switch (workload.kind) {
    case "Deployment":
      return ofDeployment(workload);
    case "StatefulSet":
      return ofStatefulSet(workload);
    default:
      return ofDaemonSet(workload);
  }
}

function ofDeployment(deployment: KubeObject): RolloutStatus {
  const spec = inner(deployment, "spec");
  const status = inner(deployment, "status");
  const total = number(status.replicas) ?? 0;
  const updated = number(status.updatedReplicas) ?? 0;
  const counts: Counts = {
    desired: number(spec.replicas) ?? 1,
    updated,
    available: number(status.availableReplicas) ?? 0,
    old: Math.max(0, total - updated),
    paused: spec.paused === true,
  };
  return { ...counts, ...deploymentStep() };

  function deploymentStep(): Step {
    if (!observed(deployment)) return waiting("observe");
    const progressing = records(status.conditions).find(({ type }) => type === "Progressing");
    if (progressing?.reason === "ProgressDeadlineExceeded") return { state: "failed", step: "deadline" };
    if (updated < counts.desired) return waiting("update");
    if (counts.old > 0) return waiting("terminate");
    return counts.available < updated ? waiting("available") : done;
  }
}

function ofStatefulSet(set: KubeObject): RolloutStatus {
  const spec = inner(set, "spec");
  const status = inner(set, "status");
  const desired = number(spec.replicas) ?? 1;
  const updated = number(status.updatedReplicas) ?? 0;
  const ready = number(status.readyReplicas) ?? 0;
  const total = number(status.replicas) ?? 0;
  const counts: Counts = { desired, updated, available: ready, old: Math.max(0, total - updated), paused: false };
  return { ...counts, ...setStep() };

  function setStep(): Step {
    if (onDelete(set)) return { state: "unsupported", step: "on-delete" };
    if (!observed(set)) return waiting("observe");
    if (ready < desired) return waiting("ready");
    const partition = number(inner(spec, "updateStrategy", "rollingUpdate").partition) ?? 0;
    if (partition > 0) return updated < desired - partition ? waiting("update") : done;
    return status.updateRevision !== status.currentRevision ? waiting("update") : done;
  }
}

function ofDaemonSet(set: KubeObject): RolloutStatus {
  const status = inner(set, "status");
  const desired = number(status.desiredNumberScheduled) ?? 0;
  const updated = number(status.updatedNumberScheduled) ?? 0;
  const available = number(status.numberAvailable) ?? 0;
  const now = number(status.currentNumberScheduled) ?? 0;
  const counts: Counts = { desired, updated, available, old: Math.max(0, now - updated), paused: false };
  return { ...counts, ...setStep() };

  function setStep(): Step {
    if (onDelete(set)) return { state: "unsupported", step: "on-delete" };
    if (!observed(set)) return waiting("observe");
    if (updated < desired) return waiting("update");
    return available < desired ? waiting("available") : done;
  }
}

function observed(workload: KubeObject): boolean {
  const seen = number(inner(workload, "status").observedGeneration) ?? 0;
  return seen > 0 && (workload.metadata.generation ?? 0) <= seen;
}

function onDelete(set: KubeObject): boolean {
  return text(inner(set, "spec", "updateStrategy").type) === "OnDelete";
}
