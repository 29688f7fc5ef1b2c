import {
  type ChangeResult,
  FlowdeckError,
  type ObjectTarget,
  type Revision,
  type RolloutStatus,
} from "../../common/contract/index.ts";
import { atDeployment, formatLabelSelector, rolloutOf } from "../../common/kube/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterClient, KubeObject } from "../cluster/index.ts";
import { inner } from "./fields.ts";
import { chooseUndo, type KeptRevision, revisionsOf, undoneAnnotations } from "./rollout-history.ts";
import { apiVersionOf, named, read } from "./targets.ts";
import { jsonPatch, mergePatch, strategicPatch, type WriteContext } from "./write.ts";

const rolloutKinds = ["Deployment", "StatefulSet", "DaemonSet"];

function requireRollout(target: ObjectTarget): void {
  if (target.group === "apps" && rolloutKinds.includes(target.kind)) return;
  throw new FlowdeckError(
    "invalid-input",
    message("action.noRollouts", { object: named(target), kinds: rolloutKinds.join(", ") }),
  );
}

/** New pods by a changed annotation, the one that kubectl rollout restart sets. */
export async function restart(context: WriteContext, target: ObjectTarget): Promise<ChangeResult> {
  requireRollout(target);
  if (target.kind === "Deployment") refusePaused(target, await read(context.client, target, context.signal), "restart");
  const restartedAt = new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const annotations = { "kubectl.kubernetes.io/restartedAt": restartedAt };
  await mergePatch(context, target, { spec: { template: { metadata: { annotations } } } });
  return {};
}

export async function pause(context: WriteContext, target: ObjectTarget, paused: boolean): Promise<ChangeResult> {
  if (target.group !== "apps" || target.kind !== "Deployment") {
    throw new FlowdeckError("invalid-input", message("action.notPausable", { object: named(target) }));
  }
  const deployment = await read(context.client, target, context.signal);
  if ((inner(deployment, "spec").paused === true) === paused) return { unchanged: true };
  await mergePatch(context, target, { spec: { paused } });
  return {};
}

export async function history(client: ClusterClient, target: ObjectTarget, signal: AbortSignal): Promise<Revision[]> {
  const { revisions } = await keptRevisions(client, target, signal);
  return revisions.map(({ keeper: _keeper, podTemplate: _template, ...shown }) => shown);
}

export async function undo(context: WriteContext, target: ObjectTarget, wanted?: number): Promise<ChangeResult> {
  const { workload, revisions } = await keptRevisions(context.client, target, context.signal);
  refusePaused(target, workload, "undo");
  const choice = chooseUndo(workload, revisions, wanted);
  switch (choice.kind) {
    case "first":
      throw new FlowdeckError("not-found", message("action.firstRevision", { object: named(target) }));
    case "unknown":
      throw new FlowdeckError(
        "not-found",
        message("action.noRevision", {
          object: named(target),
          revision: String(choice.wanted),
          known: choice.known.join(", ") || message("action.none"),
        }),
      );
    case "same":
      return { unchanged: true };
    case "revision":
      await goBack(context, target, workload, choice.to);
      return {};
  }
}

async function goBack(
  context: WriteContext,
  target: ObjectTarget,
  workload: KubeObject,
  { keeper, podTemplate }: KeptRevision,
): Promise<void> {
  if (target.kind !== "Deployment") {
    return await strategicPatch(context, target, inner(keeper, "data"));
  }
  await jsonPatch(context, target, [
    { op: "replace", path: "/spec/template", value: podTemplate },
    { op: "add", path: "/metadata/annotations", value: undoneAnnotations(workload, keeper) },
  ]);
}

function refusePaused(target: ObjectTarget, workload: KubeObject, action: "restart" | "undo"): void {
  if (inner(workload, "spec").paused !== true) return;
  const id = action === "restart" ? "action.pausedRestart" : "action.pausedUndo";
  throw new FlowdeckError("not-allowed", message(id, { object: named(target) }));
}

async function keptRevisions(
  client: ClusterClient,
  target: ObjectTarget,
  signal: AbortSignal,
): Promise<{ workload: KubeObject; revisions: KeptRevision[] }> {
  requireRollout(target);
  const workload = await read(client, target, signal);
  const labelSelector = formatLabelSelector(atDeployment(workload, "spec", "selector"));
  const keepers = await client.list("apps/v1", target.kind === "Deployment" ? "ReplicaSet" : "ControllerRevision", {
    ...(target.namespace === undefined ? {} : { namespace: target.namespace }),
    ...(labelSelector === undefined ? {} : { labelSelector }),
    signal,
  });
  return { workload, revisions: revisionsOf(workload, keepers) };
}

/** Until aborted: a rollout may begin anew at any time. Ends when the object is gone. */
export async function* watchRollout(
  client: ClusterClient,
  target: ObjectTarget,
  signal: AbortSignal,
): AsyncGenerator<RolloutStatus, void, void> {
  requireRollout(target);
  await read(client, target, signal);
  const events = client.watch(apiVersionOf(target), target.kind, {
    ...(target.namespace === undefined ? {} : { namespace: target.namespace }),
    fieldSelector: `metadata.name=${target.name}`,
    signal,
  });
  for await (const { type, object } of events) {
    if (object === undefined) continue;
    if (type === "deleted" || (target.uid !== undefined && object.metadata.uid !== target.uid)) {
      yield { state: "failed", step: "gone", paused: false, desired: 0, updated: 0, available: 0, old: 0 };
      return;
    }
    yield rolloutOf(object);
  }
}
