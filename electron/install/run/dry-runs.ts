import { asIs, type ErrorCode, FlowdeckError, type Words } from "../../../common/contract/index.ts";
import { isKind } from "../../../common/kube/index.ts";
import type { ClusterClient, KubeObject } from "../../cluster/index.ts";
import { backoffMs, pause } from "../../cluster/index.ts";
import type { AccessTrouble } from "./access-trouble.ts";
import { becauseOf, isCurable } from "./apply-errors.ts";

export interface DryRunOptions {
  client: ClusterClient;
  signal: AbortSignal;
  access: AccessTrouble;
  /** A dry run has passed, or is refused for another reason than before. */
  onChange: () => void;
}

export interface DryRunState {
  passed: boolean;
  because: Words;
}

/** With these nobody was asked: neither the webhook nor anything else of the cluster has answered. */
const unanswered: readonly ErrorCode[] = [
  "cluster-unreachable",
  "cluster-untrusted",
  "credentials-rejected",
  "exec-failed",
  "exec-needs-approval",
  "rate-limited",
];

/** Sends objects in dry runs until the webhooks in between answer. */
export class DryRuns {
  readonly #options: DryRunOptions;
  readonly #states = new Map<string, DryRunState>();
  readonly #running = new Map<string, Promise<void>>();

  constructor(options: DryRunOptions) {
    this.#options = options;
  }

  /** What the last dry run for a gate gave; undefined before the first has ended. */
  stateOf(gate: string): DryRunState | undefined {
    return this.#states.get(gate);
  }

  /** Begins to try for a gate as long as it is wanted; asking again for the same is free. */
  start(gate: string, object: KubeObject, isWanted: () => boolean): void {
    if (this.#states.get(gate)?.passed || this.#running.has(gate)) return;
    const task = this.#tryUntilPassed(gate, object, isWanted)
      .catch(() => undefined) // aborted: whatever else fails is an answer, or is tried again
      .finally(() => this.#running.delete(gate));
    this.#running.set(gate, task);
  }

  /** After the signal is aborted: waits until every dry run has ended. */
  async ended(): Promise<void> {
    await Promise.all(this.#running.values());
  }

  async #tryUntilPassed(gate: string, object: KubeObject, isWanted: () => boolean): Promise<void> {
    const { signal, access } = this.#options;
    for (let refusals = 0; isWanted(); ) {
      signal.throwIfAborted();
      try {
        await access.ask(() => this.#send(object), isUnanswered);
        return this.#set(gate, { passed: true, because: asIs("") });
      } catch (error) {
        signal.throwIfAborted();
        if (isUnanswered(error)) continue; // its next turn comes after a pause
        // Refused for another reason than a webhook that does not answer: the way there is open, which was the
        // question; the real apply will tell what is wrong with the object.
        if (!isCurable(error)) return this.#set(gate, { passed: true, because: asIs("") });
        this.#set(gate, { passed: false, because: asIs(becauseOf(error)) });
      }
      await pause(backoffMs(refusals, 150, 2000), signal);
      refusals += 1;
    }
  }

  async #send(object: KubeObject): Promise<void> {
    const { client, signal } = this.#options;
    // A pod is only ever created; other objects may be there already.
    if (isKind(object, "/Pod")) await client.create(object, { dryRun: true, signal });
    else await client.apply(object, { dryRun: true, forceOver: ["*"], signal });
  }

  #set(gate: string, state: DryRunState): void {
    this.#states.set(gate, state);
    this.#options.onChange();
  }
}

function isUnanswered(error: unknown): boolean {
  return error instanceof FlowdeckError && unanswered.includes(error.code);
}
