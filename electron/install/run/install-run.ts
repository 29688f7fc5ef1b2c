import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import { type FlowdeckError, toAppError } from "../../contract/index.ts";
import type { InstallLog } from "../folder/install-log.ts";
import type { JournalWriter } from "../folder/journal.ts";
import { describe } from "../objects.ts";
import { type Gate, installationLabel, type Plan, type PlanNode } from "../plan/plan-types.ts";
import { isWorkload, replicasOf } from "../plan/workloads.ts";
import type { ApplicationWords } from "./application-words.ts";
import { Applier } from "./applier.ts";
import { GateKeeper, type NodeState } from "./gate-keeper.ts";
import { LiveObjects } from "./live.ts";
import { creationFailure, PodWatch } from "./pod-watch.ts";
import type { Tracker } from "./tracker.ts";
import { waitsOf } from "./waits.ts";

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

class InstallRun {
  private readonly options: RunOptions;
  private readonly plan: Plan;
  private readonly stop = new AbortController();
  private readonly live: LiveObjects;
  private readonly keeper: GateKeeper;
  private readonly applier: Applier;
  private readonly pods: PodWatch;
  private readonly states = new Map<string, NodeState>();
  private readonly byGate = new Map<string, PlanNode[]>();
  private readonly nodes: ReadonlyMap<string, PlanNode>;
  private readonly failures = new Map<string, FlowdeckError>();
  private readonly notBegun = new Set<string>();
  private readonly retries = new Map<string, string>();
  private readonly watched: Promise<void>[] = [];
  private readonly done = Promise.withResolvers<void>();
  private applied = 0;
  private podsDeadline: NodeJS.Timeout | undefined;
  private refreshing: NodeJS.Timeout | undefined;

  constructor(options: RunOptions) {
    this.options = options;
    this.plan = options.plan;
    const { client, plan } = options;
    const signal = AbortSignal.any([options.signal, this.stop.signal]);
    const timeoutMs = options.timeoutMs ?? 600_000;
    this.nodes = new Map(plan.nodes.map((node) => [node.id, node]));
    for (const node of plan.nodes) {
      this.states.set(node.id, "waiting");
      for (const gate of node.gates) this.byGate.set(gate, [...(this.byGate.get(gate) ?? []), node]);
    }
    this.live = new LiveObjects({
      client,
      signal,
      onChange: (key, object) => this.changed(key, object),
      onError: (what, error) => {
        const message = `${what} can't be watched: ${toAppError(error).message}`;
        options.log.add({ level: "warn", event: "watch", message });
      },
    });
    this.pods = new PodWatch({
      plan,
      live: this.live,
      onPod: (key, pod) => options.tracker.setPod(key, pod),
      onProblem: (id, problem) => {
        options.tracker.problem(id, problem);
        options.log.add({
          level: "error",
          event: "problem",
          message: problem.message,
          ...(problem.component ? { component: problem.component } : {}),
        });
      },
      onSolved: (id, words) => {
        if (options.tracker.solved(id)) options.log.add({ level: "ok", event: "solved", message: words });
      },
    });
    this.keeper = new GateKeeper({
      plan,
      client,
      live: this.live,
      signal,
      timeoutMs,
      stateOf: (id) => this.states.get(id) ?? "waiting",
      onOpen: (gate, tookMs) => this.gateOpened(gate, tookMs),
      onFailed: (gate, error) => this.gateFailed(gate, error),
      podCause: (ids) => this.pods.causeFor(ids),
    });
    this.applier = new Applier({
      client,
      signal,
      concurrency: options.concurrency ?? 16,
      timeoutMs,
      isWanted: (node) => !this.failures.has(node.component),
      onDropped: (node) => {
        this.states.set(node.id, "skipped");
        this.retries.delete(node.id);
      },
      onStart: (node) => this.started(node),
      onApplied: (node, stored, tookMs) => this.appliedOne(node, stored, tookMs),
      onRetry: (node, because, attempt, delayMs) => this.retrying(node, because, attempt, delayMs),
      onRefused: (node, error) => this.refused(node, error),
      onIdle: () => this.settle(),
    });
  }

