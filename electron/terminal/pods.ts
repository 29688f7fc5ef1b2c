import { FlowdeckError, type ObjectTarget, type PodOwner } from "../../common/contract/index.ts";
import { list, number, text } from "../../common/json/index.ts";
import {
  atCondition,
  atContainer,
  atContainerStatus,
  atDeployment,
  atPod,
  atTerminated,
  formatLabelSelector,
  isKind,
} from "../../common/kube/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import type { ClusterClient, KubeObject } from "../cluster/index.ts";

/** A container of a running pod. */
export interface PodContainer {
  namespace: string;
  pod: string;
  uid: string;
  container: string;
  /** The run of it that is there now, as its runtime calls it; a restart gets another. */
  containerId?: string;
  /** What to look at for a pod that replaces this one. */
  workload?: PodOwner;
  /** Of the container's own process. */
  stdin: boolean;
  tty: boolean;
  windows: boolean;
}

const defaultContainer = "kubectl.kubernetes.io/default-container";

/**
 * The pod that is meant, and its container: the pod itself, a workload's newest pod, or the newest of `workload` where
 * the pod is gone. Throws `object-not-found` with what is missing.
 */
export async function takePod(
  client: ClusterClient,
  wanted: { target: ObjectTarget; container?: string | undefined; workload?: PodOwner | undefined },
  signal: AbortSignal,
): Promise<PodContainer> {
  const { target, workload } = wanted;
  const namespace = target.namespace ?? "default";
  if (!isKind(target, "/Pod")) {
    const apiVersion = target.group === "" ? target.version : `${target.group}/${target.version}`;
    const pod = await newestPod(client, { apiVersion, kind: target.kind, name: target.name }, namespace, signal);
    return containerOf(client, pod, wanted.container, signal);
  }
  const pod = await client.get({ apiVersion: "v1", kind: "Pod", namespace, name: target.name }, signal);
  if (isSame(pod, target.uid) && !isEnding(pod)) return containerOf(client, pod, wanted.container, signal);
  if (workload !== undefined) {
    return containerOf(client, await newestPod(client, workload, namespace, signal), wanted.container, signal);
  }
  throw notThere(message("terminal.podMissing", { pod: `${namespace}/${target.name}` }));
}

/** The exit code of one run of a container, once the node has written it down; also after the next run began. */
export function exitCodeOf(pod: KubeObject, containerId: string): number | undefined {
  const ends = statusesOf(pod).flatMap((status) => [
    atContainerStatus(status, "state", "terminated"),
    atContainerStatus(status, "lastState", "terminated"),
  ]);
  return number(
    atTerminated(
      ends.find((end) => atTerminated(end, "containerID") === containerId),
      "exitCode",
    ),
  );
}

function statusesOf(pod: KubeObject): unknown[] {
  const kinds = ["containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"] as const;
  return kinds.flatMap((kind) => list(atPod(pod, "status", kind)));
}

/** Whether it is there and still the one that was meant. */
export function isSame(pod: KubeObject | undefined, uid: string | undefined): pod is KubeObject {
  return pod !== undefined && (uid === undefined || pod.metadata.uid === uid);
}

export function isEnding(pod: KubeObject): boolean {
  return pod.metadata.deletionTimestamp !== undefined;
}

async function newestPod(
  client: ClusterClient,
  owner: PodOwner,
  namespace: string,
  signal: AbortSignal,
): Promise<KubeObject> {
  const named = `${owner.kind} ${namespace}/${owner.name}`;
  const object = await client.get({ ...owner, namespace }, signal);
  if (object === undefined) throw notThere(message("terminal.objectMissing", { object: named }));
  const labelSelector = formatLabelSelector(atDeployment(object, "spec", "selector"));
  if (labelSelector === undefined) throw notThere(message("terminal.noSelector", { object: named }));
  const pods = await client.list("v1", "Pod", { namespace, labelSelector, signal });
  const running = pods.filter((pod) => atPod(pod, "status", "phase") === "Running" && !isEnding(pod));
  const [newest] = running.toSorted((a, b) => Number(isReady(b)) - Number(isReady(a)) || made(b) - made(a));
  if (newest === undefined) throw notThere(message("terminal.noRunningPod", { object: named }));
  return newest;
}

