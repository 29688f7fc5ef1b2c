import PQueue from "p-queue";
import { type ClusterClient, type ClusterConnections, isRetryable, pause } from "../cluster/index.ts";
import { FlowdeckError, type KindCount, type ParsedInput } from "../contract/index.ts";
import { healing } from "./heal.ts";
import { latest } from "./latest.ts";
import { isForbidden } from "./names.ts";
import { findResource } from "./resource.ts";

/** Names alone: the one object that is sent along is cut down to its metadata. */
const accept = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";
const everyMs = 8_000;
const atOnce = 4;

type Counted = ParsedInput<"resources.counts">["resources"][number];

/** How many objects there are of each resource, told as far as known at first and then whenever a number changed. */
export function watchCounts(
  connections: Pick<ClusterConnections, "client">,
  { context, namespaces, resources }: ParsedInput<"resources.counts">,
  signal: AbortSignal,
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
        const queue = new PQueue({ concurrency: atOnce });
        // The first numbers are wanted soon; later ones all together.
        const first = told === "" ? setInterval(tell, 150) : undefined;
        try {
          await queue.addAll(
            resources.map((resource) => async () => {
              const count = await countOf(client, resource, namespaces, within);
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
    await healing(connections, context, work, () => told !== "", within);
  }, signal);
}

/** Undefined where it can't be told now: the number known before stays. */
async function countOf(
  client: ClusterClient,
  resource: Counted,
  namespaces: readonly string[],
  signal: AbortSignal,
): Promise<KindCount | undefined> {
  const { group, version, plural } = resource;
  try {
    const { namespaced } = await findResource(client, resource, signal);
    const places = namespaced && namespaces.length > 0 ? namespaces : [undefined];
    let count = 0;
    for (const namespace of places) {
      const path = client.pathOf({ group, version, plural, namespaced }, { namespace });
      const what = `count ${plural}`;
      const { body } = await client.request({ path, headers: { accept }, query: { limit: 1 }, what, signal });
      const list = JSON.parse(body) as { items?: unknown[] | null; metadata?: { remainingItemCount?: number } };
      count += (list.items?.length ?? 0) + (list.metadata?.remainingItemCount ?? 0);
    }
    return { group, version, plural, count };
  } catch (error) {
    signal.throwIfAborted();
    if (isForbidden(error)) return { group, version, plural, forbidden: true };
    if (isRetryable(error)) return undefined;
    if (error instanceof FlowdeckError) return { group, version, plural };
    throw error;
  }
}
