import type { RequestPurpose, RequestShare, SocketRequest } from "./types.ts";

const longestRetryAfterMs = 60_000;

export interface ApiRequest {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  body?: string;
  contentType?: string;
  headers?: Record<string, string>;
  /** "apply Deployment kubeflow/ml-pipeline", for errors. */
  what: RequestPurpose;
  /** May be sent again when its connection broke. Default: true for GET, else false. */
  idempotent?: boolean;
  share?: RequestShare | undefined;
  signal?: AbortSignal | undefined;
}

export interface ApiResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
  /** It was sent more than once, as a connection broke: an earlier one may have been carried out. */
  repeated: boolean;
}

/** With its `?`, or what joins it to a query in `path`; empty where there is nothing to say. */
export function queryString(path: string, query: ApiRequest["query"] | SocketRequest["query"]): string {
  const parameters = new URLSearchParams();
  const pairs = Array.isArray(query) ? query : Object.entries(query ?? {});
  for (const [key, value] of pairs) if (value !== undefined) parameters.append(key, `${value}`);
  return parameters.size === 0 ? "" : `${path.includes("?") ? "&" : "?"}${parameters}`;
}

/**
 * A PodDisruptionBudget refuses an eviction with 429, too: that is about one pod and says nothing of the server's load.
 * https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/#how-api-initiated-eviction-works
 */
export function refusedByBudget(body: string): boolean {
  return body.includes('"DisruptionBudget"');
}

/** The header in seconds, as the API server sends it; a second where it is missing or a date. */
export function retryAfterMs(headers: ApiResponse["headers"]): number {
  const value = headers["retry-after"];
  const seconds = Number(Array.isArray(value) ? value[0] : value);
  return Math.min(longestRetryAfterMs, Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : 1000);
}
