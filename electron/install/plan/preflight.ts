import {
  type AppError,
  type Fix,
  FlowdeckError,
  fitOfCluster,
  fixOf,
  isOlder,
  type Nodes,
  type Platform,
} from "../../../common/contract/index.ts";
import { list, text } from "../../../common/json/index.ts";
import { atClaim, atNode, atPod, atStorageClass, atTaint, isKind, parseQuantity } from "../../../common/kube/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import { describe } from "../objects.ts";
import { needsOfPlan, nodesWithRoom } from "./node-room.ts";
import type { Plan, PlanNode } from "./plan-types.ts";
import { preemptingClasses } from "./preemption.ts";
import { podRequest, resourcesOf } from "./workloads.ts";

/** What the cluster has, as far as this user may see it. CPU in cores, memory in bytes. */
export interface Capacity {
  /** git version of the server. */
  version: string;
  nodes: number;
  free?: { cpu: number; memoryBytes: number };
  /** Each node with what it has left. */
  rooms?: Nodes[];
  defaultStorageClass?: string;
  /** What provides the volumes of the default StorageClass. */
  provisioner?: string;
  /** Names of the CSI drivers, if they can be read. */
  csiDrivers?: string[];
  storageClasses: string[];
  priorityClasses?: readonly KubeObject[];
}

/** Reads the cluster's capacity; what this user may not see is left out. */
export async function readCapacity(client: ClusterClient, signal: AbortSignal): Promise<Capacity> {
  const orNothing = async (kind: string, apiVersion: string) => {
    try {
      return await client.list(apiVersion, kind, { signal });
    } catch (error) {
      if (error instanceof FlowdeckError && error.code === "forbidden") return undefined;
      throw error;
    }
  };
  const [version, nodes, pods, classes, priorities, drivers] = await Promise.all([
    client.version(signal),
    orNothing("Node", "v1"),
    orNothing("Pod", "v1"),
    orNothing("StorageClass", "storage.k8s.io/v1"),
    orNothing("PriorityClass", "scheduling.k8s.io/v1"),
    orNothing("CSIDriver", "storage.k8s.io/v1"),
  ]);
  const usable = (nodes ?? []).filter(isUsable);
  const isDefault = (item: KubeObject) =>
    item.metadata.annotations?.["storageclass.kubernetes.io/is-default-class"] === "true";
  const standard = classes?.find(isDefault);
  const provisioner = text(atStorageClass(standard, "provisioner"));
  return {
    version,
    nodes: Math.max(1, usable.length),
    ...(nodes && pods ? { free: freeOn(usable, pods), rooms: nodesWithRoom(nodes, pods) } : {}),
    ...(standard ? { defaultStorageClass: standard.metadata.name } : {}),
    ...(provisioner ? { provisioner } : {}),
    ...(drivers ? { csiDrivers: drivers.map((item) => item.metadata.name) } : {}),
    storageClasses: (classes ?? []).map((item) => item.metadata.name),
    ...(priorities ? { priorityClasses: priorities } : {}),
  };
}

function isUsable(node: KubeObject): boolean {
  if (atNode(node, "spec", "unschedulable") === true) return false;
  return !list(atNode(node, "spec", "taints")).some((taint) =>
    ["NoSchedule", "NoExecute"].includes(text(atTaint(taint, "effect")) ?? ""),
  );
}

/** Allocatable of the nodes less what the pods on them ask for. */
export function freeOn(
  nodes: readonly KubeObject[],
  pods: readonly KubeObject[],
): { cpu: number; memoryBytes: number } {
  const names = new Set(nodes.map((node) => node.metadata.name));
  const there = pods.filter(
    (pod) =>
      names.has(text(atPod(pod, "spec", "nodeName")) ?? "") &&
      !["Succeeded", "Failed"].includes(text(atPod(pod, "status", "phase")) ?? ""),
  );
  const free = (resource: "cpu" | "memory") =>
    nodes.reduce((sum, node) => sum + (parseQuantity(atNode(node, "status", "allocatable", resource)) ?? 0), 0) -
    there.reduce((sum, pod) => sum + podRequest(pod.spec, resource), 0);
  return { cpu: free("cpu"), memoryBytes: free("memory") };
}

/** What speaks against installing this plan on this cluster now; none of it is final. Pure. */
export function warningsFor(
  plan: Plan,
  capacity: Capacity,
  kubernetesMin: string,
  more: { platform?: Platform; architectures?: readonly string[] | undefined } = {},
): AppError[] {
  const { warnings, warn } = collected();

  if (isOlder(capacity.version, kubernetesMin)) {
    warn("server-unsupported", message("preflight.oldVersion", { version: capacity.version, minimum: kubernetesMin }));
  }
  const claims = claimsOf(plan);
  const first = claims[0];
  if (first && !capacity.defaultStorageClass) {
    const others = capacity.storageClasses;
    warn("plan-invalid", message("preflight.noStorageClass", { count: claims.length, example: describe(first.ref) }), {
      advice:
        others.length > 0
          ? message("preflight.storageClasses", { names: others.join(", ") })
          : message("preflight.staysPending"),
      fix: fixOf("storage-class", message("fix.storageClass")),
    });
  }
  const noDriver = more.platform === "eks" ? ebsDriverProblem(plan, capacity) : undefined;
  if (noDriver) warn("plan-invalid", noDriver, { advice: message("preflight.ebsDriverAdvice") });
  if (capacity.free) warnAboutRoom(plan, { ...capacity, ...more, free: capacity.free }, warn);
  for (const [what, nodes] of foreignParts(plan)) {
    warn("conflict", message("preflight.foreign", { name: what, count: nodes }), {
      advice: message("preflight.foreignAdvice"),
    });
  }
  return warnings;
}

