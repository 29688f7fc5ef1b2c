import { type FlowdeckError, toAppError } from "../../../common/contract/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import type { InstallLog } from "../installation-dir/install-log.ts";
import type { JournalWriter } from "../installation-dir/journal.ts";
import { describe } from "../objects.ts";
import type { Plan, PlanNode } from "../plan/plan-types.ts";
import { isWorkload } from "../plan/workloads.ts";
import type { ApplicationWords } from "./application-words.ts";
import { Applier } from "./applier.ts";
import { GateKeeper } from "./gate-evaluator.ts";
import { LiveObjects } from "./object-cache.ts";
import { waitsOf } from "./pending-reasons.ts";
import { watchConditions, watchKindOf } from "./plan-watches.ts";
import { creationFailure, PodWatch } from "./pod-watch.ts";
import { RunState } from "./run-state.ts";
import type { Tracker } from "./status-store.ts";

export interface RunOptions {
  plan: Plan;
  client: ClusterClient;
  tracker: Tracker;
  log: InstallLog;
  journal: JournalWriter;
  signal: AbortSignal;
  /** Objects sent at once, at most. */
  concurrency?: number;
  /** How long anything may take to come true before it is given up, in milliseconds. */
  timeoutMs?: number;
  /** Where the components are a KfDef's applications: tells of them as kfctl did. */
  words?: ApplicationWords;
}

export interface RunResult {
  /** Components that could not be completed, with the reason. */
  failed: Map<string, FlowdeckError>;
  /** Of these, the ones whose turn never came because one before them failed. */
  notBegun: Set<string>;
}

/** Applies a plan and waits until everything in it works. Resolves also when components failed; rejects when aborted. */
export async function runPlan(options: RunOptions): Promise<RunResult> {
  const run = new InstallRun(options);
  try {
    return await run.finished();
  } finally {
    await run.close();
  }
}

/** Joins the parts of a run: what comes from the cluster goes to the gates and the pods, what they find to the state. */
class InstallRun {
  readonly #options: RunOptions;
  readonly #plan: Plan;
  readonly #timeoutMs: number;
  readonly #stop = new AbortController();
  readonly #state: RunState;
  readonly #live: LiveObjects;
  readonly #keeper: GateKeeper;
  readonly #applier: Applier;
  readonly #pods: PodWatch;
  readonly #watched: Promise<void>[] = [];
  readonly #done = Promise.withResolvers<void>();
  #podsDeadline: NodeJS.Timeout | undefined;
  #refreshing: NodeJS.Timeout | undefined;