  async finished(): Promise<RunResult> {
    const { options, plan } = this;
    options.signal.throwIfAborted();
    const onAbort = () => this.done.reject(options.signal.reason);
    options.signal.addEventListener("abort", onAbort, { once: true });
    for (const { id, title } of plan.components) {
      const own = plan.nodes.filter((node) => node.component === id);
      options.tracker.addComponent({
        id,
        title,
        objects: own.length,
        workloads: own.filter((node) => isWorkload(node.ref)).length,
      });
    }
    options.tracker.setObjects(0, plan.nodes.length);
    options.tracker.setPodsTotal(
      plan.nodes.reduce((sum, node) => sum + (isWorkload(node.ref) ? replicasOf(node.object) : 0), 0),
    );
    options.tracker.setStep("apply");
    this.watchBuiltIn();
    for (const node of plan.nodes) this.release(node);
    this.keeper.poke();
    try {
      await this.done.promise;
    } finally {
      options.signal.removeEventListener("abort", onAbort);
    }
    this.refreshWaits();
    return { failed: this.failures, notBegun: this.notBegun };
  }

  async close(): Promise<void> {
    clearTimeout(this.podsDeadline);
    clearTimeout(this.refreshing);
    this.stop.abort();
    this.pods.close();
    await Promise.allSettled([this.applier.close(), this.keeper.close(), this.live.ended(), ...this.watched]);
  }

  /** Kinds that are there from the start; those of custom resources follow when the first of them is applied. */
  private watchBuiltIn(): void {
    this.watched.push(this.pods.start());
    for (const gate of this.plan.gates) {
      const { condition } = gate;
      if (condition.type === "endpoint") {
        this.watched.push(this.live.watch("discovery.k8s.io/v1", "EndpointSlice", { namespace: condition.namespace }));
      } else if (condition.type === "exists") {
        const { apiVersion, kind, namespace, name } = condition.ref;
        const selection = { fieldSelector: `metadata.name=${name}`, ...(namespace ? { namespace } : {}) };
        this.watched.push(this.live.watch(apiVersion, kind, selection));
      } else if (condition.type === "ready") {
        for (const id of condition.nodes) {
          const node = this.nodes.get(id);
          if (node && isWorkload(node.ref)) this.watchKind(node);
        }
      }
    }
  }

  private watchKind(node: PlanNode): void {
    const { apiVersion, kind } = node.ref;
    const anyForeign = this.plan.nodes.some(
      (other) => other.foreign && other.ref.kind === kind && other.ref.apiVersion === apiVersion,
    );
    const labelSelector = `${installationLabel}=${this.plan.installation}`;
    this.watched.push(this.live.watch(apiVersion, kind, anyForeign ? {} : { labelSelector }));
  }

  private changed(key: string, object: KubeObject | undefined): void {
    this.pods.changed(key, object);
    const node = this.nodes.get(key);
    if (node && object && isWorkload(node.ref)) this.noteCreation(node, object);
    this.keeper.poke();
    this.refreshSoon();
    if (key.startsWith("/Pod/")) this.settle();
  }

  private noteCreation(node: PlanNode, object: KubeObject): void {
    const id = `creating pods of ${node.id}`;
    const failure = creationFailure(object);
    if (failure === undefined) {
      this.options.tracker.solved(id);
    } else {
      const message = `${describe(node.ref)} can't create its pods: ${failure}`;
      this.options.tracker.problem(id, {
        code: "workload-failed",
        message,
        component: node.component,
        object: node.ref,
      });
    }
  }

