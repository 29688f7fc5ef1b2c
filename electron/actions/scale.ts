import { type ChangeResult, FlowdeckError, type ObjectTarget } from "../../common/contract/index.ts";
import { number } from "../../common/json/index.ts";
import { groupKindOf } from "../../common/kube/index.ts";
import { message } from "../../common/words/index.ts";
import { type ClusterClient, parseAnswer } from "../cluster/index.ts";
import { inner, records } from "./fields.ts";
import { named, pathOf, read } from "./targets.ts";
import type { WriteContext } from "./write.ts";

const attempts = 5;

/** Sets the replicas of anything that serves a scale subresource; custom resources among them. */
export async function scale(context: WriteContext, target: ObjectTarget, replicas: number): Promise<ChangeResult> {
  const path = pathOf(context.client, target, "scale");
  const what = message("request.scale", { object: named(target) });
  for (let attempt = 1; ; attempt++) {
    // The Scale has the uid of its object; only the object's own read says that it is gone.
    const { body } = await context.client.request({ path, what, signal: context.signal });
    const current = inner(parseAnswer(body, what, context.client.server));
    const metadata = inner(current, "metadata");
    if (target.uid !== undefined && metadata.uid !== target.uid) await read(context.client, target, context.signal);
    if ((number(inner(current, "spec").replicas) ?? 0) === replicas) return { unchanged: true };
    try {
      await context.client.request({
        method: "PATCH",
        path,
        query: { fieldManager: "flowdeck", dryRun: context.dryRun ? "All" : undefined },
        // With what was read: who scaled it meanwhile is not overruled unseen.
        body: JSON.stringify({ metadata: { resourceVersion: metadata.resourceVersion }, spec: { replicas } }),
        contentType: "application/merge-patch+json",
        what,
        signal: context.signal,
      });
      return {};
    } catch (error) {
      if (attempt >= attempts || !(error instanceof FlowdeckError) || error.code !== "conflict") throw error;
    }
  }
}

/** The HorizontalPodAutoscaler that would set the replicas back; undefined when there is none, or they can't be read. */
export async function autoscalerOf(
  client: ClusterClient,
  target: ObjectTarget,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const all = await client.list("autoscaling/v2", "HorizontalPodAutoscaler", {
      ...(target.namespace === undefined ? {} : { namespace: target.namespace }),
      signal,
    });
    return all.find((autoscaler) => {
      const aim = inner(autoscaler, "spec", "scaleTargetRef");
      return (
        groupKindOf({ apiVersion: aim.apiVersion ?? "apps/v1", kind: aim.kind }) === groupKindOf(target) &&
        aim.name === target.name
      );
    })?.metadata.name;
  } catch (error) {
    if (error instanceof FlowdeckError && ["forbidden", "kind-unknown"].includes(error.code)) return undefined;
    throw error;
  }
}

/** What a version of a resource serves beside its objects: `scale`, `log`, `exec`. */
export async function subresourcesOf(
  client: ClusterClient,
  { group, version, plural }: { group: string; version: string; plural: string },
  signal: AbortSignal,
): Promise<string[]> {
  const path = group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
  const what = message("request.servedBy", { group: group || version });
  const { body } = await client.request({ path, what, signal });
  const names = records(parseAnswer(body, what, client.server).resources).map(({ name }) => String(name));
  return names.filter((name) => name.startsWith(`${plural}/`)).map((name) => name.slice(plural.length + 1));
}
