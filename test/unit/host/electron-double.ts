import { EventEmitter } from "node:events";
import { MessagePort } from "node:worker_threads";
import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent, IpcRenderer, MessageEvent } from "electron";

/**
 * A double of the electron module's IPC, typed by electron.d.ts: what the renderer's side sends reaches the handlers of
 * the main side as structured clones, like in the real one. Electron's own binary is not there where unit tests run.
 */

type Handler = Parameters<IpcMain["handle"]>[1];
type Listener = (event: IpcMainEvent, ...args: unknown[]) => void;

const handlers = new Map<string, Handler>();
const listeners = new EventEmitter();
const webContents = Object.assign(new EventEmitter(), { id: 1 });

/** The frame that asks; tests put another one here. */
export const sender: { frame: { origin: string; parent: object | null } | null } = {
  frame: { origin: "app://flowdeck", parent: null },
};

/** What the preload script left on the window. */
export const exposed: Record<string, unknown> = {};

/** The main process's end of a port; the double's carries Node's own message ports. */
class MessagePortMainDouble extends EventEmitter {
  readonly #port: MessagePort;

  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.on("close", () => this.emit("close"));
  }

  start(): void {
    this.#port.on("message", (data: unknown) => {
      const event: MessageEvent = { data, ports: [] };
      this.emit("message", event);
    });
  }

  postMessage(message: unknown): void {
    this.#port.postMessage(message);
  }

  close(): void {
    this.#port.close();
  }
}

function event(ports: readonly MessagePort[] = []): IpcMainEvent & IpcMainInvokeEvent {
  const double: object = {
    sender: webContents,
    senderFrame: sender.frame,
    ports: ports.map((port) => new MessagePortMainDouble(port)),
  };
  return double as IpcMainEvent & IpcMainInvokeEvent;
}

export const ipcMain: Pick<IpcMain, "handle" | "removeHandler" | "removeAllListeners"> & {
  on(channel: string, listener: Listener): void;
} = {
  handle(channel, handler) {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
  removeHandler: (channel) => void handlers.delete(channel),
  on: (channel, listener) => void listeners.on(channel, listener),
  removeAllListeners(channel) {
    listeners.removeAllListeners(channel);
    return this as IpcMain;
  },
};

export const ipcRenderer: Pick<IpcRenderer, "invoke" | "send" | "postMessage"> = {
  async invoke(channel, ...args) {
    const handler = handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return structuredClone(await handler(event(), ...structuredClone(args)));
  },
  send: (channel, ...args) => void listeners.emit(channel, event(), ...structuredClone(args)),
  postMessage(channel, message, transfer = []) {
    const ports = transfer.filter((item) => item instanceof MessagePort);
    listeners.emit(channel, event(ports), structuredClone(message));
  },
};

export const contextBridge = {
  exposeInMainWorld: (name: string, api: unknown) => {
    exposed[name] = api;
  },
};

/** The channels that are served now. */
export function servedChannels(): string[] {
  return [...handlers.keys(), ...listeners.eventNames().map(String)];
}
