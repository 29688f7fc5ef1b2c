import type { CallOutput, MethodName, StreamItem, StreamName, WindowBridge } from "../../../common/contract/index.ts";
import { bridgeTransport } from "./bridge.ts";
import { takeSession } from "./session.ts";
import type { Client, Transport } from "./types.ts";
import { webTransport } from "./web.ts";

export type { Client, Connection, StreamListener } from "./types.ts";

declare global {
  interface Window {
    /** Left by Electron's preload script; absent in a browser. */
    readonly flowdeck?: WindowBridge;
  }
}

/** The client for where the page runs: Electron's bridge if there is one, else the server the page came from. */
export function createClient(): Client {
  return clientOver(
    window.flowdeck === undefined
      ? webTransport({ origin: window.location.origin, secret: takeSession() })
      : bridgeTransport(window.flowdeck),
  );
}

/** Puts the contract's types on a transport: the host at the other end parses by the same contract. */
export function clientOver(transport: Transport): Client {
  return {
    host: transport.host,
    async call<K extends MethodName>(name: K, input: unknown, options?: { signal?: AbortSignal }) {
      return (await transport.call(name, input, options?.signal)) as CallOutput<K>;
    },
    subscribe(name, input, listener) {
      const current = typeof input === "function" ? input : () => input;
      return transport.open(name, current, {
        onItem: (item) => listener.onItem(item as StreamItem<StreamName> as never),
        onError: (error) => listener.onError?.(error),
        onEnd: () => listener.onEnd?.(),
      });
    },
    get connection() {
      return transport.connection;
    },
    onConnection: transport.onConnection,
  };
}
