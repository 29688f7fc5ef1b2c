import { type AppError, FlowdeckError, type ObjectRef, toAppError } from "../../../common/contract/index.ts";
import { at, list, text } from "../../../common/json/index.ts";
import { isKind } from "../../../common/kube/index.ts";
import { message } from "../../../common/words/index.ts";
import { type ClusterClient, type KubeObject, kubeObjectOf, parseAnswer } from "../../cluster/index.ts";
import { keyOf, keyOfObject } from "../objects.ts";
import { installationLabel } from "../plan/plan-types.ts";

export interface LiveObjects {
  /** By key. Of a definition only its metadata. */
  objects: Map<string, KubeObject>;
  /** Kinds that could not be read, each with why. */
  unread: { kind: string; error: AppError }[];
}

const metadataOnly = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

/**
 * What is in the cluster of these objects: a list of each kind by the installation's label, and single requests for what
 * is not among those. Reads only.
 */
export async function readLiveObjects(
  client: ClusterClient,
  refs: readonly ObjectRef[],
  installation: string,
  signal: AbortSignal,
): Promise<LiveObjects> {
  const objects = new Map<string, KubeObject>();
  const unread: LiveObjects["unread"] = [];
  const kinds = Map.groupBy(refs, ({ apiVersion, kind }) => `${apiVersion}/${kind}`);
  await Promise.all(
    [...kinds.values()].map(async (ofKind) => {
      const [{ apiVersion, kind } = { apiVersion: "", kind: "" }] = ofKind;
      try {
        for (const object of await labelled(client, { apiVersion, kind }, installation, signal)) {
          objects.set(keyOfObject(object), object);
        }
        // Without the label: others' objects that were there before, and those whose label was taken away.
        await Promise.all(
          ofKind
            .filter((ref) => !objects.has(keyOf(ref)))
            .map(async (ref) => {
              const object = await client.get(ref, signal);
              if (object) objects.set(keyOf(ref), object);
            }),
        );
      } catch (error) {
        signal.throwIfAborted();
        unread.push({ kind, error: toAppError(error) });
      }
    }),
  );
  return { objects, unread };
}

async function labelled(
  client: ClusterClient,
  of: { apiVersion: string; kind: string },
  installation: string,
  signal: AbortSignal,
): Promise<KubeObject[]> {
  const labelSelector = `${installationLabel}=${installation}`;
  try {
    // Their schemas are nine tenths of all that is read, and whoever changes one is in its metadata.
    if (isKind(of, "apiextensions.k8s.io/CustomResourceDefinition")) {
      return await metadataOf(client, of, labelSelector, signal);
    }
    return await client.list(of.apiVersion, of.kind, { labelSelector, signal });
  } catch (error) {
    if (error instanceof FlowdeckError && error.code === "kind-unknown") return [];
    throw error;
  }
}

async function metadataOf(
  client: ClusterClient,
  of: { apiVersion: string; kind: string },
  labelSelector: string,
  signal: AbortSignal,
): Promise<KubeObject[]> {
  const resource = await client.resourceFor(of.apiVersion, of.kind, signal);
  const what = message("request.list", { kind: resource.plural });
  const objects: KubeObject[] = [];
  let token: string | undefined;
  do {
    const { body } = await client.request({
      path: client.pathOf(resource, {}),
      query: { limit: 500, continue: token, labelSelector },
      headers: { accept: metadataOnly },
      what,
      signal,
    });
    const page = parseAnswer(body, what, client.server);
    for (const item of list(at(page, "items"))) objects.push(kubeObjectOf(item, of));
    token = text(at(page, "metadata", "continue")) || undefined;
  } while (token !== undefined);
  return objects;
}
