import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import {
  FlowdeckError,
  mostInputBytes,
  type Reply,
  streamProtocol,
  streamSecretPrefix,
} from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import {
  bearer,
  invalid,
  parseJson,
  readBody,
  readTarget,
  sendReply,
  sendSaid,
  sendText,
  setHeaders,
} from "./answer.ts";
import { newNonce } from "./csp.ts";
import { createDispatch } from "./dispatch.ts";
import { refusalOf } from "./guard.ts";
import { type HostLog, logLine } from "./log.ts";
import { readPageFile } from "./page.ts";
import { createSession, sameSecret } from "./session.ts";
import { serveSocket } from "./socket.ts";
import type { Backend } from "./types.ts";

export interface WebHostOptions {
  backend: Backend;
  /** The built renderer (dist/renderer). */
  pageFolder: string;
  /** A free one when it is 0 or absent. */
  port?: number;
  log?: HostLog;
  checkOutput?: boolean;
  /** How often each page is asked whether it is still there; 15 s unless told. */
  heartbeatMs?: number;
  /** Lets another process of the same user ask for a start link (see {@link startLinkPath}). */
  instanceKey?: string;
  /** Called when a start link has let a browser in. */
  onEntered?: () => void;
  /** Told how many pages are connected, at each change. */
  onPages?: (connected: number) => void;
}

/** The renderer's backend over HTTP on 127.0.0.1, for one user's browser. */
export interface WebHost {
  readonly port: number;
  readonly origin: string;
  /** A link that lets one browser in, once. */
  startUrl(): string;
  /** Cancels every call and stream, and stops listening. */
  close(): Promise<void>;
}

export const startLinkPath = "/api/start-link";
const callPath = "/api/call/";
const streamPath = "/api/stream";
/** What opens a stream is small: selectors, filters, places. */
const mostMessageBytes = 1 << 20;

