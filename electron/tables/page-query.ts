import { type ClusterClient, isLoopback } from "../cluster/index.ts";

/**
 * The state in which to list one namespace after another: from 1.34 on that of the first page, which the server still
 * has in memory, so that the watch goes on without a seam. Before, only a state at least as new comes from memory, and
 * only without a limit; rows may then be newer than what the watch tells first.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions
 */
export function asOf(resourceVersion: string, version: string): Partial<PageQuery> {
  const minor = Number(/^v1\.(\d+)/.exec(version)?.[1] ?? 0);
  return minor >= 34
    ? { resourceVersion, resourceVersionMatch: "Exact" }
    : { resourceVersion, resourceVersionMatch: "NotOlderThan", limit: undefined };
}

/** Compressing costs more than it saves where nothing travels. */
export function compressed(client: ClusterClient): Record<string, string> {
  return isLoopback(client.server) ? {} : { "accept-encoding": "gzip" };
}

export interface PageQuery {
  limit: number | undefined;
  includeObject?: string;
  continue?: string;
  resourceVersion?: string;
  resourceVersionMatch?: string;
}