  constructor(options: RunOptions) {
    this.#options = options;
    this.#plan = options.plan;
    this.#timeoutMs = options.timeoutMs ?? 600_000;
    const { client, plan, tracker, log } = options;
    const timeoutMs = this.#timeoutMs;
    const signal = AbortSignal.any([options.signal, this.#stop.signal]);
    this.#state = new RunState({
      ...{ plan, tracker, log, journal: options.journal, words: options.words },
      gates: { isOpen: (gate) => this.#keeper.isOpen(gate), failureOf: (gate) => this.#keeper.failureOf(gate) },
    });
    this.#live = new LiveObjects({
      client,
      signal,
      onChange: (key, object) => this.#changed(key, object),
      onError: (what, error) => {
        const message = `${what} can't be watched: ${toAppError(error).message}`;
        log.add({ level: "warn", event: "watch", message });
      },
      onTrouble: () => {
        this.#keeper.poke();
        this.#refreshSoon();
      },
    });
    this.#pods = new PodWatch({
      plan,
      live: this.#live,
      onPod: (key, pod) => tracker.setPod(key, pod),
      onProblem: (id, problem) => {
        tracker.problem(id, problem);
        const { message, component } = problem;
        log.add({ level: "error", event: "problem", message, ...(component ? { component } : {}) });
      },
      onSolved: (id, words) => {
        if (tracker.solved(id)) log.add({ level: "ok", event: "solved", message: words });
      },
    });
    this.#keeper = new GateKeeper({
      ...{ plan, client, live: this.#live, signal, timeoutMs },
      stateOf: (id) => this.#state.of(id),
      onOpen: (gate, tookMs) => {
        this.#state.gateOpened(gate, tookMs);
        for (const node of this.#state.nodesBehind(gate.id)) this.#release(node);
        this.#settleAfterGates();
      },
      onFailed: (gate, error) => {
        this.#state.gateFailed(gate, error);
        this.#settleAfterGates();
      },
      podCause: (ids) => this.#pods.causeFor(ids),
    });
    this.#applier = new Applier({
      ...{ client, signal, concurrency: options.concurrency ?? 16, timeoutMs },
      isWanted: (node) => !this.#state.failed.has(node.component),
      onDropped: (node) => this.#state.dropped(node),
      onStart: (node) => this.#state.started(node),
      onApplied: (node, stored, tookMs) => this.#applied(node, stored, tookMs),
      onRetry: (node, because, attempt, delayMs) => {
        this.#state.retrying(node, because, attempt, delayMs);
        this.#refreshSoon();
      },
      onRefused: (node, error) => {
        this.#state.refused(node, error);
        this.#keeper.poke();
        this.#settle();
      },
      namespaceOf: (name) => this.#state.nodes.get(`/Namespace//${name}`),
      onRenewed: (node, stored) => this.#state.renewed(node, stored.metadata.uid),
      onIdle: () => this.#settle(),
    });
  }

  async finished(): Promise<RunResult> {
    const options = this.#options;
    const plan = this.#plan;
    const state = this.#state;
    options.signal.throwIfAborted();
    const onAbort = () => this.#done.reject(options.signal.reason);
    options.signal.addEventListener("abort", onAbort, { once: true });
    state.announce();
    this.#watched.push(this.#pods.start(), ...watchConditions(plan, state.nodes, this.#live));
    for (const node of plan.nodes) this.#release(node);
    this.#keeper.poke();
    try {
      await this.#done.promise;
    } finally {
      options.signal.removeEventListener("abort", onAbort);
    }
    this.#refreshWaits();
    return { failed: state.failed, notBegun: state.notBegun };
  }

  async close(): Promise<void> {
    clearTimeout(this.#podsDeadline);
    clearTimeout(this.#refreshing);
    this.#stop.abort();
    this.#pods.close();
    await Promise.allSettled([this.#applier.close(), this.#keeper.close(), this.#live.ended(), ...this.#watched]);
  }

  /** Something in the cluster is other than before. */
  #changed(key: string, object: KubeObject | undefined): void {
    this.#pods.changed(key, object);
    const node = this.#state.nodes.get(key);
    if (node && object && isWorkload(node.ref)) this.#noteCreation(node, object);
    this.#keeper.poke();
    this.#refreshSoon();
    if (key.startsWith("/Pod/")) this.#settle();
  }

  #noteCreation(node: PlanNode, object: KubeObject): void {
    const { tracker } = this.#options;
    const id = `creating pods of ${node.id}`;
    const failure = creationFailure(object);
    if (failure === undefined) {
      tracker.solved(id);
      return;
    }
    const message = `${describe(node.ref)} can't create its pods: ${failure}`;
    tracker.problem(id, { code: "workload-failed", message, component: node.component, object: node.ref });
  }

  /** Sends a node whose gates are all open. */
  #release(node: PlanNode): void {
    if (this.#state.takeIfOpen(node)) this.#applier.add(node);
  }

  #applied(node: PlanNode, stored: KubeObject, tookMs: number): void {
    this.#state.applied(node, tookMs, stored.metadata.uid);
    this.#live.put({ ...stored, apiVersion: node.ref.apiVersion, kind: node.ref.kind });
    if (!isWorkload(node.ref) && this.#plan.outcomes.includes(`ready:${node.id}`))
      this.#watched.push(watchKindOf(this.#plan, node, this.#live));
    this.#keeper.poke();
    this.#refreshSoon();
  }

  /** The keeper still holds the gate it tells of as closed: what depends on all gates is looked at after it. */
  #settleAfterGates(): void {
    setImmediate(() => this.#settle());
  }

  #settle(): void {
    if (!this.#applier.isIdle || !this.#state.settles()) return;
    if (this.#state.failed.size > 0 || this.#pods.unsettled().length === 0) {
      this.#done.resolve();
      return;
    }
    // Every workload is available; what is left are pods beside them, such as those of a user's new namespace.
    this.#podsDeadline ??= setTimeout(() => this.#done.resolve(), this.#timeoutMs);
  }

  #refreshSoon(): void {
    this.#refreshing ??= setTimeout(() => {
      this.#refreshing = undefined;
      this.#refreshWaits();
    }, 150);
  }

  #refreshWaits(): void {
    const plan = this.#plan;
    const state = this.#state;
    const keeper = this.#keeper;
    const pods = this.#pods;
    this.#options.tracker.setWaits(
      waitsOf({
        ...{ plan, nodes: state.nodes, retries: state.retries },
        held: (gate) => state.heldBy(gate),
        closed: keeper.waiting(),
        pods: pods.unsettled(),
      }),
    );
  }
}
