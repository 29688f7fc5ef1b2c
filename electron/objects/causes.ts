import type { Cause } from "../../common/contract/index.ts";
import { at, text } from "../../common/json/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { conditionOf, conditionsOf } from "./conditions.ts";
import { eventsAbout } from "./events.ts";
import { type Look, lookBeside } from "./live-query.ts";
import { apiServiceCauses, ingressCauses, serviceCauses, webhookCauses } from "./network-causes.ts";
import { pressures, wrongCondition } from "./status.ts";
import { cronJobCauses, jobCauses, podCauses, workloadCauses } from "./workload-causes.ts";
import { isWorkload } from "./workloads.ts";

/** Deleting something with a finalizer may take a moment; only what takes longer is worth a word. */
const deletionPatienceMs = 20_000;
const defaultClass = "storageclass.kubernetes.io/is-default-class";

/** Why an object is not as it should be, the worst first; empty when nothing is wrong. */
export function causesOf(look: Look, object: KubeObject): Cause[] {
  return [...deletionCauses(look, object), ...ofKind(look, object)].toSorted(
    (one, other) => Number(one.level === "warn") - Number(other.level === "warn"),
  );
}

function ofKind(look: Look, object: KubeObject): Cause[] {
  if (isWorkload(object.kind)) return workloadCauses(look, object);
  switch (object.kind) {
    case "Pod":
      return object.metadata.deletionTimestamp ? [] : podCauses(look, object);
    case "Job":
      return jobCauses(look, object);
    case "CronJob":
      return cronJobCauses(look, object);
    case "PersistentVolumeClaim":
      return claimCauses(look, object);
    case "PersistentVolume":
      return volumeCauses(object);
    case "Node":
      return nodeCauses(object);
    case "Service":
      // Knative's Services are told by their conditions.
      return object.apiVersion === "v1" ? serviceCauses(look, object) : conditionCauses(object);
    case "Ingress":
      return ingressCauses(look, object);
    case "ValidatingWebhookConfiguration":
    case "MutatingWebhookConfiguration":
      return webhookCauses(look, object);
    case "APIService":
      return apiServiceCauses(look, object);
    default:
      return conditionCauses(object);
  }
}

function deletionCauses(look: Look, object: KubeObject): Cause[] {
  const since = Date.parse(object.metadata.deletionTimestamp ?? "");
  if (Number.isNaN(since)) return [];
  const finalizers = object.metadata.finalizers ?? [];
  // A pod's deletionTimestamp lies in the future: its grace is in it.
  if (look.now - since < deletionPatienceMs) return [{ id: "ending", params: {}, level: "warn", help: [] }];
  if (finalizers.length > 0) {
    return [
      {
        id: "deletionBlocked",
        params: { finalizers: finalizers.join(", ") },
        level: "bad",
        help: ["finalizers", "events"],
      },
      ...conditionsOf(object)
        .filter(({ type, status }) => /^Namespace/.test(type) && status === "True")
        .map(conditionCause),
    ];
  }
  return [
    ...(object.kind === "Namespace"
      ? conditionsOf(object)
          .filter(({ status }) => status === "True")
          .map(conditionCause)
      : []),
    { id: "ending", params: {}, level: "warn", help: [] },
  ];
}

function conditionCauses(object: KubeObject): Cause[] {
  const wrong = wrongCondition(object);
  return wrong ? [conditionCause(wrong)] : [];
}

function conditionCause(condition: { type: string; status: string; reason?: string; message?: string }): Cause {
  const { type, status, reason, message } = condition;
  return {
    id: "condition",
    params: { type, reason: reason || status },
    level: status === "Unknown" ? "warn" : "bad",
    ...(message ? { words: message } : {}),
    help: ["events"],
  };
}

function nodeCauses(node: KubeObject): Cause[] {
  const ready = conditionOf(node, "Ready");
  const causes: Cause[] = [];
  if (ready?.status !== "True") {
    causes.push({
      id: "nodeNotReady",
      params: { reason: ready?.reason ?? ready?.status ?? "?" },
      level: "bad",
      ...(ready?.message ? { words: ready.message } : {}),
      help: ["events"],
    });
  }
  for (const { type, message } of pressures(node)) {
    causes.push({
      id: "nodePressure",
      params: { type },
      level: "bad",
      ...(message ? { words: message } : {}),
      help: ["events"],
    });
  }
  if (at(node, "spec", "unschedulable") === true)
    causes.push({ id: "cordoned", params: {}, level: "warn", help: ["uncordon"] });
  return causes;
}

function claimCauses(look: Look, claim: KubeObject): Cause[] {
  const phase = text(at(claim, "status", "phase"));
  if (phase === "Lost")
    return [
      {
        id: "claimLost",
        params: { volume: text(at(claim, "spec", "volumeName")) ?? "" },
        level: "bad",
        help: ["events"],
      },
    ];
  if (phase !== "Pending") return [];
  const named = at(claim, "spec", "storageClassName");
  const events = eventsAbout(look, claim);
  const warning = events.find((event) => event.warning);
  const words = warning ? { words: warning.message } : {};
  const help: Cause["help"] = ["storageClasses", "events"];
  const classes = look.list({ apiVersion: "storage.k8s.io/v1", kind: "StorageClass" });
  if (
    named === undefined &&
    classes.known &&
    !classes.failure &&
    !classes.objects.some((c) => c.metadata.annotations?.[defaultClass] === "true")
  ) {
    return [{ id: "claimNoClass", params: {}, level: "bad", ...words, help }];
  }
  const className = text(named);
  if (className) {
    const { object, missing } = lookBeside(look, {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      name: className,
    });
    if (missing) return [{ id: "claimClassMissing", params: { class: className }, level: "bad", ...words, help }];
    if (!warning && at(object, "volumeBindingMode") === "WaitForFirstConsumer") {
      return [{ id: "claimWaits", params: { class: className }, level: "warn", help: ["events"] }];
    }
  }
  return [{ id: "claimPending", params: {}, level: warning ? "bad" : "warn", ...words, help }];
}

function volumeCauses(volume: KubeObject): Cause[] {
  const phase = text(at(volume, "status", "phase")) ?? "";
  if (phase !== "Failed" && phase !== "Released") return [];
  const words = text(at(volume, "status", "message"));
  return [
    {
      id: "volumeFailed",
      params: { phase },
      level: phase === "Failed" ? "bad" : "warn",
      ...(words ? { words } : {}),
      help: ["events"],
    },
  ];
}
