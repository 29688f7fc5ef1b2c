import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import type { RunEvent } from "../engine/run-types.ts";
import { fieldManager, forceOver, type PlanNode, sharedFieldManager } from "../plan/plan-types.ts";
import { becauseOf, isCurable, missingNamespaceOf, refusalOf } from "./apply-errors.ts";
import { whatHolds } from "./what-holds.ts";

type Sent = Extract<RunEvent, { node: string }>;

/** What came of it, and the object as the server stored it. */
export interface Outcome {
  event: Sent;
  stored?: KubeObject;
}

/** Server-side apply of single objects; tells curable refusals from final ones. When to send what says the engine. */
export class ObjectSender {
  readonly #client: ClusterClient;
  readonly #signal: AbortSignal;

  constructor(client: ClusterClient, signal: AbortSignal) {
    this.#client = client;
    this.#signal = signal;
  }

  /** @param going What was in its place was being deleted: as long as that is so, nothing is sent. */
  async send(node: PlanNode, going: boolean): Promise<Outcome> {
    const began = Date.now();
    try {
      const stored = (going ? await this.#goingNow(node) : undefined) ?? (await this.#apply(node));
      if (stored.metadata.deletionTimestamp)
        return { event: { type: "going", node: node.id, because: whatHolds(stored) } };
      const { uid } = stored.metadata;
      const tookMs = Date.now() - began;
      return { event: { type: "applied", node: node.id, uid, tookMs, atOnce: this.#client.atOnce("changes") }, stored };
    } catch (error) {
      if (!isCurable(error))
        return { event: { type: "refused", node: node.id, error: refusalOf(node.ref, error).toJSON() } };
      const because = becauseOf(error);
      return { event: { type: "notYet", node: node.id, because, namespace: missingNamespaceOf(error) } };
    }
  }

  /** Applies a namespace again. Where that fails, the objects that miss it are tried again, and so is this. */
  async renew(node: PlanNode): Promise<Outcome> {
    try {
      const { metadata } = await this.#apply(node);
      if (!metadata.deletionTimestamp) return { event: { type: "renewed", node: node.id, uid: metadata.uid } };
    } catch {
      // told by what is refused for want of it
    }
    return { event: { type: "notRenewed", node: node.id } };
  }

  async #apply(node: PlanNode): Promise<KubeObject> {
    const manager = node.foreign ? sharedFieldManager : fieldManager;
    // Schemas are large and take long whatever else is going on: they tell nothing of how much the server can do.
    const share = node.wave === "definitions" ? undefined : "changes";
    return this.#client.apply(node.object, { fieldManager: manager, forceOver, share, signal: this.#signal });
  }

  /** The object that is still being deleted in the place of a node's; undefined once it is gone. */
  async #goingNow(node: PlanNode): Promise<KubeObject | undefined> {
    const there = await this.#client.get(node.ref, this.#signal);
    return there?.metadata.deletionTimestamp ? there : undefined;
  }
}
