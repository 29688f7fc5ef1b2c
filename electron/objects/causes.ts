import {
  atNode,
  conditionOf,
  groupKindOf,
  isPodController,
  pressures,
  scalerTroubles,
  wrongCondition,
} from "../../common/kube/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { claimCauses, volumeCauses } from "./claim-causes.ts";
import { conditionCause } from "./condition-cause.ts";
import { deletionCauses } from "./deletion-causes.ts";
import type { Look } from "./live-query.ts";
import { apiServiceCauses, ingressCauses, serviceCauses, webhookCauses } from "./network-causes.ts";
import { podCauses } from "./pod-causes.ts";
import type { Cause } from "./said-cause.ts";
import { cronJobCauses, jobCauses, workloadCauses } from "./workload-causes.ts";

/** Why an object is not as it should be, the worst first; empty when nothing is wrong. */
export function causesOf(look: Look, object: KubeObject): Cause[] {
  return [...deletionCauses(look, object), ...ofKind(look, object)].toSorted(
    (one, other) => Number(one.level === "warn") - Number(other.level === "warn"),
  );
}

function ofKind(look: Look, object: KubeObject): Cause[] {
  const { deletionTimestamp } = object.metadata;
  if (isPodController(object)) return workloadCauses(look, object);
  switch (groupKindOf(object)) {
    case "/Pod":
      return deletionTimestamp ? [] : podCauses(look, object);
    case "batch/Job":
      return jobCauses(look, object);
    case "batch/CronJob":
      return cronJobCauses(look, object);
    case "/PersistentVolumeClaim":
      return claimCauses(look, object);
    case "/PersistentVolume":
      return volumeCauses(object);
    case "/Node":
      return nodeCauses(object);
    case "/Namespace":
      // Its conditions are about its deletion, and told with that.
      return deletionTimestamp ? [] : conditionCauses(object);
    case "/Service":
      return serviceCauses(look, object);
    case "networking.k8s.io/Ingress":
      return ingressCauses(look, object);
    case "admissionregistration.k8s.io/ValidatingWebhookConfiguration":
    case "admissionregistration.k8s.io/MutatingWebhookConfiguration":
      return webhookCauses(look, object);
    case "apiregistration.k8s.io/APIService":
      return apiServiceCauses(look, object);
    case "autoscaling/HorizontalPodAutoscaler":
      return scalerTroubles(object).map(conditionCause);
    default:
      return conditionCauses(object);
  }
}

function conditionCauses(object: KubeObject): Cause[] {
  const wrong = wrongCondition(object);
  return wrong ? [conditionCause(wrong)] : [];
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
  if (atNode(node, "spec", "unschedulable") === true)
    causes.push({ id: "cordoned", params: {}, level: "warn", help: ["uncordon"] });
  return causes;
}