  /** Sends a node whose gates are all open. */
  private release(node: PlanNode): void {
    if (this.states.get(node.id) !== "waiting" || this.failures.has(node.component)) return;
    if (!node.gates.every((gate) => this.keeper.isOpen(gate))) return;
    this.states.set(node.id, "applying");
    this.applier.add(node);
  }

  private started(node: PlanNode): void {
    const { tracker, words } = this.options;
    words?.started(node);
    if (tracker.component(node.component)?.state === "waiting")
      tracker.setComponent(node.component, { state: "applying" });
  }

  private appliedOne(node: PlanNode, stored: KubeObject, tookMs: number): void {
    const { tracker, log, journal } = this.options;
    this.states.set(node.id, "applied");
    this.retries.delete(node.id);
    this.applied += 1;
    journal.noteKey("applied", node.id);
    log.add({ level: "info", event: "applied", component: node.component, message: describe(node.ref), tookMs });
    tracker.setComponent(node.component, { applied: (tracker.component(node.component)?.applied ?? 0) + 1 });
    tracker.setObjects(this.applied, this.plan.nodes.length);
    tracker.setFraction("apply", this.applied / this.plan.nodes.length);
    this.options.words?.applied(node);
    if (this.applied === this.plan.nodes.length) {
      tracker.setStep("ready");
      log.add({
        level: "ok",
        event: "applied",
        message: `All ${this.applied} objects are applied`,
        tookMs: tracker.now,
      });
    }
    this.live.put({ ...stored, apiVersion: node.ref.apiVersion, kind: node.ref.kind });
    if (!isWorkload(node.ref) && this.plan.outcomes.includes(`ready:${node.id}`)) this.watchKind(node);
    this.componentChanged(node.component);
    this.keeper.poke();
    this.refreshSoon();
  }

  private retrying(node: PlanNode, because: string, attempt: number, delayMs: number): void {
    this.retries.set(node.id, because);
    if (attempt === 1) {
      this.options.words?.retrying(node, because, delayMs);
      this.options.log.add({
        level: "warn",
        event: "retry",
        component: node.component,
        message: `${describe(node.ref)} waits: ${because}`,
      });
    }
    this.refreshSoon();
  }

  private refused(node: PlanNode, error: FlowdeckError): void {
    this.states.set(node.id, "failed");
    this.retries.delete(node.id);
    this.options.journal.note({ t: "failed", component: node.component, object: node.ref, error: error.toJSON() });
    this.options.tracker.problem(`refused ${node.id}`, {
      ...error.toJSON(),
      component: node.component,
      object: node.ref,
    });
    this.stopComponent(node.component, error);
    this.keeper.poke();
    this.settle();
  }

  /** What is not sent yet of a component stays behind; the others go on. */
  private stopComponent(component: string, error: FlowdeckError): void {
    if (this.failures.has(component)) return;
    this.failures.set(component, error);
    const { tracker, log, words } = this.options;
    words?.gaveUp(component, error.message);
    log.add({ level: "error", event: "failed", component, message: error.message });
    tracker.setComponent(component, { state: "failed", error: error.toJSON() });
    this.skipRest(component);
  }

  private gateOpened(gate: Gate, tookMs: number): void {
    const { journal, log, tracker } = this.options;
    journal.note({ t: "gate", gate: gate.id });
    const nodes = this.byGate.get(gate.id) ?? [];
    const { condition } = gate;
    if (condition.type !== "applied") {
      const component = condition.type === "ready" ? this.nodes.get(condition.nodes[0] ?? "")?.component : undefined;
      const event = condition.type === "ready" ? "ready" : "gate";
      log.add({ level: "ok", event, message: gate.title.en, tookMs, ...(component ? { component } : {}) });
    }
    for (const node of nodes) this.release(node);
    if (this.plan.outcomes.includes(gate.id)) {
      const open = this.plan.outcomes.filter((id) => this.keeper.isOpen(id) || id === gate.id).length;
      tracker.setFraction("ready", open / this.plan.outcomes.length);
      for (const id of new Set(gate.basis.map((key) => this.nodes.get(key)?.component)))
        if (id) this.componentChanged(id);
    }
    // Its own callers still hold the gate as closed: what depends on all gates is looked at after them.
    setImmediate(() => this.settle());
  }

