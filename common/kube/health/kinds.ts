import { at, text } from "../../json/index.ts";
import { type Condition, conditionOf, conditionsOf } from "../conditions.ts";
import type { OfKind } from "../group-kind.ts";
import { atClaim, atEvent, atNode, atService, atVolumeAttachment } from "../typed-at.ts";
import { conditionHealth } from "./by-conditions.ts";
import { podHealth } from "./pod.ts";
import type { Health, HealthLevel } from "./types.ts";
import { cronJobHealth, jobHealth, workloadHealth } from "./workloads.ts";

/** What a phase of a kind means; any other is `bad`. */
export const phases: Readonly<Record<string, Readonly<Record<string, HealthLevel>>>> = {
  "/PersistentVolumeClaim": { Bound: "ok", Pending: "progressing", Lost: "bad" },
  "/PersistentVolume": { Bound: "ok", Available: "ok", Released: "warn", Pending: "progressing", Failed: "bad" },
  "/Namespace": { Active: "ok", Terminating: "progressing" },
};

/** How objects of the built-in kinds are, by group and kind; every other kind tells it by its conditions. */
export const rules: Readonly<Record<string, ((object: OfKind) => Health) | undefined>> = {
  "/Pod": podHealth,
  "apps/Deployment": workloadHealth,
  "apps/StatefulSet": workloadHealth,
  "apps/DaemonSet": workloadHealth,
  "apps/ReplicaSet": workloadHealth,
  "/ReplicationController": workloadHealth,
  "batch/Job": jobHealth,
  "batch/CronJob": cronJobHealth,
  "/PersistentVolumeClaim": claimHealth,
  "/PersistentVolume": (volume) => phaseHealth(volume, "/PersistentVolume"),
  "/Namespace": (namespace) => phaseHealth(namespace, "/Namespace"),
  "/Node": nodeHealth,
  "/Service": serviceHealth,
  "/Event": eventHealth,
  "events.k8s.io/Event": eventHealth,
  "apiextensions.k8s.io/CustomResourceDefinition": definitionHealth,
  "apiregistration.k8s.io/APIService": apiServiceHealth,
  "autoscaling/HorizontalPodAutoscaler": scalerHealth,
  "certificates.k8s.io/CertificateSigningRequest": signingRequestHealth,
  "storage.k8s.io/VolumeAttachment": attachmentHealth,
};

const well = (printed: string, level: HealthLevel = "ok"): Health => ({ level, stage: "current", params: {}, printed });
const told = (condition: Condition | undefined) => (condition?.message ? { words: condition.message } : {});

function phaseHealth(object: unknown, kind: string): Health {
  const phase = text(at(object, "status", "phase")) ?? "";
  // A controller or the API server fills it in at once.
  if (phase === "") return { level: "progressing", stage: "current", reason: "phase", params: { phase }, printed: "" };
  const level = phases[kind]?.[phase] ?? "bad";
  if (level === "ok") return well(phase);
  return {
    level,
    stage: phase === "Terminating" ? "in-progress" : "current",
    reason: "phase",
    params: { phase },
    printed: phase,
  };
}

function claimHealth(claim: unknown): Health {
  const phase = text(atClaim(claim, "status", "phase")) ?? "";
  if (phase === "Bound") return well(phase);
  const level = phases["/PersistentVolumeClaim"]?.[phase || "Pending"] ?? "bad";
  return { level, stage: "in-progress", reason: "claimNotBound", params: { phase }, printed: phase || "Pending" };
}

function nodeHealth(node: unknown): Health {
  const ready = conditionOf(node, "Ready");
  const cordoned = atNode(node, "spec", "unschedulable") === true;
  const printed = `${ready?.status === "True" ? "Ready" : "NotReady"}${cordoned ? ",SchedulingDisabled" : ""}`;
  if (ready?.status !== "True") {
    const params = { reason: ready?.reason ?? ready?.status ?? "" };
    return { level: "bad", stage: "in-progress", reason: "nodeNotReady", params, ...told(ready), printed };
  }
  const [pressure] = pressures(node);
  if (pressure) {
    const params = { type: pressure.type };
    return { level: "warn", stage: "current", reason: "nodePressure", params, ...told(pressure), printed };
  }
  return cordoned ? { level: "warn", stage: "current", reason: "cordoned", params: {}, printed } : well(printed);
}

