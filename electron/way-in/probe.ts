import { request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { TLSSocket } from "node:tls";
import { type AccessAnswer, type AppError, errorCode, FlowdeckError } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import { factsOf, isFor } from "../certificates/index.ts";

export interface Target {
  /** An address of the installation, which was found to be contactable. */
  address: string;
  port: number;
  secure: boolean;
  /** What a browser would ask for. */
  host: string;
}

export interface ProbeOptions {
  timeoutMs?: number;
  signal: AbortSignal;
}

const usualTimeoutMs = 5_000;

/**
 * Asks for the start page at one address as a browser without a session does. Redirects are not followed, no credentials
 * are sent, and what is wrong with a certificate is told rather than a reason to stop. Never throws, unless aborted.
 */
export async function probe({ address, port, secure, host }: Target, options: ProbeOptions): Promise<AccessAnswer> {
  const at = `${address.includes(":") ? `[${address}]` : address}:${port}`;
  const { signal, timeoutMs = usualTimeoutMs } = options;
  const started = performance.now();
  const late = AbortSignal.timeout(timeoutMs);
  let socket: TLSSocket | undefined;
  let connected = false;
  try {
    return await new Promise<AccessAnswer>((resolve, reject) => {
      const common = {
        ...{ host: address, port, method: "GET", path: "/", agent: false as const },
        headers: { host: withPort(host, port, secure), accept: "text/html", "user-agent": "Flowdeck" },
        signal: AbortSignal.any([signal, late]),
      };
      const asked = secure
        ? // The certificate is looked at below, and nothing is sent that a wrong server could use.
          secureRequest({
            ...common,
            rejectUnauthorized: false,
            checkServerIdentity: () => undefined,
            ...(isName(host) ? { servername: host } : {}),
          })
        : plainRequest(common);
      asked.on("socket", (one) => {
        if (one instanceof TLSSocket) socket = one;
        one.on("connect", () => {
          connected = true;
        });
      });
      asked.on("error", reject);
      asked.on("response", (response) => {
        const ms = Math.round(performance.now() - started);
        const status = response.statusCode ?? 0;
        const redirect = redirectOf(response.headers.location, host);
        const signIn = status === 401 || status === 403 || /^\/(oauth2|dex)\//.test(redirect ?? "");
        const tls = socket && tlsOf(socket, host);
        // Bodies are of no use here.
        response.destroy();
        const error = errorIn({ at, host, status, tls });
        resolve({
          ...{ at, ms, status, signIn },
          ...(redirect === undefined ? {} : { redirect, toHttps: isHttps(response.headers.location) }),
          ...(tls ? { tls } : {}),
          ...(error ? { error } : {}),
        });
      });
      asked.end();
    });
  } catch (error) {
    signal.throwIfAborted();
    return { at, signIn: false, error: failure(error, { at, secure, connected, timeoutMs, late: late.aborted }) };
  }
}

function isName(host: string): boolean {
  return !/^[\d.]+$/.test(host) && !host.includes(":");
}

function withPort(host: string, port: number, secure: boolean): string {
  return port === (secure ? 443 : 80) ? host : `${host}:${port}`;
}

/** The path of a redirect to the same host, else where it leads. */
function redirectOf(location: string | undefined, host: string): string | undefined {
  if (location === undefined) return undefined;
  const base = `http://${host}`;
  if (!URL.canParse(location, base)) return undefined;
  const to = new URL(location, base);
  return to.hostname === new URL(base).hostname ? to.pathname : to.origin;
}

function isHttps(location: string | undefined): boolean {
  return location?.toLowerCase().startsWith("https://") === true;
}

function tlsOf(socket: TLSSocket, host: string): AccessAnswer["tls"] {
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return undefined;
  const why = socket.authorized ? undefined : String(socket.authorizationError ?? "");
  return {
    ...{ facts: factsOf(certificate), trusted: socket.authorized, matches: isFor(certificate, host) },
    ...(why ? { why } : {}),
  };
}

function errorIn(answer: { at: string; host: string; status: number; tls: AccessAnswer["tls"] }): AppError | undefined {
  const { at, host, status, tls } = answer;
  if (tls && !tls.matches) {
    const said = message("wayIn.servedOther", { at, names: tls.facts.names.join(", ") || tls.facts.subject, host });
    return verifyFailed(said, message("wayIn.servedOtherWay"));
  }
  // 401 and 403 are what a sign-in says to someone without a session.
  if (status < 400 || status === 401 || status === 403) return undefined;
  return verifyFailed(message("wayIn.status", { at, status: String(status) }), message("wayIn.statusWay"));
}

function failure(
  error: unknown,
  {
    at,
    secure,
    connected,
    timeoutMs,
    late,
  }: { at: string; secure: boolean; connected: boolean; timeoutMs: number; late: boolean },
): AppError {
  const code = errorCode(error);
  const why = code ?? (error instanceof Error ? error.message : String(error));
  if (late)
    return verifyFailed(
      message("wayIn.tcpTimeout", { at, seconds: String(timeoutMs / 1000) }),
      message("wayIn.tcpTimeoutWay"),
    );
  if (code === "ECONNREFUSED") return verifyFailed(message("wayIn.tcpRefused", { at }), message("wayIn.tcpRefusedWay"));
  if (!connected) return verifyFailed(message("wayIn.unreachable", { at, why }));
  if (secure) return verifyFailed(message("wayIn.notTls", { at, why }), message("wayIn.notTlsWay"));
  return verifyFailed(message("wayIn.broken", { at, why }), message("wayIn.statusWay"));
}

export function verifyFailed(said: Message, advice?: Message): AppError {
  return new FlowdeckError("verify-failed", said, advice ? { advice } : {}).toJSON();
}
