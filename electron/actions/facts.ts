import {
  FlowdeckError,
  type ObjectFacts,
  type ObjectTarget,
  taintEffect,
  toAppError,
} from "../../common/contract/index.ts";
import { number, text, textMap } from "../../common/json/index.ts";
import { isKind } from "../../common/kube/index.ts";
import type { ClusterClient, KubeObject } from "../cluster/index.ts";
import { lastApplied } from "../redaction/index.ts";
import { controllerOf, inner } from "./fields.ts";
import { containersOf } from "./pod-template.ts";
import { autoscalerOf } from "./scale.ts";
import { taintsOf } from "./simple-changes.ts";
import { read } from "./targets.ts";

const nothing: ObjectFacts = {
  missing: false,
  deleting: false,
  finalizers: [],
  labels: {},
  annotations: {},
  containers: [],
};

/** What actions show of an object before they change it; that it is gone, or may not be read, is told and not thrown. */
export async function factsOf(client: ClusterClient, target: ObjectTarget, signal: AbortSignal): Promise<ObjectFacts> {
  try {
    const object = await read(client, target, signal);
    const facts = objectFactsOf(object, target);
    const autoscaler = facts.replicas === undefined ? undefined : await autoscalerOf(client, target, signal);
    return { ...facts, ...(autoscaler === undefined ? {} : { autoscaler }) };
  } catch (error) {
    signal.throwIfAborted();
    const missing = error instanceof FlowdeckError && error.code === "object-not-found";
    return { ...nothing, missing, error: toAppError(error) };
  }
}

export function objectFactsOf(object: KubeObject, { group, kind }: Pick<ObjectTarget, "group" | "kind">): ObjectFacts {
  const { uid, deletionTimestamp, finalizers = [] } = object.metadata;
  const { [lastApplied]: _applied, ...annotations } = textMap(object.metadata.annotations);
  const owner = controllerOf(object);
  const spec = inner(object, "spec");
  const replicas = number(spec.replicas);
  const of = { group, kind };
  const node = isKind(of, "/Node");
  const nodeName = text(spec.nodeName);
  const phase = text(inner(object, "status").phase);
  return {
    missing: false,
    ...(uid === undefined ? {} : { uid }),
    deleting: deletionTimestamp !== undefined,
    finalizers,
    labels: textMap(object.metadata.labels),
    annotations,
    ...(owner === undefined ? {} : { owner: { kind: owner.kind, name: owner.name } }),
    containers: containersOf(object, group),
    ...(replicas === undefined ? {} : { replicas }),
    ...(isKind(of, "apps/Deployment") ? { paused: spec.paused === true } : {}),
    ...(isKind(of, "batch/Job", "batch/CronJob") ? { suspended: spec.suspend === true } : {}),
    ...(node ? { unschedulable: spec.unschedulable === true, taints: nodeTaints(object) } : {}),
    ...(nodeName === undefined ? {} : { nodeName }),
    ...(phase === undefined ? {} : { phase }),
    ...(isKind(of, "/Secret") ? { keys: secretKeys(object) } : {}),
  };
}

function nodeTaints(node: KubeObject): NonNullable<ObjectFacts["taints"]> {
  return taintsOf(node).flatMap(({ key, value, effect }) => {
    const known = taintEffect.safeParse(effect);
    if (!known.success) return [];
    return [{ key, effect: known.data, ...(typeof value === "string" ? { value } : {}) }];
  });
}

function secretKeys(secret: KubeObject): NonNullable<ObjectFacts["keys"]> {
  return Object.entries(textMap(secret.data)).map(([name, value]) => ({
    name,
    bytes: Buffer.from(value, "base64").length,
  }));
}
