import { type ChangeResult, FlowdeckError, type ObjectTarget, type Taint } from "../../common/contract/index.ts";
import { fields, list, text, textMap } from "../../common/json/index.ts";
import { isKind } from "../../common/kube/index.ts";
import { message } from "../../common/words/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { inner, records } from "./fields.ts";
import { containersOf, inTemplate, templatePath } from "./pod-template.ts";
import { named, read } from "./targets.ts";
import { jsonPatch, mergePatch, patchAsRead, strategicPatch, type WriteContext } from "./write.ts";

/** As kubectl set image, by the containers' names; init containers too. */
export async function setImages(
  context: WriteContext,
  target: ObjectTarget,
  images: readonly { container: string; image: string }[],
): Promise<ChangeResult> {
  const path = templatePath(target.group, target.kind);
  if (path === undefined)
    throw new FlowdeckError("invalid-input", message("action.noContainers", { object: named(target) }));
  const known = containersOf(await read(context.client, target, context.signal), target.group);
  const wanted = images.filter(({ container }) =>
    known.some(({ name, role }) => name === container && role !== "ephemeral"),
  );
  if (wanted.length === 0) {
    const names = images.map(({ container }) => container).join(", ");
    throw new FlowdeckError("not-found", message("action.noContainer", { object: named(target), container: names }));
  }
  if (wanted.every(({ container, image }) => known.some((one) => one.name === container && one.image === image))) {
    return { unchanged: true };
  }
  const ofRole = (role: "init" | "main") =>
    wanted
      .filter(({ container }) => known.some((one) => one.name === container && one.role === role))
      .map(({ container, image }) => ({ name: container, image }));
  const init = ofRole("init");
  const main = ofRole("main");
  const spec = {
    ...(init.length === 0 ? {} : { initContainers: init }),
    ...(main.length === 0 ? {} : { containers: main }),
  };
  await strategicPatch(context, target, inTemplate(path, { spec }));
  return {};
}

/** Sets and removes labels or annotations; removing what is not there is no error. */
export async function setMetadata(
  context: WriteContext,
  target: ObjectTarget,
  field: "labels" | "annotations",
  change: { set: Record<string, string>; remove: readonly string[] },
): Promise<ChangeResult> {
  const gone = Object.fromEntries(change.remove.map((key) => [key, null]));
  await mergePatch(context, target, { metadata: { [field]: { ...gone, ...change.set } } });
  return {};
}

export async function suspend(context: WriteContext, target: ObjectTarget, suspended: boolean): Promise<ChangeResult> {
  if (!isKind(target, "batch/Job", "batch/CronJob"))
    throw new FlowdeckError("invalid-input", message("action.notSuspendable", { object: named(target) }));
  const object = await read(context.client, target, context.signal);
  if ((inner(object, "spec").suspend === true) === suspended) return { unchanged: true };
  await mergePatch(context, target, { spec: { suspend: suspended } });
  return {};
}

/** A Job from a CronJob's template, marked and owned as kubectl create job --from does. */
export async function trigger(context: WriteContext, target: ObjectTarget, now = new Date()): Promise<ChangeResult> {
  if (!isKind(target, "batch/CronJob"))
    throw new FlowdeckError("invalid-input", message("action.notCronJob", { object: named(target) }));
  const cronJob = await read(context.client, target, context.signal);
  const job = triggeredJob(cronJob, `${now.getTime().toString(36)}`);
  await context.client.create(job, { dryRun: context.dryRun, signal: context.signal });
  return { created: job.metadata.name };
}

/** @param suffix tells jobs of the same CronJob apart */
export function triggeredJob(cronJob: KubeObject, suffix: string): KubeObject {
  const template = inner(cronJob, "spec", "jobTemplate");
  const { labels, annotations } = fields(template.metadata);
  const { name, namespace, uid = "" } = cronJob.metadata;
  const tail = `-manual-${suffix}`;
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      name: `${name.slice(0, 63 - tail.length)}${tail}`,
      ...(namespace === undefined ? {} : { namespace }),
      labels: textMap(labels),
      annotations: { ...textMap(annotations), "cronjob.kubernetes.io/instantiate": "manual" },
      ownerReferences: [{ apiVersion: cronJob.apiVersion, kind: cronJob.kind, name, uid, controller: true }],
    },
    spec: template.spec,
  };
}

export async function cordon(
  context: WriteContext,
  target: ObjectTarget,
  unschedulable: boolean,
): Promise<ChangeResult> {
  const node = await read(context.client, target, context.signal);
  if ((inner(node, "spec").unschedulable === true) === unschedulable) return { unchanged: true };
  await mergePatch(context, target, { spec: { unschedulable: unschedulable ? true : null } });
  return {};
}

export interface TaintChange {
  set: readonly Taint[];
  remove: readonly { key: string; effect?: Taint["effect"] | undefined }[];
}

/** A taint as read from a node: with what else it holds, such as when it was set. */
export interface NodeTaint {
  key: string;
  effect: string;
  [field: string]: unknown;
}

export function taintsOf(node: KubeObject): NodeTaint[] {
  return records(inner(node, "spec").taints).map((one) => ({
    ...one,
    key: text(one.key) ?? "",
    effect: text(one.effect) ?? "",
  }));
}

/** Taints after a change; one is known by its key and effect. */
export function changedTaints(current: readonly NodeTaint[], { set, remove }: TaintChange): NodeTaint[] {
  const same = (a: NodeTaint, b: { key: string; effect?: string | undefined }) =>
    a.key === b.key && (b.effect === undefined || a.effect === b.effect);
  const kept = current.filter((one) => !remove.some((gone) => same(one, gone)) && !set.some((next) => same(one, next)));
  return [...kept, ...set];
}

export async function taint(context: WriteContext, target: ObjectTarget, change: TaintChange): Promise<ChangeResult> {
  const written = await patchAsRead(context, target, (node) => {
    const current = taintsOf(node);
    const next = changedTaints(current, change);
    return JSON.stringify(next) === JSON.stringify(current) ? undefined : { spec: { taints: next } };
  });
  return written === undefined ? { unchanged: true } : {};
}

/** Takes away one finalizer, wherever it stands by now. */
export async function dropFinalizer(context: WriteContext, target: ObjectTarget, name: string): Promise<ChangeResult> {
  const object = await read(context.client, target, context.signal);
  const index = list(object.metadata.finalizers).findIndex((one) => text(one) === name);
  if (index < 0) return { unchanged: true };
  const path = `/metadata/finalizers/${index}`;
  await jsonPatch(context, target, [
    { op: "test", path, value: name },
    { op: "remove", path },
  ]);
  return {};
}
