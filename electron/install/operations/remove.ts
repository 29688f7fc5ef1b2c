import { saidOf, toAppError } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import { named } from "../objects.ts";
import { removeRecord } from "../plan/installation-record.ts";
import { removeInstallation } from "../run/remove-run.ts";
import { endOf, finish } from "./finish.ts";
import type { OperationOptions } from "./install.ts";
import type { Operation } from "./operation.ts";

/** Removes what was installed; the outcome is in the statusStore and the journal. Never rejects. */
export async function remove(operation: Operation, options: OperationOptions): Promise<void> {
  try {
    await removeAll(operation, options);
    await finish(operation, { state: "removed" });
  } catch (error) {
    await finish(operation, endOf(error, options.signal));
  }
}

async function removeAll(operation: Operation, { signal }: OperationOptions): Promise<void> {
  const { client, id, state, statusStore, log, journal, folder, request } = operation;
  const kept = await removeInstallation({
    ...{ client, installation: id, state, statusStore, log, journal, signal },
    data: request.data ?? false,
    others: request.others ?? false,
  });
  await forgetInstallation(operation, signal);
  if (kept.length === 0) await folder.removeRendered();
  else {
    const names = named(kept.map(({ object }) => object));
    log.add({ level: "info", event: "kept", said: message("installLog.stay", { count: kept.length, names }) });
  }
}

async function forgetInstallation({ client, id, log }: Operation, signal: AbortSignal): Promise<void> {
  try {
    await removeRecord(client, id, signal);
  } catch (error) {
    signal.throwIfAborted();
    const said = message("installLog.recordStays", { why: saidOf(toAppError(error)) });
    log.add({ level: "warn", event: "record", said });
  }
}
