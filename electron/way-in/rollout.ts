import { type AppError, FlowdeckError, type ObjectRef } from "../../common/contract/index.ts";
import { at, textMap } from "../../common/json/index.ts";
import { health, rolloutOf, selects } from "../../common/kube/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import type { ClusterClient, KubeObject } from "../cluster/index.ts";
import type { Dashboard } from "./where-it-answers.ts";

type Reading = Pick<ClusterClient, "get" | "list">;

/** How far the pods are that a change of the way in restarts or needs. */
export interface RolloutState {
  /** How many Deployments have all their pods. */
  done: number;
  /** What is waited for; absent once nothing is. */
  waitsFor?: Message;
  /** A Deployment that will not come up by itself. */
  failed?: AppError;
}

/** The Deployments whose pods the dashboard's Service leads to: the gateway. */
export async function behindService(
  client: Reading,
  { namespace, service: name }: Dashboard,
  signal: AbortSignal,
): Promise<ObjectRef[]> {
  const service = await client.get({ apiVersion: "v1", kind: "Service", namespace, name }, signal);
  const selector = textMap(at(service, "spec", "selector"));
  if (Object.keys(selector).length === 0) return [];
  // Who may not list them waits for what was changed only.
  const deployments = await client.list("apps/v1", "Deployment", { namespace, signal }).catch(() => []);
  return deployments
    .filter((one) => selects({ matchLabels: selector }, textMap(at(one, "spec", "template", "metadata", "labels"))))
    .map(({ metadata }) => ({ apiVersion: "apps/v1", kind: "Deployment", namespace, name: metadata.name }));
}

/** A Deployment that is waited for until all its pods are those of the change, or that has to have a pod that answers. */
export interface Awaited {
  ref: ObjectRef;
  until: "rolled-out" | "available";
}

/** Throws what the API server answers. */
export async function readRollouts(
  client: Reading,
  awaited: readonly Awaited[],
  signal: AbortSignal,
): Promise<RolloutState> {
  return rolloutState(
    await Promise.all(awaited.map(async (one) => ({ ...one, live: await client.get(one.ref, signal) }))),
  );
}

function noPod(deployment: string): AppError {
  const said = message("wayIn.rolloutNone", { deployment });
  return new FlowdeckError("workload-failed", said, { advice: message("wayIn.rolloutWay") }).toJSON();
}

/** Pure. */
export function rolloutState(all: readonly (Awaited & { live: KubeObject | undefined })[]): RolloutState {
  let done = 0;
  let waitsFor: Message | undefined;
  for (const { ref, until, live } of all) {
    const deployment = `${ref.namespace ?? ""}/${ref.name}`;
    if (live === undefined) {
      const failed = new FlowdeckError("not-found", message("wayIn.rolloutGone", { deployment })).toJSON();
      return { done, failed };
    }
    const { state, updated, available, desired, paused } = rolloutOf(live);
    if (until === "available") {
      if (available === 0) return { done, failed: noPod(deployment) };
      done += 1;
      continue;
    }
    if (state === "failed" || (paused && state === "waiting")) {
      const { words } = health(live);
      const said = paused
        ? message("wayIn.rolloutPaused", { deployment })
        : message("wayIn.rolloutFailed", { deployment });
      const failed = new FlowdeckError("workload-failed", said, {
        advice: message("wayIn.rolloutWay"),
        ...(words && !paused ? { detail: words } : {}),
      });
      return { done, failed: failed.toJSON() };
    }
    if (state === "waiting") {
      const ready = String(Math.min(updated, available));
      waitsFor ??= message("wayIn.rolloutWaits", { deployment, ready, desired: String(desired) });
    } else done += 1;
  }
  return { done, ...(waitsFor ? { waitsFor } : {}) };
}