/** What of CPU, memory and pods this plan lacks on this cluster; nothing where the cluster does not say what it has. Pure. */
export function missingRoom(
  plan: PlannedNodes,
  { free, ...capacity }: Capacity,
  architectures: readonly string[] | undefined,
): AppError[] {
  const { warnings, warn } = collected();
  if (free) warnAboutRoom(plan, { ...capacity, free, architectures }, warn);
  return warnings;
}

function collected(): { warnings: AppError[]; warn: Warn } {
  const warnings: AppError[] = [];
  return {
    warnings,
    warn: (code, said, { advice, fix } = {}) => {
      const context = { ...(advice ? { advice } : {}), ...(fix ? { fix } : {}) };
      warnings.push(new FlowdeckError(code, said, context).toJSON());
    },
  };
}

type Warn = (code: AppError["code"], said: Message, more?: { advice?: Message; fix?: Fix }) => void;

/**
 * EKS brings no driver for its own disks, and StorageClasses that name it all the same. Undefined where no claim of the
 * plan needs it, or where it is there. Pure.
 */
export function ebsDriverProblem(
  plan: PlannedNodes,
  { provisioner, csiDrivers, defaultStorageClass: name }: Capacity,
): Message | undefined {
  const count = claimsOf(plan).length;
  const ebs = ["ebs.csi.aws.com", "kubernetes.io/aws-ebs"];
  // with Auto Mode, EKS has a driver of another name
  if (count === 0 || csiDrivers?.some((driver) => /^ebs\.csi\./.test(driver)) !== false) return undefined;
  if (provisioner !== undefined && !ebs.includes(provisioner)) return undefined;
  const claims = message("preflight.claims", { count });
  return name === undefined
    ? message("preflight.ebsDriverNoClass", { claims })
    : message("preflight.ebsDriver", { claims, name });
}

/** Claims that leave the StorageClass to the cluster. */
function claimsOf({ nodes }: PlannedNodes): PlanNode[] {
  return nodes.filter(
    ({ object }) =>
      isKind(object, "/PersistentVolumeClaim") && atClaim(object, "spec", "storageClassName") === undefined,
  );
}

interface PlannedNodes {
  nodes: readonly PlanNode[];
}

interface Room extends Capacity {
  free: { cpu: number; memoryBytes: number };
  /** Architectures that all images have; any, where that is not known. */
  architectures?: readonly string[] | undefined;
}

function warnAboutRoom(plan: PlannedNodes, capacity: Room, warn: Warn): void {
  const { free, rooms } = capacity;

  // What runs already is counted in what is not free.
  const created = plan.nodes.filter(({ live }) => live === undefined);
  const added = created.map((node) => resourcesOf(node.object, capacity.nodes));
  const cpu = added.reduce((sum, one) => sum + one.cpu, 0);
  const memory = added.reduce((sum, one) => sum + one.memoryBytes, 0);
  const more = fixOf("add-capacity", message("fix.addCapacity"));
  if (cpu > free.cpu) {
    warn("plan-invalid", message("preflight.cpu", { wanted: cpu.toFixed(1), free: Math.max(0, free.cpu).toFixed(1) }), {
      fix: more,
    });
  }
  if (memory > free.memoryBytes) {
    warn(
      "plan-invalid",
      message("preflight.memory", { wanted: gib(memory), free: gib(Math.max(0, free.memoryBytes)) }),
      { fix: more },
    );
  }
  const any = rooms?.map(({ architecture }) => architecture) ?? [];
  const needs = needsOfPlan(created, capacity.nodes, capacity.architectures ?? any);
  if (needs && rooms && cpu <= free.cpu && memory <= free.memoryBytes) {
    const { verdict, because } = fitOfCluster(rooms, needs);
    if (verdict === "too-small" || verdict === "unsuitable")
      warn("plan-invalid", message("preflight.nodes", { because }), { fix: more });
  }
  const preempting = preemptingClasses(plan, capacity.priorityClasses ?? []);
  if (preempting.length === 0 || (cpu <= free.cpu && memory <= free.memoryBytes)) return;
  const names = preempting.map(({ name, priority }) => `${name} (${priority})`).join(", ");
  warn("plan-invalid", message("preflight.preempting", { names }), {
    advice: message("preflight.preemptingAdvice"),
    fix: more,
  });
}

/** Well-known systems among the objects that are there and not ours, with how many objects of each. */
function foreignParts(plan: Plan): Map<string, number> {
  const parts = new Map<string, number>();
  const titles = new Map(plan.components.map(({ id, title }) => [id, title]));
  for (const node of plan.nodes) {
    if (!node.foreign || isKind(node.ref, "/Namespace")) continue;
    const what = titles.get(node.component) ?? node.component;
    parts.set(what, (parts.get(what) ?? 0) + 1);
  }
  return parts;
}

const gib = (bytes: number) => (bytes / 2 ** 30).toFixed(1);
