import { type ErrorCode, FlowdeckError } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import { ProxyFailure } from "./proxy-tunnel.ts";
import type { RequestPurpose } from "./types.ts";

/** A request that got no answer; the cause of a FlowdeckError. */
export class NetworkFailure extends Error {
  override readonly name = "NetworkFailure";
  /** Waiting may cure it. */
  readonly transient: boolean;
  /** The connection was there and broke: the request may have been carried out. */
  readonly broken: boolean;

  constructor(message: string, kind: { transient: boolean; broken: boolean }, cause: unknown) {
    super(message, { cause });
    this.transient = kind.transient;
    this.broken = kind.broken;
  }
}

interface Known {
  code: ErrorCode;
  why: Message;
  transient: boolean;
  broken?: boolean;
}

const unreachable = (why: Message, broken = false): Known => ({
  code: "cluster-unreachable",
  why,
  transient: true,
  broken,
});
const untrusted = (why: Message): Known => ({ code: "cluster-untrusted", why, transient: false });

/** The other side's refusal of our certificate. */
const refused: Known = {
  code: "credentials-rejected",
  why: message("network.tlsFailed", { code: "alert" }),
  transient: false,
};

/** System error, TLS and undici codes: https://nodejs.org/api/errors.html, https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const byCode: Record<string, Known> = {
  ECONNREFUSED: unreachable(message("network.refused")),
  ENOTFOUND: unreachable(message("network.nameUnknown")),
  EAI_AGAIN: unreachable(message("network.nameNotLookedUp")),
  ETIMEDOUT: unreachable(message("network.timedOut")),
  EHOSTUNREACH: unreachable(message("network.noRoute")),
  ENETUNREACH: unreachable(message("network.networkUnreachable")),
  EHOSTDOWN: unreachable(message("network.hostDown")),
  EPIPE: unreachable(message("network.broke"), true),
  ECONNRESET: unreachable(message("network.reset"), true),
  ECONNABORTED: unreachable(message("network.broke"), true),
  UND_ERR_SOCKET: unreachable(message("network.closed"), true),
  UND_ERR_CONNECT_TIMEOUT: unreachable(message("network.timedOut")),
  UND_ERR_HEADERS_TIMEOUT: unreachable(message("network.answerLate"), true),
  UND_ERR_BODY_TIMEOUT: unreachable(message("network.answerStopped"), true),
  UND_ERR_DESTROYED: unreachable(message("network.closed"), true),
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: unreachable(message("network.answerCut"), true),
  EPROTO: { ...unreachable(message("network.noTls")), transient: false },
  ERR_SSL_WRONG_VERSION_NUMBER: { ...unreachable(message("network.noTls")), transient: false },
  ERR_SSL_PACKET_LENGTH_TOO_LONG: { ...unreachable(message("network.noTls")), transient: false },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted(message("network.otherAuthority")),
  UNABLE_TO_GET_ISSUER_CERT: untrusted(message("network.otherAuthority")),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted(message("network.otherAuthority")),
  CERT_SIGNATURE_FAILURE: untrusted(message("network.otherAuthority")),
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted(message("network.selfSigned")),
  SELF_SIGNED_CERT_IN_CHAIN: untrusted(message("network.unnamedAuthority")),
  CERT_HAS_EXPIRED: untrusted(message("network.expired")),
  CERT_NOT_YET_VALID: untrusted(message("network.notValidYet")),
  ERR_TLS_CERT_ALTNAME_INVALID: untrusted(message("network.otherHost")),
};

/** Turns what undici or Node's TLS threw into the error callers see; `server` is the URL. */
export function networkError(thrown: unknown, server: string, contextName: string): FlowdeckError {
  const code = codeOf(thrown);
  const host = hostAndPort(server);
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  const known = code === undefined ? undefined : (byCode[code] ?? tlsFailure(code));
  const proxy = thrown instanceof ProxyFailure ? thrown.proxy : undefined;
  if (proxy !== undefined) {
    // Whatever the proxy's fault is, it is not the API server's certificate or name.
    const why = known?.why ?? (thrown instanceof ProxyFailure ? thrown.why : undefined) ?? said;
    return new FlowdeckError(
      "cluster-unreachable",
      message("network.unreachableThroughProxy", { server: host, context: contextName, proxy, why }),
      { detail: said, cause: new NetworkFailure(said, { transient: true, broken: false }, thrown) },
    );
  }
  if (known === undefined) {
    return new FlowdeckError(
      "cluster-unreachable",
      message("network.unreachable", { server: host, context: contextName }),
      {
        detail: said,
        cause: new NetworkFailure(said, { transient: true, broken: true }, thrown),
      },
    );
  }
  const words =
    known === refused
      ? message("network.certificateRefused", { server: host, context: contextName })
      : message(known.code === "cluster-untrusted" ? "network.untrusted" : "network.unreachableBecause", {
          server: host,
          context: contextName,
          why: known.why,
        });
  return new FlowdeckError(known.code, words, {
    detail: code === undefined || said.includes(code) ? said : `${said} (${code})`,
    cause: new NetworkFailure(said, { transient: known.transient, broken: known.broken ?? false }, thrown),
  });
}

/** Nothing is heard of a server that is being listened to. */
export function noAnswer(server: string, contextName: string, seconds: number): FlowdeckError {
  return new FlowdeckError(
    "cluster-unreachable",
    message("network.noAnswer", { server: hostAndPort(server), context: contextName, seconds }),
    { advice: message("network.outOfDate") },
  );
}

/** The API server took a request for a WebSocket, and the node behind it did not answer. */
export function noHandshake(what: RequestPurpose, server: string, seconds: number): FlowdeckError {
  return new FlowdeckError(
    "server-error",
    message("server.noHandshake", { what, server: hostAndPort(server), seconds }),
    { advice: message("server.checkNode") },
  );
}

/** True when a connection broke under a request, so that an idempotent one may be sent again at once. */
export function connectionBroke(error: unknown): boolean {
  return error instanceof FlowdeckError && error.cause instanceof NetworkFailure && error.cause.broken;
}

function tlsFailure(code: string): Known | undefined {
  // An alert is the other side's refusal of our certificate.
  if (/^ERR_SSL_.*ALERT/.test(code)) return refused;
  if (/^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|CRL_)/.test(code)) return untrusted(message("network.tlsFailed", { code }));
  return undefined;
}

function codeOf(thrown: unknown): string | undefined {
  let current = thrown;
  for (let depth = 0; depth < 4 && current instanceof Error; depth++) {
    if ("code" in current && typeof current.code === "string") return current.code;
    if (current instanceof AggregateError) {
      current = current.errors[0];
    } else {
      current = current.cause;
    }
  }
  return undefined;
}

function hostAndPort(server: string): string {
  if (!URL.canParse(server)) return server;
  const url = new URL(server);
  return url.port === "" ? `${url.hostname}:${url.protocol === "http:" ? 80 : 443}` : url.host;
}
