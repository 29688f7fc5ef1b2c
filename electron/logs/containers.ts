import { fields, list, text } from "../../common/json/index.ts";
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
  const spec = fields(pod.spec);
  const status = fields(pod.status);
  const kinds: [ContainerKind, unknown, unknown][] = [
    ["init", spec.initContainers, status.initContainerStatuses],
    ["main", spec.containers, status.containerStatuses],
    ["ephemeral", spec.ephemeralContainers, status.ephemeralContainerStatuses],
  ];
  return kinds.flatMap(([kind, specs, statuses]) =>
    records(specs).map((container) => {
      const name = words(container.name) ?? "";
      const own = records(statuses).find((entry) => entry.name === name) ?? {};
      return { name, kind, status: statusOf(own, pod) };
    }),
  );
}

function statusOf(own: Fields, pod: KubeObject): ContainerStatus {
  const state = fields(own.state);
  const running = fields(state.running);
  const waiting = fields(state.waiting);
  const last = fields(fields(own.lastState).terminated);
  const terminated = fields(state.terminated);
  const isRunning = state.running !== undefined;
  const ended = state.terminated === undefined ? last : terminated;
  const lastRun = words(last.startedAt);
  const restarts = typeof own.restartCount === "number" ? own.restartCount : 0;
  return {
    run: isRunning ? (words(running.startedAt) ?? `run ${restarts}`) : words(ended.startedAt),
    running: isRunning,
    previous:
      (isRunning || state.terminated !== undefined) && lastRun !== undefined
        ? { run: lastRun, end: endOf(last) }
        : undefined,
    restarts,
    end: isRunning ? {} : endOf(ended),
    reason: isRunning ? undefined : (words(waiting.reason) ?? words(ended.reason) ?? unscheduled(pod)),
    message: isRunning ? undefined : (words(waiting.message) ?? words(ended.message)),
  };
}

function endOf({ exitCode, reason }: Fields): RunEnd {
  const said = words(reason);
  return {
    ...(typeof exitCode === "number" ? { exitCode } : {}),
    ...(said === undefined ? {} : { reason: said }),
  };
}

/** Of a pod that no node has yet, the scheduler's reason. */
function unscheduled(pod: KubeObject): string | undefined {
  const condition = records(fields(pod.status).conditions).find(
    ({ type, status }) => type === "PodScheduled" && status === "False",
  );
  return condition === undefined
    ? words(fields(pod.status).reason)
    : (words(condition.message) ?? words(condition.reason));
}

type Fields = Record<string, unknown>;

function records(value: unknown): Fields[] {
  return list(value).map(fields);
}

/** Text that says something. */
function words(value: unknown): string | undefined {
  return text(value) || undefined;
}
