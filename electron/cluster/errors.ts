import { FlowdeckError } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import { type ApiStatus, parseStatus } from "./api-status.ts";
import { NetworkFailure } from "./network-errors.ts";
import type { RequestPurpose } from "./types.ts";

/** What a request was about, for the words of its error. */
export interface Subject {
  what: RequestPurpose;
  contextName: string;
  /** URL of the server. */
  server: string;
}

/** An answer of the API server that says no; the cause of a FlowdeckError, so that callers can look closer. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: ApiStatus;
  /** Managers that own fields which a server-side apply would change, each with those fields. */
  readonly conflicts: readonly FieldConflict[];

  constructor(status: ApiStatus) {
    super(status.message);
    this.status = status;
    this.conflicts = fieldConflicts(status);
  }
}

export interface FieldConflict {
  manager: string;
  fields: string[];
}

/** The server's Status behind an error, where one answered. */
export function statusOf(error: unknown): ApiStatus | undefined {
  return error instanceof FlowdeckError && error.cause instanceof Refusal ? error.cause.status : undefined;
}

export function conflictsOf(error: unknown): readonly FieldConflict[] {
  return error instanceof FlowdeckError && error.cause instanceof Refusal ? error.cause.conflicts : [];
}

/** Turns an HTTP answer of 400 and above into the error callers see. */
export function refusalError(httpStatus: number, body: string, subject: Subject): FlowdeckError {
  const refusal = new Refusal(parseStatus(httpStatus, body));
  const { status } = refusal;
  const more = { cause: refusal, ...(status.message === "" ? {} : { detail: status.message }) };
  const { what } = subject;

  const failedWebhook = webhookThatFailed(status.message);
  if (failedWebhook !== undefined) {
    return new FlowdeckError("webhook-failed", message("server.webhookFailed", { what, webhook: failedWebhook }), more);
  }
  const deniedBy = /^admission webhook "([^"]+)" denied the request/.exec(status.message)?.[1];
  if (deniedBy !== undefined) {
    return new FlowdeckError("object-invalid", message("server.denied", { what, webhook: deniedBy }), more);
  }
  if (notInSchema(status)) {
    return new FlowdeckError("object-invalid", message("server.notInSchema", { what }), more);
  }
  switch (status.code) {
    case 400:
    case 413:
    case 422:
      return new FlowdeckError("object-invalid", message("server.invalid", { what, why: invalidity(status) }), more);
    case 401:
      return new FlowdeckError(
        "credentials-rejected",
        message("server.credentialsRejected", { server: hostOf(subject.server), context: subject.contextName }),
        more,
      );
    case 403:
      return new FlowdeckError("forbidden", forbidden(status, what), more);
    case 404:
      return status.details.name === undefined
        ? new FlowdeckError("kind-unknown", message("server.unknownPath", { what }), more)
        : new FlowdeckError("object-not-found", missing(status, what), more);
    case 409:
      return new FlowdeckError("conflict", conflict(refusal, what), more);
    case 429:
      return new FlowdeckError("rate-limited", message("server.rateLimited", { what }), more);
    default:
      return new FlowdeckError(
        "server-error",
        message("server.answered", {
          what,
          server: hostOf(subject.server),
          status: status.reason === "" ? String(status.code) : `${status.code} ${status.reason}`,
        }),
        more,
      );
  }
}

/** True for what may go away by itself; false for what only a change (of the object, rights, credentials …) can cure. */
export function isRetryable(error: unknown): boolean {
  if (!(error instanceof FlowdeckError)) return false;
  if (error.cause instanceof NetworkFailure) return error.cause.transient;
  const status = statusOf(error);
  switch (error.code) {
    case "cluster-unreachable":
    case "rate-limited":
    case "server-error":
    // A sign-in page of a network, a proxy that is only starting.
    case "answer-unreadable":
      return true;
    case "webhook-failed":
      return callFailed(status?.message ?? "");
    case "conflict":
      // A lost race between two writers; conflicts of ownership and AlreadyExists stay.
      return status?.reason === "Conflict" && conflictsOf(error).length === 0;
    case "forbidden":
      // A namespace of the same name is still on its way out.
      return status?.details.causes.some((cause) => cause.reason === "NamespaceTerminating") ?? false;
    default:
      return false;
  }
}

