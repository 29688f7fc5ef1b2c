import { FlowdeckError, type ObjectRef, type ObjectTarget } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import { type ClusterClient, type KubeObject, statusOf } from "../cluster/index.ts";

export interface PodContainer {
  target: ObjectTarget;
  container: string;
}

/** Where commands for it run. */
export function placeOf({ target, container }: PodContainer): { namespace: string; pod: string; container: string } {
  return { namespace: target.namespace ?? "default", pod: target.name, container };
}

export function refOf(target: ObjectTarget): ObjectRef {
  return {
    apiVersion: apiVersionOf(target),
    kind: target.kind,
    name: target.name,
    ...(target.namespace === undefined ? {} : { namespace: target.namespace }),
  };
}

export function apiVersionOf({ group, version }: { group: string; version: string }): string {
  return group === "" ? version : `${group}/${version}`;
}

/** "Deployment kubeflow/ml-pipeline" */
export function named({ kind, namespace, name }: Pick<ObjectTarget, "kind" | "namespace" | "name">): string {
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}

export function pathOf(client: ClusterClient, target: ObjectTarget, subresource?: string): string {
  const { group, version, plural, namespace, name } = target;
  return client.pathOf(
    { group, version, plural, namespaced: namespace !== undefined },
    { name, ...(namespace === undefined ? {} : { namespace }), ...(subresource === undefined ? {} : { subresource }) },
  );
}

/** The very object that was meant. Throws `object-not-found` when it is gone, or another one has its name now. */
export async function read(client: ClusterClient, target: ObjectTarget, signal?: AbortSignal): Promise<KubeObject> {
  const object = await client.get(refOf(target), signal);
  if (object === undefined)
    throw new FlowdeckError("object-not-found", message("action.objectMissing", { object: named(target) }));
  if (target.uid !== undefined && object.metadata.uid !== target.uid) throw replaced(target);
  return object;
}

function replaced(target: ObjectTarget, cause?: unknown): FlowdeckError {
  return new FlowdeckError(
    "object-not-found",
    message("action.replaced", { object: named(target) }),
    cause === undefined ? {} : { cause },
  );
}

/** The error of a write whose body named the uid: that the object is another one now is said as such. */
export function writeError(target: ObjectTarget, error: unknown): unknown {
  if (!(error instanceof FlowdeckError) || target.uid === undefined) return error;
  const refusal = statusOf(error);
  const uidRefused =
    refusal?.details.causes.some(({ field }) => field === "metadata.uid") ||
    /uid in (the )?precondition|\/metadata\/uid/i.test(refusal?.message ?? "");
  return uidRefused ? replaced(target, error) : error;
}
