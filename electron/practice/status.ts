import { FlowdeckError, type PracticeStatus } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import type { SupervisorStatus } from "./control.ts";

/** What each step does, for people. */
const doing: Record<SupervisorStatus["step"], Message> = {
  toolbox: message("practice.stepToolbox"),
  certificates: message("practice.stepCertificates"),
  etcd: message("practice.stepEtcd"),
  "api-server": message("practice.stepApiServer"),
  controllers: message("practice.stepControllers"),
  nodes: message("practice.stepNodes"),
  ready: message("practice.stepReady"),
};

/**
 * The supervisor's status in the contract's words. `before` is the share of the start that is behind already when the
 * supervisor begins (a build of the toolbox), 0 to 1.
 */
export function fromSupervisor(status: SupervisorStatus, before: number): Omit<PracticeStatus, "context"> {
  const running = status.state === "running";
  return {
    state: status.state,
    ...(status.state === "starting" ? { step: status.step, said: doing[status.step] } : {}),
    fraction: running ? 1 : before + (1 - before) * status.fraction,
    nodes: status.nodes,
    podReadyMs: status.podReadyMs,
    faults: status.faults,
    ...(status.server === "" ? {} : { kubeconfig: status.kubeconfig, server: status.server }),
    version: status.version,
    startedAt: status.startedAt,
    ...(status.error === undefined ? {} : { error: failure(status.error).toJSON() }),
  };
}

/** The error of a cluster that failed, in the words of its supervisor. */
function failure(error: { message: string; detail?: string | undefined }): FlowdeckError {
  return new FlowdeckError("practice-failed", message("practice.reported", { words: error.message }), {
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
