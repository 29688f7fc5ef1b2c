import { at, list, text, texts } from "../../../common/json/index.ts";
import { atContainer, atNode, atPod, parseQuantity } from "../../../common/kube/index.ts";
import type { KubeObject } from "../../cluster/index.ts";
import { type Look, lookBeside } from "../live-query.ts";
import { quantities } from "./containers.ts";
import {
  age,
  annotationLines,
  conditionTable,
  created,
  type Describer,
  date,
  eventTable,
  labelLines,
  sorted,
  word,
  wordOr,
} from "./describe-helpers.ts";
import type { Sheet } from "./describe-writer.ts";

const rolePrefix = "node-role.kubernetes.io/";

export const describeNode: Describer = (sheet, node, look) => {
  const { name, labels, annotations } = node.metadata;
  sheet.pair("Name", name);
  const roles = Object.entries(labels ?? {}).flatMap(([key, value]) =>
    key.startsWith(rolePrefix) && key.length > rolePrefix.length
      ? key.slice(rolePrefix.length)
      : key === "kubernetes.io/role" && value
        ? value
        : [],
  );
  sheet.pair("Roles", [...new Set(roles)].toSorted().join(",") || "<none>");
  labelLines(sheet, "Labels", labels);
  annotationLines(sheet, annotations);
  created(sheet, node);
  const taints = list(atNode(node, "spec", "taints")).map((taint) => {
    const value = wordOr("", taint, "value");
    return `${wordOr("", taint, "key")}${value ? `=${value}` : ""}:${wordOr("", taint, "effect")}`;
  });
  sheet.values("Taints", taints.toSorted());
  sheet.pair("Unschedulable", atNode(node, "spec", "unschedulable") === true);
  lease(sheet, name, look);
  conditionTable(sheet, node, ["Type", "Status", "LastHeartbeatTime", "LastTransitionTime", "Reason", "Message"]);
  sheet.heading("Addresses");
  for (const address of list(atNode(node, "status", "addresses"))) {
    sheet.pair(wordOr("", address, "type"), wordOr("", address, "address"), 1);
  }
  for (const [title, field] of [
    ["Capacity", "capacity"],
    ["Allocatable", "allocatable"],
  ] as const) {
    sheet.heading(title);
    for (const [resource, amount] of sorted(quantities(at(node, "status", field)))) sheet.pair(resource, amount, 1);
  }
  systemInfo(sheet, node);
  sheet.pair("PodCIDR", word(node, "spec", "podCIDR") || undefined);
  sheet.pair("PodCIDRs", texts(atNode(node, "spec", "podCIDRs")).join(",") || undefined);
  sheet.pair("ProviderID", word(node, "spec", "providerID") || undefined);
  podsOnNode(sheet, node, look);
  eventTable(sheet, node, look);
};

function lease(sheet: Sheet, name: string, look: Look): void {
  const { object } = lookBeside(look, {
    apiVersion: "coordination.k8s.io/v1",
    kind: "Lease",
    namespace: "kube-node-lease",
    name,
  });
  if (object === undefined) {
    sheet.pair("Lease", "Failed to get lease");
    return;
  }
  const time = (field: string) => {
    const value = at(object, "spec", field);
    return value === undefined ? "<unset>" : date(value);
  };
  sheet.heading("Lease");
  sheet.pair("HolderIdentity", wordOr("<unset>", object, "spec", "holderIdentity"), 1);
  sheet.pair("AcquireTime", time("acquireTime"), 1).pair("RenewTime", time("renewTime"), 1);
}

function systemInfo(sheet: Sheet, node: unknown): void {
  sheet.heading("System Info");
  for (const [label, field] of [
    ["Machine ID", "machineID"],
    ["System UUID", "systemUUID"],
    ["Boot ID", "bootID"],
    ["Kernel Version", "kernelVersion"],
    ["OS Image", "osImage"],
    ["Operating System", "operatingSystem"],
    ["Architecture", "architecture"],
    ["Container Runtime Version", "containerRuntimeVersion"],
    ["Kubelet Version", "kubeletVersion"],
  ] as const) {
    sheet.pair(label, wordOr("", node, "status", "nodeInfo", field), 1);
  }
}

interface Amount {
  cpu: number;
  memory: number;
  storage: number;
}

