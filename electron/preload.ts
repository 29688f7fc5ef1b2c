import { contextBridge, ipcRenderer } from "electron";
import { type StreamEvent, streamEvent, type WindowBridge } from "../common/contract/index.ts";
import { methodNames, streamNames } from "../common/contract/names.ts";
import { callChannel, cancelChannel, streamChannel, unacknowledgedItems } from "./host/channels.ts";

/**
 * What the page gets on its window: a function for each name of the contract, and nothing that takes a channel's name.
 * Inputs are parsed by the main process; nothing is decided here.
 */
const bridge: WindowBridge = {
  calls: frozen(methodNames, (name) => (input, callId) => ipcRenderer.invoke(callChannel(name), callId, input)),
  cancelCall: (callId) => ipcRenderer.send(cancelChannel, callId),
  streams: frozen(streamNames, (name) => (input, listener) => openStream(name, input, listener)),
};

function frozen<K extends string, V>(names: readonly K[], make: (name: K) => V): Readonly<Record<K, V>> {
  return Object.freeze(Object.fromEntries(names.map((name) => [name, make(name)])) as Record<K, V>);
}

function openStream(name: string, input: unknown, listener: (event: StreamEvent) => void): () => void {
  const { port1, port2 } = new MessageChannel();
  let unacknowledged = 0;
  port1.addEventListener("message", (message) => {
    const event = streamEvent.parse(message instanceof MessageEvent ? message.data : undefined);
    listener(event);
    if (event.type !== "item") {
      port1.close();
      return;
    }
    unacknowledged += 1;
    if (unacknowledged >= unacknowledgedItems / 2) {
      port1.postMessage(unacknowledged);
      unacknowledged = 0;
    }
  });
  port1.start();
  ipcRenderer.postMessage(streamChannel(name), input, [port2]);
  return () => port1.close();
}

contextBridge.exposeInMainWorld("flowdeck", Object.freeze(bridge));
