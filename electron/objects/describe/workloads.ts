import { at, canonicalJson, list, number, text, textMap } from "../../../common/json/index.ts";
import {
  atClaim,
  atCronJob,
  atDeployment,
  atJob,
  atJobSpec,
  atPod,
  atPodTemplate,
  atStatefulSet,
  formatLabelSelector,
} from "../../../common/kube/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import type { Look } from "../live-query.ts";
import { podsOf } from "../workloads.ts";
import { quantities } from "./containers.ts";
import {
  annotationLines,
  bracketed,
  conditionTable,
  controller,
  created,
  type Describer,
  date,
  duration,
  eventTable,
  head,
  labelLines,
  labelsLine,
  selectorWords,
  word,
  wordOr,
} from "./describe-helpers.ts";
import type { Sheet } from "./describe-writer.ts";
import { templateLines } from "./pods.ts";

export const describeDeployment: Describer = (sheet, deployment, look) => {
  const { name, namespace, labels, annotations } = deployment.metadata;
  sheet.pair("Name", name).pair("Namespace", namespace ?? "");
  created(sheet, deployment);
  labelLines(sheet, "Labels", labels);
  annotationLines(sheet, annotations);
  sheet.pair("Selector", selectorWords(atDeployment(deployment, "spec", "selector")));
  const n = (field: string) => wordOr("0", deployment, "status", field);
  sheet.pair(
    "Replicas",
    `${wordOr("1", deployment, "spec", "replicas")} desired | ${n("updatedReplicas")} updated | ${n("replicas")} total | ${n("availableReplicas")} available | ${n("unavailableReplicas")} unavailable`,
  );
  sheet.pair("StrategyType", word(deployment, "spec", "strategy", "type"));
  sheet.pair("MinReadySeconds", wordOr("0", deployment, "spec", "minReadySeconds"));
  const rolling = atDeployment(deployment, "spec", "strategy", "rollingUpdate");
  if (rolling !== undefined) {
    sheet.pair(
      "RollingUpdateStrategy",
      `${wordOr("", rolling, "maxUnavailable")} max unavailable, ${wordOr("", rolling, "maxSurge")} max surge`,
    );
  }
  templateLines(sheet, atDeployment(deployment, "spec", "template"));
  conditionTable(sheet, deployment, ["Type", "Status", "Reason"]);
  replicaSets(sheet, deployment, look);
  eventTable(sheet, deployment, look);
};

/** The new ReplicaSet is the one made from the template as it is now; of those, the oldest. */
function replicaSets(sheet: Sheet, deployment: KubeObject, look: Look): void {
  const sets = look
    .list({
      apiVersion: "apps/v1",
      kind: "ReplicaSet",
      namespace: deployment.metadata.namespace,
      labelSelector: formatLabelSelector(atDeployment(deployment, "spec", "selector")),
    })
    .objects.filter((set) => set.metadata.ownerReferences?.some((owner) => owner.uid === deployment.metadata.uid))
    .toSorted((one, other) =>
      (one.metadata.creationTimestamp ?? "").localeCompare(other.metadata.creationTimestamp ?? ""),
    );
  if (sets.length === 0) return;
  const current = sets.find((set) => templateOf(set) === templateOf(deployment));
  const old = sets.filter((set) => set !== current);
  sheet.pair("OldReplicaSets", old.map(replicaSetWords).join(", ") || "<none>");
  sheet.pair("NewReplicaSet", current ? replicaSetWords(current) : "<none>");
}

function templateOf(object: KubeObject): string {
  return canonicalJson(withoutHash(at(object, "spec", "template")));
}

function withoutHash(template: unknown): unknown {
  const { "pod-template-hash": _, ...labels } = textMap(atPodTemplate(template, "metadata", "labels"));
  return {
    labels,
    annotations: atPodTemplate(template, "metadata", "annotations"),
    spec: atPodTemplate(template, "spec"),
  };
}

function replicaSetWords(set: KubeObject): string {
  return `${set.metadata.name} (${wordOr("0", set, "status", "replicas")}/${wordOr("1", set, "spec", "replicas")} replicas created)`;
}

