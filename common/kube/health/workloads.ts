import { at, number, text } from "../../json/index.ts";
import { conditionOf } from "../conditions.ts";
import { groupKindOf, type OfKind } from "../group-kind.ts";
import { atCronJob, atDaemonSet, atDeployment, atJob, atStatefulSet } from "../typed-at.ts";
import type { Health, HealthLevel, HealthReason } from "./types.ts";

/** How far the pods of a workload are. */
export interface Rollout {
  state: "waiting" | "done" | "failed" | "unsupported";
  step: "observe" | "update" | "terminate" | "available" | "ready" | "done" | "deadline" | "on-delete";
  paused: boolean;
  desired: number;
  updated: number;
  available: number;
  /** Pods of earlier revisions. */
  old: number;
}

type Step = Pick<Rollout, "state" | "step">;

const waiting = (step: Rollout["step"]): Step => ({ state: "waiting", step });
const done: Step = { state: "done", step: "done" };

/**
 * How far the rollout of a Deployment, StatefulSet or DaemonSet is, by the rules of `kubectl rollout status`
 * (k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go).
 */
export function rolloutOf(workload: OfKind): Rollout {
  switch (groupKindOf(workload)) {
    case "apps/Deployment":
      return ofDeployment(workload);
    case "apps/StatefulSet":
      return ofStatefulSet(workload);
    default:
      return ofDaemonSet(workload);
  }
}

function ofDeployment(deployment: unknown): Rollout {
  const desired = wanted(deployment);
  const updated = count(deployment, "updatedReplicas");
  const available = count(deployment, "availableReplicas");
  const old = Math.max(0, count(deployment, "replicas") - updated);
  const counts = { desired, updated, available, old, paused: atDeployment(deployment, "spec", "paused") === true };
  const step = (): Step => {
    if (!isObserved(deployment)) return waiting("observe");
    if (passedDeadline(deployment)) return { state: "failed", step: "deadline" };
    if (updated < desired) return waiting("update");
    if (old > 0) return waiting("terminate");
    return available < updated ? waiting("available") : done;
  };
  return { ...counts, ...step() };
}

function ofStatefulSet(set: unknown): Rollout {
  const desired = wanted(set);
  const updated = count(set, "updatedReplicas");
  const ready = count(set, "readyReplicas");
  const counts = {
    desired,
    updated,
    available: ready,
    old: Math.max(0, count(set, "replicas") - updated),
    paused: false,
  };
  const step = (): Step => {
    if (isOnDelete(set)) return { state: "unsupported", step: "on-delete" };
    if (!isObserved(set)) return waiting("observe");
    if (ready < desired) return waiting("ready");
    const partition = number(atStatefulSet(set, "spec", "updateStrategy", "rollingUpdate", "partition")) ?? 0;
    if (partition > 0) return updated < desired - partition ? waiting("update") : done;
    return atStatefulSet(set, "status", "updateRevision") !== atStatefulSet(set, "status", "currentRevision")
      ? waiting("update")
      : done;
  };
  return { ...counts, ...step() };
}

function ofDaemonSet(set: unknown): Rollout {
  const desired = count(set, "desiredNumberScheduled");
  const updated = count(set, "updatedNumberScheduled");
  const available = count(set, "numberAvailable");
  const old = Math.max(0, count(set, "currentNumberScheduled") - updated);
  const counts = { desired, updated, available, old, paused: false };
  const step = (): Step => {
    if (isOnDelete(set)) return { state: "unsupported", step: "on-delete" };
    if (!isObserved(set)) return waiting("observe");
    if (updated < desired) return waiting("update");
    return available < desired ? waiting("available") : done;
  };
  return { ...counts, ...step() };
}

/** What a level of a workload is decided from: no more than its row in a table has. */
export interface PrintedWorkload {
  desired: number;
  ready: number;
  /** As far as the kind prints them. */
  updated?: number;
  available?: number;
}

