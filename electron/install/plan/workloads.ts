import type { Resources } from "../../../common/contract/index.ts";
import { at, list, number, text, textMap } from "../../../common/json/index.ts";
import { groupOf, isKind, parseQuantity } from "../../../common/kube/index.ts";
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
        ? at(object, "spec", "jobTemplate", "spec", "template")
        : at(object, "spec", "template");
  return {
    labels: textMap(at(template, "metadata", "labels")),
    annotations: textMap(at(template, "metadata", "annotations")),
    spec: at(template, "spec"),
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
      return number(at(object, "spec", "parallelism")) ?? 1;
    default:
      return number(at(object, "spec", "replicas")) ?? 1;
  }
}

export function containersOf(podSpec: unknown): { main: unknown[]; init: unknown[] } {
  return { main: list(at(podSpec, "containers")), init: list(at(podSpec, "initContainers")) };
}

export function imagesOf(podSpec: unknown): string[] {
  const { main, init } = containersOf(podSpec);
  return [...init, ...main].map((container) => text(at(container, "image"))).filter((image) => image !== undefined);
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
      at(container, "resources", "requests", resource) ?? at(container, "resources", "limits", resource) ?? undefined,
    );
  let sidecars = 0;
  let most = 0;
  for (const container of init) {
    if (at(container, "restartPolicy") === "Always") {
      sidecars += asks(container);
      most = Math.max(most, sidecars);
    } else {
      most = Math.max(most, sidecars + asks(container));
    }
  }
  const running = main.reduce<number>((sum, container) => sum + asks(container), sidecars);
  return Math.max(most, running) + amount(at(podSpec, "overhead", resource));
}

/** CPU (cores), memory and storage (bytes) and pods that an object asks for, all replicas counted. */
export function resourcesOf(object: KubeObject, nodes = 1): Resources {
  if (isKind(object, "/PersistentVolumeClaim")) {
    const storage = amount(at(object, "spec", "resources", "requests", "storage"));
    return { cpu: 0, memoryBytes: 0, storageBytes: storage, pods: 0 };
  }
  const template = podTemplateOf(object);
  if (!template) return { cpu: 0, memoryBytes: 0, storageBytes: 0, pods: 0 };
  const pods = replicasOf(object, nodes);
  const claims = list(at(object, "spec", "volumeClaimTemplates")).reduce<number>(
    (sum, claim) => sum + amount(at(claim, "spec", "resources", "requests", "storage")),
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
  add("ServiceAccount", at(podSpec, "serviceAccountName"));
  for (const volume of list(at(podSpec, "volumes"))) {
    add("Secret", at(volume, "secret", "secretName"), at(volume, "secret", "optional"));
    add("ConfigMap", at(volume, "configMap", "name"), at(volume, "configMap", "optional"));
    add("PersistentVolumeClaim", at(volume, "persistentVolumeClaim", "claimName"));
    for (const source of list(at(volume, "projected", "sources"))) {
      add("Secret", at(source, "secret", "name"), at(source, "secret", "optional"));
      add("ConfigMap", at(source, "configMap", "name"), at(source, "configMap", "optional"));
    }
  }
  const { main, init } = containersOf(podSpec);
  for (const container of [...init, ...main]) {
    for (const from of list(at(container, "envFrom"))) {
      add("Secret", at(from, "secretRef", "name"), at(from, "secretRef", "optional"));
      add("ConfigMap", at(from, "configMapRef", "name"), at(from, "configMapRef", "optional"));
    }
    for (const variable of list(at(container, "env"))) {
      const secret = at(variable, "valueFrom", "secretKeyRef");
      const config = at(variable, "valueFrom", "configMapKeyRef");
      add("Secret", at(secret, "name"), at(secret, "optional"));
      add("ConfigMap", at(config, "name"), at(config, "optional"));
    }
  }
  return inputs;
}
