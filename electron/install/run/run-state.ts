import type { FlowdeckError, Words } from "../../../common/contract/index.ts";
import type { InstallLog } from "../installation-dir/install-log.ts";
import type { JournalWriter } from "../installation-dir/journal.ts";
import { describe } from "../objects.ts";
import type { Gate, Plan, PlanNode } from "../plan/plan-types.ts";
import { isWorkload, replicasOf } from "../plan/workloads.ts";
import type { ApplicationWords } from "./application-words.ts";
import type { GateKeeper, NodeState } from "./gate-evaluator.ts";
import type { Tracker } from "./status-store.ts";

export interface RunStateOptions {
  plan: Plan;
  tracker: Tracker;
  log: InstallLog;
  journal: JournalWriter;
  /** How the gates stand. */
  gates: Pick<GateKeeper, "isOpen" | "failureOf">;
  words?: ApplicationWords | undefined;
}

/** Where each object and each component of a plan stands while it is applied; tracker, log and journal hear of it here. */
export class RunState {
  readonly nodes: ReadonlyMap<string, PlanNode>;
  /** Components that can't be completed, with the reason. */
  readonly failed = new Map<string, FlowdeckError>();
  /** Of these, the ones whose turn never came because one before them failed. */
  readonly notBegun = new Set<string>();
  /** Nodes that the server did not take yet, and why. */
  readonly retries = new Map<string, Words>();
  readonly #options: RunStateOptions;
  readonly #states = new Map<string, NodeState>();
  readonly #byGate = new Map<string, PlanNode[]>();
  #appliedCount = 0;

  constructor(options: RunStateOptions) {
    this.#options = options;
    const { nodes } = options.plan;
    this.nodes = new Map(nodes.map((node) => [node.id, node]));
    for (const node of nodes) {
      this.#states.set(node.id, "waiting");
      for (const gate of node.gates) this.#byGate.set(gate, [...(this.#byGate.get(gate) ?? []), node]);
    }
  }

  /** Shows what is to be done. */
  announce(): void {
    const { plan, tracker } = this.#options;
    for (const { id, title } of plan.components) {
      const own = this.#nodesOf(id);
      const workloads = own.filter((node) => isWorkload(node.ref)).length;
      tracker.addComponent({ id, title, objects: own.length, workloads });
    }
    tracker.setObjects(0, plan.nodes.length);
    tracker.setPodsTotal(
      plan.nodes.reduce((sum, node) => sum + (isWorkload(node.ref) ? replicasOf(node.object) : 0), 0),
    );
    tracker.setStep("apply");
  }

  of(id: string): NodeState {
    return this.#states.get(id) ?? "waiting";
  }

  nodesBehind(gate: string): readonly PlanNode[] {
    return this.#byGate.get(gate) ?? [];
  }

  /** Nodes that a gate keeps from being applied. */
  heldBy(gate: string): readonly PlanNode[] {
    return this.nodesBehind(gate).filter((node) => this.of(node.id) === "waiting");
  }

  /** True for a node whose gates are all open, once: from then on it is being applied. */
  takeIfOpen(node: PlanNode): boolean {
    if (this.of(node.id) !== "waiting" || this.failed.has(node.component)) return false;
    if (!node.gates.every((gate) => this.#options.gates.isOpen(gate))) return false;
    this.#states.set(node.id, "applying");
    return true;
  }

  dropped(node: PlanNode): void {
    this.#states.set(node.id, "skipped");
    this.retries.delete(node.id);
  }

  started(node: PlanNode): void {
    const { tracker, words } = this.#options;
    words?.started(node);
    if (tracker.component(node.component)?.state === "waiting")
      tracker.setComponent(node.component, { state: "applying" });
  }

  applied(node: PlanNode, tookMs: number, uid?: string): void {
    const { plan, tracker, log, journal, words } = this.#options;
    this.#states.set(node.id, "applied");
    this.retries.delete(node.id);
    this.#appliedCount += 1;
    const done = this.#appliedCount;
    const total = plan.nodes.length;
    journal.noteKey("applied", node.id, node.foreign ? undefined : uid);
    log.add({ level: "info", event: "applied", component: node.component, message: describe(node.ref), tookMs });
    tracker.setComponent(node.component, { applied: (tracker.component(node.component)?.applied ?? 0) + 1 });
    tracker.setObjects(done, total);
    tracker.setFraction("apply", done / total);
    words?.applied(node);
    if (done === total) {
      tracker.setStep("ready");
      log.add({ level: "ok", event: "applied", message: `All ${done} objects are applied`, tookMs: tracker.now });
    }
    this.#lookAt(node.component);
  }

  /** It was gone though it had been applied, and is there again: what is there now is ours. */
  renewed(node: PlanNode, uid?: string): void {
    const { journal, log } = this.#options;
    journal.noteKey("applied", node.id, node.foreign ? undefined : uid);
    const message = `${describe(node.ref)} was deleted meanwhile and is applied again`;
    log.add({ level: "warn", event: "applied", component: node.component, message });
  }

  retrying(node: PlanNode, because: Words, attempt: number, delayMs: number): void {
    this.retries.set(node.id, because);
    if (attempt !== 1) return;
    this.#options.words?.retrying(node, because.en, delayMs);
    this.#options.log.add({
      level: "warn",
      event: "retry",
      component: node.component,
      message: `${describe(node.ref)} waits: ${because.en}`,
    });
  }

