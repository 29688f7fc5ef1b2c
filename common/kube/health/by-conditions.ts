import { type Condition, conditionOf, conditionsOf } from "../conditions.ts";
import { phaseLevel, phaseOf } from "./phases.ts";
import type { Health, HealthLevel } from "./types.ts";

/**
 * Any kind by its conditions, as kstatus reads them: `Ready`, or what else says that it works; `Stalled` means it does
 * not. https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md
 */
export function conditionHealth(object: unknown): Health {
  const stage = stageOf(object);
  const phase = phaseOf(object);
  const wrong = wrongCondition(object);
  if (wrong) {
    const { type, status, reason, message } = wrong;
    return {
      level: status === "Unknown" ? "unknown" : "bad",
      stage: stage.stage,
      reason: stage.reason ?? "condition",
      params: { type, reason: reason ?? status },
      ...(message ? { words: message } : {}),
      printed: reason ?? type,
    };
  }
  const conditions = conditionsOf(object);
  const isTrue = (type: string) => conditions.find((one) => one.type === type)?.status === "True";
  const ended = ["Succeeded", "Complete", "Completed"].find(isTrue);
  const good = ["Ready", "Available", "Established", "Accepted"].find(isTrue);
  const level = levelOf(phase, ended !== undefined);
  const says = level === "ok" || level === "done" ? {} : { reason: "phase" as const };
  return {
    level,
    ...says,
    ...stage,
    params: phase === undefined ? {} : { phase },
    printed: good ?? phase ?? ended ?? "",
  };
}

function levelOf(phase: string | undefined, ended: boolean): HealthLevel {
  const level = phase === undefined ? undefined : phaseLevel(phase);
  return level ?? (ended ? "done" : "ok");
}

function stageOf(object: unknown): Pick<Health, "stage" | "reason" | "words"> {
  const ready = conditionOf(object, "Ready");
  if (!ready || ready.status === "True") return { stage: "current" };
  const words = ready.message ?? ready.reason;
  return { stage: "in-progress", reason: "notReady", ...(words ? { words } : {}) };
}

const goodTypes = /^(Ready|Available|Established|NamesAccepted|Accepted|Programmed|Succeeded|Healthy|Synced|.*Ready)$/;
const badTypes = /^(Stalled|Failed|Degraded|.*Failure|NonStructuralSchema)$/;

/** The condition that says it does not work, if one does. */
export function wrongCondition(object: unknown): Condition | undefined {
  const conditions = conditionsOf(object);
  return (
    conditions.find(({ type, status }) => badTypes.test(type) && status === "True") ??
    conditions.find(({ type, status }) => type === "Ready" && status === "False") ??
    conditions.find(({ type, status }) => goodTypes.test(type) && status === "False") ??
    conditions.find(({ type, status }) => type === "Ready" && status === "Unknown")
  );
}
