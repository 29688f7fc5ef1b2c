import { FlowdeckError, type ObjectRef, type Waiting, type Words } from "../../../common/contract/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import { describe } from "../objects.ts";
import type { Gate, Plan, PlanNode } from "../plan/plan-types.ts";
import { AccessTrouble } from "./access-trouble.ts";
import { type World, whyNot } from "./conditions.ts";
import { DryRuns } from "./dry-runs.ts";
import { KindLookups } from "./kind-lookups.ts";
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
  readonly #options: KeeperOptions;
  readonly #nodes: ReadonlyMap<string, PlanNode>;
  readonly #open = new Set<string>();
  readonly #failed = new Map<string, FlowdeckError>();
  readonly #asked = new Map<string, Asked>();
  readonly #stop = new AbortController();
  readonly #lookups: KindLookups;
  readonly #dryRuns: DryRuns;
  readonly #world: World;
  #dirty = false;
  #closed = false;

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#nodes = new Map(options.plan.nodes.map((node) => [node.id, node]));
    const { client, live } = options;
    const signal = AbortSignal.any([options.signal, this.#stop.signal]);
    const again = () => this.poke();
    const access = new AccessTrouble(signal, again);
    this.#lookups = new KindLookups({ client, live, signal, access, onServed: again });
    this.#dryRuns = new DryRuns({ client, signal, access, onChange: again });
    this.#world = {
      node: (id) => this.#node(id),
      isApplied: (id) => options.stateOf(id) === "applied",
      live: (id) => live.byKey(id),
      exists: (ref: ObjectRef) => isAlive(live.get(ref)),
      slices: (namespace) => live.of("EndpointSlice", namespace),
      isServed: (apiVersion, kind) => this.#lookups.isServed(apiVersion, kind),
      probe: (gate) => this.#dryRuns.stateOf(gate),
      accessTrouble: () => access.because,
      watchTrouble: (selection) => live.troubleOf(selection),
    };
  }

  isOpen(gate: string): boolean {
    return this.#open.has(gate);
  }

  failureOf(gate: string): FlowdeckError | undefined {
    return this.#failed.get(gate);
  }

  /** Closed gates that have been asked: since when, and why they are still closed. */
  *waiting(): Generator<WhyClosed & { gate: Gate }> {
    for (const gate of this.#options.plan.gates) {
      const asked = this.#asked.get(gate.id);
      if (asked && !this.#open.has(gate.id) && !this.#failed.has(gate.id))
        yield { gate, because: asked.because, pod: asked.pod };
    }
  }

  /** Something changed: look at the closed gates again, soon, and once for many changes. */
  poke(): void {
    if (this.#dirty || this.#closed) return;
    this.#dirty = true;
    setTimeout(() => {
      this.#dirty = false;
      if (!this.#closed) this.#evaluate();
    }, 5);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const asked of this.#asked.values()) clearTimeout(asked.timer);
    this.#stop.abort();
    await Promise.all([this.#lookups.ended(), this.#dryRuns.ended()]);
  }

  #node(id: string): PlanNode {
    const node = this.#nodes.get(id);
    if (!node) throw new Error(`no node ${id} in the plan`);
    return node;
  }

  #evaluate(): void {
    for (let changed = true; changed; ) {
      changed = false;
      for (const gate of this.#options.plan.gates) {
        if (this.#open.has(gate.id) || this.#failed.has(gate.id)) continue;
        if (this.#look(gate)) changed = true;
      }
    }
  }

  /** True when the gate has opened or failed. */
  #look(gate: Gate): boolean {
    const hopeless = this.#hopeless(gate);
    if (hopeless) {
      this.#fail(gate, hopeless);
      return true;
    }
    if (!gate.after.every((id) => this.#open.has(id))) return false;
    const because = whyNot(gate.id, gate.condition, this.#world);
    if (because === undefined) {
      const asked = this.#asked.get(gate.id);
      clearTimeout(asked?.timer);
      this.#open.add(gate.id);
      this.#options.onOpen(gate, asked ? Date.now() - asked.since : 0);
      return true;
    }
    const asked = this.#asked.get(gate.id) ?? { since: Date.now(), because, timer: undefined };
    const cause = this.#options.podCause(gate.basis);
    this.#asked.set(gate.id, Object.assign(asked, { because: cause?.because ?? because, pod: cause?.pod }));
    if (gate.basis.every((id) => this.#options.stateOf(id) === "applied")) {
      asked.timer ??= setTimeout(() => this.#timeUp(gate), this.#options.timeoutMs);
      this.#help(gate);
    }
    return false;
  }

  /** What looking alone does not do: ask discovery, send dry runs. */
  #help({ id, condition }: Gate): void {
    if (condition.type === "accepts") this.#dryRuns.start(id, condition.object, () => !this.#failed.has(id));
    if (condition.type !== "served") return;
    for (const { node, apiVersion, kind } of condition.definitions)
      this.#lookups.start(apiVersion, kind, this.#node(node), () => this.#needs(apiVersion, kind));
  }

  /** Does a gate that may still open wait for this kind? */
  #needs(apiVersion: string, kind: string): boolean {
    return this.#options.plan.gates.some(
      ({ id, condition }) =>
        condition.type === "served" &&
        !this.#open.has(id) &&
        !this.#failed.has(id) &&
        condition.definitions.some((one) => one.apiVersion === apiVersion && one.kind === kind),
    );
  }

  #timeUp(gate: Gate): void {
    if (this.#closed || this.#open.has(gate.id) || this.#failed.has(gate.id)) return;
    const because = this.#asked.get(gate.id)?.because.en ?? "";
    const minutes = Math.round(this.#options.timeoutMs / 6000) / 10;
    this.#fail(
      gate,
      new FlowdeckError("gate-timeout", `After ${minutes} minutes it is still not so that: ${gate.title.en}.`, {
        detail: because,
        fix: { id: "continue", title: "Continue waiting" },
      }),
    );
    this.poke();
  }

  /** A gate that can't open any more because what it stands on failed. */
  #hopeless(gate: Gate): FlowdeckError | undefined {
    for (const id of gate.after) {
      const failure = this.#failed.get(id);
      if (failure) return failure;
    }
    const { condition } = gate;
    const isLost = (id: string) => ["failed", "skipped"].includes(this.#options.stateOf(id));
    const lost =
      condition.type === "endpoint"
        ? gate.basis.length > 0 && gate.basis.every(isLost)
          ? gate.basis[0]
          : undefined
        : gate.basis.find(isLost);
    if (lost === undefined) return undefined;
    return new FlowdeckError(
      "apply-refused",
      `${gate.title.en} can't come true: ${describe(this.#node(lost).ref)} was not applied.`,
    );
  }

  #fail(gate: Gate, error: FlowdeckError): void {
    clearTimeout(this.#asked.get(gate.id)?.timer);
    this.#failed.set(gate.id, error);
    this.#options.onFailed(gate, error);
  }
}

function isAlive(object: KubeObject | undefined): boolean {
  return object !== undefined && !object.metadata.deletionTimestamp;
}
