import { FlowdeckError, type ObjectRef, type ObjectTarget } from "../../common/contract/index.ts";
import { list, number, text } from "../../common/json/index.ts";
import {
  atCondition,
  atContainer,
  atContainerPort,
  atDeployment,
  atPod,
  atPodSpec,
  atService,
  atServicePort,
  formatLabelSelector,
  isKind,
} from "../../common/kube/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterClient, KubeObject } from "../cluster/index.ts";

/** The pods that can answer for an object, and the port to ask them at. */
export interface Backing {
  namespace: string;
  /** One of the two is given, as the API takes it. */
  labelSelector?: string;
  fieldSelector?: string;
  /** The pod that was meant, taken as long as it is ready. */
  preferred?: string;
  /** The container's port in that pod; undefined when the pod has none by that name. */
  portIn(pod: KubeObject): number | undefined;
}

/**
 * Finds what stands behind a pod, a Service or anything with a pod selector. A pod that a controller made stands for
 * all pods of its topmost controller, so that its replacement is found.
 * @throws FlowdeckError `object-not-found`, or `not-allowed` where there are no pods to be found behind it.
 */
export async function backingOf(
  client: ClusterClient,
  target: ObjectTarget,
  port: number,
  signal?: AbortSignal,
): Promise<Backing> {
  const object = await read(client, target, signal);
  const namespace = object.metadata.namespace ?? "default";
  if (isKind(target, "/Pod")) {
    const { name } = object.metadata;
    const selector = await controllerSelector(client, object, signal);
    const which = selector === undefined ? { fieldSelector: `metadata.name=${name}` } : { labelSelector: selector };
    return { namespace, ...which, preferred: name, portIn: () => port };
  }
  const service = isKind(target, "/Service");
  const labelSelector = formatLabelSelector(atService(object, "spec", "selector"));
  if (labelSelector === undefined) {
    throw new FlowdeckError(
      "not-allowed",
      message("forward.noPods", { object: `${target.kind} ${namespace}/${target.name}` }),
    );
  }
  return { namespace, labelSelector, portIn: service ? servicePort(object, port) : () => port };
}

async function read(client: ClusterClient, target: ObjectTarget, signal?: AbortSignal): Promise<KubeObject> {
  const apiVersion = target.group === "" ? target.version : `${target.group}/${target.version}`;
  const { kind, name, namespace } = target;
  const object = await client.get({ apiVersion, kind, name, ...(namespace ? { namespace } : {}) }, signal);
  if (object !== undefined) return object;
  throw new FlowdeckError(
    "object-not-found",
    message("forward.objectMissing", { object: `${kind} ${namespace ? `${namespace}/` : ""}${name}` }),
  );
}

/** The selector of the pod's topmost controller that has one: a Deployment rather than its ReplicaSet. */
async function controllerSelector(
  client: ClusterClient,
  pod: KubeObject,
  signal?: AbortSignal,
): Promise<string | undefined> {
  let selector: string | undefined;
  let here: KubeObject | undefined = pod;
  // A chain of controllers is short; a loop in it would be a fault in the cluster.
  for (let depth = 0; depth < 5; depth++) {
    const owner: { apiVersion: string; kind: string; name: string } | undefined = here?.metadata.ownerReferences?.find(
      ({ controller }) => controller === true,
    );
    if (owner === undefined) break;
    const { namespace } = pod.metadata;
    const { apiVersion, kind, name } = owner;
    const ref: ObjectRef = { apiVersion, kind, name, ...(namespace ? { namespace } : {}) };
    // Whoever may not read the owner can still forward to the pod itself.
    here = await client.get(ref, signal).catch((error: unknown) => {
      if (error instanceof FlowdeckError && error.code === "forbidden") return undefined;
      throw error;
    });
    selector = formatLabelSelector(atDeployment(here, "spec", "selector")) ?? selector;
  }
  return selector;
}

/**
 * https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports: targetPort may be a container port's
 * name, and a number may stand there once for each protocol. Only TCP is forwarded.
 */
function servicePort(service: KubeObject, port: number): Backing["portIn"] {
  const entry = list(atService(service, "spec", "ports")).find(
    (candidate) => atServicePort(candidate, "port") === port && isTcp(candidate),
  );
  const wanted = atServicePort(entry, "targetPort") ?? port;
  return (pod) => number(wanted) ?? containerPorts(pod).find(({ name }) => name === text(wanted))?.port;
}

/** Ports that the containers of a pod (or of a pod template's holder) name. */
export function containerPorts(object: unknown): { port: number; name?: string; container: string }[] {
  const spec = atDeployment(object, "spec", "template", "spec") ?? atPod(object, "spec");
  return [...list(atPodSpec(spec, "containers")), ...list(atPodSpec(spec, "initContainers"))].flatMap((container) =>
    list(atContainer(container, "ports")).flatMap((entry) => {
      const port = number(atContainerPort(entry, "containerPort"));
      const name = text(atContainerPort(entry, "name"));
      if (port === undefined || !isTcp(entry)) return [];
      return [{ port, container: text(atContainer(container, "name")) ?? "", ...(name ? { name } : {}) }];
    }),
  );
}

function isTcp(port: unknown): boolean {
  return (text(atContainerPort(port, "protocol")) ?? "TCP") === "TCP";
}

/** Every port of `target` that could be forwarded, as its Service or its containers name them. */
export async function portsOf(client: ClusterClient, target: ObjectTarget, signal?: AbortSignal) {
  const object = await read(client, target, signal);
  if (!isKind(target, "/Service")) return containerPorts(object);
  return list(atService(object, "spec", "ports")).flatMap((entry) => {
    const port = number(atServicePort(entry, "port"));
    const name = text(atServicePort(entry, "name"));
    return port === undefined || !isTcp(entry) ? [] : [{ port, ...(name ? { name } : {}) }];
  });
}

export function isReady(pod: KubeObject): boolean {
  if (pod.metadata.deletionTimestamp !== undefined || atPod(pod, "status", "phase") !== "Running") return false;
  return list(atPod(pod, "status", "conditions")).some(
    (condition) => atCondition(condition, "type") === "Ready" && atCondition(condition, "status") === "True",
  );
}
