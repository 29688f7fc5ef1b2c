import { FlowdeckError, type ObjectTarget } from "../../common/contract/index.ts";
import { at } from "../../common/json/index.ts";
import { formatLabelSelector, isKind } from "../../common/kube/index.ts";
import { message } from "../../common/words/index.ts";
import { type ClusterClient, type KubeObject, pause, type WatchEvent } from "../cluster/index.ts";

const lookEveryMs = 3_000;

/** Which pods a target means: those with labels, and of those only some. */
interface Selection {
  namespace: string;
  labelSelector: string;
  includes: (pod: KubeObject) => boolean;
}

/**
 * The pods of a target from now on: those there are as `added`, then `synced`, then each change. Ends only with an error
 * (`object-not-found`, `forbidden`, `object-invalid` for what selects no pods) or the signal.
 */
export async function* podsOf(
  client: ClusterClient,
  target: ObjectTarget,
  signal: AbortSignal,
): AsyncGenerator<WatchEvent, void, void> {
  if (isKind(target, "/Pod")) {
    yield* podByName(client, target, signal);
    return;
  }
  const { includes, ...options } = await selectionOf(client, target, signal);
  for await (const event of client.watch("v1", "Pod", { ...options, signal })) {
    if (event.object === undefined || includes(event.object)) yield event;
  }
}

/** Who may read a pod but not watch pods gets it looked at again and again. */
async function* podByName(
  client: ClusterClient,
  { namespace = "", name }: ObjectTarget,
  signal: AbortSignal,
): AsyncGenerator<WatchEvent, void, void> {
  try {
    yield* client.watch("v1", "Pod", { namespace, fieldSelector: `metadata.name=${name}`, signal });
    return;
  } catch (error) {
    if (!(error instanceof FlowdeckError) || error.code !== "forbidden") throw error;
  }
  let known: KubeObject | undefined;
  for (let first = true; ; first = false) {
    const pod = await client.get({ apiVersion: "v1", kind: "Pod", namespace, name }, signal);
    const isSame = known !== undefined && known.metadata.uid === pod?.metadata.uid;
    if (known !== undefined && !isSame) yield { type: "deleted", object: known };
    if (pod !== undefined) yield { type: isSame ? "modified" : "added", object: pod };
    if (first) yield { type: "synced" };
    known = pod;
    await pause(lookEveryMs, signal);
  }
}

async function selectionOf(client: ClusterClient, target: ObjectTarget, signal: AbortSignal): Promise<Selection> {
  const { kind, group, name, namespace = "" } = target;
  const object = await client.get(
    { apiVersion: group === "" ? target.version : `${group}/${target.version}`, kind, namespace, name },
    signal,
  );
  if (object === undefined)
    throw new FlowdeckError(
      "object-not-found",
      message("log.objectMissing", { object: `${kind} ${namespace}/${name}` }),
    );
  if (isKind(target, "batch/CronJob")) {
    const jobs = await jobsOf(client, object, signal);
    return { namespace, labelSelector: "job-name", includes: (pod) => jobs.has(ownerUid(pod) ?? "") };
  }
  const labelSelector = formatLabelSelector(at(object, "spec", "selector"));
  if (labelSelector !== undefined) return { namespace, labelSelector, includes: () => true };
  throw new FlowdeckError("object-invalid", message("log.noPods", { object: `${kind} ${namespace}/${name}` }));
}

/** Uids of a CronJob's Jobs, kept up to date until the signal. */
async function jobsOf(client: ClusterClient, cronJob: KubeObject, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const uids = new Set<string>();
  const { promise: listed, resolve, reject } = Promise.withResolvers<void>();
  const { namespace = "", uid } = cronJob.metadata;
  const follow = async () => {
    for await (const { type, object } of client.watch("batch/v1", "Job", { namespace, signal })) {
      if (type === "synced") resolve();
      // Of a Job that is gone pods may still be read.
      else if (object?.metadata.uid !== undefined && ownerUid(object) === uid) uids.add(object.metadata.uid);
    }
  };
  follow().then(resolve, reject);
  await listed;
  return uids;
}

function ownerUid(object: KubeObject): string | undefined {
  return object.metadata.ownerReferences?.find(({ controller }) => controller === true)?.uid;
}
