import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/**
 * Who may come in: whoever holds the session's cookie, which is given in exchange for a start token that works once.
 * The secrets live in this process only and end with it.
 */
export interface Session {
  /** A new token for a start link. */
  issueStartToken(): string;
  /** True once per token. */
  redeem(token: string): boolean;
  /** The Set-Cookie header's value. */
  cookie(): string;
  /** Whether a Cookie header holds the session's secret. */
  admits(cookieHeader: string | undefined): boolean;
}

/** Tokens not yet used; older ones are dropped, so that a forgotten link does not stay open among many. */
const mostOpenTokens = 8;

/** @param port part of the cookie's name: cookies do not tell ports apart, and two apps may run on one machine */
export function createSession(port: number): Session {
  const name = `flowdeck-${port}`;
  const secret = randomBytes(32).toString("base64url");
  const open: string[] = [];

  return {
    issueStartToken() {
      const token = randomBytes(32).toString("base64url");
      open.push(token);
      if (open.length > mostOpenTokens) open.shift();
      return token;
    },
    redeem(token) {
      const index = open.findIndex((known) => sameSecret(known, token));
      if (index < 0) return false;
      open.splice(index, 1);
      return true;
    },
    cookie: () => `${name}=${secret}; Path=/; HttpOnly; SameSite=Strict`,
    admits(header) {
      const given = (header ?? "")
        .split(";")
        .map((part) => part.trim())
        .filter((part) => part.startsWith(`${name}=`))
        .map((part) => part.slice(name.length + 1));
      return given.length === 1 && sameSecret(given[0] ?? "", secret);
    },
  };
}

/** Compares in a time that tells nothing about either text, nor about their lengths. */
export function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
