import type { IncomingMessage } from "node:http";

/**
 * Whether a request can have come from our own page, before any secret is looked at. The Host header keeps out names
 * that were pointed at 127.0.0.1 (DNS rebinding); the Origin header keeps out pages of other origins, which browsers
 * let send POSTs and open WebSockets to us.
 * @returns the reason for refusing, or undefined
 */
export function refusalOf(request: IncomingMessage, port: number, kind: "read" | "act"): string | undefined {
  const { host, origin } = request.headers;
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return "the Host header is not this app's address";
  if (origin === undefined) return kind === "act" ? "there is no Origin header" : undefined;
  return origin === `http://${host}` ? undefined : "the Origin header names another site";
}
