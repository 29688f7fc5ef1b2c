import type { CallOutput } from "../../common/contract/index.ts";
import { at, list, text } from "../../common/json/index.ts";
import { atClaim } from "../../common/kube/index.ts";
import { message } from "../../common/words/index.ts";
import { type ApiResource, type ClusterClient, parseAnswer } from "../cluster/index.ts";

type ContentsClient = Pick<ClusterClient, "resources" | "request" | "pathOf" | "list" | "server">;

/** Names alone; only how many there are matters. */
const accept = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";
/** What happened, and what is derived from other objects: nobody would miss them. */
const ofNoInterest = new Set(["events", "endpoints", "endpointslices", "leases", "controllerrevisions"]);

/** What is in a profile's namespace, and would be deleted with it. Claims are named, as data is lost with them. */
export async function contentsOf(
  client: ContentsClient,
  namespace: string,
  signal?: AbortSignal,
): Promise<CallOutput<"profiles.contents">> {
  const resources = (await client.resources(signal)).filter(isCounted);
  const counts = await Promise.all(
    resources.map(async (resource) => ({ resource, count: await countIn(client, resource, namespace, signal) })),
  );
  const claims = await client
    .list("v1", "PersistentVolumeClaim", { namespace, ...(signal ? { signal } : {}) })
    .catch(() => []);
  const kinds = counts
    .flatMap(({ resource, count }) => (count === undefined || count === 0 ? [] : [{ kind: resource.kind, count }]))
    .toSorted((a, b) => b.count - a.count || a.kind.localeCompare(b.kind));
  return {
    objects: kinds.reduce((sum, { count }) => sum + count, 0),
    claims: claims.map((claim) => ({
      name: claim.metadata.name,
      size:
        text(at(atClaim(claim, "status", "capacity"), "storage")) ??
        text(at(atClaim(claim, "spec", "resources", "requests"), "storage")) ??
        "",
    })),
    kinds,
    unread: counts.flatMap(({ resource, count }) => (count === undefined ? [resource.kind] : [])),
  };
}

function isCounted({ namespaced, verbs, plural, group }: ApiResource): boolean {
  const isStored = namespaced && verbs.includes("list") && verbs.includes("delete") && !plural.includes("/");
  return isStored && !ofNoInterest.has(plural) && group !== "metrics.k8s.io";
}

/** Undefined where this user may not know. */
async function countIn(
  client: ContentsClient,
  resource: ApiResource,
  namespace: string,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  const what = message("request.count", { kind: resource.plural });
  try {
    const { body } = await client.request({
      path: client.pathOf(resource, { namespace }),
      headers: { accept },
      query: { limit: 1 },
      what,
      share: "counts",
      signal,
    });
    const answer = parseAnswer(body, what, client.server);
    const remaining = at(answer, "metadata", "remainingItemCount");
    return list(answer.items).length + (typeof remaining === "number" ? remaining : 0);
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof Error) return undefined;
    throw error;
  }
}