export function workloadLevel({
  desired,
  ready,
  updated = desired,
  available = desired,
}: PrintedWorkload): HealthLevel {
  if (desired > 0 && ready === 0) return "bad";
  return ready < desired || updated < desired || available < desired ? "progressing" : "ok";
}

interface Shortfall {
  reason: HealthReason;
  params: Record<string, string>;
  words?: string | undefined;
}

export function workloadHealth(workload: OfKind): Health {
  const kind = groupKindOf(workload);
  const isDaemonSet = kind === "apps/DaemonSet";
  const desired = isDaemonSet ? count(workload, "desiredNumberScheduled") : wanted(workload);
  const ready = count(workload, isDaemonSet ? "numberReady" : "readyReplicas");
  const printed = desired === 0 ? "0 wanted" : `${ready}/${desired} ready`;
  const level = workloadLevel({ desired, ready, ...printedCounts(workload, kind) });
  const refused = conditionOf(workload, "ReplicaFailure");
  if (kind === "apps/Deployment" && passedDeadline(workload)) {
    const words = conditionOf(workload, "Progressing")?.message;
    return { level: "bad", stage: "failed", reason: "deadline", params: {}, ...(words ? { words } : {}), printed };
  }
  const short = shortfallOf(workload, kind, desired);
  if (refused?.status === "True" && (short !== undefined || level !== "ok")) {
    const { message } = refused;
    const words = message === undefined ? {} : { words: message };
    return { level: "bad", stage: "in-progress", reason: "podsRefused", params: {}, ...words, printed };
  }
  if (short === undefined) return { level, stage: "current", params: {}, printed };
  const { reason, params, words } = short;
  return {
    level: level === "ok" ? "progressing" : level,
    stage: "in-progress",
    reason,
    params,
    ...(words === undefined ? {} : { words }),
    printed,
  };
}

function printedCounts(workload: unknown, kind: string): Partial<PrintedWorkload> {
  switch (kind) {
    case "apps/Deployment":
      return { updated: count(workload, "updatedReplicas"), available: count(workload, "availableReplicas") };
    case "apps/DaemonSet":
      return isOnDelete(workload)
        ? {}
        : { updated: count(workload, "updatedNumberScheduled"), available: count(workload, "numberAvailable") };
    default:
      return {};
  }
}

/** What a workload lacks of what its spec says; undefined when nothing. */
function shortfallOf(workload: unknown, kind: string, desired: number): Shortfall | undefined {
  switch (kind) {
    case "apps/Deployment":
      return deploymentShortfall(workload, desired);
    case "apps/StatefulSet":
      return statefulSetShortfall(workload, desired);
    case "apps/DaemonSet":
      return daemonSetShortfall(workload, desired);
    case "apps/ReplicaSet":
      return lacks(workload, desired, ["availableReplicas"]);
    default:
      return lacks(workload, desired, ["readyReplicas"]);
  }
}

function deploymentShortfall(deployment: unknown, desired: number): Shortfall | undefined {
  if (number(atDeployment(deployment, "status", "observedGeneration")) === undefined) return plain("unobserved");
  const short = lacks(deployment, desired, ["replicas", "updatedReplicas"]);
  if (short) return short;
  const old = count(deployment, "replicas") - count(deployment, "updatedReplicas");
  if (old > 0) return { reason: "oldPods", params: { count: String(old) } };
  const unavailable = lacks(deployment, desired, ["availableReplicas", "readyReplicas"]);
  if (unavailable) return unavailable;
  const condition = conditionOf(deployment, "Available");
  return condition && condition.status !== "True"
    ? { reason: "unavailable", params: {}, words: condition.message }
    : undefined;
}

function statefulSetShortfall(set: unknown, desired: number): Shortfall | undefined {
  const short = lacks(set, desired, ["replicas", "readyReplicas"]);
  // Pods of an earlier revision stay until somebody deletes them.
  if (short || isOnDelete(set)) return short;
  const partition = number(atStatefulSet(set, "spec", "updateStrategy", "rollingUpdate", "partition")) ?? 0;
  if (partition > 0) return lacks(set, desired - partition, ["updatedReplicas"]);
  return atStatefulSet(set, "status", "currentRevision") !== atStatefulSet(set, "status", "updateRevision")
    ? plain("replacing")
    : undefined;
}