  private gateFailed(gate: Gate, error: FlowdeckError): void {
    const victims = new Set((this.byGate.get(gate.id) ?? []).map((node) => node.component));
    if (this.plan.outcomes.includes(gate.id)) {
      const owner = this.nodes.get(gate.basis[0] ?? "")?.component;
      if (owner) victims.add(owner);
    }
    if (error.code === "gate-timeout") {
      this.options.journal.note({ t: "failed", error: error.toJSON() });
      this.options.tracker.problem(`gate ${gate.id}`, error.toJSON());
    }
    if (gate.application !== undefined) for (const component of victims) this.neverBegins(component, error);
    for (const component of victims) this.stopComponent(component, error);
    setImmediate(() => this.settle());
  }

  /** An application before it failed: that has been told, and is told once. */
  private neverBegins(component: string, error: FlowdeckError): void {
    if (this.failures.has(component)) return;
    this.failures.set(component, error);
    this.notBegun.add(component);
    this.options.tracker.setComponent(component, { state: "failed", error: error.toJSON() });
    this.skipRest(component);
  }

  private skipRest(component: string): void {
    for (const node of this.plan.nodes) {
      if (node.component === component && this.states.get(node.id) === "waiting") this.states.set(node.id, "skipped");
    }
  }

  private componentChanged(id: string): void {
    const { tracker } = this.options;
    const component = tracker.component(id);
    if (!component || component.state === "failed") return;
    const own = this.plan.nodes.filter((node) => node.component === id);
    const workloads = own.filter((node) => isWorkload(node.ref));
    const ready = workloads.filter((node) => this.keeper.isOpen(`ready:${node.id}`)).length;
    const allApplied = own.every((node) => this.states.get(node.id) === "applied");
    const ownOutcomes = this.plan.gates.filter(
      (gate) => this.plan.outcomes.includes(gate.id) && this.nodes.get(gate.basis[0] ?? "")?.component === id,
    );
    const complete = allApplied && ownOutcomes.every((gate) => this.keeper.isOpen(gate.id));
    if (ready === component.ready && !allApplied) return;
    tracker.setComponent(id, { ready, state: complete ? "ready" : allApplied ? "starting" : component.state });
  }

  /** Is there nothing left that could still come? */
  private settle(): void {
    if (!this.applier.isIdle) return;
    for (const node of this.plan.nodes) {
      const state = this.states.get(node.id);
      if (state === "waiting") {
        if (!this.failures.has(node.component)) return;
        this.states.set(node.id, "skipped");
      }
    }
    if (!this.plan.outcomes.every((id) => this.keeper.isOpen(id) || this.keeper.failureOf(id))) return;
    for (const { id } of this.plan.components) this.componentChanged(id);
    if (this.failures.size > 0 || this.pods.unsettled().length === 0) {
      this.done.resolve();
      return;
    }
    // Every workload is available; what is left are pods beside them, such as those of a user's new namespace.
    this.podsDeadline ??= setTimeout(() => this.done.resolve(), this.options.timeoutMs ?? 600_000);
  }

  private refreshSoon(): void {
    this.refreshing ??= setTimeout(() => {
      this.refreshing = undefined;
      this.refreshWaits();
    }, 150);
  }

  private refreshWaits(): void {
    this.options.tracker.setWaits(
      waitsOf({
        plan: this.plan,
        nodes: this.nodes,
        held: (gate) => (this.byGate.get(gate) ?? []).filter((node) => this.states.get(node.id) === "waiting"),
        retries: this.retries,
        closed: this.keeper.waiting(),
        pods: this.pods.unsettled(),
      }),
    );
  }
}
