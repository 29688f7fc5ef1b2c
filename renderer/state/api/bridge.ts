import { FlowdeckError, type WindowBridge } from "../../../common/contract/index.ts";
import { message } from "../../../common/words/index.ts";
import { cancelled, outputOf } from "./reply.ts";
import type { Transport } from "./types.ts";

/** Through Electron's preload script. The program behind the page cannot go away without the page. */
export function bridgeTransport(bridge: WindowBridge): Transport {
  let lastCall = 0;
  return {
    host: "electron",
    async call(name, input, signal) {
      if (signal?.aborted) throw cancelled();
      if (!Object.hasOwn(bridge.calls, name)) throw unknown(name);
      lastCall += 1;
      const callId = lastCall;
      const abort = () => bridge.cancelCall(callId);
      signal?.addEventListener("abort", abort, { once: true });
      try {
        return outputOf(await bridge.calls[name](input, callId));
      } finally {
        signal?.removeEventListener("abort", abort);
      }
    },
    open(name, input, listener) {
      let closed = false;
      if (!Object.hasOwn(bridge.streams, name)) {
        listener.onError(unknown(name).toJSON());
        return () => undefined;
      }
      const close = bridge.streams[name](input(), (event) => {
        if (closed) return;
        if (event.type === "item") {
          listener.onItem(event.item);
          return;
        }
        closed = true;
        if (event.type === "end") listener.onEnd();
        else listener.onError(event.error);
      });
      return () => {
        closed = true;
        close();
      };
    },
    connection: "open",
    onConnection: () => () => undefined,
  };
}

function unknown(name: string): FlowdeckError {
  return new FlowdeckError("unknown-method", message("call.noBridge", { name }));
}
