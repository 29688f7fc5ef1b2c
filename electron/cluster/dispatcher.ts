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
  const httpsProxy = environment.HTTPS_PROXY ?? environment.https_proxy;
  if (
    httpsProxy === undefined ||
    httpsProxy === "" ||
    !cluster.server.startsWith("https:") ||
    isLoopback(cluster.server)
  ) {
    return new Agent(options);
  }
  const noProxy = environment.NO_PROXY ?? environment.no_proxy ?? "";
  return new EnvHttpProxyAgent({ ...options, httpProxy: "", httpsProxy, noProxy, requestTls: connect });
}

export function isLoopback(server: string): boolean {
  const host = URL.canParse(server) ? new URL(server).hostname : "";
  return host === "localhost" || host === "[::1]" || /^127\./.test(host);
}
