import { type ErrorCode, FlowdeckError } from "../../common/contract/index.ts";
import { ProxyFailure } from "./proxy-tunnel.ts";

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
  words: string;
  transient: boolean;
  broken?: boolean;
}

const unreachable = (words: string, broken = false): Known => ({
  code: "cluster-unreachable",
  words,
  transient: true,
  broken,
});
const untrusted = (words: string): Known => ({ code: "cluster-untrusted", words, transient: false });

/** System error, TLS and undici codes: https://nodejs.org/api/errors.html, https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const byCode: Record<string, Known> = {
  ECONNREFUSED: unreachable("nothing listens there (connection refused)"),
  ENOTFOUND: unreachable("its name is not known (DNS)"),
  EAI_AGAIN: unreachable("its name could not be looked up (DNS)"),
  ETIMEDOUT: unreachable("no answer (timed out)"),
  EHOSTUNREACH: unreachable("there is no route to it"),
  ENETUNREACH: unreachable("the network is not reachable"),
  EHOSTDOWN: unreachable("the host is down"),
  EPIPE: unreachable("the connection broke", true),
  ECONNRESET: unreachable("the connection was reset", true),
  ECONNABORTED: unreachable("the connection broke", true),
  UND_ERR_SOCKET: unreachable("the connection was closed", true),
  UND_ERR_CONNECT_TIMEOUT: unreachable("no answer (timed out)"),
  UND_ERR_HEADERS_TIMEOUT: unreachable("the server took the request and did not answer in time", true),
  UND_ERR_BODY_TIMEOUT: unreachable("the server stopped in the middle of its answer", true),
  UND_ERR_DESTROYED: unreachable("the connection was closed", true),
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: unreachable("the answer was cut short", true),
  EPROTO: { ...unreachable("what answers there does not speak TLS"), transient: false },
  ERR_SSL_WRONG_VERSION_NUMBER: { ...unreachable("what answers there does not speak TLS"), transient: false },
  ERR_SSL_PACKET_LENGTH_TOO_LONG: { ...unreachable("what answers there does not speak TLS"), transient: false },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted("its certificate is not signed by the kubeconfig's certificate authority"),
  UNABLE_TO_GET_ISSUER_CERT: untrusted("its certificate is not signed by the kubeconfig's certificate authority"),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted(
    "its certificate is not signed by the kubeconfig's certificate authority",
  ),
  CERT_SIGNATURE_FAILURE: untrusted("its certificate is not signed by the kubeconfig's certificate authority"),
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted("its certificate is self-signed and not the kubeconfig's authority"),
  SELF_SIGNED_CERT_IN_CHAIN: untrusted("its certificate comes from an authority the kubeconfig does not name"),
  CERT_HAS_EXPIRED: untrusted("its certificate has expired"),
  CERT_NOT_YET_VALID: untrusted("its certificate is not valid yet (check this machine's clock)"),
  ERR_TLS_CERT_ALTNAME_INVALID: untrusted("its certificate is for another host name"),
};

/** Turns what undici or Node's TLS threw into the error callers see; `server` is the URL. */
export function networkError(thrown: unknown, server: string, context: string): FlowdeckError {
  const code = codeOf(thrown);
  const host = hostAndPort(server);
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  const known = code === undefined ? undefined : (byCode[code] ?? tlsFailure(code));
  const proxy = thrown instanceof ProxyFailure ? thrown.proxy : undefined;
  if (proxy !== undefined) {
    // Whatever the proxy's fault is, it is not the API server's certificate or name.
    const why = known?.words ?? said;
    return new FlowdeckError(
      "cluster-unreachable",
      `Cannot reach the API server ${host} of context ${context} through the proxy ${proxy}: ${why}.`,
      { detail: said, cause: new NetworkFailure(said, { transient: true, broken: false }, thrown) },
    );
  }
  if (known === undefined) {
    return new FlowdeckError("cluster-unreachable", `Cannot reach the API server ${host} of context ${context}.`, {
      detail: said,
      cause: new NetworkFailure(said, { transient: true, broken: true }, thrown),
    });
  }
  const message =
    known.code === "cluster-untrusted"
      ? `The API server ${host} of context ${context} is not to be trusted: ${known.words}.`
      : known.code === "credentials-rejected"
        ? `The API server ${host} does not accept the client certificate of context ${context}.`
        : `Cannot reach the API server ${host} of context ${context}: ${known.words}.`;
  return new FlowdeckError(known.code, message, {
    detail: code === undefined || said.includes(code) ? said : `${said} (${code})`,
    cause: new NetworkFailure(said, { transient: known.transient, broken: known.broken ?? false }, thrown),
  });
}

/** Nothing is heard of a server that is being listened to. */
export function noAnswer(server: string, context: string, seconds: number): FlowdeckError {
  return new FlowdeckError(
    "cluster-unreachable",
    `No answer from the API server ${hostAndPort(server)} of context ${context} for ${seconds} s.`,
    { detail: "What is shown may be out of date. It goes on by itself as soon as the server answers." },
  );
}

/** The API server took a request for a WebSocket, and the node behind it did not answer. */
export function noHandshake(what: string, server: string, seconds: number): FlowdeckError {
  return new FlowdeckError(
    "server-error",
    `Cannot ${what}: the API server ${hostAndPort(server)} took the request, but no answer came within ${seconds} s.`,
    { detail: "The pod's node may not answer: look at the state of its Node and of its kubelet." },
  );
}

/** True when a connection broke under a request, so that an idempotent one may be sent again at once. */
export function connectionBroke(error: unknown): boolean {
  return error instanceof FlowdeckError && error.cause instanceof NetworkFailure && error.cause.broken;
}

function tlsFailure(code: string): Known | undefined {
  // An alert is the other side's refusal of our certificate.
  if (/^ERR_SSL_.*ALERT/.test(code)) return { code: "credentials-rejected", words: "", transient: false };
  if (/^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|CRL_)/.test(code)) return untrusted(`TLS failed (${code})`);
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
