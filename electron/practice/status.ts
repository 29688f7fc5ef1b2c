import { FlowdeckError, type PracticeStatus } from "../../common/contract/index.ts";
import type { SupervisorStatus } from "./control.ts";

/** What each step does, for people. */
const words: Record<SupervisorStatus["step"], string> = {
  toolbox: "Getting the programs",
  certificates: "Making certificates",
  etcd: "Starting etcd",
  "api-server": "Starting the API server",
  controllers: "Starting the controllers and the scheduler",
  nodes: "Adding nodes",
  ready: "Ready",
};

/**
 * The supervisor's status in the contract's words. `before` is the share of the start that is behind already when the
 * supervisor begins (a build of the toolbox), 0 to 1.
 */
export function fromSupervisor(status: SupervisorStatus, before: number): PracticeStatus {
  const running = status.state === "running";
  return {
    state: status.state,
    ...(status.state === "starting" ? { step: status.step, message: words[status.step] } : {}),
    fraction: running ? 1 : before + (1 - before) * status.fraction,
    nodes: status.nodes,
    podReadyMs: status.podReadyMs,
    faults: status.faults,
    ...(running ? { context: "practice" } : {}),
    ...(status.server === "" ? {} : { kubeconfig: status.kubeconfig, server: status.server }),
    version: status.version,
    startedAt: status.startedAt,
    ...(status.error === undefined ? {} : { error: failure(status.error).toJSON() }),
  };
}

/** The error of a cluster that failed. */
export function failure(error: { message: string; detail?: string | undefined }): FlowdeckError {
  return new FlowdeckError("practice-failed", error.message, {
    ...(error.detail === undefined ? {} : { detail: error.detail }),
  });
}

export const noCluster: PracticeStatus = {
  state: "absent",
  fraction: 0,
  nodes: 3,
  podReadyMs: { min: 1000, max: 3000 },
  faults: [],
};