function podsOnNode(sheet: Sheet, node: KubeObject, look: Look): void {
  const { objects, failure } = look.list({
    apiVersion: "v1",
    kind: "Pod",
    fieldSelector: `spec.nodeName=${node.metadata.name},status.phase!=Succeeded,status.phase!=Failed`,
  });
  if (failure) {
    sheet.pair("Pods", "not authorized");
    return;
  }
  const allocatable = amountOf(atNode(node, "status", "allocatable") ?? atNode(node, "status", "capacity"));
  const pods = objects.toSorted(
    (one, other) =>
      (one.metadata.namespace ?? "").localeCompare(other.metadata.namespace ?? "") ||
      one.metadata.name.localeCompare(other.metadata.name),
  );
  sheet.pair("Non-terminated Pods", `(${pods.length} in total)`);
  const share = (value: number, whole: number) => `(${whole === 0 ? 0 : Math.floor((value / whole) * 100)}%)`;
  const cpu = (value: number) => `${cpuWords(value)} ${share(value, allocatable.cpu)}`;
  const memory = (value: number) => `${byteWords(value)} ${share(value, allocatable.memory)}`;
  const total = { requests: amountOf({}), limits: amountOf({}) };
  sheet.table(
    ["Namespace", "Name", "CPU Requests", "CPU Limits", "Memory Requests", "Memory Limits", "Age"],
    pods.map((pod) => {
      const requests = podAmount(pod, "requests");
      const limits = podAmount(pod, "limits");
      for (const which of ["cpu", "memory", "storage"] as const) {
        total.requests[which] += requests[which];
        total.limits[which] += limits[which];
      }
      return [
        pod.metadata.namespace ?? "",
        pod.metadata.name,
        cpu(requests.cpu),
        cpu(limits.cpu),
        memory(requests.memory),
        memory(limits.memory),
        age(look, pod.metadata.creationTimestamp),
      ];
    }),
  );
  sheet.heading("Allocated resources");
  sheet.text("(Total limits may be over 100 percent, i.e., overcommitted.)", 1);
  const storage = (value: number) => `${byteWords(value)} ${share(value, allocatable.storage)}`;
  sheet.table(
    ["Resource", "Requests", "Limits"],
    [
      ["cpu", cpu(total.requests.cpu), cpu(total.limits.cpu)],
      ["memory", memory(total.requests.memory), memory(total.limits.memory)],
      ["ephemeral-storage", storage(total.requests.storage), storage(total.limits.storage)],
      ...otherResources(node, objects),
    ],
  );
}

function otherResources(node: unknown, pods: readonly KubeObject[]): string[][] {
  const standard = /^(cpu|memory|ephemeral-storage|pods)$/;
  return sorted(quantities(atNode(node, "status", "allocatable") ?? atNode(node, "status", "capacity")))
    .filter(([name]) => !standard.test(name))
    .map(([name]) => {
      const sum = (which: string) =>
        pods
          .flatMap((pod) => list(atPod(pod, "spec", "containers")))
          .reduce<number>((all, container) => all + (parseQuantity(at(container, "resources", which, name)) ?? 0), 0);
      const hugePages = name.startsWith("hugepages-");
      return [name, `${sum("requests")}${hugePages ? " (0%)" : ""}`, `${sum("limits")}${hugePages ? " (0%)" : ""}`];
    });
}

function amountOf(resources: unknown): Amount {
  return {
    cpu: parseQuantity(at(resources, "cpu")) ?? 0,
    memory: parseQuantity(at(resources, "memory")) ?? 0,
    storage: parseQuantity(at(resources, "ephemeral-storage")) ?? 0,
  };
}

/**
 * What a pod counts for: its containers and sidecars together, or its largest init container if that is more; overhead
 * added. https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers
 */
function podAmount(pod: KubeObject, which: "requests" | "limits"): Amount {
  const whole = at(pod, "spec", "resources", which);
  const result = amountOf({});
  const inits = list(atPod(pod, "spec", "initContainers"));
  for (const kind of ["cpu", "memory", "storage"] as const) {
    const of = (container: unknown) => amountOf(at(container, "resources", which))[kind];
    let main = list(atPod(pod, "spec", "containers")).reduce<number>((all, container) => all + of(container), 0);
    let sidecars = 0;
    let largest = 0;
    for (const init of inits) {
      if (text(atContainer(init, "restartPolicy")) === "Always") sidecars += of(init);
      largest = Math.max(
        largest,
        text(atContainer(init, "restartPolicy")) === "Always" ? sidecars : sidecars + of(init),
      );
    }
    main = Math.max(main + sidecars, largest);
    const overhead = amountOf(atPod(pod, "spec", "overhead"))[kind];
    const given = amountOf(whole)[kind];
    result[kind] = (given || main) + (main > 0 || given > 0 || which === "requests" ? overhead : 0);
  }
  return result;
}

function cpuWords(cores: number): string {
  const milli = Math.round(cores * 1000);
  return milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`;
}

/** In the largest binary unit that leaves no rest; what was written in decimal units may come out as plain bytes. */
function byteWords(bytes: number): string {
  if (bytes === 0) return "0";
  let value = bytes;
  let unit = 0;
  const units = ["", "Ki", "Mi", "Gi", "Ti"];
  while (value % 1024 === 0 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value}${units[unit]}`;
}
