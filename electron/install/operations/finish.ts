import { type AppError, FlowdeckError, saidOf, toAppError } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import type { Operation } from "./operation.ts";

type End = { state: "installed" | "removed" | "cancelled" } | { state: "failed"; error: AppError };

/** What an operation ended as that threw. Aborted by an error of ours, nobody cancelled it: another one has the cluster. */
export function endOf(thrown: unknown, signal: AbortSignal): End {
  const cause = signal.aborted ? signal.reason : thrown;
  if (signal.aborted && !(cause instanceof FlowdeckError)) return { state: "cancelled" };
  return { state: "failed", error: toAppError(cause) };
}

/** Writes how an operation ended into log, journal and status. Never rejects. */
export async function finish({ journal, log, statusStore }: Operation, end: End): Promise<void> {
  if (end.state === "failed") log.add({ level: "error", event: end.state, said: saidOf(end.error) });
  else {
    const said = message(`installLog.${end.state}`, { seconds: (statusStore.now / 1000).toFixed(1) });
    log.add({ level: end.state === "cancelled" ? "warn" : "ok", event: end.state, said });
  }
  let last = end;
  try {
    await journal.commit({ t: "finished", elapsedMs: statusStore.now, ...end });
  } catch (error) {
    last = { state: "failed", error: toAppError(error) };
  }
  await log.flush();
  statusStore.tell({ type: "finished", ...last });
}
