import { at, list, text } from "../../common/json/index.ts";
import { message } from "../../common/words/index.ts";
import { type ClusterClient, type KubeObject, kubeObjectOf, parseAnswer } from "../cluster/index.ts";
import type { ListQuery } from "./list-query.ts";

/** Enough for a namespace as people use them, and no strain on one that is fuller. */
export const scanLimit = 2_000;
const pageSize = 500;
const metadataOnly = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

/** The first {@link scanLimit} objects, without managedFields; with `names` without anything but their metadata. */
export async function scan(
  client: ClusterClient,
  query: ListQuery,
  signal: AbortSignal,
): Promise<{ objects: KubeObject[]; truncated: boolean }> {
  const resource = await client.resourceFor(query.apiVersion, query.kind, signal);
  const objects: KubeObject[] = [];
  let token: string | undefined;
  do {
    const what = message("request.list", { kind: resource.plural });
    const { body } = await client.request({
      path: client.pathOf(resource, { namespace: query.namespace }),
      query: {
        limit: pageSize,
        continue: token,
        labelSelector: query.labelSelector || undefined,
        fieldSelector: query.fieldSelector || undefined,
      },
      headers: query.mode === "names" ? { accept: metadataOnly } : {},
      what,
      signal,
    });
    const page = parseAnswer(body, what, client.server);
    for (const item of list(at(page, "items"))) objects.push(withoutManagers(kubeObjectOf(item, query)));
    token = text(at(page, "metadata", "continue")) || undefined;
  } while (token !== undefined && objects.length < scanLimit);
  return { objects, truncated: token !== undefined };
}

function withoutManagers(object: KubeObject): KubeObject {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}
