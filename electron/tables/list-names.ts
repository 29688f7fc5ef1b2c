import { FlowdeckError } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import { type ClusterClient, parseAnswer } from "../cluster/index.ts";
import { readTable } from "./table-json.ts";

/** Names of all objects of a resource without namespaces, which is cheap to ask for; undefined where they may not be listed. */
export async function listNames(
  client: ClusterClient,
  resource: { group: string; version: string; plural: string },
  signal: AbortSignal,
): Promise<string[] | undefined> {
  try {
    const what = message("request.list", { kind: resource.plural });
    const { body } = await client.request({
      path: client.pathOf({ ...resource, namespaced: false }, {}),
      headers: { accept: "application/json;as=Table;v=v1;g=meta.k8s.io" },
      query: { includeObject: "None" },
      what,
      signal,
    });
    const { columns, rows } = readTable(parseAnswer(body, what, client.server));
    const name = Math.max(0, columns?.findIndex(({ format }) => format === "name") ?? 0);
    return rows.map(({ cells }) => String(cells[name] ?? ""));
  } catch (error) {
    if (isForbidden(error)) return undefined;
    throw error;
  }
}

export function isForbidden(error: unknown): error is FlowdeckError {
  return error instanceof FlowdeckError && error.code === "forbidden";
}
