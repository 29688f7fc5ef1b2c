import { asIs, FlowdeckError, type Words } from "../../../common/contract/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import { backoffMs } from "../../cluster/index.ts";
import { describe } from "../objects.ts";
import { fieldManager, forceOver, type PlanNode, sharedFieldManager } from "../plan/plan-types.ts";
import { becauseOf, isCurable, missingNamespaceOf, refusalOf } from "./apply-errors.ts";
import { ApplyLimit } from "./apply-limit.ts";
import { whatHolds } from "./what-holds.ts";

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
  onRetry: (node: PlanNode, because: Words, attempt: number, delayMs: number) => void;
  onRefused: (node: PlanNode, error: FlowdeckError) => void;
  /** The plan's object for a namespace that is gone though it was applied: it is applied again. */
  namespaceOf: (name: string) => PlanNode | undefined;
  onRenewed: (node: PlanNode, stored: KubeObject) => void;
  /** Called when nothing is left to send or to try again. */
  onIdle: () => void;
}

interface Retry {
  since: number;
  attempts: number;
  /** The object that is there is being deleted: until it is gone nothing is sent. */
  going?: boolean;
}

/** Server-side apply of many objects at once, the most urgent first; tells curable refusals from final ones. */
export class Applier {
  readonly #options: ApplierOptions;
  readonly #queue: PlanNode[] = [];
  readonly #retries = new Map<string, Retry>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #running = new Set<Promise<void>>();
  readonly #renewing = new Set<string>();
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
    const { signal, onStart, onApplied, onRefused } = this.#options;
    const began = Date.now();
    try {
      onStart(node);
      const going = this.#retries.get(node.id)?.going ? await this.#goingNow(node) : undefined;
      const stored = going ?? (await this.#send(node));
      if (stored.metadata.deletionTimestamp) {
        this.#retry(node, whatHolds(stored), undefined, true);
        return;
      }
      this.#retries.delete(node.id);
      // Schemas are large and take long whatever else is going on.
      if (node.wave !== "definitions") this.#limit.note(Date.now() - began);
      onApplied(node, stored, Date.now() - began);
    } catch (error) {
      if (signal.aborted || this.#closed) return;
      if (!isCurable(error)) {
        onRefused(node, refusalOf(node.ref, error));
        return;
      }
      await this.#renewNamespace(missingNamespaceOf(error));
      this.#retry(node, asIs(becauseOf(error)), error);
    }
  }

  async #send(node: PlanNode): Promise<KubeObject> {
    const { client, signal } = this.#options;
    const manager = node.foreign ? sharedFieldManager : fieldManager;
    return client.apply(node.object, { fieldManager: manager, forceOver, signal });
  }

  /** The object that is still being deleted in the place of a node's; undefined once it is gone. */
  async #goingNow(node: PlanNode): Promise<KubeObject | undefined> {
    const there = await this.#options.client.get(node.ref, this.#options.signal);
    return there?.metadata.deletionTimestamp ? there : undefined;
  }

  /** Applies the namespace again that was deleted since it was applied, once however many objects miss it. */
  async #renewNamespace(name: string | undefined): Promise<void> {
    const node = name === undefined ? undefined : this.#options.namespaceOf(name);
    if (!node || this.#renewing.has(node.id)) return;
    this.#renewing.add(node.id);
    try {
      const stored = await this.#send(node);
      if (!stored.metadata.deletionTimestamp) this.#options.onRenewed(node, stored);
    } catch {
      // The object that misses it is tried again, and so is this.
    } finally {
      this.#renewing.delete(node.id);
    }
  }

  #retry(node: PlanNode, because: Words, error: unknown, going = false): void {
    if (this.#closed) return;
    const { timeoutMs, onRetry, onRefused } = this.#options;
    const retry = this.#retries.get(node.id) ?? { since: Date.now(), attempts: 0 };
    if (Date.now() - retry.since > timeoutMs) {
      const words = `${describe(node.ref)} could not be applied for ${Math.round(timeoutMs / 6000) / 10} minutes: ${because.en}.`;
      onRefused(node, new FlowdeckError("gate-timeout", words, { detail: because.en, cause: error }));
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
    this.#retries.set(node.id, { ...retry, attempts: retry.attempts + 1, going });
  }
}
