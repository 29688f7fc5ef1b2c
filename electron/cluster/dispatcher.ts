import http from "node:http";
import type { Socket } from "node:net";
import { rootCertificates } from "node:tls";
import { Agent, buildConnector, type Dispatcher } from "undici";
import type { ClusterEntry } from "./context.ts";
import type { TlsMaterial } from "./credentials.ts";
import { parseProxy, proxyOfEnvironment } from "./proxy-rules.ts";
import { openTunnel, requireKnownProxy } from "./proxy-tunnel.ts";

const connectTimeoutMs = 10_000;

export interface ConnectorOptions {
  cluster: ClusterEntry;
  tls: TlsMaterial;
  environment: NodeJS.ProcessEnv;
}

export type Connector = buildConnector.connector;

/**
 * Makes every connection to one API server, of requests, watches and WebSockets alike, with TLS already up. Proxies as
 * kubectl has them: the kubeconfig's proxy-url, else what the environment says. Throws for a proxy that cannot be used.
 */
export function createConnector({ cluster, tls, environment }: ConnectorOptions): Connector {
  const proxy = proxyOf(cluster, environment);
  if (proxy !== undefined) requireKnownProxy(proxy);
  // HTTP/1.1: undici's HTTP/2 has one socket for everything, so a stalled one stalls all.
  const direct = buildConnector({
    ...tls,
    allowH2: false,
    timeout: connectTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelay: 30_000,
  });
  if (proxy === undefined) return direct;
  return (options, callback) => {
    const { hostname, protocol } = options;
    const host = hostname.replace(/^\[|\]$/g, "");
    const port = Number(options.port) || (protocol === "https:" ? 443 : 80);
    openTunnel({ proxy, host, port, timeoutMs: connectTimeoutMs, tls: proxyTls(tls) }).then(
      (socket) => {
        if (protocol === "https:") direct({ ...options, httpSocket: socket }, callback);
        else callback(null, socket);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
    );
  };
}

/** @param connections at most this many sockets, more requests wait; undefined: one for each request under way (watches) */
export function createDispatcher(connect: Connector, connections?: number): Dispatcher {
  return new Agent({
    connect,
    allowH2: false,
    connections: connections ?? null,
    // The API server keeps idle connections for at least 90 s (net/http in k8s.io/apiserver); load balancers often 60 s.
    keepAliveTimeout: 50_000,
    // A request is answered within the server's own 60 s, or with 504.
    headersTimeout: 70_000,
    bodyTimeout: 70_000,
  });
}

/** Connections of WebSockets: one for each, none kept. */
export class SocketAgent extends http.Agent {
  readonly #connect: Connector;
  readonly #server: URL;
  /** Node asks an agent whether it is one for https: or for http:. */
  readonly protocol: string;

  constructor(connect: Connector, server: string) {
    super({ keepAlive: false });
    this.#connect = connect;
    this.#server = new URL(server);
    this.protocol = this.#server.protocol;
  }

  override createConnection(_options: unknown, callback?: (error: Error | null, stream: Socket) => void): undefined {
    const { hostname, host, protocol, port } = this.#server;
    this.#connect({ hostname, host, protocol, port }, (...[error, socket]) => {
      if (error === null) callback?.(null, socket);
      // Node reads no socket where there is an error.
      else callback?.(error, undefined as unknown as Socket);
    });
    return undefined;
  }
}

function proxyOf({ server, proxyUrl }: ClusterEntry, environment: NodeJS.ProcessEnv): URL | undefined {
  if (proxyUrl === undefined || proxyUrl === "") return proxyOfEnvironment(server, environment);
  const proxy = parseProxy(proxyUrl);
  if (proxy === undefined) throw new Error("Its proxy-url is no address.");
  return proxy;
}

/** Certificates of a proxy may come from the cluster's authority or from a public one. */
function proxyTls({ ca, rejectUnauthorized }: TlsMaterial): Pick<TlsMaterial, "ca" | "rejectUnauthorized"> {
  if (ca === undefined) return { rejectUnauthorized };
  return { rejectUnauthorized, ca: [...rootCertificates, ...(Array.isArray(ca) ? ca : [ca])] };
}