  refused(node: PlanNode, error: FlowdeckError): void {
    const { journal, tracker } = this.#options;
    const { component, ref } = node;
    this.#states.set(node.id, "failed");
    this.retries.delete(node.id);
    journal.note({ t: "failed", component, object: ref, error: error.toJSON() });
    tracker.problem(`refused ${node.id}`, { ...error.toJSON(), component, object: ref });
    this.#stopComponent(component, error);
  }

  gateOpened(gate: Gate, tookMs: number): void {
    const { plan, gates, journal, log, tracker } = this.#options;
    journal.note({ t: "gate", gate: gate.id });
    const { condition } = gate;
    if (condition.type !== "applied") {
      const component = condition.type === "ready" ? this.nodes.get(condition.nodes[0] ?? "")?.component : undefined;
      const event = condition.type === "ready" ? "ready" : "gate";
      log.add({ level: "ok", event, message: gate.title.en, tookMs, ...(component ? { component } : {}) });
    }
    if (!plan.outcomes.includes(gate.id)) return;
    const open = plan.outcomes.filter((id) => gates.isOpen(id) || id === gate.id).length;
    tracker.setFraction("ready", open / plan.outcomes.length);
    for (const id of new Set(gate.basis.map((key) => this.nodes.get(key)?.component))) if (id) this.#lookAt(id);
  }

  gateFailed(gate: Gate, error: FlowdeckError): void {
    const victims = new Set(this.nodesBehind(gate.id).map((node) => node.component));
    if (this.#options.plan.outcomes.includes(gate.id)) {
      const owner = this.nodes.get(gate.basis[0] ?? "")?.component;
      if (owner) victims.add(owner);
    }
    if (error.code === "gate-timeout") {
      this.#options.journal.note({ t: "failed", error: error.toJSON() });
      this.#options.tracker.problem(`gate ${gate.id}`, error.toJSON());
    }
    if (gate.application !== undefined) for (const component of victims) this.#neverBegins(component, error);
    for (const component of victims) this.#stopComponent(component, error);
  }

  /** Is there nothing left that could still come, with nothing being applied? What a failed component left behind is skipped. */
  settles(): boolean {
    const { plan, gates } = this.#options;
    for (const node of plan.nodes) {
      if (this.of(node.id) !== "waiting") continue;
      if (!this.failed.has(node.component)) return false;
      this.#states.set(node.id, "skipped");
    }
    if (!plan.outcomes.every((id) => gates.isOpen(id) || gates.failureOf(id))) return false;
    for (const { id } of plan.components) this.#lookAt(id);
    return true;
  }

  /** What is not sent yet of a component stays behind; the others go on. */
  #stopComponent(component: string, error: FlowdeckError): void {
    if (this.failed.has(component)) return;
    const { log, words } = this.#options;
    words?.gaveUp(component, error.message);
    log.add({ level: "error", event: "failed", component, message: error.message });
    this.#fail(component, error);
  }

  /** An application before it failed: that has been told, and is told once. */
  #neverBegins(component: string, error: FlowdeckError): void {
    if (this.failed.has(component)) return;
    this.notBegun.add(component);
    this.#fail(component, error);
  }

  #fail(component: string, error: FlowdeckError): void {
    this.failed.set(component, error);
    this.#options.tracker.setComponent(component, { state: "failed", error: error.toJSON() });
    for (const node of this.#nodesOf(component))
      if (this.of(node.id) === "waiting") this.#states.set(node.id, "skipped");
  }

  /** Brings what is shown of a component up to date: its ready workloads, and whether it is complete. */
  #lookAt(id: string): void {
    const { plan, gates, tracker } = this.#options;
    const component = tracker.component(id);
    if (!component || component.state === "failed") return;
    const own = this.#nodesOf(id);
    const workloads = own.filter((node) => isWorkload(node.ref));
    const ready = workloads.filter((node) => gates.isOpen(`ready:${node.id}`)).length;
    const allApplied = own.every((node) => this.of(node.id) === "applied");
    const ownOutcomes = plan.gates.filter(
      (gate) => plan.outcomes.includes(gate.id) && this.nodes.get(gate.basis[0] ?? "")?.component === id,
    );
    const complete = allApplied && ownOutcomes.every((gate) => gates.isOpen(gate.id));
    if (ready === component.ready && !allApplied) return;
    tracker.setComponent(id, { ready, state: complete ? "ready" : allApplied ? "starting" : component.state });
  }

  #nodesOf(component: string): PlanNode[] {
    return this.#options.plan.nodes.filter((node) => node.component === component);
  }
}
