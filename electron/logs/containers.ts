import type { KubeObject } from "../cluster/index.ts";

export type ContainerKind = "init" | "main" | "ephemeral";

export interface RunEnd {
  exitCode?: number;
  /** `Completed`, `Error`, `OOMKilled`. */
  reason?: string;
}

/** What a container does now, as far as its logs go. */
export interface ContainerStatus {
  /** The run that can be read, told by its start; undefined before the first. */
  run: string | undefined;
  running: boolean;
  /** The run before that, whose log is the previous one. */
  previous: { run: string; end: RunEnd } | undefined;
  restarts: number;
  /** How the run ended, when it does not run. */
  end: RunEnd;
  /** Why it waits or how it ended: `ImagePullBackOff`, `Completed`. */
  reason: string | undefined;
  message: string | undefined;
}

export interface PodContainer {
  name: string;
  kind: ContainerKind;
  status: ContainerStatus;
}

/** All containers of a pod in the order they start. */
export function containersOf(pod: KubeObject): PodContainer[] {
  const spec = record(pod.spec);
  const status = record(pod.status);
  const kinds: [ContainerKind, unknown, unknown][] = [
    ["init", spec.initContainers, status.initContainerStatuses],
    ["main", spec.containers, status.containerStatuses],
    ["ephemeral", spec.ephemeralContainers, status.ephemeralContainerStatuses],
  ];
  return kinds.flatMap(([kind, specs, statuses]) =>
    list(specs).map((container) => {
      const name = text(container.name) ?? "";
      const own = list(statuses).find((entry) => entry.name === name) ?? {};
      return { name, kind, status: statusOf(own, pod) };
    }),
  );
}

function statusOf(own: Fields, pod: KubeObject): ContainerStatus {
  const state = record(own.state);
  const running = record(state.running);
  const waiting = record(state.waiting);
  const last = record(record(own.lastState).terminated);
  const terminated = record(state.terminated);
  const isRunning = state.running !== undefined;
  const ended = state.terminated === undefined ? last : terminated;
  const lastRun = text(last.startedAt);
  const restarts = typeof own.restartCount === "number" ? own.restartCount : 0;
  return {
    run: isRunning ? (text(running.startedAt) ?? `run ${restarts}`) : text(ended.startedAt),
    running: isRunning,
    previous:
      (isRunning || state.terminated !== undefined) && lastRun !== undefined
        ? { run: lastRun, end: endOf(last) }
        : undefined,
    restarts,
    end: isRunning ? {} : endOf(ended),
    reason: isRunning ? undefined : (text(waiting.reason) ?? text(ended.reason) ?? unscheduled(pod)),
    message: isRunning ? undefined : (text(waiting.message) ?? text(ended.message)),
  };
}

function endOf({ exitCode, reason }: Fields): RunEnd {
  const said = text(reason);
  return {
    ...(typeof exitCode === "number" ? { exitCode } : {}),
    ...(said === undefined ? {} : { reason: said }),
  };
}

/** Of a pod that no node has yet, the scheduler's reason. */
function unscheduled(pod: KubeObject): string | undefined {
  const condition = list(record(pod.status).conditions).find(
    ({ type, status }) => type === "PodScheduled" && status === "False",
  );
  return condition === undefined
    ? text(record(pod.status).reason)
    : (text(condition.message) ?? text(condition.reason));
}

type Fields = Record<string, unknown>;

export function record(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

export function list(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(record) : [];
}

export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
