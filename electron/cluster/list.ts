import { isRecord, text } from "../../common/json/index.ts";
import { message } from "../../common/words/index.ts";
import { kubeObjectOf } from "./kube-object.ts";
import { isTooLarge, parseAnswer, unreadable } from "./limits.ts";
import { collectionPath, formatApiVersion } from "./paths.ts";
import { isExpired } from "./reflector/expired.ts";
import type { Transport } from "./transport.ts";
import type { ApiResource, KubeObject, RequestPurpose, SelectOptions } from "./types.ts";

/** As kubectl: large enough to be few, small enough to be quick (k8s.io/cli-runtime). */
const pageSize = 500;

export interface Page {
  objects: KubeObject[];
  resourceVersion: string;
  /** The continue token it was asked with had expired: what came before belongs to an older state. */
  restarted: boolean;
}

/**
 * A consistent list in pages. The token of a page that expires between two pages starts over once, as a whole.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks
 */
export async function* listPages(
  transport: Transport,
  resource: ApiResource,
  options: SelectOptions & { as?: "objects" | "metadata" | undefined },
): AsyncGenerator<Page, void, void> {
  let token: string | undefined;
  let limit = pageSize;
  let restarted = false;
  let restarts = 0;
  do {
    let body: string;
    const what = message("request.list", { kind: resource.plural });
    try {
      ({ body } = await transport.request({
        method: "GET",
        path: collectionPath(resource, options.namespace),
        query: { ...selectors(options), limit, continue: token },
        headers: acceptOf(options.as ?? "objects").list,
        what,
        signal: options.signal,
      }));
    } catch (error) {
      if (isTooLarge(error) && limit > 1) {
        // Of large objects fewer at a time.
        limit = Math.ceil(limit / 10);
        continue;
      }
      if (token === undefined || !isExpired(error) || ++restarts > 2) throw error;
      token = undefined;
      restarted = true;
      continue;
    }
    const { metadata, items } = listOf(body, what, transport.context.cluster.server);
    yield {
      objects: items.map((item) => asObject(item, resource)),
      resourceVersion: text(metadata.resourceVersion) ?? "",
      restarted,
    };
    restarted = false;
    token = text(metadata.continue) || undefined;
    if (token === undefined) return;
  } while (true);
}

/** How a list and its watch are asked for whole objects, or for their metadata only. */
export function acceptOf(as: "objects" | "metadata"): { list: Record<string, string>; item: Record<string, string> } {
  if (as === "objects") return { list: {}, item: {} };
  const accept = (kind: string) => ({ accept: `application/json;as=${kind};v=v1;g=meta.k8s.io` });
  return { list: accept("PartialObjectMetadataList"), item: accept("PartialObjectMetadata") };
}

/** A list's parts. Throws `answer-unreadable` for what is no list. */
function listOf(
  body: string,
  what: RequestPurpose,
  server: string,
): { metadata: Record<string, unknown>; items: Record<string, unknown>[] } {
  const { metadata, items } = parseAnswer(body, what, server);
  if (!isRecord(metadata) && !Array.isArray(items)) throw unreadable(what, server, body);
  return {
    metadata: isRecord(metadata) ? metadata : {},
    items: Array.isArray(items) ? items.filter(isRecord) : [],
  };
}

export function selectors(options: {
  labelSelector?: string | undefined;
  fieldSelector?: string | undefined;
}): Record<string, string | undefined> {
  return { labelSelector: options.labelSelector, fieldSelector: options.fieldSelector };
}

/** An item of a list, or an answer, of a resource. */
export function asObject(item: unknown, resource: ApiResource): KubeObject {
  return kubeObjectOf(item, { apiVersion: formatApiVersion(resource), kind: resource.kind });
}
