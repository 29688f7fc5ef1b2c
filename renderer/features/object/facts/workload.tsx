import type { ReactNode } from "react";
import { builtIn, ObjectAnchor } from "../../../state/connected/ObjectAnchor.tsx";
import { get, list, number, scalar, text, textMap } from "../../../state/read.ts";
import { Age } from "../../../ui/Age.tsx";
import { CopyChip } from "../Labels.tsx";
import { type Fact, type FactSource, known } from "./fact.ts";
import { replicasOf, sumOf } from "./pod.tsx";

export function workloadFacts(source: FactSource): Fact[] {
  switch (source.target.kind) {
    case "Job":
      return jobFacts(source);
    case "CronJob":
      return cronJobFacts(source);
    case "HorizontalPodAutoscaler":
      return scalerFacts(source);
    case "PodDisruptionBudget":
      return budgetFacts(source);
    default:
      return replicaFacts(source);
  }
}

function replicaFacts({ target, object, t }: FactSource): Fact[] {
  const { ready, wanted, updated, available } = replicasOf(object);
  const account = text(object, "spec.template.spec.serviceAccountName");
  return known([
    {
      name: t("object.fact.replicas"),
      value:
        target.kind === "ReplicaSet" || target.kind === "ReplicationController"
          ? t("object.replicasShort", { ready, wanted })
          : t("object.replicas", { ready, wanted, updated, available }),
    },
    { name: t("object.fact.strategy"), value: strategyOf(object) },
    { name: t("object.fact.selector"), value: <Selector entries={textMap(object, "spec.selector.matchLabels")} /> },
    {
      name: t("object.fact.serviceAccount"),
      value:
        account && target.namespace ? (
          <ObjectAnchor context={target.context} link={builtIn.serviceAccount(target.namespace, account)} />
        ) : undefined,
    },
    { name: t("object.fact.requests"), value: sumOf(object, "requests", "spec.template.spec") },
    { name: t("object.fact.limits"), value: sumOf(object, "limits", "spec.template.spec") },
    { name: t("object.fact.revision"), value: annotation(object, "deployment.kubernetes.io/revision") },
  ]);
}

function strategyOf(object: unknown): string | undefined {
  const path = get(object, "spec.strategy") === undefined ? "spec.updateStrategy" : "spec.strategy";
  const type = text(object, `${path}.type`);
  const surge = scalar(get(object, `${path}.rollingUpdate.maxSurge`));
  const unavailable = scalar(get(object, `${path}.rollingUpdate.maxUnavailable`));
  const parts = [surge && `maxSurge ${surge}`, unavailable && `maxUnavailable ${unavailable}`].filter(Boolean);
  return type && (parts.length > 0 ? `${type} (${parts.join(", ")})` : type);
}

export function Selector({ entries }: { entries: [string, string][] }): ReactNode {
  if (entries.length === 0) return "–";
  return (
    <span className="object-chips">
      {entries.map(([key, value]) => (
        <CopyChip key={key} words={`${key}=${value}`} />
      ))}
    </span>
  );
}

function annotation(object: unknown, key: string): string | undefined {
  return textMap(object, "metadata.annotations").find(([name]) => name === key)?.[1];
}

function jobFacts({ object, t }: FactSource): Fact[] {
  const start = text(object, "status.startTime");
  const end = text(object, "status.completionTime");
  return known([
    {
      name: t("object.fact.completions"),
      value: `${number(object, "status.succeeded") ?? 0} / ${number(object, "spec.completions") ?? 1}`,
    },
    { name: t("object.fact.active"), value: number(object, "status.active") },
    { name: t("object.fact.failed"), value: number(object, "status.failed") },
    { name: t("object.fact.parallelism"), value: number(object, "spec.parallelism") },
    { name: t("object.fact.backoffLimit"), value: number(object, "spec.backoffLimit") },
    { name: t("object.fact.started"), value: start && <Age since={start} /> },
    { name: t("object.fact.finished"), value: end && <Age since={end} /> },
  ]);
}

function cronJobFacts({ target, object, t }: FactSource): Fact[] {
  const last = text(object, "status.lastScheduleTime");
  const good = text(object, "status.lastSuccessfulTime");
  return known([
    { name: t("object.fact.schedule"), value: scheduleOf(object) },
    { name: t("object.fact.suspended"), value: t(get(object, "spec.suspend") === true ? "object.yes" : "object.no") },
    { name: t("object.fact.concurrency"), value: text(object, "spec.concurrencyPolicy") },
    { name: t("object.fact.lastSchedule"), value: last && <Age since={last} /> },
    { name: t("object.fact.lastSuccess"), value: good && <Age since={good} /> },
    {
      name: t("object.fact.active"),
      value:
        list(object, "status.active").length > 0
          ? list(object, "status.active").map((job) => (
              <ObjectAnchor
                key={text(job, "name")}
                context={target.context}
                link={{
                  group: "batch",
                  plural: "jobs",
                  namespace: target.namespace ?? "",
                  name: text(job, "name") ?? "",
                }}
              />
            ))
          : undefined,
    },
  ]);
}

function scheduleOf(object: unknown): string | undefined {
  const zone = text(object, "spec.timeZone");
  const schedule = text(object, "spec.schedule");
  return zone ? `${schedule} (${zone})` : schedule;
}

function scalerFacts({ object, t }: FactSource): Fact[] {
  const now = number(object, "status.currentReplicas") ?? 0;
  const next = number(object, "status.desiredReplicas");
  return known([
    {
      name: t("object.fact.scales"),
      value: `${text(object, "spec.scaleTargetRef.kind")} ${text(object, "spec.scaleTargetRef.name")}`,
    },
    {
      name: t("object.fact.replicas"),
      value: `${now}${next !== undefined && next !== now ? ` → ${next}` : ""} (${number(object, "spec.minReplicas") ?? 1}–${number(object, "spec.maxReplicas")})`,
    },
  ]);
}

function budgetFacts({ object, t }: FactSource): Fact[] {
  return known([
    { name: t("object.fact.minAvailable"), value: scalar(get(object, "spec.minAvailable")) },
    { name: t("object.fact.maxUnavailable"), value: scalar(get(object, "spec.maxUnavailable")) },
    { name: t("object.fact.disruptionsAllowed"), value: number(object, "status.disruptionsAllowed") },
    {
      name: t("object.fact.healthy"),
      value: `${number(object, "status.currentHealthy") ?? 0} / ${number(object, "status.desiredHealthy") ?? 0}`,
    },
    { name: t("object.fact.selector"), value: <Selector entries={textMap(object, "spec.selector.matchLabels")} /> },
  ]);
}