/** How many pods of a controller are in which phase. */
function podCounts(look: Look, workload: KubeObject): string {
  const pods = podsOf(look, workload).filter((pod) =>
    pod.metadata.ownerReferences?.some((owner) => owner.controller && owner.uid === workload.metadata.uid),
  );
  const count = (phase: string) => pods.filter((pod) => atPod(pod, "status", "phase") === phase).length;
  return `${count("Running")} Running / ${count("Pending")} Waiting / ${count("Succeeded")} Succeeded / ${count("Failed")} Failed`;
}

export const describeReplicaSet: Describer = (sheet, set, look) => {
  const { name, namespace, labels, annotations } = set.metadata;
  sheet.pair("Name", name).pair("Namespace", namespace ?? "");
  const selector = atStatefulSet(set, "spec", "selector");
  sheet.pair(
    "Selector",
    set.kind === "ReplicationController" ? labelsLine(textMap(selector)) : selectorWords(selector),
  );
  labelLines(sheet, "Labels", labels);
  annotationLines(sheet, annotations);
  controller(sheet, set);
  sheet.pair(
    "Replicas",
    `${wordOr("0", set, "status", "replicas")} current / ${wordOr("1", set, "spec", "replicas")} desired`,
  );
  sheet.pair("Pods Status", podCounts(look, set));
  templateLines(sheet, atStatefulSet(set, "spec", "template"));
  conditionTable(sheet, set, ["Type", "Status", "Reason"]);
  eventTable(sheet, set, look);
};

export const describeStatefulSet: Describer = (sheet, set, look) => {
  const { name, namespace, labels, annotations } = set.metadata;
  sheet.pair("Name", name).pair("Namespace", namespace ?? "");
  created(sheet, set);
  sheet.pair("Selector", selectorWords(atStatefulSet(set, "spec", "selector")));
  labelLines(sheet, "Labels", labels);
  annotationLines(sheet, annotations);
  sheet.pair(
    "Replicas",
    `${wordOr("1", set, "spec", "replicas")} desired | ${wordOr("0", set, "status", "replicas")} total`,
  );
  sheet.pair("Update Strategy", word(set, "spec", "updateStrategy", "type"));
  sheet.pair("Partition", word(set, "spec", "updateStrategy", "rollingUpdate", "partition"), 1);
  sheet.pair("Pods Status", podCounts(look, set));
  templateLines(sheet, atStatefulSet(set, "spec", "template"));
  claimTemplates(sheet, list(atStatefulSet(set, "spec", "volumeClaimTemplates")));
  eventTable(sheet, set, look);
};

function claimTemplates(sheet: Sheet, templates: readonly unknown[]): void {
  if (templates.length === 0) {
    sheet.pair("Volume Claims", "<none>");
    return;
  }
  sheet.heading("Volume Claims");
  for (const template of templates) {
    sheet.pair("Name", word(template, "metadata", "name"), 1);
    sheet.pair("StorageClass", wordOr("", template, "spec", "storageClassName"), 1);
    labelLines(sheet, "Labels", atPodTemplate(template, "metadata", "labels"), 1);
    annotationLines(sheet, atPodTemplate(template, "metadata", "annotations"), "Annotations", 1);
    sheet.pair("Capacity", quantities(atClaim(template, "spec", "resources", "requests")).storage ?? "<default>", 1);
    const modes = list(atClaim(template, "spec", "accessModes")).map((mode) => word(mode) ?? "");
    sheet.pair("Access Modes", bracketed(modes), 1);
  }
}

export const describeDaemonSet: Describer = (sheet, set, look) => {
  const { name, namespace, labels, annotations } = set.metadata;
  sheet.pair("Name", name).pair("Namespace", namespace ?? "");
  sheet.pair("Selector", selectorWords(atStatefulSet(set, "spec", "selector")));
  sheet.pair("Node-Selector", labelsLine(textMap(atStatefulSet(set, "spec", "template", "spec", "nodeSelector"))));
  labelLines(sheet, "Labels", labels);
  annotationLines(sheet, annotations);
  const n = (field: string) => wordOr("0", set, "status", field);
  sheet
    .pair("Desired Number of Nodes Scheduled", n("desiredNumberScheduled"))
    .pair("Current Number of Nodes Scheduled", n("currentNumberScheduled"))
    .pair("Number of Nodes Scheduled with Up-to-date Pods", n("updatedNumberScheduled"))
    .pair("Number of Nodes Scheduled with Available Pods", n("numberAvailable"))
    .pair("Number of Nodes Misscheduled", n("numberMisscheduled"))
    .pair("Pods Status", podCounts(look, set));
  templateLines(sheet, atStatefulSet(set, "spec", "template"));
  eventTable(sheet, set, look);
};

