import { FlowdeckError } from "../../common/contract/index.ts";
import { type ApiStatus, parseStatus } from "./api-status.ts";
import { NetworkFailure } from "./network-errors.ts";

/** What a request was about, for the words of its error. */
export interface Subject {
  /** "apply Deployment kubeflow/ml-pipeline" */
  what: string;
  /** Name of the context. */
  context: string;
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
  const cannot = `Cannot ${subject.what}`;

  const failedWebhook = webhookThatFailed(status.message);
  if (failedWebhook !== undefined) {
    return new FlowdeckError("webhook-failed", `${cannot}: the API server could not call ${failedWebhook}.`, more);
  }
  const deniedBy = /^admission webhook "([^"]+)" denied the request/.exec(status.message)?.[1];
  if (deniedBy !== undefined) {
    return new FlowdeckError("object-invalid", `${cannot}: the webhook ${deniedBy} denies it.`, more);
  }
  if (notInSchema(status)) {
    return new FlowdeckError("object-invalid", `${cannot}: it does not fit the kind's schema.`, more);
  }
  switch (status.code) {
    case 400:
    case 413:
    case 422:
      return new FlowdeckError("object-invalid", `${cannot}: ${invalidity(status)}.`, more);
    case 401:
      return new FlowdeckError(
        "credentials-rejected",
        `The API server ${hostOf(subject.server)} does not accept the credentials of context ${subject.context}; they may have expired.`,
        more,
      );
    case 403:
      return new FlowdeckError("forbidden", forbidden(status, cannot), more);
    case 404:
      return status.details.name === undefined
        ? new FlowdeckError("kind-unknown", `${cannot}: the API server does not serve this path.`, more)
        : new FlowdeckError("object-not-found", `${cannot}: ${missing(status)}.`, more);
    case 409:
      return new FlowdeckError("conflict", conflict(refusal, cannot), more);
    case 429:
      return new FlowdeckError("rate-limited", `${cannot}: the API server asks for fewer requests.`, more);
    default:
      return new FlowdeckError(
        "server-error",
        `${cannot}: the API server ${hostOf(subject.server)} answered ${status.code}${status.reason === "" ? "" : ` ${status.reason}`}.`,
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

function webhookThatFailed(message: string): string | undefined {
  const admission = /failed calling webhook "([^"]+)"/.exec(message)?.[1];
  if (admission !== undefined) return `the webhook ${admission}`;
  const converted = /conversion webhook for ([^,]+), Kind=(\S+) failed/.exec(message);
  return converted === null ? undefined : `the conversion webhook of ${converted[2]} (${converted[1]})`;
}

/**
 * The ways in which a webhook that is only starting fails: nothing listens, its Service has no endpoints or is not there
 * yet, its certificate is not issued or not yet injected. Any other answer is the webhook's own fault.
 */
function callFailed(message: string): boolean {
  return /connection refused|connection reset|no endpoints available|no such host|timeout|deadline exceeded|timed out|EOF|x509|tls:|certificate|service "[^"]*" not found|no route to host|network is unreachable|unable to parse bytes as PEM|Service Unavailable|Bad Gateway|currently unable|unexpected status code|status code 50|proxy|dial |not ready/i.test(
    message.replaceAll(/"https?:[^"]*"/g, ""),
  );
}

/** The API server answers 500 to a server-side apply whose fields its schema does not know: no fault of the server. */
function notInSchema(status: ApiStatus): boolean {
  return status.code === 500 && /failed to create typed patch object|field not declared in schema/.test(status.message);
}

function invalidity(status: ApiStatus): string {
  if (status.code === 413) return "it is larger than the API server takes";
  const causes = status.details.causes.map(({ field, message }) =>
    [field, message].filter((part) => part !== undefined && part !== "").join(": "),
  );
  const said = causes.length > 0 ? causes.slice(0, 3).join("; ") : firstLine(status.message);
  return said === "" ? "the API server finds it invalid" : said.replace(/\.$/, "");
}

function forbidden(status: ApiStatus, cannot: string): string {
  const parts =
    /User "([^"]*)" cannot (\S+) (?:resource|path) "([^"]*)"(?: in API group "([^"]*)")?(?: at the (cluster) scope| in the namespace "([^"]*)")?/.exec(
      status.message,
    );
  if (parts === null) return `${cannot}: forbidden${status.message === "" ? "" : ` (${firstLine(status.message)})`}.`;
  const [, user, verb, resource, group, cluster, namespace] = parts;
  const named = group ? `${resource}.${group}` : resource;
  const where = namespace ? ` in namespace ${namespace}` : cluster ? " in the whole cluster" : "";
  return `User ${user} may not ${verb} ${named}${where}.`;
}

function missing(status: ApiStatus): string {
  const { kind, name } = status.details;
  return kind === "namespaces"
    ? `namespace ${name} does not exist`
    : `${kind === undefined ? "object" : kind} ${name} does not exist`;
}

function conflict(refusal: Refusal, cannot: string): string {
  if (refusal.conflicts.length > 0) {
    const owners = refusal.conflicts.map(({ manager, fields }) => `${manager} (${shortList(fields)})`);
    return `${cannot}: its fields belong to other managers: ${owners.join(", ")}.`;
  }
  if (refusal.status.reason === "AlreadyExists") return `${cannot}: it exists already.`;
  return `${cannot}: it was changed by someone else at the same time.`;
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

function shortList(fields: readonly string[]): string {
  return fields.length <= 4 ? fields.join(", ") : `${fields.slice(0, 4).join(", ")} and ${fields.length - 4} more`;
}

function firstLine(message: string): string {
  return message.split("\n", 1)[0]?.slice(0, 300) ?? "";
}