export function hostOf(server: string): string {
  return URL.canParse(server) ? new URL(server).host : server;
}

function webhookThatFailed(words: string): Message | undefined {
  const admission = /failed calling webhook "([^"]+)"/.exec(words)?.[1];
  if (admission !== undefined) return message("server.webhook", { name: admission });
  const converted = /conversion webhook for ([^,]+), Kind=(\S+) failed/.exec(words);
  if (converted === null) return undefined;
  return message("server.conversionWebhook", { kind: converted[2] ?? "", group: converted[1] ?? "" });
}

/**
 * The ways in which a webhook that is only starting fails: nothing listens, its Service has no endpoints or is not there
 * yet, its certificate is not issued or not yet injected. Any other answer is the webhook's own fault.
 */
function callFailed(words: string): boolean {
  return /connection refused|connection reset|no endpoints available|no such host|timeout|deadline exceeded|timed out|EOF|x509|tls:|certificate|service "[^"]*" not found|no route to host|network is unreachable|unable to parse bytes as PEM|Service Unavailable|Bad Gateway|currently unable|unexpected status code|status code 50|proxy|dial |not ready/i.test(
    words.replaceAll(/"https?:[^"]*"/g, ""),
  );
}

/** The API server answers 500 to a server-side apply whose fields its schema does not know: no fault of the server. */
function notInSchema(status: ApiStatus): boolean {
  return status.code === 500 && /failed to create typed patch object|field not declared in schema/.test(status.message);
}

function invalidity(status: ApiStatus): Message | string {
  if (status.code === 413) return message("server.objectTooLarge");
  const causes = status.details.causes.map(({ field, message: words }) =>
    [field, words].filter((part) => part !== undefined && part !== "").join(": "),
  );
  const said = causes.length > 0 ? causes.slice(0, 3).join("; ") : firstLine(status.message);
  return said === "" ? message("server.foundInvalid") : said.replace(/\.$/, "");
}

function forbidden(status: ApiStatus, what: RequestPurpose): Message {
  const parts =
    /User "([^"]*)" cannot (\S+) (?:resource|path) "([^"]*)"(?: in API group "([^"]*)")?(?: at the (cluster) scope| in the namespace "([^"]*)")?/.exec(
      status.message,
    );
  if (parts === null) {
    return status.message === ""
      ? message("server.forbidden", { what })
      : message("server.forbiddenBecause", { what, words: firstLine(status.message) });
  }
  const [, user = "", verb = "", resource = "", group, cluster, namespace] = parts;
  const who = { user, verb, resource: group ? `${resource}.${group}` : resource };
  if (namespace) return message("server.mayNotInNamespace", { ...who, namespace });
  return message(cluster ? "server.mayNotInCluster" : "server.mayNot", who);
}

function missing(status: ApiStatus, what: RequestPurpose): Message {
  const { kind, name = "" } = status.details;
  const named = kind === "namespaces" ? message("server.namespace") : (kind ?? message("server.object"));
  return message("server.missing", { what, kind: named, name });
}

function conflict(refusal: Refusal, what: RequestPurpose): Message {
  if (refusal.conflicts.length > 0) {
    return message("server.fieldsOwned", { what, managers: refusal.conflicts.map(managed) });
  }
  if (refusal.status.reason === "AlreadyExists") return message("server.exists", { what });
  return message("server.changedMeanwhile", { what });
}

function fieldConflicts(status: ApiStatus): FieldConflict[] {
  const byManager = new Map<string, string[]>();
  for (const cause of status.details.causes) {
    if (cause.reason !== "FieldManagerConflict") continue;
    const manager = /conflict with "([^"]*)"/.exec(cause.message ?? "")?.[1] ?? "unknown";
    const fields = byManager.get(manager) ?? [];
    byManager.set(manager, fields);
    if (cause.field !== undefined) fields.push(cause.field);
  }
  return [...byManager].map(([manager, fields]) => ({ manager, fields }));
}

function managed({ manager, fields }: FieldConflict): Message {
  const first = fields.slice(0, 4).join(", ");
  return fields.length <= 4
    ? message("server.managed", { manager, fields: first })
    : message("server.managedMore", { manager, fields: first, more: fields.length - 4 });
}

function firstLine(words: string): string {
  return words.split("\n", 1)[0]?.slice(0, 300) ?? "";
}
