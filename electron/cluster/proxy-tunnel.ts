import http from "node:http";
import https from "node:https";
import type { Socket } from "node:net";
import { type Message, message, textOf } from "../../common/words/index.ts";
import type { TlsMaterial } from "./credentials.ts";

/** The proxy, and not the API server behind it, is what failed; its words never hold the proxy's password. */
export class ProxyFailure extends Error {
  override readonly name = "ProxyFailure";
  /** host:port */
  readonly proxy: string;
  /** Somebody else's words where it is a string. */
  readonly why: Message | string;

  constructor(proxy: URL, why: Message | string, cause?: unknown) {
    super(typeof why === "string" ? why : textOf(why, "en"), cause === undefined ? undefined : { cause });
    this.why = why;
    this.proxy = hostAndPort(proxy);
  }
}

export interface TunnelOptions {
  proxy: URL;
  /** Where the tunnel leads; a name is looked up by the proxy. */
  host: string;
  port: number;
  timeoutMs: number;
  /** For a proxy that is itself spoken to with TLS: as kubectl, by the rules of the cluster, but without its client certificate. */
  tls: Pick<TlsMaterial, "ca" | "rejectUnauthorized">;
}

const defaultPorts: Record<string, number> = {
  "http:": 80,
  "https:": 443,
  "socks5:": 1080,
  "socks5h:": 1080,
  "socks:": 1080,
};

/** Throws for a proxy of a kind that cannot be used. */
export function requireKnownProxy(proxy: URL): void {
  if (proxy.protocol in defaultPorts && proxy.hostname !== "") return;
  throw new Error(`The proxy ${proxy.protocol}//${proxy.host} is of no known kind: http, https, socks5 or socks5h.`);
}

/** A TCP connection through a proxy: CONNECT, or SOCKS 5. Throws {@link ProxyFailure}. */
export async function openTunnel(options: TunnelOptions): Promise<Socket> {
  return options.proxy.protocol.startsWith("socks") ? await throughSocks(options) : await throughConnect(options);
}

async function throughSocks({ proxy, host, port, timeoutMs }: TunnelOptions): Promise<Socket> {
  // Few clusters are behind such a proxy: only for those is what speaks to one loaded.
  const { SocksClient } = await import("socks");
  const { username, password } = userOf(proxy);
  try {
    const { socket } = await SocksClient.createConnection({
      command: "connect",
      proxy: {
        type: 5,
        host: unbracketed(proxy.hostname),
        port: portOf(proxy),
        ...(username === "" ? {} : { userId: username, password }),
      },
      destination: { host, port },
      timeout: timeoutMs,
    });
    return socket;
  } catch (error) {
    throw new ProxyFailure(proxy, error instanceof Error ? error.message : String(error), error);
  }
}

function throughConnect({ proxy, host, port, timeoutMs, tls }: TunnelOptions): Promise<Socket> {
  const { username, password } = userOf(proxy);
  const target = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const credentials = Buffer.from(`${username}:${password}`).toString("base64");
  return new Promise((resolve, reject) => {
    const fail = (why: Message | string, cause?: unknown): void => {
      reject(new ProxyFailure(proxy, why, cause));
      request.destroy();
    };
    const options = {
      method: "CONNECT",
      host: unbracketed(proxy.hostname),
      port: portOf(proxy),
      path: target,
      headers: {
        host: target,
        "user-agent": "flowdeck",
        ...(username === "" ? {} : { "proxy-authorization": `Basic ${credentials}` }),
      },
      // A connection of its own, which becomes the tunnel.
      agent: false as const,
    };
    const request = proxy.protocol === "https:" ? https.request({ ...options, ...tls }) : http.request(options);
    const timer = setTimeout(() => fail(message("network.proxyTimedOut", { seconds: timeoutMs / 1000 })), timeoutMs);
    request.on("close", () => clearTimeout(timer));
    request.on("error", (error) => fail(error.message, error));
    request.on("response", (response) => fail(answered(response)));
    request.on("connect", ({ statusCode, statusMessage }, socket, head) => {
      clearTimeout(timer);
      if (statusCode !== 200) {
        socket.destroy();
        return fail(answered({ statusCode, statusMessage }));
      }
      if (head.length > 0) socket.unshift(head);
      // Node types it as a Duplex for those who bring a socket of their own; ours is a connection.
      resolve(socket as Socket);
    });
    request.end();
  });
}

function answered({ statusCode, statusMessage }: Pick<http.IncomingMessage, "statusCode" | "statusMessage">): Message {
  return message("network.proxyAnswered", { status: `${statusCode} ${statusMessage}` });
}

function userOf({ username, password }: URL): { username: string; password: string } {
  return { username: decoded(username), password: decoded(password) };
}

/** A lone % is meant as it is written. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function portOf(proxy: URL): number {
  return proxy.port === "" ? (defaultPorts[proxy.protocol] ?? 0) : Number(proxy.port);
}

function hostAndPort(proxy: URL): string {
  return `${proxy.hostname}:${portOf(proxy)}`;
}

function unbracketed(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "");
}
