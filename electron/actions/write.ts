import { FlowdeckError, type ObjectTarget } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import { type ClusterClient, type JsonPatchOperation, jsonBody, type KubeObject, statusOf } from "../cluster/index.ts";
import { named, pathOf, read, refOf, writeError } from "./targets.ts";

/** How one change is made. */
export interface WriteContext {
  client: ClusterClient;
  dryRun: boolean;
  signal: AbortSignal;
}

/** Two writers at once: the loser looks again, a few times. */
const attempts = 5;

/**
 * The one place through which actions change objects: each write says which very object it means (its uid, where that is
 * known), so that what was made anew under the same name is not hit.
 */
export async function mergePatch(
  context: WriteContext,
  target: ObjectTarget,
  patch: { metadata?: object; spec?: object },
): Promise<KubeObject> {
  return await meant(target, () =>
    context.client.mergePatch(refOf(target), withUid(target, patch), {
      dryRun: context.dryRun,
      signal: context.signal,
    }),
  );
}

/** Merges lists by their key, as only built-in kinds allow. */
export async function strategicPatch(
  context: WriteContext,
  target: ObjectTarget,
  patch: { metadata?: object; spec?: object },
  subresource?: string,
): Promise<void> {
  await meant(target, () =>
    context.client.request({
      method: "PATCH",
      path: pathOf(context.client, target, subresource),
      query: { fieldManager: "flowdeck", dryRun: context.dryRun ? "All" : undefined },
      body: jsonBody(withUid(target, patch)),
      contentType: "application/strategic-merge-patch+json",
      what: message("request.patch", { object: named(target) }),
      signal: context.signal,
    }),
  );
}

export async function jsonPatch(
  context: WriteContext,
  target: ObjectTarget,
  operations: readonly JsonPatchOperation[],
): Promise<KubeObject> {
  const guard: JsonPatchOperation[] =
    target.uid === undefined ? [] : [{ op: "test", path: "/metadata/uid", value: target.uid }];
  return await meant(target, () =>
    context.client.jsonPatch(refOf(target), [...guard, ...operations], {
      dryRun: context.dryRun,
      signal: context.signal,
    }),
  );
}

/** Reads the object, makes a patch from it, and writes that only if nobody else wrote meanwhile; else it looks again. */
export async function patchAsRead(
  context: WriteContext,
  target: ObjectTarget,
  make: (object: KubeObject) => { metadata?: object; spec?: object } | undefined,
): Promise<KubeObject | undefined> {
  for (let attempt = 1; ; attempt++) {
    const object = await read(context.client, target, context.signal);
    const patch = make(object);
    if (patch === undefined) return undefined;
    const { resourceVersion } = object.metadata;
    try {
      return await mergePatch(context, target, { ...patch, metadata: { ...patch.metadata, resourceVersion } });
    } catch (error) {
      if (attempt >= attempts || !(error instanceof FlowdeckError) || error.code !== "conflict") throw error;
    }
  }
}

function withUid(target: ObjectTarget, patch: { metadata?: object }): object {
  return target.uid === undefined ? patch : { ...patch, metadata: { ...patch.metadata, uid: target.uid } };
}

async function meant<T>(target: ObjectTarget, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw writeError(target, error);
  }
}

/** The server's words where a refusal has them; for rules of ours that build on what the server said. */
export function refusalWords(error: unknown): string {
  return statusOf(error)?.message ?? (error instanceof Error ? error.message : String(error));
}
