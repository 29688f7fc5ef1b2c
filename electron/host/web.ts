import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { AppError, Reply } from "../../common/contract/index.ts";
import { contentSecurityPolicy, newNonce, securityHeaders } from "./csp.ts";
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
const bodyLimit = 1 << 20;

/** Listens, then resolves. Rejects when the port is taken. */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const log: HostLog = (line) => options.log?.(logLine(line));
  const dispatch = createDispatch(options.backend, { log, checkOutput: options.checkOutput ?? false });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: bodyLimit });
  const running = new Set<AbortController>();
  const server = createServer((request, response) => {
    answer(request, response).catch((thrown: unknown) => {
      log(`an answer failed: ${thrown instanceof Error ? thrown.stack : String(thrown)}`);
      if (response.headersSent) response.destroy();
      else sendText(response, 500, "Flowdeck could not answer this.");
    });
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  const session = createSession(port);

  function refuse(request: IncomingMessage, reason: string): void {
    log(`refused ${request.method} ${(request.url ?? "").split("?")[0]?.slice(0, 100)}: ${reason}`);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", `http://127.0.0.1:${port}`);
    const reads = request.method === "GET" || request.method === "HEAD";
    setHeaders(response, newNonce());
    if (url.pathname === startLinkPath) return startLink(request, response);
    const reason = refusalOf(request, port, reads ? "read" : "act");
    if (reason !== undefined) {
      refuse(request, reason);
      return sendText(response, 403, "Refused: this address serves the Flowdeck page of its own user only.");
    }
    if (reads && url.pathname === "/start") return enter(request, response, url.searchParams.get("token") ?? "");
    if (!session.admits(request.headers.cookie)) {
      refuse(request, "no session");
      if (!reads || url.pathname.startsWith("/api/")) return sendReply(response, 401, notLetIn);
      return sendHtml(response, 401, howToGetIn);
    }
    if (url.pathname.startsWith(callPath)) {
      return call(request, response, url.pathname.slice(callPath.length));
    }
    return page(request, response, url.pathname);
  }

  function setHeaders(response: ServerResponse, nonce: string): void {
    const connect = [`ws://127.0.0.1:${port}`, `ws://localhost:${port}`];
    response.setHeader("content-security-policy", contentSecurityPolicy(nonce, connect));
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    response.setHeader("cache-control", "no-store");
  }

  /** The start link: its token is used up for the session's cookie. A page already let in may open it again. */
  function enter(request: IncomingMessage, response: ServerResponse, token: string): void {
    if (session.redeem(token)) response.setHeader("set-cookie", session.cookie());
    else if (!session.admits(request.headers.cookie)) {
      refuse(request, "the start token is used or wrong");
      sendHtml(response, 401, howToGetIn);
      return;
    }
    response.writeHead(303, { location: "/" }).end();
  }

  /** For `npm start` run again beside this one: no browser is involved, so there is a key and must be no Origin. */
  function startLink(request: IncomingMessage, response: ServerResponse): void {
    const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const expected = options.instanceKey;
    const ours = refusalOf(request, port, "read") === undefined && request.headers.origin === undefined;
    if (request.method !== "POST" || !ours || expected === undefined || !sameSecret(key, expected)) {
      refuse(request, "not asked by this user's own program");
      sendText(response, 403, "Refused.");
      return;
    }
    sendText(response, 200, startUrl());
  }

  function startUrl(): string {
    return `http://127.0.0.1:${port}/start?token=${session.issueStartToken()}`;
  }

  async function call(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    if (request.method !== "POST") return sendText(response, 405, "Calls are POSTs.");
    if (!/^application\/json\b/.test(request.headers["content-type"] ?? "")) {
      return sendReply(response, 415, invalid("A call's input is sent as application/json."));
    }
    const body = await readBody(request);
    if (body === undefined) {
      refuse(request, "the body is too large");
      response.setHeader("connection", "close");
      return sendReply(response, 413, invalid(`A call's input is at most ${bodyLimit} bytes.`));
    }
    const input = parseJson(body);
    if (input === undefined) return sendReply(response, 400, invalid("The call's input is not JSON."));
    const controller = new AbortController();
    running.add(controller);
    response.once("close", () => controller.abort());
    const reply = await dispatch.call(name, input.value, controller.signal);
    running.delete(controller);
    if (!response.destroyed) sendReply(response, 200, reply);
  }

  async function page(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    if (request.method !== "GET" && request.method !== "HEAD") return sendText(response, 405, "Pages are read only.");
    const nonce = newNonce();
    const file = path.startsWith("/api/") ? undefined : await readPageFile(options.pageFolder, path, nonce);
    if (file === undefined) return sendText(response, 404, "There is no such page.");
    setHeaders(response, nonce);
    if (file.immutable) response.setHeader("cache-control", "private, max-age=31536000, immutable");
    response.setHeader("content-type", file.type);
    response.end(request.method === "HEAD" ? undefined : file.body);
  }

  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on("error", (error) => log(`a connection failed: ${error.message}`));
    const path = (request.url ?? "").split("?")[0];
    const reason =
      path !== streamPath
        ? "there is no such stream"
        : (refusalOf(request, port, "act") ?? (session.admits(request.headers.cookie) ? undefined : "no session"));
    if (reason !== undefined) {
      refuse(request, reason);
      const status =
        path !== streamPath ? "404 Not Found" : reason === "no session" ? "401 Unauthorized" : "403 Forbidden";
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
  error: {
    code: "not-allowed",
    message: "This page is not let in: its session is over or was never begun.",
    detail: "Run `npm start` again, or press Enter where it runs, and open the link it prints.",
  },
};

const howToGetIn = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Flowdeck</title>
<h1>Flowdeck is running, but this link is used up</h1>
<p>Each start link lets one browser in, once. For a new one press Enter in the terminal where Flowdeck runs,
or run <code>npm start</code> again, and open the link it prints.</p>
<p>Opened the link just now? <a href="/">Go on to Flowdeck</a>.</p></html>`;

function invalid(message: string): Reply {
  const error: AppError = { code: "invalid-input", message };
  return { ok: false, error };
}

/** Undefined when it is longer than allowed; what is left of it is not read. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > bodyLimit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: text === "" ? {} : JSON.parse(text) };
  } catch {
    return undefined; // the caller says so
  }
}

function sendReply(response: ServerResponse, status: number, reply: Reply): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(reply));
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(text);
}

function sendHtml(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { "content-type": "text/html; charset=utf-8" }).end(html);
}
