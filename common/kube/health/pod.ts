import { at, list, number, text } from "../../json/index.ts";
import { conditionOf } from "../conditions.ts";
import { atContainer, atContainerStatus, atPod } from "../typed-at.ts";
import { containersOf, endWord } from "./containers.ts";
import type { Health, HealthLevel } from "./types.ts";

/** What a level of a pod is decided from: no more than its row in a table has. */
export interface PrintedPod {
  /** The STATUS column. */
  status: string;
  /** All of its containers are ready. */
  ready: boolean;
  /** False while one of its readiness gates is not met. */
  gatesMet: boolean;
  /** Whether what ended well is started again, as far as that is known. */
  restarts: boolean;
}

/** Words with which pods begin, go on and end by themselves; any other word is a reason why one does not run. */
const waits = new Set([
  "Pending",
  "ContainerCreating",
  "PodInitializing",
  "Terminating",
  "SchedulingGated",
  "NotReady",
]);

export function podLevel({ status, ready, gatesMet, restarts }: PrintedPod): HealthLevel {
  if (status === "Succeeded") return "done";
  if (status === "Completed") return restarts ? "progressing" : "done";
  if (status === "Running") return ready && gatesMet ? "ok" : "progressing";
  return waits.has(status) || /^Init:\d+\/\d+$/.test(status) ? "progressing" : "bad";
}

export function podHealth(pod: unknown): Health {
  const printed = podWord(pod);
  const phase = text(atPod(pod, "status", "phase"));
  const isReady = conditionOf(pod, "Ready")?.status === "True";
  const containers = containersOf(atPod(pod, "spec"), atPod(pod, "status"));
  const counted = containers.filter(({ role }) => role === "main" || role === "sidecar");
  const level = podLevel({
    status: printed,
    // Ready is False while its node does not answer, though its containers were ready last.
    ready: counted.every(({ ready }) => ready) && conditionOf(pod, "Ready")?.status !== "False",
    gatesMet: unmetGates(pod).length === 0,
    restarts: phase !== "Succeeded" && restartsAlways(pod),
  });
  const words = conditionOf(pod, "Ready")?.message;
  if (atPod(pod, "metadata", "deletionTimestamp") !== undefined) {
    return { level, stage: "terminating", reason: "deleting", params: {}, printed };
  }
  if (phase === "Succeeded") return { level, stage: "current", params: {}, printed };
  if (phase === "Failed") {
    const message = text(atPod(pod, "status", "message"));
    return { level, stage: "failed", reason: "podFailed", params: {}, ...(message ? { words: message } : {}), printed };
  }
  if (phase === "Running" && isReady) return { level, stage: "current", params: {}, printed };
  return {
    level,
    stage: "in-progress",
    reason: "pod",
    params: { phase: phase ?? "" },
    ...(words ? { words } : {}),
    printed,
  };
}

function restartsAlways(pod: unknown): boolean {
  return (text(atPod(pod, "spec", "restartPolicy")) ?? "Always") === "Always";
}

/** Readiness gates whose condition is not True. */
export function unmetGates(pod: unknown): string[] {
  return list(atPod(pod, "spec", "readinessGates"))
    .map((gate) => text(at(gate, "conditionType")) ?? "")
    .filter((type) => conditionOf(pod, type)?.status !== "True");
}

/** As `kubectl get pods` says it (k8s.io/kubernetes/pkg/printers/internalversion, printPod). */
export function podWord(pod: unknown): string {
  const deleting = atPod(pod, "metadata", "deletionTimestamp") !== undefined;
  const phase = text(atPod(pod, "status", "phase"));
  const isOver = phase === "Succeeded" || phase === "Failed";
  if (deleting && atPod(pod, "status", "reason") === "NodeLost") return "Unknown";
  if (deleting && !isOver) return "Terminating";
  const init = initWord(pod);
  if (init !== undefined && conditionOf(pod, "Initialized")?.status !== "True") return init;
  return containersWord(pod, init ?? phaseWord(pod));
}

function phaseWord(pod: unknown): string {
  if (conditionOf(pod, "PodScheduled")?.reason === "SchedulingGated") return "SchedulingGated";
  return text(atPod(pod, "status", "reason")) || text(atPod(pod, "status", "phase")) || "Unknown";
}

/** Undefined once all init containers are through. */
function initWord(pod: unknown): string | undefined {
  const specs = list(atPod(pod, "spec", "initContainers"));
  const sidecars = new Set(
    specs.filter((spec) => atContainer(spec, "restartPolicy") === "Always").map((spec) => atContainer(spec, "name")),
  );
  const statuses = list(atPod(pod, "status", "initContainerStatuses"));
  for (const [index, status] of statuses.entries()) {
    const code = number(atContainerStatus(status, "state", "terminated", "exitCode"));
    if (
      code === 0 ||
      (sidecars.has(atContainerStatus(status, "name")) && atContainerStatus(status, "started") === true)
    )
      continue;
    if (code !== undefined) return `Init:${endWord(atContainerStatus(status, "state", "terminated"))}`;
    const waits = text(atContainerStatus(status, "state", "waiting", "reason"));
    if (waits && waits !== "PodInitializing") return `Init:${waits}`;
    return `Init:${index}/${specs.length || statuses.length}`;
  }
  return undefined;
}

function containersWord(pod: unknown, before: string): string {
  let word = before;
  let running = false;
  for (const status of list(atPod(pod, "status", "containerStatuses")).toReversed()) {
    const waits = text(atContainerStatus(status, "state", "waiting", "reason"));
    const ended = atContainerStatus(status, "state", "terminated");
    if (waits) word = waits;
    else if (ended !== undefined) word = endWord(ended);
    else if (atContainerStatus(status, "ready") === true && atContainerStatus(status, "state", "running") !== undefined)
      running = true;
  }
  if (word !== "Completed" || !running) return word;
  return conditionOf(pod, "Ready")?.status === "True" ? "Running" : "NotReady";
}
