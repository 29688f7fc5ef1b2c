import type { RawData, WebSocket } from "ws";
import { FlowdeckError, type StreamEvent, streamRequest } from "../../common/contract/index.ts";
import { parseJson, stringifyJson } from "../../common/json/index.ts";
import { message } from "../../common/words/index.ts";
import type { Dispatch, StreamSink } from "./dispatch.ts";
import type { HostLog } from "./log.ts";

/** Bytes waiting in a connection beyond which its streams wait for the reader. */
const highWater = 1 << 20;
/** A page has a handful of streams open; more than this is a fault in it. */
const mostStreams = 200;

/** Serves the streams of one page over its WebSocket until it closes; then all of them are cancelled. */
export function serveSocket(socket: WebSocket, dispatch: Dispatch, log: HostLog): void {
  const open = new Map<number, AbortController>();

  function send(id: number, event: StreamEvent): void | Promise<void> {
    if (socket.readyState !== socket.OPEN) return;
    const text = stringifyJson({ id, event });
    if (socket.bufferedAmount < highWater) {
      socket.send(text);
      return;
    }
    // The callback comes when the bytes have left; a failed send closes the socket, which cancels the streams.
    return new Promise((resolve) => socket.send(text, () => resolve()));
  }

  function sinkFor(id: number): StreamSink {
    return {
      item: (item) => send(id, { type: "item", item }),
      end: () => void send(id, { type: "end" }),
      error: (error) => void send(id, { type: "error", error }),
    };
  }

  async function start(id: number, name: string, input: unknown): Promise<void> {
    const controller = new AbortController();
    open.set(id, controller);
    await dispatch.stream(name, input, sinkFor(id), controller.signal);
    open.delete(id);
  }

  function receive(data: RawData): void {
    const request = streamRequest.safeParse(readRequest(data));
    if (!request.success) {
      log("closed a connection that sent what is no stream request");
      socket.close(1008, "not a stream request");
      return;
    }
    const { id } = request.data;
    if (request.data.type === "close") {
      open.get(id)?.abort();
      open.delete(id);
    } else if (open.has(id) || open.size >= mostStreams) {
      const error = new FlowdeckError("busy", message("call.tooManyStreams")).toJSON();
      sinkFor(id).error(error);
    } else {
      start(id, request.data.name, request.data.input).catch((thrown) => log(`a stream broke: ${String(thrown)}`));
    }
  }

  socket.on("message", receive);
  socket.on("error", (error) => log(`a connection failed: ${error.message}`));
  socket.on("close", () => {
    for (const controller of open.values()) controller.abort();
    open.clear();
  });
}

function readRequest(data: RawData): unknown {
  try {
    return parseJson(String(data));
  } catch {
    return undefined; // refused by the schema that looks at it next
  }
}
