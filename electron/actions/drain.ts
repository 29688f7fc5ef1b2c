import {
  type DrainOptions,
  type DrainPod,
  type DrainProgress,
  FlowdeckError,
  toAppError,
} from "../../common/contract/index.ts";
import { isKind } from "../../common/kube/index.ts";
import { type Message, message, verbatim } from "../../common/words/index.ts";
import { type ClusterClient, type KubeObject, pause, statusOf } from "../cluster/index.ts";
import { drainPlan } from "./drain-plan.ts";
import { controllerOf } from "./fields.ts";
import { refusalWords } from "./write.ts";

/** As kubectl: a refused eviction is asked again after five seconds; a pod on its way out is looked at every second. */
const askAgainMs = 5_000;
const lookAgainMs = 1_000;

type PodState = DrainProgress["pods"][number];

export interface DrainTiming {
  askAgainMs: number;
  lookAgainMs: number;
}

/** What a drain of these nodes would do, from the cluster as it is now. */
export async function planDrain(
  client: ClusterClient,
  nodes: readonly string[],
  options: DrainOptions,
  signal: AbortSignal,
): Promise<DrainPod[]> {
  const [budgets, podLists] = await Promise.all([
    listIfAllowed(client, "policy/v1", "PodDisruptionBudget", signal),
    Promise.all(
      nodes.map((node) =>
        client.list("v1", "Pod", {
          fieldSelector: `spec.nodeName=${node}`,
          ...(options.podSelector === "" ? {} : { labelSelector: options.podSelector }),
          signal,
        }),
      ),
    ),
  ]);
  const daemonSets = await daemonSetsOf(client, podLists.flat(), signal);
  return nodes.flatMap((node, index) =>
    drainPlan(node, { pods: podLists[index] ?? [], daemonSets, budgets, now: Date.now() }, options),
  );
}

/** Those DaemonSets of these pods that exist; one whose pods outlived it can be drained by force. */
async function daemonSetsOf(
  client: ClusterClient,
  pods: readonly KubeObject[],
  signal: AbortSignal,
): Promise<Set<string>> {
  const named = new Map<string, { namespace: string; name: string }>();
  for (const pod of pods) {
    const owner = controllerOf(pod);
    const { namespace } = pod.metadata;
    if (owner === undefined || !isKind(owner, "apps/DaemonSet") || namespace === undefined) continue;
    named.set(`${namespace}/${owner.name}`, { namespace, name: owner.name });
  }
  const found = await Promise.all(
    [...named].map(async ([key, place]) => {
      const set = await client.get({ apiVersion: "apps/v1", kind: "DaemonSet", ...place }, signal);
      return set === undefined ? [] : [key];
    }),
  );
  return new Set(found.flat());
}

/** Budgets only add to what is shown: who may not read them can still drain. */
async function listIfAllowed(
  client: ClusterClient,
  apiVersion: string,
  kind: string,
  signal: AbortSignal,
): Promise<KubeObject[]> {
  try {
    return await client.list(apiVersion, kind, { signal });
  } catch (error) {
    if (error instanceof FlowdeckError && ["forbidden", "kind-unknown"].includes(error.code)) return [];
    throw error;
  }
}

/**
 * Cordons the nodes and takes their pods away, all at once, until each is gone; tells `onChange` of every step in the
 * list it was given. Throws when the plan has pods that block it, when the time is up, or when a pod can't be evicted.
 */
export class Drain {
  readonly pods: PodState[] = [];
  readonly #client: ClusterClient;
  readonly #options: DrainOptions;
  readonly #onChange: () => void;
  readonly #timing: DrainTiming;

  constructor(
    client: ClusterClient,
    options: DrainOptions,
    onChange: () => void,
    timing: DrainTiming = { askAgainMs, lookAgainMs },
  ) {
    this.#client = client;
    this.#options = options;
    this.#onChange = onChange;
    this.#timing = timing;
  }

