import { type Fix, fixOf } from "../../common/contract/index.ts";
import { at, list, text } from "../../common/json/index.ts";
import { atPod, atTerminated, type Condition, conditionOf, containersOf, unmetGates } from "../../common/kube/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { containerCause, startingCause } from "./container-cause.ts";
import { type PodBeside, type PodCause, told } from "./pod-cause-types.ts";

/** Why a pod is not running; `beside` tells what its own status does not. */
export function causeOf(pod: KubeObject, beside: PodBeside = {}): PodCause {
  const phase = text(atPod(pod, "status", "phase"));
  if (phase === "Succeeded") return { state: "completed" };
  const silent = silentNode(pod, beside.node);
  if (pod.metadata.deletionTimestamp)
    return silent ?? { state: "pending", ...told({ id: "ending", params: {} }, message("pod.ending")) };
  if (phase === "Failed") {
    const why = text(atPod(pod, "status", "message")) ?? text(atPod(pod, "status", "reason")) ?? failedContainer(pod);
    return {
      state: "failing",
      ...told({ id: "podFailed", params: { why } }, message("pod.failed", { why })),
      trouble: "failed",
    };
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
  const id = isNotReady ? "onUnreadyNode" : "onSilentNode";
  return {
    state: "failing",
    ...told({ id, params: { node: name } }, message(`pod.${id}`, { node: name })),
    ...(ready?.message ? { words: ready.message } : {}),
    trouble: "node",
    ...(name === "" ? {} : { about: { kind: "Node", name } }),
  };
}

function unscheduled(
  pod: KubeObject,
  { reason, message: words = "" }: Condition,
  claims: PodBeside["claims"],
): PodCause {
  if (reason === "SchedulingGated") {
    const gates = list(atPod(pod, "spec", "schedulingGates"))
      .map((gate) => text(at(gate, "name")))
      .join(", ");
    return {
      state: "pending",
      ...told({ id: "schedulingGated", params: { gates } }, message("pod.schedulingGated", { gates })),
    };
  }
  const missing = /persistentvolumeclaim "([^"]+)" not found/i.exec(words)?.[1];
  if (missing !== undefined) return missingClaim(missing);
  if (/unbound immediate PersistentVolumeClaims/i.test(words)) {
    return (
      openClaim(claims) ?? {
        state: "pending",
        ...told({ id: "claimUnbound", params: {} }, message("pod.claimUnbound", { words })),
        words,
        trouble: "volume",
        fix: storageFix,
      }
    );
  }
  if (words === "") return unplaced(pod, claims);
  return {
    state: "pending",
    ...told(
      { id: "unschedulable", params: { words: words.replace(/\.?\s*$/, "") } },
      message("pod.unschedulable", { words }),
    ),
    trouble: "unschedulable",
    fix: fixOf("add-capacity", message("fix.addCapacity")),
  };
}

const storageFix: Fix = fixOf("storage-class", message("fix.storageClass"));

function missingClaim(claim: string): PodCause {
  return {
    state: "pending",
    ...told({ id: "claimMissing", params: { claim } }, message("pod.claimMissing", { claim })),
    trouble: "volume",
  };
}

/** The first of its claims without a volume, those first that won't get one by waiting. */
function openClaim(claims: PodBeside["claims"] = []): PodCause | undefined {
  const claim = claims.find((one) => one.missing) ?? claims.find((one) => one.refused) ?? claims[0];
  if (claim === undefined) return undefined;
  const { name, missing, refused, words } = claim;
  if (missing) return missingClaim(name);
  const reason = words
    ? message("pod.claimOpenBecause", { claim: name, words })
    : message("pod.claimOpen", { claim: name });
  return {
    state: "pending",
    ...told({ id: "claimOpen", params: { claim: name } }, reason),
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
    return { state: "pending", ...told({ id: "waitsForScheduler", params: {} }, message("pod.waitsForScheduler")) };
  }
  return {
    state: "pending",
    ...told({ id: "otherScheduler", params: { scheduler } }, message("pod.otherScheduler", { scheduler })),
  };
}

const defaultScheduler = "default-scheduler";

function unmetGate(pod: KubeObject): PodCause | undefined {
  const gates = unmetGates(pod).join(", ");
  if (gates === "") return undefined;
  return {
    state: "starting",
    ...told({ id: "readinessGate", params: { gates } }, message("pod.readinessGate", { gates })),
  };
}

function unexplained(pod: KubeObject): PodCause {
  const words = conditionOf(pod, "Ready")?.message;
  return {
    state: "starting",
    ...told({ id: "unexplained", params: {} }, message("pod.unexplained")),
    ...(words ? { words } : {}),
  };
}

function failedContainer(pod: KubeObject): Message {
  const ended = containersOf(atPod(pod, "spec"), atPod(pod, "status")).find(
    ({ terminated }) => terminated !== undefined && atTerminated(terminated, "exitCode") !== 0,
  );
  return ended
    ? message("pod.endedWith", {
        container: ended.name,
        code: String(atTerminated(ended.terminated, "exitCode")),
      })
    : message("pod.noReason");
}
