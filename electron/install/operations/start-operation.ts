import type { InstallStatus } from "../../../common/contract/index.ts";
import { install } from "./install.ts";
import { type OperationRoom, openOperation } from "./open-operation.ts";
import type { OperationRequest } from "./operation.ts";
import { remove } from "./remove.ts";

/**
 * Begins an operation and returns: it goes on in {@link OperationRoom.operations}. Where it can't begin, nothing is held
 * any more when this throws.
 * @throws FlowdeckError `busy`, and what {@link openOperation} throws.
 */
export async function startOperation(room: OperationRoom, request: OperationRequest): Promise<InstallStatus> {
  const { operations, forwards, run } = room;
  const values = request.values ?? operations.get(request.kfDir)?.values ?? {};
  await operations.untilFree(request.kfDir);
  const held = new AsyncDisposableStack();
  try {
    const operation = await openOperation(room, { ...request, values }, held);
    const { statusStore, log, lease } = operation;
    const stop = new AbortController();
    const signal = AbortSignal.any([stop.signal, lease.lost]);
    const work = request.activity === "install" ? install : remove;
    const done = work(operation, { forwards, run, signal }).finally(() => held.disposeAsync());
    operations.add(request.kfDir, { statusStore, log, stop, done, values });
    return statusStore.snapshot();
  } catch (error) {
    await held.disposeAsync();
    throw error;
  }
}
