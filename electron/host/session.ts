import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * Who may come in: whoever sends the session's secret, which a page is given in exchange for a start token that works
 * once and for a few minutes. It is no cookie: a browser sends those to every port of 127.0.0.1, whoever listens there.
 * The secrets live in this process only and end with it.
 */
export interface Session {
  readonly secret: string;
  /** A new token for a start link. */
  issueStartToken(): string;
  /** True once per token, and only before it expires. */
  redeem(token: string): boolean;
  /** Whether this is the session's secret. */
  admits(given: string | undefined): boolean;
}

/** Tokens not yet used; older ones are dropped, so that a forgotten link does not stay open among many. */
const mostOpenTokens = 8;

/** Long enough to walk to the browser with it; a new one is a key away. */
export const startLinkMs = 5 * 60_000;

export function createSession(): Session {
  const secret = newSecret();
  const open: { token: string; until: number }[] = [];

  return {
    secret,
    issueStartToken() {
      const token = newSecret();
      open.push({ token, until: performance.now() + startLinkMs });
      if (open.length > mostOpenTokens) open.shift();
      return token;
    },
    redeem(token) {
      const index = open.findIndex((known) => sameSecret(known.token, token));
      const [found] = index < 0 ? [] : open.splice(index, 1);
      return found !== undefined && performance.now() < found.until;
    },
    admits: (given) => given !== undefined && sameSecret(given, secret),
  };
}

function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** Compares in a time that tells nothing about either text, nor about their lengths. */
export function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
