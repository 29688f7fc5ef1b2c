import { isRecord, text } from "../../common/json/index.ts";

/**
 * The Status object with which an API server refuses a request, as far as Flowdeck reads it.
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/
 */
export interface ApiStatus {
  /** The HTTP status code. */
  code: number;
  /** Such as NotFound, Conflict, AlreadyExists, Invalid; empty where the answer was not a Status object. */
  reason: string;
  /** The server's own words. */
  message: string;
  details: {
    name?: string;
    group?: string;
    kind?: string;
    retryAfterSeconds?: number;
    causes: { reason?: string; message?: string; field?: string }[];
  };
}

const longestWords = 4000;

/** Reads the body of a refused request; anything that is no Status object (a proxy's page) becomes its message. */
export function parseStatus(code: number, body: string): ApiStatus {
  const plain: ApiStatus = { code, reason: "", message: body.trim().slice(0, longestWords), details: { causes: [] } };
  const parsed = parseJson(body);
  if (!isRecord(parsed) || parsed.kind !== "Status") return plain;
  const details = isRecord(parsed.details) ? parsed.details : {};
  const causes = Array.isArray(details.causes) ? details.causes.filter(isRecord) : [];
  return {
    code,
    reason: text(parsed.reason) ?? "",
    message: (text(parsed.message) ?? "").slice(0, longestWords),
    details: {
      ...optional("name", text(details.name)),
      ...optional("group", text(details.group)),
      ...optional("kind", text(details.kind)),
      ...(typeof details.retryAfterSeconds === "number" ? { retryAfterSeconds: details.retryAfterSeconds } : {}),
      causes: causes.map((cause) => ({
        ...optional("reason", text(cause.reason)),
        ...optional("message", text(cause.message)),
        ...optional("field", text(cause.field)),
      })),
    },
  };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function optional<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: string });
}
