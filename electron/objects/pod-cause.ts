import type { CauseId, Fix } from "../../common/contract/index.ts";
import { at, list, text } from "../../common/json/index.ts";
import { atPod, atTerminated, type Condition, conditionOf, containersOf, unmetGates } from "../../common/kube/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { containerCause, startingCause } from "./container-cause.ts";
import { type PodBeside, type PodCause, told } from "./pod-cause-types.ts";

/** Why a pod is not running; `beside` tells what its own status does not. */
export function causeOf(pod: KubeObject, beside: PodBeside = {}): PodCause {
  const phase = text(atPod(pod, "status", "phase"));
  if (phase === "Succeeded") return { state: "completed" };
  const silent = silentNode(pod, beside.node);
  if (pod.metadata.deletionTimestamp) return silent ?? { state: "pending", ...told("ending", {}, "It is ending.") };
  if (phase === "Failed") {
    const why = text(atPod(pod, "status", "message")) ?? text(atPod(pod, "status", "reason")) ?? failedContainer(pod);
    return { state: "failing", ...told("podFailed", { why }, `The pod failed: ${why}`), trouble: "failed" };
  }
  if (phase === "Running" && conditionOf(pod, "Ready")?.status === "True") return { state: "running" };
  if (silent) return silent;
  const scheduled = conditionOf(pod, "PodScheduled");
  if (scheduled?.status === "False") return unscheduled(pod, scheduled, beside.claims);
  if (!isPlaced(pod)) return unplaced(pod, beside.claims);
  const containers = containersOf(atPod(pod, "spec"), atPod(pod, "status")).filter(({ role }) => role !== "ephemeral");
  const events = beside.events ?? [];
  for (const container of containers) {
    const cause = containerCause(container, { pod, events });
    if (cause) return cause;
  }
  return startingCause(containers, events) ?? unmetGate(pod) ?? unexplained(pod);
}

function isPlaced(pod: KubeObject): boolean {
  return (
    text(atPod(pod, "spec", "nodeName")) !== undefined ||
    conditionOf(pod, "PodScheduled")?.status === "True" ||
    list(atPod(pod, "status", "containerStatuses")).length > 0 ||
    list(atPod(pod, "status", "initContainerStatuses")).length > 0
  );
}

/** While its node does not answer, nothing else that its status says is known to be so still. */
function silentNode(pod: KubeObject, node: KubeObject | undefined): PodCause | undefined {
  const name = text(atPod(pod, "spec", "nodeName")) ?? "";
  const ready = node && conditionOf(node, "Ready");
  const isLost = atPod(pod, "status", "phase") === "Unknown" || atPod(pod, "status", "reason") === "NodeLost";
  if (!isLost && (node === undefined || ready?.status === "True")) return undefined;
  const isNotReady = !isLost && ready?.status === "False";
  const [id, english]: [CauseId, string] = isNotReady
    ? ["onUnreadyNode", `Its node ${name} is not ready.`]
    : ["onSilentNode", `Its node ${name} does not answer.`];
  return {
    state: "failing",
    ...told(id, { node: name }, english),
    ...(ready?.message ? { words: ready.message } : {}),
    trouble: "node",
    ...(name === "" ? {} : { about: { kind: "Node", name } }),
  };
}

function unscheduled(pod: KubeObject, { reason, message = "" }: Condition, claims: PodBeside["claims"]): PodCause {
  if (reason === "SchedulingGated") {
    const gates = list(atPod(pod, "spec", "schedulingGates"))
      .map((gate) => text(at(gate, "name")))
      .join(", ");
    return {
      state: "pending",
      ...told("schedulingGated", { gates }, `It is held back by its scheduling gates: ${gates}.`),
    };
  }
  const missing = /persistentvolumeclaim "([^"]+)" not found/i.exec(message)?.[1];
  if (missing !== undefined) return missingClaim(missing);
  if (/unbound immediate PersistentVolumeClaims/i.test(message)) {
    return (
      openClaim(claims) ?? {
        state: "pending",
        ...told("claimUnbound", {}, `A volume claim of it is not bound: ${message}`),
        words: message,
        trouble: "volume",
        fix: storageFix,
      }
    );
  }
  if (message === "") return unplaced(pod, claims);
  return {
    state: "pending",
    ...told("unschedulable", { words: message.replace(/\.?\s*$/, "") }, `No node can take it: ${message}`),
    trouble: "unschedulable",
    fix: { id: "add-capacity", title: "Add nodes, or choose fewer components" },
  };
}

const storageFix: Fix = { id: "storage-class", title: "Create or choose a default StorageClass" };

function missingClaim(claim: string): PodCause {
  return {
    state: "pending",
    ...told("claimMissing", { claim }, `Volume claim ${claim} does not exist.`),
    trouble: "volume",
  };
}

/** The first of its claims without a volume, those first that won't get one by waiting. */
function openClaim(claims: PodBeside["claims"] = []): PodCause | undefined {
  const claim = claims.find((one) => one.missing) ?? claims.find((one) => one.refused) ?? claims[0];
  if (claim === undefined) return undefined;
  const { name, missing, refused, words } = claim;
  if (missing) return missingClaim(name);
  const english = `Its volume claim ${name} has no volume yet${words ? `: ${words}` : "."}`;
  return {
    state: "pending",
    ...told("claimOpen", { claim: name }, english),
    ...(words ? { words } : {}),
    ...(refused ? { trouble: "volume", fix: storageFix } : {}),
    about: { kind: "PersistentVolumeClaim", name },
  };
}

/** The scheduler has not said anything of it: it waits for a volume, or nobody schedules it. */
function unplaced(pod: KubeObject, claims: PodBeside["claims"]): PodCause {
  const claim = openClaim(claims);
  if (claim) return claim;
  const scheduler = text(atPod(pod, "spec", "schedulerName")) ?? defaultScheduler;
  if (scheduler === defaultScheduler) {
    return { state: "pending", ...told("waitsForScheduler", {}, "It waits for the scheduler.") };
  }
  const english = `It waits for the scheduler named ${scheduler}, which has not placed it yet.`;
  return { state: "pending", ...told("otherScheduler", { scheduler }, english) };
}

const defaultScheduler = "default-scheduler";

function unmetGate(pod: KubeObject): PodCause | undefined {
  const gates = unmetGates(pod).join(", ");
  if (gates === "") return undefined;
  const english = `Its containers are ready; it waits for its readiness gates: ${gates}.`;
  return { state: "starting", ...told("readinessGate", { gates }, english) };
}

function unexplained(pod: KubeObject): PodCause {
  const words = conditionOf(pod, "Ready")?.message;
  return {
    state: "starting",
    ...told("unexplained", {}, "It isn't ready yet; nothing says why."),
    ...(words ? { words } : {}),
  };
}

function failedContainer(pod: KubeObject): string {
  const ended = containersOf(atPod(pod, "spec"), atPod(pod, "status")).find(
    ({ terminated }) => terminated !== undefined && atTerminated(terminated, "exitCode") !== 0,
  );
  return ended
    ? `container ${ended.name} ended with exit code ${String(atTerminated(ended.terminated, "exitCode"))}`
    : "no reason given";
}