async function containerOf(
  client: ClusterClient,
  pod: KubeObject,
  wanted: string | undefined,
  signal: AbortSignal,
): Promise<PodContainer> {
  const { name, namespace = "default", uid = "", annotations } = pod.metadata;
  const containers = list(atPod(pod, "spec", "containers"));
  const all = [
    ...containers,
    ...list(atPod(pod, "spec", "initContainers")),
    ...list(atPod(pod, "spec", "ephemeralContainers")),
  ];
  const named = (container: string | undefined) => all.find((entry) => atContainer(entry, "name") === container);
  // As kubectl's choice, but for a first container that can't be entered because it does not run.
  const runs = list(atPod(pod, "status", "containerStatuses")).find((status) =>
    atContainerStatus(status, "state", "running"),
  );
  const usual = named(annotations?.[defaultContainer]) ?? named(text(atContainerStatus(runs, "name"))) ?? containers[0];
  const chosen = wanted === undefined ? usual : named(wanted);
  const container = text(atContainer(chosen, "name"));
  if (container === undefined) {
    const names = all.map((entry) => atContainer(entry, "name")).join(", ");
    throw notThere(
      message("terminal.noContainer", { pod: `${namespace}/${name}`, container: wanted ?? "" }),
      message("terminal.containers", { containers: names }),
    );
  }
  const workload = await workloadOf(client, pod, signal);
  const containerId = text(
    atContainerStatus(
      statusesOf(pod).find((status) => atContainerStatus(status, "name") === container),
      "containerID",
    ),
  );
  return {
    namespace,
    pod: name,
    uid,
    container,
    ...(containerId ? { containerId } : {}),
    ...(workload === undefined ? {} : { workload }),
    stdin: atContainer(chosen, "stdin") === true,
    tty: atContainer(chosen, "tty") === true,
    windows: isWindows(pod),
  };
}

/** What will have another pod when this one is gone: the controller of its controller (a Deployment) or its controller. */
async function workloadOf(client: ClusterClient, pod: KubeObject, signal: AbortSignal): Promise<PodOwner | undefined> {
  const controller = controllerOf(pod);
  if (controller === undefined || !isKind(controller, "apps/ReplicaSet")) return controller;
  try {
    const set = await client.get({ ...controller, namespace: pod.metadata.namespace ?? "default" }, signal);
    return (set && controllerOf(set)) ?? controller;
  } catch (error) {
    // Whoever may only see pods still gets a shell.
    if (error instanceof FlowdeckError && error.code === "forbidden") return controller;
    throw error;
  }
}

function controllerOf(object: KubeObject): PodOwner | undefined {
  const owner = object.metadata.ownerReferences?.find(({ controller }) => controller === true);
  return owner && { apiVersion: owner.apiVersion, kind: owner.kind, name: owner.name };
}

function isReady(pod: KubeObject): boolean {
  const ready = list(atPod(pod, "status", "conditions")).find(
    (condition) => atCondition(condition, "type") === "Ready",
  );
  return atCondition(ready, "status") === "True";
}

function isWindows(pod: KubeObject): boolean {
  const os = atPod(pod, "spec", "os", "name") ?? atPod(pod, "spec", "nodeSelector", "kubernetes.io/os");
  return os === "windows";
}

function made(pod: KubeObject): number {
  return Date.parse(pod.metadata.creationTimestamp ?? "") || 0;
}

function notThere(said: Message, advice?: Message): FlowdeckError {
  return new FlowdeckError("object-not-found", said, advice === undefined ? {} : { advice });
}