export const describeJob: Describer = (sheet, job, look) => {
  const { name, namespace, labels, annotations } = job.metadata;
  sheet.pair("Name", name).pair("Namespace", namespace ?? "");
  sheet.pair("Selector", selectorWords(atJob(job, "spec", "selector")));
  labelLines(sheet, "Labels", labels);
  annotationLines(sheet, annotations);
  controller(sheet, job);
  sheet.pair("Parallelism", word(job, "spec", "parallelism"));
  sheet.pair("Completions", wordOr("<unset>", job, "spec", "completions"));
  sheet.pair("Completion Mode", word(job, "spec", "completionMode"));
  sheet.pair("Suspend", word(job, "spec", "suspend"));
  sheet.pair("Backoff Limit", word(job, "spec", "backoffLimit"));
  sheet.pair("TTL Seconds After Finished", word(job, "spec", "ttlSecondsAfterFinished"));
  const start = text(atJob(job, "status", "startTime"));
  const end = text(atJob(job, "status", "completionTime"));
  if (start) sheet.pair("Start Time", date(start));
  if (end) sheet.pair("Completed At", date(end));
  if (start && end) sheet.pair("Duration", duration(Date.parse(end) - Date.parse(start)));
  const deadline = number(atJob(job, "spec", "activeDeadlineSeconds"));
  if (deadline !== undefined) sheet.pair("Active Deadline Seconds", `${deadline}s`);
  const n = (field: string) => wordOr("0", job, "status", field);
  const ready = word(job, "status", "ready");
  sheet.pair(
    "Pods Statuses",
    `${n("active")} Active${ready === undefined ? "" : ` (${ready} Ready)`} / ${n("succeeded")} Succeeded / ${n("failed")} Failed`,
  );
  if (atJob(job, "spec", "completionMode") === "Indexed") {
    sheet.pair("Completed Indexes", wordOr("<none>", job, "status", "completedIndexes"));
  }
  templateLines(sheet, atJob(job, "spec", "template"));
  eventTable(sheet, job, look);
};

export const describeCronJob: Describer = (sheet, cron, look) => {
  head(sheet, cron);
  const limit = (field: string) => wordOr("<unset>", cron, "spec", field);
  sheet.pair("Schedule", word(cron, "spec", "schedule"));
  sheet.pair("Concurrency Policy", word(cron, "spec", "concurrencyPolicy"));
  sheet.pair("Suspend", atCronJob(cron, "spec", "suspend") === true ? "True" : "False");
  sheet.pair("Time Zone", limit("timeZone"));
  sheet.pair("Successful Job History Limit", limit("successfulJobsHistoryLimit"));
  sheet.pair("Failed Job History Limit", limit("failedJobsHistoryLimit"));
  const deadline = number(atCronJob(cron, "spec", "startingDeadlineSeconds"));
  sheet.pair("Starting Deadline Seconds", deadline === undefined ? "<unset>" : `${deadline}s`);
  const job = atCronJob(cron, "spec", "jobTemplate", "spec");
  const selector = atJobSpec(job, "selector");
  sheet.pair("Selector", selector === undefined ? "<unset>" : selectorWords(selector));
  sheet.pair("Parallelism", wordOr("<unset>", job, "parallelism"));
  sheet.pair("Completions", wordOr("<unset>", job, "completions"));
  const active = number(atJobSpec(job, "activeDeadlineSeconds"));
  if (active !== undefined) sheet.pair("Active Deadline Seconds", `${active}s`);
  templateLines(sheet, atJobSpec(job, "template"));
  sheet.pair("Last Schedule Time", date(atCronJob(cron, "status", "lastScheduleTime")));
  const running = list(atCronJob(cron, "status", "active")).map((reference) => wordOr("", reference, "name"));
  sheet.pair("Active Jobs", running.join(", ") || "<none>");
  eventTable(sheet, cron, look);
};
