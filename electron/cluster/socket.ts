import type { Agent, IncomingMessage } from "node:http";
import { WebSocket } from "ws";
import { type Message, message } from "../../common/words/index.ts";
import { limits } from "./limits.ts";

export interface SocketOptions {
  /** ws: or wss: */
  url: string;
  protocols: readonly string[];
  headers: Record<string, string | string[]>;
  /** Makes the connection: TLS material and proxies are its matter. */
  agent: Agent;
  signal: AbortSignal;
  /** For the answer to the handshake. */
  timeoutMs?: number;
}

/** The API server dials the pod's node before it answers, and gives up by itself after 30 s; a node that took the call and stands still it awaits for ever. */
const handshakeTimeoutMs = 40_000;
const pingEveryMs = 20_000;
/** As long as kubectl waits (k8s.io/client-go/tools/remotecommand/websocket.go). */
const silentForMs = 60_000;

/** The server answered the handshake with another status than 101. */
export class RefusedHandshake extends Error {
  override readonly name = "RefusedHandshake";
  readonly status: number;
  readonly body: string;

  constructor(status: number, body: string) {
    super(`The WebSocket was refused with ${status}.`);
    this.status = status;
    this.body = body;
  }
}

/** The handshake was not answered in time. */
export class SilentHandshake extends Error {
  override readonly name = "SilentHandshake";
  readonly seconds: number;

  constructor(seconds: number) {
    super(`The WebSocket was not answered within ${seconds} s.`);
    this.seconds = seconds;
  }
}

/** Opens a WebSocket; throws {@link RefusedHandshake}, {@link SilentHandshake}, or what the network or TLS said. Aborting ends it at any time. */
export function openSocket({
  url,
  protocols,
  headers,
  agent,
  signal,
  timeoutMs = handshakeTimeoutMs,
}: SocketOptions): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, [...protocols], {
      headers,
      agent,
      handshakeTimeout: timeoutMs,
      maxPayload: limits.message,
      // The API server does not offer it, and terminals gain nothing from it.
      perMessageDeflate: false,
    });
    const onAbort = (): void => socket.terminate();
    signal.addEventListener("abort", onAbort, { once: true });
    // Stays for the socket's life: an error without a listener would end the process. `close` follows and tells its user.
    socket.on("error", (error) => reject(isTimeout(error) ? new SilentHandshake(timeoutMs / 1000) : error));
    socket.on("close", () => signal.removeEventListener("abort", onAbort));
    socket.on("unexpected-response", (_request, response) => {
      readRefusal(response).then((body) => reject(new RefusedHandshake(response.statusCode ?? 0, body)), reject);
    });
    socket.on("open", () => {
      // Whoever waits for this promise gets to attach listeners before the first message.
      socket.pause();
      setImmediate(() => socket.resume());
      keepAlive(socket);
      resolve(socket);
    });
  });
}

/** ws has no code for it. */
function isTimeout(error: Error): boolean {
  return error.message === "Opening handshake has timed out";
}

/** What ended an open socket, in words: a message beyond the limit. Undefined for what its `close` tells well enough. */
export function socketProblem(error: Error): Message | undefined {
  return "code" in error && error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH"
    ? message("server.messageTooLarge", { limit: limits.message >> 20 })
    : undefined;
}

/** Ends a socket whose other side is silent: after a sleep, or a change of networks, TCP may not tell for many minutes. */
function keepAlive(socket: WebSocket): void {
  let heardAt = Date.now();
  const heard = (): void => {
    heardAt = Date.now();
  };
  socket.on("pong", heard).on("message", heard);
  const timer = setInterval(() => {
    // Nothing is heard while its user holds it back.
    if (socket.isPaused) heard();
    if (Date.now() - heardAt > silentForMs) socket.terminate();
    else socket.ping();
  }, pingEveryMs);
  timer.unref();
  socket.on("close", () => clearInterval(timer));
}

async function readRefusal(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    if (!Buffer.isBuffer(chunk) || size > limits.refusal) break;
    size += chunk.length;
    chunks.push(chunk);
  }
  response.destroy();
  return Buffer.concat(chunks).toString("utf8");
}
