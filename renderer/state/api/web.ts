import {
  FlowdeckError,
  numberedEvent,
  type StreamName,
  type StreamRequest,
  streamProtocol,
  streamSecretPrefix,
} from "../../../common/contract/index.ts";
import { parseJson, stringifyJson } from "../../../common/json/index.ts";
import { message } from "../../../common/words/index.ts";
import { cancelled, outputOf } from "./reply.ts";
import type { Connection, Transport, TransportListener } from "./types.ts";

/** One connection for streams; a part of the browser's WebSocket, so that tests can bring another. */
export interface Socket {
  send(text: string): void;
}

export interface SocketListener {
  open(): void;
  message(data: unknown): void;
  closed(): void;
}

export interface WebTransportOptions {
  /** Such as http://127.0.0.1:4321. */
  origin: string;
  /** The session's secret as it is now; empty in a page that was not let in. */
  secret: () => string;
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
  socket?: (url: string, protocols: string[], listener: SocketListener) => Socket;
  /** The wait before trying again, by how many tries failed in a row; milliseconds. */
  retryMs?: (failures: number) => number;
}

interface OpenStream {
  name: StreamName;
  input: () => unknown;
  listener: TransportListener;
}

function browserSocket(url: string, protocols: string[], listener: SocketListener): Socket {
  const socket = new WebSocket(url, protocols);
  socket.addEventListener("open", () => listener.open());
  socket.addEventListener("message", (event) => listener.message(event.data));
  socket.addEventListener("close", () => listener.closed());
  return socket;
}

/** Over the loopback server: calls as POSTs, all streams in one WebSocket that is opened again when it breaks. */
export function webTransport(options: WebTransportOptions): Transport {
  const request = options.fetch ?? ((url, init) => fetch(url, init));
  const connect = options.socket ?? browserSocket;
  const retryMs = options.retryMs ?? ((failures) => Math.min(250 * 2 ** failures, 5_000));
  const streams = new Map<number, OpenStream>();
  const watchers = new Set<() => void>();
  let connection: Connection = "connecting";
  let socket: Socket | undefined;
  let lastStream = 0;
  let failures = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;

  function become(next: Connection): void {
    if (next === connection) return;
    connection = next;
    for (const changed of watchers) changed();
  }

  function tell(message: StreamRequest): void {
    if (connection === "open") socket?.send(stringifyJson(message));
  }

  function ask(id: number, stream: OpenStream): void {
    tell({ type: "open", id, name: stream.name, input: stream.input() });
  }

  function ensureSocket(): void {
    if (socket !== undefined || retry !== undefined) return;
    const protocols = [streamProtocol, `${streamSecretPrefix}${options.secret()}`];
    const url = `${options.origin.replace(/^http/, "ws")}/api/stream`;
    socket = connect(url, protocols, { open: opened, message: receive, closed });
  }

  function opened(): void {
    failures = 0;
    become("open");
    for (const [id, stream] of streams) ask(id, stream);
  }

  function closed(): void {
    socket = undefined;
    become("lost");
    // Nobody listens: the next subscription connects anew.
    if (streams.size === 0) return;
    retry = setTimeout(() => {
      retry = undefined;
      ensureSocket();
    }, retryMs(failures));
    failures += 1;
  }

  function receive(data: unknown): void {
    const message = numberedEvent.safeParse(typeof data === "string" ? parseJson(data) : undefined);
    if (!message.success) return; // a newer host may say more than this page knows
    const { id, event } = message.data;
    const stream = streams.get(id);
    if (stream === undefined) return;
    if (event.type === "item") {
      stream.listener.onItem(event.item);
      return;
    }
    streams.delete(id);
    if (event.type === "end") stream.listener.onEnd();
    else stream.listener.onError(event.error);
  }

  return {
    host: "web",
    async call(name, input, signal) {
      let answer: unknown;
      try {
        const response = await request(`${options.origin}/api/call/${name}`, {
          method: "POST",
          headers: { "content-type": "application/json", authorization: `Bearer ${options.secret()}` },
          body: stringifyJson(input),
          credentials: "omit",
          ...(signal === undefined ? {} : { signal }),
        });
        answer = parseJson(await response.text());
      } catch (cause) {
        if (signal?.aborted) throw cancelled();
        throw new FlowdeckError("disconnected", message("call.noAnswer"), {
          advice: message("call.startAgain"),
          cause,
        });
      }
      return outputOf(answer);
    },
    open(name, input, listener) {
      lastStream += 1;
      const id = lastStream;
      const stream = { name, input, listener };
      streams.set(id, stream);
      if (connection === "open") ask(id, stream);
      else ensureSocket();
      return () => {
        if (streams.delete(id)) tell({ type: "close", id });
      };
    },
    get connection() {
      return connection;
    },
    onConnection(changed) {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
  };
}