/** Conditions of a node that should be False and are not. */
export function pressures(node: unknown): Condition[] {
  return conditionsOf(node).filter(
    ({ type, status }) => type !== "Ready" && status === "True" && /Pressure$|Unavailable$/.test(type),
  );
}

function serviceHealth(service: unknown): Health {
  const awaits =
    atService(service, "spec", "type") === "LoadBalancer" && !text(atService(service, "spec", "clusterIP"));
  return awaits
    ? { level: "progressing", stage: "in-progress", reason: "noAddress", params: {}, printed: "" }
    : { ...conditionHealth(service), stage: "current" };
}

function eventHealth(event: unknown): Health {
  const type = text(atEvent(event, "type")) ?? "";
  return well(type, type === "Warning" ? "warn" : "ok");
}

function definitionHealth(definition: unknown): Health {
  const rest = conditionHealth(definition);
  const names = conditionOf(definition, "NamesAccepted");
  if (names?.status === "False")
    return { ...rest, level: "bad", stage: "failed", reason: "namesTaken", ...told(names) };
  const established = conditionOf(definition, "Established");
  if (established?.status === "True") return { ...rest, stage: "current" };
  const { printed } = rest;
  const level = established === undefined ? "progressing" : rest.level;
  return { level, stage: "in-progress", reason: "notEstablished", params: {}, ...told(established), printed };
}

function apiServiceHealth(service: unknown): Health {
  const available = conditionOf(service, "Available");
  if (available?.status === "True") return well("Available");
  const level = available?.status === "False" ? "bad" : "progressing";
  const printed = available?.reason ?? "";
  return { level, stage: "in-progress", reason: "unavailable", params: {}, ...told(available), printed };
}

/** The conditions of an autoscaler that should be True; it has set its replicas to what it should while they are. */
const scalerConditions = ["AbleToScale", "ScalingActive"];

/** Why an autoscaler does not scale; one whose target is scaled to zero is off on purpose. */
export function scalerTroubles(scaler: unknown): Condition[] {
  return conditionsOf(scaler).filter(
    ({ type, status, reason }) => scalerConditions.includes(type) && status === "False" && reason !== "ScalingDisabled",
  );
}

function scalerHealth(scaler: unknown): Health {
  const [trouble] = scalerTroubles(scaler);
  if (trouble) {
    const { type, reason, status } = trouble;
    const params = { type, reason: reason ?? status };
    return {
      level: "bad",
      stage: "in-progress",
      reason: "cannotScale",
      params,
      ...told(trouble),
      printed: reason ?? type,
    };
  }
  const active = conditionOf(scaler, "ScalingActive");
  if (active === undefined) {
    return { level: "progressing", stage: "current", reason: "noReport", params: {}, printed: "" };
  }
  return active.status === "True" ? well("ScalingActive") : well(active.reason ?? "", "done");
}

function signingRequestHealth(request: unknown): Health {
  const has = (type: string) => conditionOf(request, type) !== undefined;
  const words = ["Approved", "Denied", "Failed"].filter(has);
  const printed = words.length === 0 ? "Pending" : words.join(",");
  if (has("Denied") || has("Failed"))
    return { ...well(printed, "bad"), reason: "condition", params: { type: printed, reason: "" } };
  return words.length === 0
    ? { ...well(printed, "progressing"), reason: "phase", params: { phase: printed } }
    : well(printed);
}

function attachmentHealth(attachment: unknown): Health {
  const isAttached = atVolumeAttachment(attachment, "status", "attached") === true;
  return isAttached ? well("Attached") : { ...well("", "progressing"), reason: "phase", params: { phase: "" } };
}
