import { FlowdeckError, type ObjectRef, saidOf, toAppError } from "../../common/contract/index.ts";
import { at, fields, list, number, text } from "../../common/json/index.ts";
import { message } from "../../common/words/index.ts";
import { type ClusterClient, type KubeObject, pathSegment, pause } from "../cluster/index.ts";
import { configHashAnnotation } from "../install/index.ts";

type Client = Pick<ClusterClient, "get" | "list" | "raw">;

const everyMs = 700;
const patienceMs = 180_000;

/**
 * Waits until all pods of a Deployment are those of its template, and ready.
 * @throws FlowdeckError `verify-failed` with the last lines of a new pod's log where one does not start, or it takes too
 * long.
 */
export async function untilRolledOut(
  client: Client,
  ref: ObjectRef,
  mark: string,
  signal: AbortSignal,
  patience = patienceMs,
): Promise<void> {
  const name = `${ref.kind} ${ref.namespace}/${ref.name}`;
  for (const until = Date.now() + patience; ; await pause(everyMs, signal)) {
    const deployment = await client.get(ref, signal);
    if (deployment === undefined) throw new FlowdeckError("not-found", message("people.rolloutGone", { name }));
    if (isRolledOut(deployment)) return;
    const late = Date.now() > until;
    const failing = await failingPod(client, deployment, mark, late, signal);
    if (failing !== undefined) throw await notStarted(client, name, failing, signal);
    if (late) throw new FlowdeckError("verify-failed", message("people.rolloutLate", { name }));
  }
}

function isRolledOut(deployment: KubeObject): boolean {
  const status = fields(deployment.status);
  const wanted = number(at(deployment, "spec", "replicas")) ?? 1;
  return (
    (number(status.observedGeneration) ?? 0) >= (deployment.metadata.generation ?? 0) &&
    number(status.updatedReplicas) === wanted &&
    number(status.replicas) === wanted &&
    number(status.availableReplicas) === wanted
  );
}

interface Failing {
  pod: KubeObject;
  container: string;
  why: string;
  /** It ended and is started again: the log of what ended says why. */
  ended: boolean;
}

/** A pod with the new template that ended or can't start. */
async function failingPod(
  client: Client,
  deployment: KubeObject,
  mark: string,
  late: boolean,
  signal: AbortSignal,
): Promise<Failing | undefined> {
  const { namespace = "" } = deployment.metadata;
  const labels = Object.entries(fields(at(deployment, "spec", "selector", "matchLabels")));
  const labelSelector = labels.map(([key, value]) => `${key}=${String(value)}`).join(",");
  const pods = await client.list("v1", "Pod", { namespace, labelSelector, signal });
  for (const pod of pods.filter(({ metadata }) => metadata.annotations?.[configHashAnnotation] === mark)) {
    for (const status of list(at(pod, "status", "containerStatuses"))) {
      const container = text(at(status, "name")) ?? "";
      const ended = at(status, "state", "terminated") ?? at(status, "lastState", "terminated");
      if (ended !== undefined)
        return {
          pod,
          container,
          ended: true,
          why: `${text(at(ended, "reason")) ?? ""} ${String(at(ended, "exitCode"))}`,
        };
      const waiting = text(at(status, "state", "waiting", "reason"));
      const hopeless = waiting !== undefined && /^(CreateContainer(Config)?Error|InvalidImageName)$/.test(waiting);
      if (waiting !== undefined && (hopeless || late))
        return { pod, container, ended: false, why: text(at(status, "state", "waiting", "message")) ?? waiting };
    }
  }
  return undefined;
}

async function notStarted(
  client: Client,
  name: string,
  { pod, container, why, ended }: Failing,
  signal: AbortSignal,
): Promise<FlowdeckError> {
  const said = message("people.notStarted", { name, pod: pod.metadata.name });
  const detail = ended ? ((await lastLines(client, pod, container, signal)) ?? why) : why;
  return new FlowdeckError("verify-failed", said, { detail });
}

async function lastLines(
  client: Client,
  { metadata: { namespace = "", name } }: KubeObject,
  container: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const path = `/api/v1/namespaces/${pathSegment(namespace)}/pods/${pathSegment(name)}/log`;
  for (const previous of [true, false]) {
    const query = new URLSearchParams({ container, tailLines: "8", limitBytes: "8000", previous: String(previous) });
    try {
      const log = (await client.raw(`${path}?${query}`, { signal })).trim();
      if (log !== "") return log;
    } catch (error) {
      signal.throwIfAborted();
      // Asked for the one that ended first: there may be none. The last refusal is what there is to say.
      if (!previous) return saidWords(error);
    }
  }
  return undefined;
}

function saidWords(error: unknown): string | undefined {
  const said = saidOf(toAppError(error));
  return typeof said === "string" ? said : undefined;
}
