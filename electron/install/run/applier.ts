import { FlowdeckError } from "../../../common/contract/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import { backoffMs } from "../../cluster/index.ts";
import { describe } from "../objects.ts";
import { fieldManager, forceOver, type PlanNode, sharedFieldManager } from "../plan/plan-types.ts";
import { becauseOf, isCurable, refusalOf } from "./apply-errors.ts";
import { ApplyLimit } from "./apply-limit.ts";

export interface ApplierOptions {
  client: ClusterClient;
  signal: AbortSignal;
  /** Objects sent at once, at most. */
  concurrency: number;
  /** How long curable refusals of one object are answered with another try. */
  timeoutMs: number;
  /** Asked before each sending: a node whose component has failed stays behind. */
  isWanted: (node: PlanNode) => boolean;
  onDropped: (node: PlanNode) => void;
  onStart: (node: PlanNode) => void;
  onApplied: (node: PlanNode, stored: KubeObject, tookMs: number) => void;
  onRetry: (node: PlanNode, because: string, attempt: number, delayMs: number) => void;
  onRefused: (node: PlanNode, error: FlowdeckError) => void;
  /** Called when nothing is left to send or to try again. */
  onIdle: () => void;
}

interface Retry {
  since: number;
  attempts: number;
}

/** Server-side apply of many objects at once, the most urgent first; tells curable refusals from final ones. */
export class Applier {
  readonly #options: ApplierOptions;
  readonly #queue: PlanNode[] = [];
  readonly #retries = new Map<string, Retry>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #running = new Set<Promise<void>>();
  readonly #limit: ApplyLimit;
  #closed = false;

  constructor(options: ApplierOptions) {
    this.#options = options;
    this.#limit = new ApplyLimit(options.concurrency);
  }

  get isIdle(): boolean {
    return this.#queue.length === 0 && this.#running.size === 0 && this.#timers.size === 0;
  }

  add(node: PlanNode): void {
    this.#queue.push(node);
    this.#pump();
  }

  /** Sends nothing more, and waits for what is under way. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#queue.length = 0;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    await Promise.all(this.#running);
  }

  #pump(): void {
    while (!this.#closed && this.#running.size < this.#limit.current) {
      const node = this.#takeMostUrgent();
      if (!node) return;
      if (!this.#options.isWanted(node)) {
        this.#options.onDropped(node);
        continue;
      }
      const task = this.#apply(node).finally(() => {
        this.#running.delete(task);
        this.#pump();
        if (this.isIdle) this.#options.onIdle();
      });
      this.#running.add(task);
    }
  }

  #takeMostUrgent(): PlanNode | undefined {
    let best = 0;
    for (let index = 1; index < this.#queue.length; index += 1) {
      if ((this.#queue[index]?.priority ?? 0) > (this.#queue[best]?.priority ?? 0)) best = index;
    }
    return this.#queue.splice(best, 1)[0];
  }

  async #apply(node: PlanNode): Promise<void> {
    const { client, signal, onStart, onApplied, onRefused } = this.#options;
    const began = Date.now();
    try {
      onStart(node);
      const stored = await client.apply(node.object, {
        fieldManager: node.foreign ? sharedFieldManager : fieldManager,
        forceOver,
        signal,
      });
      this.#retries.delete(node.id);
      // Schemas are large and take long whatever else is going on.
      if (node.wave !== "definitions") this.#limit.note(Date.now() - began);
      onApplied(node, stored, Date.now() - began);
    } catch (error) {
      if (signal.aborted || this.#closed) return;
      if (!isCurable(error)) onRefused(node, refusalOf(node.ref, error));
      else this.#retry(node, error);
    }
  }

  #retry(node: PlanNode, error: unknown): void {
    const { timeoutMs, onRetry, onRefused } = this.#options;
    const retry = this.#retries.get(node.id) ?? { since: Date.now(), attempts: 0 };
    const because = becauseOf(error);
    if (Date.now() - retry.since > timeoutMs) {
      const words = `${describe(node.ref)} could not be applied for ${Math.round(timeoutMs / 6000) / 10} minutes: ${because}.`;
      onRefused(node, new FlowdeckError("gate-timeout", words, { detail: because, cause: error }));
      return;
    }
    const delayMs = backoffMs(retry.attempts, 200, 5000);
    onRetry(node, because, retry.attempts + 1, delayMs);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (this.#closed) return;
      this.add(node);
      if (this.isIdle) this.#options.onIdle();
    }, delayMs);
    this.#timers.add(timer);
    this.#retries.set(node.id, { ...retry, attempts: retry.attempts + 1 });
  }
}
