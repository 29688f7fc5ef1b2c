import { at, list, number } from "../../common/json/index.ts";
import {
  atCronJob,
  atDaemonSet,
  atDeployment,
  atJob,
  atPod,
  conditionOf,
  groupKindOf,
  health,
} from "../../common/kube/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { eventsAbout } from "./events.ts";
import { type Look, linkToObject } from "./live-query.ts";
import { levelOf, podCauses, quickCause } from "./pod-causes.ts";
import type { Cause } from "./said-cause.ts";
import { podsOf } from "./workloads.ts";

export function workloadCauses(look: Look, workload: KubeObject): Cause[] {
  const causes: Cause[] = [];
  const refused = conditionOf(workload, "ReplicaFailure");
  if (refused?.status === "True") {
    causes.push({ id: "podsRefused", params: {}, level: "bad", words: refused.message ?? "", help: ["events"] });
  }
  if (atDeployment(workload, "spec", "paused") === true) {
    causes.push({ id: "paused", params: {}, level: "warn", help: ["resume"] });
  }
  if (health(workload).level === "ok") return causes;
  const pods = podsOf(look, workload).filter((pod) => !pod.metadata.deletionTimestamp);
  if (refused?.status !== "True" && pods.length < wantedBy(workload)) causes.push(...refusals(look, workload));
  causes.push(...worstOfPods(look, pods));
  const progressing = conditionOf(workload, "Progressing");
  if (progressing?.reason === "ProgressDeadlineExceeded" && causes.length === 0) {
    causes.push({ id: "rolloutStuck", params: {}, level: "bad", words: progressing.message ?? "", help: ["events"] });
  }
  if (causes.length === 0 && pods.length === 0) {
    const warning = eventsAbout(look, workload).find((event) => event.warning);
    causes.push({
      id: "podsMissing",
      params: {},
      level: warning ? "bad" : "warn",
      ...(warning ? { words: warning.message } : {}),
      help: ["events"],
    });
  }
  return causes;
}

function wantedBy(workload: KubeObject): number {
  return groupKindOf(workload) === "apps/DaemonSet"
    ? (number(atDaemonSet(workload, "status", "desiredNumberScheduled")) ?? 0)
    : (number(atDeployment(workload, "spec", "replicas")) ?? 1);
}

/** Pods that could not even be made: only the events of whoever makes them say so, but for ReplicaSets and Deployments. */
function refusals(look: Look, maker: KubeObject): Cause[] {
  const failed = eventsAbout(look, maker).find(({ warning, reason }) => warning && reason === "FailedCreate");
  return failed ? [{ id: "podsRefused", params: {}, level: "bad", words: failed.message, help: ["events"] }] : [];
}

/** The worst thing that is wrong with one of these pods, told about that pod. */
function worstOfPods(look: Look, pods: readonly KubeObject[]): Cause[] {
  const found = pods.flatMap((pod) => {
    const cause = quickCause(pod);
    return cause.say === undefined ? [] : [{ pod, level: levelOf(pod, cause) }];
  });
  const worst = found.find(({ level }) => level === "bad") ?? found[0];
  if (worst === undefined) return [];
  // Only for this one its events and what stands beside it are asked for: there may be very many pods.
  const [cause] = podCauses(look, worst.pod);
  return cause ? [{ about: linkToObject(look, worst.pod), ...cause }] : [];
}

export function jobCauses(look: Look, job: KubeObject): Cause[] {
  const failed = conditionOf(job, "Failed");
  const pods = podsOf(look, job);
  const worst = () => worstOfPods(look, pods);
  if (failed?.status === "True") {
    return [
      {
        id: "jobFailed",
        params: { reason: failed.reason ?? "" },
        level: "bad",
        ...(failed.message ? { words: failed.message } : {}),
        help: ["logs", "events"],
      },
      ...worst(),
    ];
  }
  if (conditionOf(job, "Complete")?.status === "True") return [];
  if (atJob(job, "spec", "suspend") === true) return [{ id: "suspended", params: {}, level: "warn", help: ["resume"] }];
  const refused = pods.filter(isActive).length < activeWanted(job) ? refusals(look, job) : [];
  return [...refused, ...worst().filter((cause) => cause.level === "bad")];
}

function isActive(pod: KubeObject): boolean {
  const phase = atPod(pod, "status", "phase");
  return !pod.metadata.deletionTimestamp && phase !== "Succeeded" && phase !== "Failed";
}

/** Pods that a Job runs at the same time, as long as it has work for them. */
function activeWanted(job: KubeObject): number {
  const parallelism = number(atJob(job, "spec", "parallelism")) ?? 1;
  const completions = number(atJob(job, "spec", "completions"));
  if (completions === undefined) return parallelism;
  return Math.min(parallelism, completions - (number(atJob(job, "status", "succeeded")) ?? 0));
}

export function cronJobCauses(look: Look, cron: KubeObject): Cause[] {
  if (atCronJob(cron, "spec", "suspend") === true)
    return [{ id: "suspended", params: {}, level: "warn", help: ["resume"] }];
  const jobs = look
    .list({ apiVersion: "batch/v1", kind: "Job", namespace: cron.metadata.namespace, mode: "scan" })
    .objects.filter((job) => list(job.metadata.ownerReferences).some((owner) => at(owner, "uid") === cron.metadata.uid))
    .toSorted((one, other) =>
      (other.metadata.creationTimestamp ?? "").localeCompare(one.metadata.creationTimestamp ?? ""),
    );
  const last = jobs.find((job) => health(job).reason !== "jobRunning" && health(job).reason !== "jobNotStarted");
  if (last === undefined || health(last).level !== "bad") return [];
  return [
    {
      id: "jobOfCronFailed",
      params: { job: last.metadata.name },
      level: "bad",
      words: conditionOf(last, "Failed")?.message ?? "",
      about: linkToObject(look, last),
      help: ["logs"],
    },
  ];
}
