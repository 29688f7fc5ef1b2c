import http from "node:http";
import https from "node:https";
import { Agent, type Dispatcher, EnvHttpProxyAgent, ProxyAgent } from "undici";
import type { ClusterEntry } from "./context.ts";
import type { TlsMaterial } from "./credentials.ts";

export interface DispatcherOptions {
  cluster: ClusterEntry;
  tls: TlsMaterial;
  /** At most this many sockets; more requests wait. Undefined: one for each request under way (watches). */
  connections?: number;
  environment: NodeJS.ProcessEnv;
}

/**
 * Sockets to one API server. HTTP/1.1: undici's HTTP/2 has one socket for everything, so a stalled one stalls all.
 * Proxies as kubectl has them: the kubeconfig's proxy-url, else HTTPS_PROXY and NO_PROXY, never for loopback.
 */
export function createDispatcher({ cluster, tls, connections, environment }: DispatcherOptions): Dispatcher {
  const connect = { ...tls, timeout: 10_000, keepAlive: true, keepAliveInitialDelay: 30_000 };
  const options = {
    connect,
    allowH2: false,
    connections: connections ?? null,
    // The API server keeps idle connections for at least 90 s (net/http in k8s.io/apiserver); load balancers often 60 s.
    keepAliveTimeout: 50_000,
    // A request is answered within the server's own 60 s, or with 504.
    headersTimeout: 70_000,
    bodyTimeout: 70_000,
  };
  if (cluster.proxyUrl !== undefined) return new ProxyAgent({ ...options, uri: cluster.proxyUrl, requestTls: connect });
  const proxy = proxyOfEnvironment(cluster.server, environment);
  if (proxy === undefined) return new Agent(options);
  return new EnvHttpProxyAgent({ ...options, httpProxy: "", ...proxy, requestTls: connect });
}

/** One connection of its own for a WebSocket, through the same proxies. */
export function createAgent({ cluster, tls, environment }: Omit<DispatcherOptions, "connections">): http.Agent {
  const options = { ...tls, keepAlive: false };
  const proxy =
    cluster.proxyUrl === undefined
      ? proxyOfEnvironment(cluster.server, environment)
      : { httpsProxy: cluster.proxyUrl, noProxy: "" };
  const proxyEnv =
    proxy === undefined ? {} : { HTTP_PROXY: proxy.httpsProxy, HTTPS_PROXY: proxy.httpsProxy, NO_PROXY: proxy.noProxy };
  return cluster.server.startsWith("https:")
    ? new https.Agent({ ...options, proxyEnv })
    : new http.Agent({ keepAlive: false, proxyEnv });
}

/** kubectl's rule: HTTPS_PROXY but for what NO_PROXY names, never for loopback. */
function proxyOfEnvironment(
  server: string,
  environment: NodeJS.ProcessEnv,
): { httpsProxy: string; noProxy: string } | undefined {
  const httpsProxy = environment.HTTPS_PROXY ?? environment.https_proxy;
  if (httpsProxy === undefined || httpsProxy === "" || !server.startsWith("https:") || isLoopback(server)) {
    return undefined;
  }
  return { httpsProxy, noProxy: environment.NO_PROXY ?? environment.no_proxy ?? "" };
}

export function isLoopback(server: string): boolean {
  const host = URL.canParse(server) ? new URL(server).hostname : "";
  return host === "localhost" || host === "[::1]" || /^127\./.test(host);
}
