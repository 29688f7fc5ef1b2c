import type { Cause, CauseHelp } from "../../common/contract/index.ts";
import { at, list } from "../../common/json/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { conditionOf } from "./conditions.ts";
import { eventsAbout, type KubeEvent } from "./events.ts";
import { type Look, linkToObject } from "./live-query.ts";
import { causeOf, type PodCause } from "./pod-cause.ts";
import { statusOf } from "./status.ts";
import { podsOf } from "./workloads.ts";

const helpFor: Record<NonNullable<PodCause["trouble"]>, CauseHelp[]> = {
  image: ["image", "events"],
  crash: ["previousLogs", "logs"],
  unschedulable: ["nodes", "events"],
  volume: ["storageClasses", "events"],
  "missing-input": ["events"],
  failed: ["logs", "events"],
};

/** Why a pod is not well; nothing for one that runs or is done. */
export function podCauses(look: Look, pod: KubeObject): Cause[] {
  const warnings = eventsAbout(look, pod).filter((event) => event.warning);
  return withWarnings(pod, warnings);
}

function withWarnings(pod: KubeObject, warnings: readonly KubeEvent[]): Cause[] {
  const cause = causeOf(
    pod,
    warnings.toSorted((one, other) => one.last - other.last).map((event) => event.message),
  );
  if (cause.say === undefined) return [];
  const { id, params } = cause.say;
  const pulls = cause.trouble === "image" ? failedPulls(warnings) : [];
  const said = pulls[0]?.message ?? cause.words;
  const tries = pulls.reduce((sum, event) => sum + event.count, 0);
  return [
    {
      id,
      params: { ...params, ...(tries > 1 ? { tries: String(tries) } : {}) },
      level: cause.trouble === undefined || cause.trouble === "missing-input" ? "warn" : "bad",
      ...(said ? { words: said } : {}),
      help:
        cause.trouble === undefined ? (id === "probeFailed" ? ["logs", "events"] : ["events"]) : helpFor[cause.trouble],
    },
  ];
}

/** Events say why a pull failed where the status only says that it backs off; newest first. */
function failedPulls(warnings: readonly KubeEvent[]): KubeEvent[] {
  return warnings
    .filter(({ reason, message }) => reason === "Failed" && /pull/i.test(message))
    .toSorted((one, other) => other.last - one.last);
}

export function workloadCauses(look: Look, workload: KubeObject): Cause[] {
  const causes: Cause[] = [];
  const refused = conditionOf(workload, "ReplicaFailure");
  if (refused?.status === "True") {
    causes.push({ id: "podsRefused", params: {}, level: "bad", words: refused.message ?? "", help: ["events"] });
  }
  if (at(workload, "spec", "paused") === true) {
    causes.push({ id: "paused", params: {}, level: "warn", help: ["resume"] });
  }
  if (statusOf(workload).health === "ok") return causes;
  const pods = podsOf(look, workload).filter((pod) => !pod.metadata.deletionTimestamp);
  const ofPods = worstOfPods(look, pods);
  causes.push(...ofPods);
  const progressing = conditionOf(workload, "Progressing");
  if (progressing?.reason === "ProgressDeadlineExceeded" && causes.length === 0) {
    causes.push({ id: "rolloutStuck", params: {}, level: "bad", words: progressing.message ?? "", help: ["events"] });
  }
  if (causes.length === 0 && pods.length === 0) {
    const warning = eventsAbout(look, workload).find((event) => event.warning);
    causes.push({
      id: warning ? "podsRefused" : "podsMissing",
      params: {},
      level: warning ? "bad" : "warn",
      ...(warning ? { words: warning.message } : {}),
      help: ["events"],
    });
  }
  return causes;
}

/** The worst thing that is wrong with one of these pods, told about that pod, with how many have the same trouble. */
function worstOfPods(look: Look, pods: readonly KubeObject[]): Cause[] {
  const found = pods.flatMap((pod) => withWarnings(pod, []).map((cause) => ({ pod, cause })));
  const worst = found.find(({ cause }) => cause.level === "bad") ?? found[0];
  if (worst === undefined) return [];
  // Only for this one the events are asked for: there may be very many pods.
  const [cause] = podCauses(look, worst.pod);
  return cause ? [{ ...cause, about: linkToObject(look, worst.pod) }] : [];
}

export function jobCauses(look: Look, job: KubeObject): Cause[] {
  const failed = conditionOf(job, "Failed");
  const pods = () => worstOfPods(look, podsOf(look, job));
  if (failed?.status === "True") {
    return [
      {
        id: "jobFailed",
        params: { reason: failed.reason ?? "" },
        level: "bad",
        ...(failed.message ? { words: failed.message } : {}),
        help: ["logs", "events"],
      },
      ...pods(),
    ];
  }
  if (conditionOf(job, "Complete")?.status === "True") return [];
  if (at(job, "spec", "suspend") === true) return [{ id: "suspended", params: {}, level: "warn", help: ["resume"] }];
  return pods().filter((cause) => cause.level === "bad");
}

export function cronJobCauses(look: Look, cron: KubeObject): Cause[] {
  if (at(cron, "spec", "suspend") === true) return [{ id: "suspended", params: {}, level: "warn", help: ["resume"] }];
  const jobs = look
    .list({ apiVersion: "batch/v1", kind: "Job", namespace: cron.metadata.namespace, mode: "scan" })
    .objects.filter((job) => list(job.metadata.ownerReferences).some((owner) => at(owner, "uid") === cron.metadata.uid))
    .toSorted((one, other) =>
      (other.metadata.creationTimestamp ?? "").localeCompare(one.metadata.creationTimestamp ?? ""),
    );
  const last = jobs.find((job) => statusOf(job).status !== "Running");
  if (last === undefined || statusOf(last).health !== "bad") return [];
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