  async run(nodes: readonly string[], signal: AbortSignal): Promise<void> {
    for (const name of nodes) {
      await this.#client.mergePatch(
        { apiVersion: "v1", kind: "Node", name },
        { spec: { unschedulable: true } },
        { signal },
      );
    }
    const plan = await planDrain(this.#client, nodes, this.#options, signal);
    const blocking = plan.filter(({ outcome }) => outcome === "block");
    if (blocking.length > 0) throw blocked(blocking);
    const going = plan.filter(({ outcome }) => outcome === "go");
    const jobs = going.map((pod) => {
      const state: PodState = {
        node: pod.node,
        namespace: pod.namespace,
        name: pod.name,
        state: "waiting",
        attempts: 0,
      };
      this.pods.push(state);
      return { pod, state };
    });
    this.#onChange();
    const timeout = this.#options.timeoutSeconds;
    const limit = timeout === undefined ? undefined : AbortSignal.timeout(timeout * 1000);
    const until = limit === undefined ? signal : AbortSignal.any([signal, limit]);
    const ends = await Promise.allSettled(jobs.map(({ pod, state }) => this.#take(pod, state, until)));
    for (const { state } of jobs) if (!isOver(state)) state.state = "left";
    this.#onChange();
    signal.throwIfAborted();
    if (limit?.aborted)
      throw timedOut(timeout ?? 0, jobs.length - ends.filter(({ status }) => status === "fulfilled").length);
    const failed = ends.find((end) => end.status === "rejected");
    if (failed !== undefined) throw failed.reason;
  }

  async #take(pod: DrainPod, state: PodState, signal: AbortSignal): Promise<void> {
    try {
      while (!(await this.#ask(pod, state, signal))) await pause(this.#timing.askAgainMs, signal);
      this.#set(state, { state: "ending" });
      await this.#untilGone(pod, signal);
      this.#set(state, { state: "gone" });
    } catch (error) {
      if (!signal.aborted) this.#set(state, { state: "failed", said: saidOf(error) });
      throw error;
    }
  }

  /** True when the pod will go; false when a budget says not now. */
  async #ask(pod: DrainPod, state: PodState, signal: AbortSignal): Promise<boolean> {
    state.attempts++;
    const { namespace, name, uid } = pod;
    const { gracePeriodSeconds, disableEviction } = this.#options;
    if (disableEviction) {
      await this.#client.delete(
        { apiVersion: "v1", kind: "Pod", namespace, name },
        { uid, ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }), signal },
      );
      return true;
    }
    const path = this.#client.pathOf(
      { group: "", version: "v1", plural: "pods", namespaced: true },
      { namespace, name, subresource: "eviction" },
    );
    try {
      await this.#client.request({
        method: "POST",
        path,
        body: JSON.stringify({
          apiVersion: "policy/v1",
          kind: "Eviction",
          metadata: { name, namespace },
          deleteOptions: { gracePeriodSeconds, preconditions: { uid } },
        }),
        what: message("request.evict", { pod: `${namespace}/${name}` }),
        signal,
      });
      return true;
    } catch (error) {
      const status = statusOf(error);
      if (status?.code === 404) return true;
      // Another pod of that name, or a budget that was written at the same moment.
      if (status?.code === 409) return (await this.#find(pod, signal)) === undefined;
      if (status?.code !== 429) throw error;
      this.#set(state, { state: "refused", said: verbatim(refusalWords(error)) });
      return false;
    }
  }

  async #find({ namespace, name, uid }: DrainPod, signal: AbortSignal): Promise<KubeObject | undefined> {
    const pod = await this.#client.get({ apiVersion: "v1", kind: "Pod", namespace, name }, signal);
    return pod?.metadata.uid === uid ? pod : undefined;
  }

  async #untilGone(pod: DrainPod, signal: AbortSignal): Promise<void> {
    const skipAfter = this.#options.skipWaitForDeleteTimeoutSeconds;
    for (;;) {
      const left = await this.#find(pod, signal);
      if (left === undefined) return;
      const ending = left.metadata.deletionTimestamp;
      if (skipAfter > 0 && ending !== undefined && Date.now() - Date.parse(ending) > skipAfter * 1000) return;
      await pause(this.#timing.lookAgainMs, signal);
    }
  }

  #set(state: PodState, change: { state: PodState["state"]; said?: Message }): void {
    state.state = change.state;
    if (change.said === undefined) delete state.said;
    else state.said = change.said;
    this.#onChange();
  }
}

function saidOf(error: unknown): Message {
  const { said, message: words } = toAppError(error);
  return said ?? verbatim(words);
}

function isOver({ state }: PodState): boolean {
  return state === "gone" || state === "failed";
}

function blocked(pods: readonly DrainPod[]): FlowdeckError {
  const names = pods.slice(0, 5).map(({ namespace, name, reason }) => `${namespace}/${name} (${reason})`);
  const first = names.join(", ");
  return new FlowdeckError("not-allowed", message("action.drainBlocked", { count: pods.length }), {
    advice:
      pods.length > 5
        ? message("action.drainBlockersMore", { pods: first, more: pods.length - 5 })
        : message("action.drainBlockers", { pods: first }),
  });
}

function timedOut(seconds: number, left: number): FlowdeckError {
  return new FlowdeckError("gate-timeout", message("action.drainTimedOut", { seconds, left }), {
    advice: message("action.stayCordoned"),
  });
}
