import { parentPort } from "node:worker_threads";
import { toAppError } from "../../common/contract/flowdeck-error.ts";
import { Engine } from "./engine.ts";
import type { FromWorker, ToWorker } from "./messages.ts";

/** The worker thread: an engine behind messages. thread.ts is the other end. */
const port = parentPort;
if (port === null) throw new Error("This file is a worker thread's.");

const post = (message: FromWorker) => port.postMessage(message);
const engine = new Engine((view, item) => post({ view, item }));

port.on("message", ({ id, operation, input }: ToWorker) => {
  try {
    // What belongs to an operation is typed where it is sent (thread.ts); here all of them are called alike.
    const call: (input: never) => unknown = engine[operation];
    post({ id, value: call.call(engine, input as never) });
  } catch (error) {
    post({ id, error: toAppError(error) });
  }
});