function daemonSetShortfall(set: unknown, desired: number): Shortfall | undefined {
  const isNew = number(atStatefulSet(set, "status", "observedGeneration")) === undefined;
  if (isNew || number(atDaemonSet(set, "status", "desiredNumberScheduled")) === undefined) return plain("unobserved");
  const updated = isOnDelete(set) ? [] : (["updatedNumberScheduled"] as const);
  return lacks(set, desired, ["currentNumberScheduled", ...updated, "numberAvailable", "numberReady"]);
}

const reasonOf = {
  replicas: "podsCreated",
  updatedReplicas: "podsUpdated",
  availableReplicas: "podsAvailable",
  readyReplicas: "podsReady",
  currentNumberScheduled: "podsScheduled",
  updatedNumberScheduled: "podsUpdated",
  numberAvailable: "podsAvailable",
  numberReady: "podsReady",
} as const satisfies Record<string, HealthReason>;

function lacks(workload: unknown, want: number, among: readonly (keyof typeof reasonOf)[]): Shortfall | undefined {
  for (const field of among) {
    const have = count(workload, field);
    if (have < want) return { reason: reasonOf[field], params: { have: String(have), want: String(want) } };
  }
  return undefined;
}

function plain(reason: HealthReason): Shortfall {
  return { reason, params: {} };
}

/** Pods that a workload's spec wants. */
function wanted(workload: unknown): number {
  return number(atDeployment(workload, "spec", "replicas")) ?? 1;
}

function count(workload: unknown, field: string): number {
  return number(at(workload, "status", field)) ?? 0;
}

function isObserved(workload: unknown): boolean {
  const seen = count(workload, "observedGeneration");
  return seen > 0 && (number(atDeployment(workload, "metadata", "generation")) ?? 0) <= seen;
}

function passedDeadline(deployment: unknown): boolean {
  return conditionOf(deployment, "Progressing")?.reason === "ProgressDeadlineExceeded";
}

function isOnDelete(set: unknown): boolean {
  return text(atStatefulSet(set, "spec", "updateStrategy", "type")) === "OnDelete";
}

export function jobHealth(job: unknown): Health {
  const failure = conditionOf(job, "Failed");
  if (failure?.status === "True") {
    const words = failure.message === undefined ? {} : { words: failure.message };
    const params = { reason: failure.reason ?? "" };
    return { level: "bad", stage: "failed", reason: "jobFailed", params, ...words, printed: "Failed" };
  }
  if (conditionOf(job, "Complete")?.status === "True") {
    return { level: "done", stage: "current", params: {}, printed: "Complete" };
  }
  if (atJob(job, "spec", "suspend") === true) {
    return { level: "done", stage: "current", reason: "suspended", params: {}, printed: "Suspended" };
  }
  const failing = conditionOf(job, "FailureTarget");
  if (failing?.status === "True") {
    const words = failing.message === undefined ? {} : { words: failing.message };
    const params = { reason: failing.reason ?? "" };
    return { level: "bad", stage: "in-progress", reason: "jobFailed", params, ...words, printed: "FailureTarget" };
  }
  const started = text(atJob(job, "status", "startTime")) !== undefined;
  // A Job that runs is what its spec says; its end is not waited for.
  return started
    ? { level: "ok", stage: "current", reason: "jobRunning", params: {}, printed: "Running" }
    : { level: "ok", stage: "in-progress", reason: "jobNotStarted", params: {}, printed: "Running" };
}

export function cronJobHealth(cron: unknown): Health {
  return atCronJob(cron, "spec", "suspend") === true
    ? { level: "done", stage: "current", reason: "suspended", params: {}, printed: "Suspended" }
    : { level: "ok", stage: "current", params: {}, printed: text(atCronJob(cron, "spec", "schedule")) ?? "" };
}
