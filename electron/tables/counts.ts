import { type ContextId, FlowdeckError, type KindCount, type ParsedInput } from "../../common/contract/index.ts";
import { at, list } from "../../common/json/index.ts";
import { message } from "../../common/words/index.ts";
import { type ClusterClient, type ClusterConnections, isRetryable, parseAnswer, pause } from "../cluster/index.ts";
import { latest } from "./latest.ts";
import { isForbidden, listNames } from "./list-names.ts";
import { findResource } from "./resource.ts";
import { withRetry } from "./with-retry.ts";

/** Names alone: the one object that is sent along is cut down to its metadata. */
const accept = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";
const everyMs = 8_000;
/** Who may not list everywhere is counted for namespace by namespace, as long as these are few. */
const mostNamespaces = 30;
const namespacesResource = { group: "", version: "v1", plural: "namespaces" };

type Counted = ParsedInput<"resources.counts">["resources"][number];

/**
 * How many objects there are of each resource, told as far as known at first and then whenever a number changed.
 * Where a user may list only in some namespaces, what is in those is counted.
 * @param known namespaces to look into where namespaces may not be listed
 */
export function watchCounts(
  connections: Pick<ClusterConnections, "use">,
  { context, namespaces, resources }: ParsedInput<"resources.counts">,
  signal: AbortSignal,
  known: (context: ContextId) => Promise<string[]> = async () => [],
): AsyncIterable<KindCount[]> {
  return latest(async (put, within) => {
    const counts = new Map<string, KindCount>();
    let told = "";
    const tell = () => {
      const all = [...counts.values()];
      const text = JSON.stringify(all);
      if (text !== told) put(all);
      told = text;
    };
    const work = async (client: ClusterClient) => {
      for (;;) {
        let named: Promise<string[]> | undefined;
        const candidates = () => {
          named ??= listNames(client, namespacesResource, within).then((names) => names ?? known(context));
          return named;
        };
        // The first numbers are wanted soon; later ones all together.
        const first = told === "" ? setInterval(tell, 150) : undefined;
        try {
          await Promise.all(
            resources.map(async (resource) => {
              const count = await countOf(client, resource, namespaces, candidates, within);
              if (count !== undefined) counts.set(`${resource.group}/${resource.plural}`, count);
            }),
          );
        } finally {
          clearInterval(first);
        }
        tell();
        await pause(everyMs, within);
      }
    };
    await withRetry(connections, context, work, () => told !== "", within);
  }, signal);
}

/** Undefined where it can't be told now: the number known before stays. */
async function countOf(
  client: ClusterClient,
  resource: Counted,
  namespaces: readonly string[],
  candidates: () => Promise<string[]>,
  signal: AbortSignal,
): Promise<KindCount | undefined> {
  const { group, version, plural } = resource;
  try {
    const { namespaced } = await findResource(client, resource, signal);
    const countIn = async (namespace: string | undefined): Promise<number> => {
      const path = client.pathOf({ group, version, plural, namespaced }, { namespace });
      const what = message("request.count", { kind: plural });
      const { body } = await client.request({
        ...{ path, headers: { accept }, query: { limit: 1 }, what },
        ...{ share: "counts", signal },
      });
      const answer = parseAnswer(body, what, client.server);
      const remaining = at(answer, "metadata", "remainingItemCount");
      return list(answer.items).length + (typeof remaining === "number" ? remaining : 0);
    };
    if (namespaced && namespaces.length > 0)
      return { group, version, plural, count: await sumWhereAllowed(countIn, namespaces) };
    try {
      return { group, version, plural, count: await countIn(undefined) };
    } catch (error) {
      if (!isForbidden(error) || !namespaced) throw error;
      const some = await candidates();
      if (some.length === 0) throw error;
      // Of so many namespaces the list itself tells.
      if (some.length > mostNamespaces) return { group, version, plural };
      return { group, version, plural, count: await sumWhereAllowed(countIn, some) };
    }
  } catch (error) {
    signal.throwIfAborted();
    if (isForbidden(error)) return { group, version, plural, forbidden: true };
    if (isRetryable(error)) return undefined;
    if (error instanceof FlowdeckError) return { group, version, plural };
    throw error;
  }
}

/** The sum over the namespaces that may be looked into; throws the last refusal when none may. */
async function sumWhereAllowed(
  countIn: (namespace: string) => Promise<number>,
  namespaces: readonly string[],
): Promise<number> {
  let sum: number | undefined;
  let refusal: unknown;
  for (const namespace of namespaces) {
    try {
      sum = (sum ?? 0) + (await countIn(namespace));
    } catch (error) {
      if (!isForbidden(error)) throw error;
      refusal = error;
    }
  }
  if (sum === undefined) throw refusal;
  return sum;
}
