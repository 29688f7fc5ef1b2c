import { randomUUID } from "node:crypto";
import { latest } from "../../common/async/index.ts";
import {
  type AppError,
  type ClusterOverview,
  type ContextId,
  FlowdeckError,
  type ParsedInput,
  toAppError,
} from "../../common/contract/index.ts";
import { atNode } from "../../common/kube/index.ts";
import { message } from "../../common/words/index.ts";
import { backoffMs, type ClusterClient, type KubeObject, parseAnswer, pathSegment, pause } from "../cluster/index.ts";
import type { Tables } from "../tables/index.ts";
import { holdsResources, noAmounts, readAmounts, requestsOf, sumOf, sumOfMetrics } from "./amounts.ts";
import { changed } from "./changed.ts";
import { mainKinds } from "./kinds.ts";
import { Kept } from "./projection-cache.ts";
import { newestOf, readWarning } from "./warnings.ts";

/** What of a client the overview needs. */
export type OverviewClient = Pick<ClusterClient, "watch" | "request" | "server">;

export interface OverviewOptions {
  connections: { use(context: ContextId, work: (client: OverviewClient) => Promise<void>): Promise<void> };
  tables: Pick<Tables, "open">;
  /** A fault that has nobody else to hear of it. */
  log: (line: string) => void;
}

type Input = ParsedInput<"overview.watch">;

/** How often an overview is told at most, while things change all the time. */
const everyMs = 400;
/** metrics-server itself measures every 15 s: https://github.com/kubernetes-sigs/metrics-server#configuration */
const metricsEveryMs = 15_000;
/** What is absent or forbidden may come meanwhile. */
const askAgainMs = 60_000;
/** Requests are in full objects only; beyond this many pods they are not fetched. */
export const mostPods = 5_000;
const warningsShown = 10;

/** How a cluster is doing, told anew when it changes; everything behind it ends with `signal` or with its reader. */
export async function* watchOverview(
  options: OverviewOptions,
  input: Input,
  signal: AbortSignal,
): AsyncGenerator<ClusterOverview, void, void> {
  const ended = new AbortController();
  const within = AbortSignal.any([signal, ended.signal]);
  const state = new OverviewState();
  const work = [
    ...mainKinds.map((_, index) => followKind(options, input, state, index, within)),
    lasting(
      options,
      input,
      within,
      (client) => followNodes(client, state, within),
      (problem) => {
        state.change({ nodes: { ...state.overview.nodes, ...refused(problem) } });
      },
    ),
    lasting(
      options,
      input,
      within,
      (client) => followRequests(client, input, state, within),
      (problem) => {
        state.change({ requests: { ...state.overview.requests, ...refused(problem) } });
      },
    ),
    lasting(
      options,
      input,
      within,
      (client) => followWarnings(client, input, state, within),
      (problem) => {
        state.change({ warnings: { ...state.overview.warnings, ...refused(problem) } });
      },
    ),
    lasting(
      options,
      input,
      within,
      (client) => followUsage(client, input, state, within),
      (problem) => {
        state.change({ usage: { ...state.overview.usage, ...refused(problem) } });
      },
    ),
  ].map((task) =>
    task.catch((error: unknown) => {
      if (!within.aborted) options.log(`a part of the overview stopped: ${toAppError(error).message}`);
    }),
  );
  try {
    yield* latest({
      read: () => state.overview,
      onChange: (listener) => state.onChange(listener),
      everyMs,
      signal: within,
    });
  } finally {
    ended.abort();
    await Promise.all(work);
  }
}

class OverviewState {
  overview: ClusterOverview = {
    kinds: mainKinds.map((kind) => ({ ...kind, state: "listing", total: 0, warn: 0, bad: 0, done: 0 })),
    nodes: { state: "waiting", count: 0, capacity: noAmounts, allocatable: noAmounts },
    requests: { state: "waiting", pods: 0, sum: noAmounts },
    usage: { state: "waiting", sum: noAmounts },
    warnings: { state: "waiting", total: 0, newest: [] },
  };
  readonly #listeners = new Set<() => void>();

