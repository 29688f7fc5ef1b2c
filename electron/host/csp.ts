import { randomBytes } from "node:crypto";

/**
 * What the page may do, sent with every answer by both hosts: scripts, styles, fonts and pictures of its own, and
 * nothing from anywhere else. Styles that the UI kit puts in at run time carry the nonce it reads from the page's
 * <meta property="csp-nonce">.
 * @param connect the origins beside its own that the page talks to (the loopback host's WebSocket)
 */
export function contentSecurityPolicy(nonce: string, connect: readonly string[] = []): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    ["connect-src 'self'", ...connect].join(" "),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

export function newNonce(): string {
  return randomBytes(18).toString("base64url");
}

/** Headers of every answer beside the policy. */
export const securityHeaders: Readonly<Record<string, string>> = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), clipboard-write=(self)",
};
