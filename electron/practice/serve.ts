import { type ContextId, type PracticeStatus, type practiceContract, toAppError } from "../../common/contract/index.ts";
import { defined } from "../../common/json/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import type { HostLog, Served } from "../host/index.ts";
import type { PracticeCluster } from "./cluster.ts";

export interface PracticeServing {
  practice: PracticeCluster;
  /** The id under which the kubeconfig list has the cluster's context. */
  context: ContextId;
  /** Whether the cluster stays when the app ends; else one that belongs to the app is stopped. */
  keep: boolean;
  log: HostLog;
}

export interface ServedPractice extends Served<typeof practiceContract> {
  /** Lines for the person on what became of the cluster. */
  close(): Promise<Message[]>;
}

/**
 * The practice cluster behind the contract: its start runs on in the background, owned by this app, while pages come
 * and go. Its `close` cancels a start that is under way and says what became of the cluster.
 */
export function servePractice({ practice, context, keep, log }: PracticeServing): ServedPractice {
  let start: { abort: AbortController; done: Promise<unknown> } | undefined;
  const shown = (status: PracticeStatus): PracticeStatus =>
    status.state === "running" ? { ...status, context } : status;

  async function* watched(signal: AbortSignal): AsyncGenerator<PracticeStatus> {
    for await (const status of practice.watch(signal)) yield shown(status);
  }

  async function begin(options: Parameters<PracticeCluster["start"]>[0]): Promise<PracticeStatus> {
    const abort = new AbortController();
    const done = practice
      .start(options, abort.signal)
      .catch((thrown: unknown) => log(`the practice cluster did not start: ${toAppError(thrown).message}`))
      .finally(() => {
        if (start?.abort === abort) start = undefined;
      });
    start = { abort, done };
    const seen = new AbortController();
    await Promise.race([done, untilStarting(seen)]);
    seen.abort();
    return shown(await practice.status());
  }

  /** Starting shows in the status a moment after it was asked for; whoever asked should not see the state before. */
  async function untilStarting(seen: AbortController): Promise<void> {
    for await (const status of practice.watch(seen.signal)) {
      if (status.state === "starting") seen.abort();
    }
  }

  return {
    methods: {
      "practice.status": async () => shown(await practice.status()),
      "practice.watch": (_input, signal) => watched(signal),
      "practice.start": async (options) => begin(defined(options)),
      "practice.cancelStart": async () => {
        start?.abort.abort();
        await start?.done;
        return shown(await practice.status());
      },
      "practice.stop": async () => shown(await practice.stop()),
      "practice.reset": async () => shown(await practice.reset()),
      "practice.setFaults": async ({ faults }) => shown(await practice.setFaults(faults)),
    },
    async close() {
      start?.abort.abort();
      await start?.done;
      const before = await practice.status();
      const after = keep ? before : await practice.stopOwn();
      const lines: Message[] = [];
      if (before.state === "running" && after.state !== "running") {
        lines.push(message("practice.stopped"));
      } else if (before.state === "running" && !keep) {
        lines.push(message("practice.runsOn"));
      }
      practice.close();
      return lines;
    },
  };
}
