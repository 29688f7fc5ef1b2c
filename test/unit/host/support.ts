import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import type { WindowBridge } from "../../../common/contract/index.ts";
import { FlowdeckError, streamProtocol, streamSecretPrefix } from "../../../common/contract/index.ts";
import { verbatim } from "../../../common/words/index.ts";
import type { HostLog } from "../../../electron/host/log.ts";
import type { Backend } from "../../../electron/host/types.ts";
import { startWebHost, type WebHost, type WebHostOptions } from "../../../electron/host/web.ts";
import { bridgeTransport } from "../../../renderer/state/api/bridge.ts";
import { clientOver } from "../../../renderer/state/api/client.ts";
import type { Client } from "../../../renderer/state/api/types.ts";
import { type Socket, type SocketListener, webTransport } from "../../../renderer/state/api/web.ts";

/** A backend that does what is given, and fails any other call. */
export function backendOf(parts: Partial<Backend>): Backend {
  return new Proxy(parts as Backend, {
    get: (target, name: keyof Backend) =>
      target[name] ??
      (() => {
        throw new FlowdeckError("not-found", verbatim(`This test has no ${String(name)}.`));
      }),
  });
}

export interface ServedClient {
  client: Client;
  log: string[];
  close(): Promise<void>;
}

const sessionMeta = '<meta name="flowdeck-session" content="__SESSION__" />';

/** A folder that looks like a built page. */
export async function pageFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "flowdeck-page-"));
  await writeFile(
    join(folder, "index.html"),
    `<meta property="csp-nonce" nonce="__CSP_NONCE__">${sessionMeta}<p>page</p>`,
  );
  await writeFile(join(folder, "app.js"), "export {};");
  return folder;
}

export async function serveWeb(backend: Backend, more: Partial<WebHostOptions> = {}): Promise<WebHost> {
  return startWebHost({ backend, pageFolder: await pageFolder(), checkOutput: true, ...more });
}

/** Goes through the start link as a browser would; gives the session's secret that the page is left with. */
export async function enter(host: WebHost): Promise<string> {
  const response = await fetch(host.startUrl(), { redirect: "manual" });
  const secret = secretIn(await response.text());
  if (secret === "") throw new Error(`No secret was given: ${response.status}`);
  return secret;
}

/** The secret in a page, or nothing. */
export function secretIn(html: string): string {
  return /name="flowdeck-session" content="([^"]*)"/.exec(html)?.[1] ?? "";
}

/** What a page offers when it opens its WebSocket. */
export function streamProtocols(secret: string): string[] {
  return [streamProtocol, `${streamSecretPrefix}${secret}`];
}

/** The renderer's client in Node: a browser would add the Origin by itself. */
export function webClient(host: WebHost, secret: string): { client: Client; drop: () => void } {
  const headers = { origin: host.origin };
  const sockets = new Set<WebSocket>();
  const socket = (url: string, protocols: string[], listener: SocketListener): Socket => {
    const opened = new WebSocket(url, protocols, { headers });
    sockets.add(opened);
    opened.on("open", () => listener.open());
    opened.on("message", (data) => listener.message(String(data)));
    opened.on("close", () => {
      sockets.delete(opened);
      listener.closed();
    });
    opened.on("error", () => opened.terminate());
    return opened;
  };
  const transport = webTransport({
    origin: host.origin,
    secret: () => secret,
    fetch: (url, init) => fetch(url, { ...init, headers: { ...init.headers, ...headers } }),
    socket,
    retryMs: () => 1,
  });
  const drop = () => {
    for (const one of sockets) one.terminate();
  };
  return { client: clientOver(transport), drop };
}

export async function overWeb(backend: Backend): Promise<ServedClient> {
  const log: string[] = [];
  const host = await serveWeb(backend, { log: (line) => log.push(line) });
  const { client } = webClient(host, await enter(host));
  return { client, log, close: () => host.close() };
}

/** Needs vi.mock("electron", …) with the double beside this file. */
export async function overElectron(backend: Backend): Promise<ServedClient> {
  const { exposed } = await import("./electron-double.ts");
  const { serveElectron } = await import("../../../electron/host/electron.ts");
  await import("../../../electron/preload.ts");
  const log: string[] = [];
  const note: HostLog = (line) => log.push(line);
  const stop = serveElectron({ backend, log: note, checkOutput: true });
  const client = clientOver(bridgeTransport(exposed.flowdeck as WindowBridge));
  return { client, log, close: async () => stop() };
}
