import { asIs, FlowdeckError, type ObjectRef, type Waiting, type Words } from "../../../common/contract/index.ts";
import { isKind } from "../../../common/kube/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import { backoffMs, pause } from "../../cluster/index.ts";
import { describe } from "../objects.ts";
import type { Gate, Plan, PlanNode } from "../plan/plan-types.ts";
import { becauseOf, isCurable } from "./apply-errors.ts";
import { type World, whyNot } from "./conditions.ts";
import type { LiveObjects } from "./object-cache.ts";

export type NodeState = "waiting" | "applying" | "applied" | "failed" | "skipped";

export interface KeeperOptions {
  plan: Plan;
  client: ClusterClient;
  live: LiveObjects;
  signal: AbortSignal;
  /** How long a gate may stay closed once everything it stands on is applied. */
  timeoutMs: number;
  stateOf: (node: string) => NodeState;
  onOpen: (gate: Gate, tookMs: number) => void;
  onFailed: (gate: Gate, error: FlowdeckError) => void;
  /** Why pods of these nodes are not running, when known better than their objects say it. */
  podCause: (nodes: readonly string[]) => WhyClosed | undefined;
}

/** Why a gate is closed; where a pod is the reason, also its name and cause. */
export interface WhyClosed {
  because: Words;
  pod?: Waiting["pod"];
}

interface Asked extends WhyClosed {
  since: number;
  timer: NodeJS.Timeout | undefined;
}

/** Opens the plan's gates as the cluster comes to meet them; asked again whenever something changes, never on a clock. */
export class GateKeeper {
  private readonly options: KeeperOptions;
  private readonly nodes: ReadonlyMap<string, PlanNode>;
  private readonly open = new Set<string>();
  private readonly failed = new Map<string, FlowdeckError>();
  private readonly asked = new Map<string, Asked>();
  private readonly served = new Set<string>();
  private readonly probes = new Map<string, { passed: boolean; because: Words }>();
  private readonly busy = new Set<string>();
  private readonly tasks = new Set<Promise<void>>();
  private readonly world: World;
  private dirty = false;
  private closed = false;

  constructor(options: KeeperOptions) {
    this.options = options;
    this.nodes = new Map(options.plan.nodes.map((node) => [node.id, node]));
    const { live } = options;
    this.world = {
      node: (id) => this.node(id),
      isApplied: (id) => options.stateOf(id) === "applied",
      live: (id) => live.byKey(id),
      exists: (ref: ObjectRef) => isAlive(live.get(ref)),
      slices: (namespace) => live.of("EndpointSlice", namespace),
      isServed: (apiVersion, kind) => this.served.has(`${apiVersion}/${kind}`),
      probe: (gate) => this.probes.get(gate),
    };
  }

  isOpen(gate: string): boolean {
    return this.open.has(gate);
  }

  failureOf(gate: string): FlowdeckError | undefined {
    return this.failed.get(gate);
  }

  /** Closed gates that have been asked: since when, and why they are still closed. */
  *waiting(): Generator<WhyClosed & { gate: Gate }> {
    for (const gate of this.options.plan.gates) {
      const asked = this.asked.get(gate.id);
      if (asked && !this.open.has(gate.id) && !this.failed.has(gate.id))
        yield { gate, because: asked.because, pod: asked.pod };
    }
  }