/** Listens, then resolves. Rejects when the port is taken. */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const log: HostLog = (line) => options.log?.(logLine(line));
  const dispatch = createDispatch(options.backend, { log, checkOutput: options.checkOutput ?? false });
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: mostMessageBytes,
    handleProtocols: () => streamProtocol, // never the one with the secret
  });
  const running = new Set<AbortController>();
  const server = createServer((request, response) => {
    answer(request, response).catch((thrown: unknown) => {
      log(`an answer failed: ${thrown instanceof Error ? thrown.stack : String(thrown)}`);
      if (response.headersSent) response.destroy();
      else sendSaid(request, response, 500, message("answer.failed"));
    });
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  const session = createSession();

  function refuse(request: IncomingMessage, reason: string): void {
    log(`refused ${request.method} ${(request.url ?? "").split("?")[0]?.slice(0, 100)}: ${reason}`);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    setHeaders(response, port, newNonce());
    const target = readTarget(request);
    if (target === undefined) return sendSaid(request, response, 400, message("answer.noPage"));
    const { path, query } = target;
    const reads = request.method === "GET" || request.method === "HEAD";
    if (path === startLinkPath) return startLink(request, response);
    const reason = refusalOf(request, port, reads ? "read" : "act");
    if (reason !== undefined) {
      refuse(request, reason);
      return sendSaid(request, response, 403, message("answer.refused"));
    }
    if (path.startsWith("/api/")) return api(request, response, path);
    if (!reads) return sendSaid(request, response, 405, message("answer.readOnly"));
    if (path === "/start") return enter(request, response, query.get("token") ?? "");
    return page(request, response, path);
  }

  async function api(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    if (!session.admits(bearer(request))) {
      refuse(request, "no session");
      return sendReply(response, 401, notLetIn);
    }
    if (path.startsWith(callPath)) return call(request, response, path.slice(callPath.length));
    return sendSaid(request, response, 404, message("answer.noPage"));
  }

  /**
   * The start link: its token is used up for the session's secret, which is in the page that answers. Without it the
   * page comes all the same: a browser that was let in before goes on with what it has, another is told how to get in.
   */
  function enter(request: IncomingMessage, response: ServerResponse, token: string): Promise<void> {
    if (request.method === "GET" && session.redeem(token)) {
      options.onEntered?.();
      return page(request, response, "/", { secret: session.secret });
    }
    refuse(request, "the start token is used, expired or wrong");
    return page(request, response, "/", { status: 401 });
  }

  /** For `npm start` run again beside this one: no browser is involved, so there is a key and must be no Origin. */
  function startLink(request: IncomingMessage, response: ServerResponse): void {
    const key = bearer(request) ?? "";
    const expected = options.instanceKey;
    const ours = refusalOf(request, port, "read") === undefined && request.headers.origin === undefined;
    if (request.method !== "POST" || !ours || expected === undefined || !sameSecret(key, expected)) {
      refuse(request, "not asked by this user's own program");
      sendSaid(request, response, 403, message("answer.otherProgram"));
      return;
    }
    sendText(response, 200, startUrl());
  }

  function startUrl(): string {
    return `http://127.0.0.1:${port}/start?token=${session.issueStartToken()}`;
  }

  async function call(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    if (request.method !== "POST") return sendSaid(request, response, 405, message("answer.callsArePosts"));
    if (!/^application\/json\b/.test(request.headers["content-type"] ?? "")) {
      return sendReply(response, 415, invalid(message("call.notJsonType")));
    }
    const body = await readBody(request, mostInputBytes);
    if (body === undefined) {
      refuse(request, "the body is too large");
      response.setHeader("connection", "close");
      return sendReply(response, 413, invalid(message("call.inputTooLong", { bytes: mostInputBytes })));
    }
    const input = parseJson(body);
    if (input === undefined) return sendReply(response, 400, invalid(message("call.notJson")));
    const controller = new AbortController();
    running.add(controller);
    response.once("close", () => controller.abort());
    const reply = await dispatch.call(name, input.value, controller.signal);
    running.delete(controller);
    if (!response.destroyed) sendReply(response, 200, reply);
  }

  /** The built page's files hold nothing of the user's and are given to whoever can reach this address. */
  async function page(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    { status = 200, secret = "" } = {},
  ): Promise<void> {
    const nonce = newNonce();
    const file = await readPageFile(options.pageFolder, path, { nonce, session: secret });
    if (file === undefined) return sendSaid(request, response, 404, message("answer.noPage"));
    setHeaders(response, port, nonce);
    if (file.immutable) response.setHeader("cache-control", "private, max-age=31536000, immutable");
    response.writeHead(status, { "content-type": file.type });
    response.end(request.method === "HEAD" ? undefined : file.body);
  }

  /** A browser lets a page add no header to a WebSocket: the secret comes as one of the protocols it offers. */
  function streamRefusal(request: IncomingMessage): [status: string, reason: string] | undefined {
    if (readTarget(request)?.path !== streamPath) return ["404 Not Found", "there is no such stream"];
    const reason = refusalOf(request, port, "act");
    if (reason !== undefined) return ["403 Forbidden", reason];
    const offered = (request.headers["sec-websocket-protocol"] ?? "").split(",").map((one) => one.trim());
    const secret = offered.find((one) => one.startsWith(streamSecretPrefix))?.slice(streamSecretPrefix.length);
    return session.admits(secret) ? undefined : ["401 Unauthorized", "no session"];
  }

  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", (error) => log(`a connection failed: ${error.message}`));
    const refused = streamRefusal(request);
    if (refused !== undefined) {
      const [status, reason] = refused;
      refuse(request, reason);
      socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (accepted) => sockets.emit("connection", accepted, request));
  });

  const alive = new WeakSet<object>();
  sockets.on("connection", (socket) => {
    alive.add(socket);
    socket.on("pong", () => alive.add(socket));
    socket.on("close", () => options.onPages?.(sockets.clients.size));
    serveSocket(socket, dispatch, log);
    options.onPages?.(sockets.clients.size);
  });
  const heartbeat = setInterval(() => {
    for (const socket of sockets.clients) {
      if (alive.delete(socket)) socket.ping();
      else socket.terminate();
    }
  }, options.heartbeatMs ?? 15_000);
  heartbeat.unref();

  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    startUrl,
    async close() {
      clearInterval(heartbeat);
      for (const controller of running) controller.abort();
      for (const socket of sockets.clients) socket.close(1001, "Flowdeck has ended");
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await closed;
    },
  };
}

const notLetIn: Reply = {
  ok: false,
  error: new FlowdeckError("signed-out", message("call.signedOut"), { advice: message("call.openLink") }).toJSON(),
};