  change(part: Partial<ClusterOverview>): void {
    this.overview = { ...this.overview, ...part };
    for (const listener of [...this.#listeners]) listener();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

function refused(problem: AppError): { state: "forbidden" | "failed"; problem: AppError } {
  return { state: problem.code === "forbidden" ? "forbidden" : "failed", problem };
}

/** Runs a part with a client of its own, again after it failed: soon at first, then every minute. */
async function lasting(
  { connections }: OverviewOptions,
  { context }: Input,
  signal: AbortSignal,
  work: (client: OverviewClient) => Promise<void>,
  tell: (problem: AppError) => void,
): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      await connections.use(context, work);
    } catch (error) {
      if (signal.aborted) return;
      tell(toAppError(error));
    }
    await pause(backoffMs(failures, 2_000, askAgainMs), signal);
  }
}

/** Counts of one kind, from the same table as its list; no row of it is sent. */
async function followKind(
  { tables }: OverviewOptions,
  { context, namespaces }: Input,
  state: OverviewState,
  index: number,
  signal: AbortSignal,
): Promise<void> {
  const kind = mainKinds[index];
  if (kind === undefined) return;
  const { group, version, plural, namespaced } = kind;
  const change = (part: Partial<ClusterOverview["kinds"][number]>) =>
    state.change({ kinds: state.overview.kinds.map((one, at) => (at === index ? { ...one, ...part } : one)) });
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      const source = { context, group, version, plural, namespaces: namespaced ? namespaces : [] };
      const views = tables.open(
        {
          view: randomUUID(),
          source: { ...source, labelSelector: "", fieldSelector: "", ownColumns: [] },
          query: { filter: "", faults: false, sort: null, window: { offset: 0, count: 0 }, anchor: null },
        },
        signal,
      );
      for await (const { state: now, total, warn, bad, done } of views) {
        failures = 0;
        change({ state: now === "polling" ? "live" : now, total, warn, bad, done, problem: undefined });
      }
    } catch (error) {
      if (signal.aborted) return;
      change(refused(toAppError(error)));
    }
    if (!signal.aborted) await pause(backoffMs(failures, 2_000, askAgainMs), signal);
  }
}

async function followNodes(client: OverviewClient, state: OverviewState, signal: AbortSignal): Promise<void> {
  const read = (node: KubeObject) => ({
    capacity: readAmounts(atNode(node, "status", "capacity")),
    allocatable: readAmounts(atNode(node, "status", "allocatable")),
  });
  const kept = new Kept(read, (nodes) => {
    const all = [...nodes.values()];
    const capacity = sumOf(all.map((node) => node.capacity));
    const allocatable = sumOf(all.map((node) => node.allocatable));
    state.change({ nodes: { state: "live", count: all.length, capacity, allocatable } });
  });
  await kept.follow(client, "Node", [undefined], signal);
}

async function followRequests(
  client: OverviewClient,
  { namespaces }: Input,
  state: OverviewState,
  signal: AbortSignal,
): Promise<void> {
  const podsNow = () => state.overview.kinds.find(({ plural }) => plural === "pods");
  while (podsNow()?.state === "listing") await changed(state, signal);
  const tooMany = () => (podsNow()?.total ?? 0) > mostPods;
  while (!signal.aborted) {
    if (tooMany()) {
      state.change({ requests: { state: "leftOut", pods: podsNow()?.total ?? 0, sum: noAmounts } });
      while (tooMany()) await changed(state, signal);
    }
    const few = new AbortController();
    const stop = state.onChange(() => {
      if (tooMany()) few.abort();
    });
    try {
      const read = (pod: KubeObject) => (holdsResources(pod) ? requestsOf(pod) : undefined);
      const kept = new Kept(read, (pods) => {
        const all = [...pods.values()].filter((one) => one !== undefined);
        state.change({ requests: { state: "live", pods: all.length, sum: sumOf(all) } });
      });
      await kept.follow(client, "Pod", places(namespaces), AbortSignal.any([signal, few.signal]));
    } catch (error) {
      if (!few.signal.aborted) throw error;
    } finally {
      stop();
    }
  }
}

async function followWarnings(
  client: OverviewClient,
  { namespaces }: Input,
  state: OverviewState,
  signal: AbortSignal,
): Promise<void> {
  const kept = new Kept(readWarning, (warnings) => {
    const newest = newestOf(warnings.values(), warningsShown);
    state.change({ warnings: { state: "live", total: warnings.size, newest } });
  });
  await kept.follow(client, "Event", places(namespaces), signal, "type=Warning");
}

async function followUsage(
  client: OverviewClient,
  { namespaces }: Input,
  state: OverviewState,
  signal: AbortSignal,
): Promise<void> {
  const paths =
    namespaces.length === 0 ? ["nodes"] : namespaces.map((namespace) => `namespaces/${pathSegment(namespace)}/pods`);
  const what = message("request.usage");
  while (!signal.aborted) {
    try {
      const answers = await Promise.all(
        paths.map((path) =>
          client.request({
            path: `/apis/metrics.k8s.io/v1beta1/${path}`,
            what,
            signal,
          }),
        ),
      );
      const sum = sumOf(answers.map(({ body }) => sumOfMetrics(parseAnswer(body, what, client.server))));
      state.change({ usage: { state: "served", sum, at: Date.now() } });
      await pause(metricsEveryMs, signal);
    } catch (error) {
      // A 404 is no metrics server at all; one that is registered but gone answers 503, which is a failure.
      if (!(error instanceof FlowdeckError) || error.code !== "kind-unknown") throw error;
      state.change({ usage: { state: "absent", sum: noAmounts } });
      await pause(askAgainMs, signal);
    }
  }
}

/** One watch for all namespaces, or one for each that is looked at. */
function places(namespaces: readonly string[]): (string | undefined)[] {
  return namespaces.length === 0 ? [undefined] : [...namespaces];
}