  /** Something changed: look at the closed gates again, soon, and once for many changes. */
  poke(): void {
    if (this.dirty || this.closed) return;
    this.dirty = true;
    setTimeout(() => {
      this.dirty = false;
      if (!this.closed) this.evaluate();
    }, 5);
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const asked of this.asked.values()) clearTimeout(asked.timer);
    await Promise.all(this.tasks);
  }

  private node(id: string): PlanNode {
    const node = this.nodes.get(id);
    if (!node) throw new Error(`no node ${id} in the plan`);
    return node;
  }

  private evaluate(): void {
    for (let changed = true; changed; ) {
      changed = false;
      for (const gate of this.options.plan.gates) {
        if (this.open.has(gate.id) || this.failed.has(gate.id)) continue;
        if (this.look(gate)) changed = true;
      }
    }
  }

  /** True when the gate has opened or failed. */
  private look(gate: Gate): boolean {
    const hopeless = this.hopeless(gate);
    if (hopeless) {
      this.fail(gate, hopeless);
      return true;
    }
    if (!gate.after.every((id) => this.open.has(id))) return false;
    const because = whyNot(gate.id, gate.condition, this.world);
    if (because === undefined) {
      const asked = this.asked.get(gate.id);
      clearTimeout(asked?.timer);
      this.open.add(gate.id);
      this.options.onOpen(gate, asked ? Date.now() - asked.since : 0);
      return true;
    }
    const asked = this.asked.get(gate.id) ?? { since: Date.now(), because, timer: undefined };
    const cause = this.options.podCause(gate.basis);
    this.asked.set(gate.id, Object.assign(asked, { because: cause?.because ?? because, pod: cause?.pod }));
    if (gate.basis.every((id) => this.options.stateOf(id) === "applied")) {
      asked.timer ??= setTimeout(() => this.timeUp(gate), this.options.timeoutMs);
      this.help(gate);
    }
    return false;
  }

  /** What looking alone does not do: ask discovery, send dry runs. */
  private help(gate: Gate): void {
    const { condition } = gate;
    if (condition.type === "accepts") this.task(gate.id, () => this.tryDryRun(gate, condition.object));
    if (condition.type !== "served") return;
    for (const { node, apiVersion, kind } of condition.definitions) {
      const id = `${apiVersion}/${kind}`;
      if (!this.served.has(id)) this.task(id, () => this.lookUp(apiVersion, kind, this.node(node)));
    }
  }

  private task(id: string, run: () => Promise<void>): void {
    if (this.busy.has(id)) return;
    this.busy.add(id);
    const task = run()
      .catch((error: unknown) => {
        if (!this.options.signal.aborted) this.noteProbe(id, error);
      })
      .finally(() => {
        this.busy.delete(id);
        this.tasks.delete(task);
      });
    this.tasks.add(task);
  }

  /**
   * Asks discovery, which can't be watched. Watching the definitions instead would send megabytes of schemas several
   * times over while the server is busiest; they are read only when it takes long, for what they say about why.
   */
  private async lookUp(apiVersion: string, kind: string, definition: PlanNode): Promise<void> {
    const { client, live, signal } = this.options;
    for (let attempt = 0; !signal.aborted && !this.closed; attempt += 1) {
      try {
        await client.resourceFor(apiVersion, kind, signal);
        this.served.add(`${apiVersion}/${kind}`);
        this.poke();
        return;
      } catch (error) {
        if (signal.aborted) return;
        if (!isCurable(error)) return this.noteProbe(`${apiVersion}/${kind}`, error);
        await pause(backoffMs(attempt, 100, 2000), signal);
      }
      if (attempt % 5 !== 4) continue;
      const now = await client.get(definition.ref, signal);
      if (now) live.put({ ...now, apiVersion: definition.ref.apiVersion, kind: definition.ref.kind });
    }
  }

  private async tryDryRun(gate: Gate, object: KubeObject): Promise<void> {
    const { client, signal } = this.options;
    for (let attempt = 0; !signal.aborted && !this.closed && !this.failed.has(gate.id); attempt += 1) {
      try {
        // A pod is only ever created; other objects may be there already.
        if (isKind(object, "/Pod")) await client.create(object, { dryRun: true, signal });
        else await client.apply(object, { dryRun: true, forceOver: ["*"], signal });
        this.probes.set(gate.id, { passed: true, because: asIs("") });
        this.poke();
        return;
      } catch (error) {
        if (signal.aborted) return;
        if (!isCurable(error)) {
          // Refused for another reason than a webhook that does not answer: the way there is open, which was the
          // question; the real apply will tell what is wrong with the object.
          this.probes.set(gate.id, { passed: true, because: asIs("") });
          this.poke();
          return;
        }
        this.noteProbe(gate.id, error);
        await pause(backoffMs(attempt, 150, 2000), signal);
      }
    }
  }

  private noteProbe(id: string, error: unknown): void {
    this.probes.set(id, { passed: false, because: asIs(becauseOf(error)) });
    this.poke();
  }

  private timeUp(gate: Gate): void {
    if (this.closed || this.open.has(gate.id) || this.failed.has(gate.id)) return;
    const because = this.asked.get(gate.id)?.because.en ?? "";
    const minutes = Math.round(this.options.timeoutMs / 6000) / 10;
    this.fail(
      gate,
      new FlowdeckError("gate-timeout", `After ${minutes} minutes it is still not so that: ${gate.title.en}.`, {
        detail: because,
        fix: { id: "continue", title: "Continue waiting" },
      }),
    );
    this.poke();
  }

  /** A gate that can't open any more because what it stands on failed. */
  private hopeless(gate: Gate): FlowdeckError | undefined {
    for (const id of gate.after) {
      const failure = this.failed.get(id);
      if (failure) return failure;
    }
    const { condition } = gate;
    const isLost = (id: string) => ["failed", "skipped"].includes(this.options.stateOf(id));
    const lost =
      condition.type === "endpoint"
        ? gate.basis.length > 0 && gate.basis.every(isLost)
          ? gate.basis[0]
          : undefined
        : gate.basis.find(isLost);
    if (lost === undefined) return undefined;
    return new FlowdeckError(
      "apply-refused",
      `${gate.title.en} can't come true: ${describe(this.node(lost).ref)} was not applied.`,
    );
  }

  private fail(gate: Gate, error: FlowdeckError): void {
    clearTimeout(this.asked.get(gate.id)?.timer);
    this.failed.set(gate.id, error);
    this.options.onFailed(gate, error);
  }
}

function isAlive(object: KubeObject | undefined): boolean {
  return object !== undefined && !object.metadata.deletionTimestamp;
}
