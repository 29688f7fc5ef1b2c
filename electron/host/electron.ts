import { type IpcMainEvent, type IpcMainInvokeEvent, ipcMain, type MessagePortMain } from "electron";
import { FlowdeckError, type Reply, type StreamEvent } from "../../common/contract/index.ts";
import { methodNames, streamNames } from "../../common/contract/names.ts";
import { message } from "../../common/words/index.ts";
import { callChannel, cancelChannel, pageOrigin, streamChannel, unacknowledgedItems } from "./channels.ts";
import { createDispatch, type Dispatch } from "./dispatch.ts";
import { type HostLog, logLine } from "./log.ts";
import type { Backend } from "./types.ts";

export interface ElectronHostOptions {
  backend: Backend;
  log?: HostLog;
  checkOutput?: boolean;
}

/**
 * Serves a backend to the app's own page: a channel for each name of the contract, and a message port for each open
 * stream. The only file that listens on ipcMain.
 * @returns a function that stops serving and cancels what runs
 */
export function serveElectron(options: ElectronHostOptions): () => void {
  const log: HostLog = (line) => options.log?.(logLine(line));
  const dispatch = createDispatch(options.backend, { log, checkOutput: options.checkOutput ?? false });
  const calls = new Map<string, AbortController>();
  const streams = new Set<AbortController>();

  /** Only the app's own page, and only its top frame, may ask; whatever else a window came to show may not. */
  function mayAsk(event: IpcMainInvokeEvent | IpcMainEvent, channel: string): boolean {
    const frame = event.senderFrame;
    const allowed = frame !== null && frame.parent === null && frame.origin === pageOrigin;
    if (!allowed) log(`refused ${channel}: asked by ${frame === null ? "a frame that is gone" : frame.origin}`);
    return allowed;
  }

  async function call(event: IpcMainInvokeEvent, name: string, callId: unknown, input: unknown): Promise<Reply> {
    if (!mayAsk(event, callChannel(name))) return notAllowed;
    const key = `${event.sender.id}:${String(callId)}`;
    const controller = new AbortController();
    const abort = () => controller.abort();
    calls.set(key, controller);
    event.sender.once("destroyed", abort);
    const reply = await dispatch.call(name, input, controller.signal);
    event.sender.removeListener("destroyed", abort);
    if (calls.get(key) === controller) calls.delete(key);
    return reply;
  }

  function cancel(event: IpcMainEvent, callId: unknown): void {
    if (mayAsk(event, cancelChannel)) calls.get(`${event.sender.id}:${String(callId)}`)?.abort();
  }

  function stream(event: IpcMainEvent, name: string, input: unknown): void {
    const port = event.ports[0];
    if (port === undefined) {
      log(`refused ${streamChannel(name)}: no port came with it`);
      return;
    }
    if (!mayAsk(event, streamChannel(name))) {
      port.postMessage({ type: "error", error: notAllowed.error } satisfies StreamEvent);
      port.close();
      return;
    }
    const controller = new AbortController();
    streams.add(controller);
    servePort(port, dispatch, name, input, controller)
      .catch((thrown: unknown) => log(`a stream broke: ${String(thrown)}`))
      .finally(() => streams.delete(controller));
  }

  for (const name of methodNames) {
    ipcMain.handle(callChannel(name), (event, callId: unknown, input: unknown) => call(event, name, callId, input));
  }
  for (const name of streamNames) {
    ipcMain.on(streamChannel(name), (event, input: unknown) => stream(event, name, input));
  }
  ipcMain.on(cancelChannel, cancel);

  return () => {
    for (const name of methodNames) ipcMain.removeHandler(callChannel(name));
    for (const name of streamNames) ipcMain.removeAllListeners(streamChannel(name));
    ipcMain.removeAllListeners(cancelChannel);
    for (const controller of [...calls.values(), ...streams]) controller.abort();
  };
}

const notAllowed = {
  ok: false,
  error: new FlowdeckError("not-allowed", message("call.ownPageOnly")).toJSON(),
} as const satisfies Reply;

/** One stream over one port: the page acknowledges items in batches, and closing the port cancels the stream. */
async function servePort(
  port: MessagePortMain,
  dispatch: Dispatch,
  name: string,
  input: unknown,
  controller: AbortController,
): Promise<void> {
  let ahead = 0;
  let resume: (() => void) | undefined;
  const release = () => {
    resume?.();
    resume = undefined;
  };
  port.on("message", ({ data }) => {
    ahead -= typeof data === "number" ? data : 0;
    if (ahead < unacknowledgedItems) release();
  });
  port.on("close", () => {
    controller.abort();
    release();
  });
  port.start();
  const send = (event: StreamEvent) => port.postMessage(event);
  await dispatch.stream(
    name,
    input,
    {
      item(item) {
        send({ type: "item", item });
        ahead += 1;
        if (ahead < unacknowledgedItems) return;
        return new Promise<void>((resolve) => {
          resume = resolve;
        });
      },
      end: () => send({ type: "end" }),
      error: (error) => send({ type: "error", error }),
    },
    controller.signal,
  );
  port.close();
}
