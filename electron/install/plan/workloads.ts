import type { Resources } from "../../../common/contract/index.ts";
import { at, list, number, text, textMap } from "../../../common/json/index.ts";
import {
  atClaim,
  atContainer,
  atCronJob,
  atDeployment,
  atEnvFrom,
  atEnvVar,
  atJob,
  atPodSpec,
  atPodTemplate,
  atPodVolume,
  atProjection,
  atStatefulSet,
  groupOf,
  isKind,
  parseQuantity,
} from "../../../common/kube/index.ts";
import type { KubeObject } from "../../cluster/index.ts";

const amount = (written: unknown): number => parseQuantity(written) ?? 0;

export interface PodTemplate {
  labels: Record<string, string>;
  annotations: Record<string, string>;
  spec: unknown;
}

const workloadGroups: Record<string, string> = {
  Deployment: "apps",
  StatefulSet: "apps",
  DaemonSet: "apps",
  ReplicaSet: "apps",
  Job: "batch",
  CronJob: "batch",
  Pod: "",
  ReplicationController: "",
};

/** Kinds that run pods and that readiness waits for. */
export function isWorkload(object: { apiVersion: string; kind: string }): boolean {
  return workloadGroups[object.kind] === groupOf(object.apiVersion);
}

/** The pods that an object makes, or undefined when it makes none. */
export function podTemplateOf(object: KubeObject): PodTemplate | undefined {
  if (!isWorkload(object)) return undefined;
  const template =
    object.kind === "Pod"
      ? object
      : object.kind === "CronJob"
        ? atCronJob(object, "spec", "jobTemplate", "spec", "template")
        : atDeployment(object, "spec", "template");
  return {
    labels: textMap(atPodTemplate(template, "metadata", "labels")),
    annotations: textMap(atPodTemplate(template, "metadata", "annotations")),
    spec: atPodTemplate(template, "spec"),
  };
}

/** Pods it keeps running; `nodes` for a DaemonSet, 0 for a CronJob between its runs. */
export function replicasOf(object: KubeObject, nodes = 1): number {
  switch (object.kind) {
    case "DaemonSet":
      return nodes;
    case "CronJob":
      return 0;
    case "Pod":
      return 1;
    case "Job":
      return number(atJob(object, "spec", "parallelism")) ?? 1;
    default:
      return number(atDeployment(object, "spec", "replicas")) ?? 1;
  }
}

export function containersOf(podSpec: unknown): { main: unknown[]; init: unknown[] } {
  return { main: list(atPodSpec(podSpec, "containers")), init: list(atPodSpec(podSpec, "initContainers")) };
}

export function imagesOf(podSpec: unknown): string[] {
  const { main, init } = containersOf(podSpec);
  return [...init, ...main]
    .map((container) => text(atContainer(container, "image")))
    .filter((image) => image !== undefined);
}

/**
 * What one pod asks of a node: the sum over its containers, or more where an init container needs more. An init
 * container with restartPolicy Always keeps running (a sidecar), so it adds to what comes after it.
 * https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function podRequest(podSpec: unknown, resource: "cpu" | "memory"): number {
  const { main, init } = containersOf(podSpec);
  const asks = (container: unknown) =>
    amount(
      atContainer(container, "resources", "requests", resource) ??
        atContainer(container, "resources", "limits", resource) ??
        undefined,
    );
  let sidecars = 0;
  let most = 0;
  for (const container of init) {
    if (atContainer(container, "restartPolicy") === "Always") {
      sidecars += asks(container);
      most = Math.max(most, sidecars);
    } else {
      most = Math.max(most, sidecars + asks(container));
    }
  }
  const running = main.reduce<number>((sum, container) => sum + asks(container), sidecars);
  return Math.max(most, running) + amount(atPodSpec(podSpec, "overhead", resource));
}

/** CPU (cores), memory and storage (bytes) and pods that an object asks for, all replicas counted. */
export function resourcesOf(object: KubeObject, nodes = 1): Resources {
  if (isKind(object, "/PersistentVolumeClaim")) {
    const storage = amount(atClaim(object, "spec", "resources", "requests", "storage"));
    return { cpu: 0, memoryBytes: 0, storageBytes: storage, pods: 0 };
  }
  const template = podTemplateOf(object);
  if (!template) return { cpu: 0, memoryBytes: 0, storageBytes: 0, pods: 0 };
  const pods = replicasOf(object, nodes);
  const claims = list(atStatefulSet(object, "spec", "volumeClaimTemplates")).reduce<number>(
    (sum, claim) => sum + amount(atClaim(claim, "spec", "resources", "requests", "storage")),
    0,
  );
  return {
    cpu: pods * podRequest(template.spec, "cpu"),
    memoryBytes: pods * podRequest(template.spec, "memory"),
    storageBytes: pods * claims,
    pods,
  };
}

export function addResources(sum: Resources, more: Resources): Resources {
  return {
    cpu: sum.cpu + more.cpu,
    memoryBytes: sum.memoryBytes + more.memoryBytes,
    storageBytes: sum.storageBytes + more.storageBytes,
    pods: sum.pods + more.pods,
  };
}

export const noResources: Resources = { cpu: 0, memoryBytes: 0, storageBytes: 0, pods: 0 };

export interface PodInput {
  kind: "Secret" | "ConfigMap" | "PersistentVolumeClaim" | "ServiceAccount";
  name: string;
  optional: boolean;
}

/** The objects of its own namespace that a pod cannot start without (or, `optional`, would use). */
export function podInputs(podSpec: unknown): PodInput[] {
  const inputs: PodInput[] = [];
  const add = (kind: PodInput["kind"], name: unknown, optional: unknown = false) => {
    if (typeof name === "string" && name !== "") inputs.push({ kind, name, optional: optional === true });
  };
  add("ServiceAccount", atPodSpec(podSpec, "serviceAccountName"));
  for (const secret of list(atPodSpec(podSpec, "imagePullSecrets"))) add("Secret", at(secret, "name"), true);
  for (const volume of list(atPodSpec(podSpec, "volumes"))) {
    add("Secret", atPodVolume(volume, "secret", "secretName"), atPodVolume(volume, "secret", "optional"));
    add("ConfigMap", atPodVolume(volume, "configMap", "name"), atPodVolume(volume, "configMap", "optional"));
    add("PersistentVolumeClaim", atPodVolume(volume, "persistentVolumeClaim", "claimName"));
    for (const source of list(atPodVolume(volume, "projected", "sources"))) {
      add("Secret", atProjection(source, "secret", "name"), atProjection(source, "secret", "optional"));
      add("ConfigMap", atProjection(source, "configMap", "name"), atProjection(source, "configMap", "optional"));
    }
  }
  const { main, init } = containersOf(podSpec);
  for (const container of [...init, ...main]) {
    for (const from of list(atContainer(container, "envFrom"))) {
      add("Secret", atEnvFrom(from, "secretRef", "name"), atEnvFrom(from, "secretRef", "optional"));
      add("ConfigMap", atEnvFrom(from, "configMapRef", "name"), atEnvFrom(from, "configMapRef", "optional"));
    }
    for (const variable of list(atContainer(container, "env"))) {
      const from = (source: "secretKeyRef" | "configMapKeyRef", field: "name" | "optional") =>
        atEnvVar(variable, "valueFrom", source, field);
      add("Secret", from("secretKeyRef", "name"), from("secretKeyRef", "optional"));
      add("ConfigMap", from("configMapKeyRef", "name"), from("configMapKeyRef", "optional"));
    }
  }
  return inputs;
}
