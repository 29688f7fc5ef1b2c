import { at, list, number, text } from "../../json/index.ts";
import { atContainer, atContainerStatus, atPodSpec, atTerminated, atWaiting } from "../typed-at.ts";
import type { HealthLevel } from "./types.ts";

export type ContainerRole = "init" | "sidecar" | "main" | "ephemeral";

/** A container of a pod: what its spec and its status say. */
export interface Container {
  name: string;
  role: ContainerRole;
  image: string;
  spec: unknown;
  /** Absent in a template, and before the kubelet has told. */
  status: unknown;
  ready: boolean;
  started: boolean;
  restarts: number;
  running: unknown;
  waiting: unknown;
  terminated: unknown;
  /** How the run before ended. */
  last: unknown;
}

/** Containers in the order they start: by the spec, then what only the status names. */
export function containersOf(podSpec: unknown, podStatus?: unknown): Container[] {
  return [
    ...read(podSpec, podStatus, "initContainers", "initContainerStatuses", (spec) =>
      atContainer(spec, "restartPolicy") === "Always" ? "sidecar" : "init",
    ),
    ...read(podSpec, podStatus, "containers", "containerStatuses", () => "main"),
    ...read(podSpec, podStatus, "ephemeralContainers", "ephemeralContainerStatuses", () => "ephemeral"),
  ];
}

function read(
  podSpec: unknown,
  podStatus: unknown,
  field: "containers" | "initContainers" | "ephemeralContainers",
  statusField: `${"c" | "initC" | "ephemeralC"}ontainerStatuses`,
  roleOf: (spec: unknown) => ContainerRole,
): Container[] {
  const specs = list(atPodSpec(podSpec, field));
  const statuses = list(at(podStatus, statusField));
  const names = new Set([...specs, ...statuses].map((one) => text(atContainer(one, "name")) ?? ""));
  return [...names].map((name) => {
    const named = (one: unknown) => (text(atContainer(one, "name")) ?? "") === name;
    const spec = specs.find(named);
    const status = statuses.find(named);
    return {
      name,
      role: roleOf(spec),
      image: text(atContainer(spec, "image")) ?? text(atContainerStatus(status, "image")) ?? "",
      spec,
      status,
      ready: atContainerStatus(status, "ready") === true,
      started: atContainerStatus(status, "started") === true,
      restarts: number(atContainerStatus(status, "restartCount")) ?? 0,
      running: atContainerStatus(status, "state", "running"),
      waiting: atContainerStatus(status, "state", "waiting"),
      terminated: atContainerStatus(status, "state", "terminated"),
      last: atContainerStatus(status, "lastState", "terminated"),
    };
  });
}

/** Reasons with which containers wait while all goes well. */
const plainWaits = new Set(["ContainerCreating", "PodInitializing"]);

export function waitsPlainly(container: Pick<Container, "waiting">): boolean {
  const reason = text(atWaiting(container.waiting, "reason"));
  return container.waiting !== undefined && (!reason || plainWaits.has(reason));
}

export type ContainerState = "running" | "unready" | "completed" | "ended" | "waiting" | "none";

export interface ContainerHealth {
  level: HealthLevel;
  state: ContainerState;
  /** The kubelet's word for why it waits or ended, where that is no plain matter. */
  printed?: string;
}

/** @param restarts whether the kubelet starts it again when it ends well: restartPolicy Always, or a sidecar of a running pod */
export function containerHealth(container: Container, restarts = false): ContainerHealth {
  const { role, ready, started, running, terminated, waiting } = container;
  if (running !== undefined) {
    const isWell = ready || role === "init" || role === "ephemeral" || (role === "sidecar" && started);
    return isWell ? { level: "ok", state: "running" } : { level: "progressing", state: "unready" };
  }
  if (terminated !== undefined) {
    if (number(atTerminated(terminated, "exitCode")) !== 0)
      return { level: "bad", state: "ended", printed: endWord(terminated) };
    return restarts && role !== "init" && role !== "ephemeral"
      ? { level: "progressing", state: "ended" }
      : { level: "done", state: "completed" };
  }
  if (waiting === undefined) return { level: "progressing", state: "none" };
  if (waitsPlainly(container)) return { level: "progressing", state: "waiting" };
  return { level: "bad", state: "waiting", printed: text(atWaiting(waiting, "reason")) ?? "" };
}

/** As kubectl says how a container ended: its reason, or `Signal:9`, `ExitCode:1`. */
export function endWord(ended: unknown): string {
  const signal = number(atTerminated(ended, "signal"));
  return (
    text(atTerminated(ended, "reason")) ||
    (signal ? `Signal:${signal}` : `ExitCode:${number(atTerminated(ended, "exitCode")) ?? 0}`)
  );
}
