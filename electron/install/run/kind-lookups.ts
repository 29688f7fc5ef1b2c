import { FlowdeckError } from "../../../common/contract/index.ts";
import type { ClusterClient } from "../../cluster/index.ts";
import { backoffMs, pause } from "../../cluster/index.ts";
import type { PlanNode } from "../plan/plan-types.ts";
import type { AccessTrouble } from "./access-trouble.ts";
import type { LiveObjects } from "./object-cache.ts";

export interface KindLookupOptions {
  client: ClusterClient;
  live: LiveObjects;
  signal: AbortSignal;
  access: AccessTrouble;
  /** A kind has come into discovery. */
  onServed: () => void;
}

/**
 * Asks discovery for kinds until they are there, as it can't be watched. Watching the definitions instead would send
 * megabytes of schemas several times over while the server is busiest; they are read only when it takes long, for what
 * they say about why.
 */
export class KindLookups {
  readonly #options: KindLookupOptions;
  readonly #served = new Set<string>();
  readonly #running = new Map<string, Promise<void>>();

  constructor(options: KindLookupOptions) {
    this.#options = options;
  }

  isServed(apiVersion: string, kind: string): boolean {
    return this.#served.has(`${apiVersion}/${kind}`);
  }

  /** Begins to look for a kind as long as it is wanted; asking again for the same is free. */
  start(apiVersion: string, kind: string, definition: PlanNode, isWanted: () => boolean): void {
    const key = `${apiVersion}/${kind}`;
    if (this.#served.has(key) || this.#running.has(key)) return;
    const task = this.#lookUp(apiVersion, kind, definition, isWanted)
      .catch(() => undefined) // aborted: whatever else fails is asked again
      .finally(() => this.#running.delete(key));
    this.#running.set(key, task);
  }

  /** After the signal is aborted: waits until every look-up has ended. */
  async ended(): Promise<void> {
    await Promise.all(this.#running.values());
  }

  async #lookUp(apiVersion: string, kind: string, definition: PlanNode, isWanted: () => boolean): Promise<void> {
    const { client, signal, access, onServed } = this.#options;
    for (let absences = 0; isWanted(); ) {
      signal.throwIfAborted();
      try {
        await access.ask(
          () => client.resourceFor(apiVersion, kind, signal),
          (error) => !isAbsence(error),
        );
        this.#served.add(`${apiVersion}/${kind}`);
        onServed();
        return;
      } catch (error) {
        signal.throwIfAborted();
        if (!isAbsence(error)) continue; // its next turn comes after a pause
      }
      await pause(backoffMs(absences, 100, 2000), signal);
      absences += 1;
      if (absences % 5 === 0) await this.#readDefinition(definition);
    }
  }

  /** Only for what it says: where it can't be read, nothing is lost. */
  async #readDefinition({ ref }: PlanNode): Promise<void> {
    const { client, live, signal } = this.#options;
    try {
      const now = await client.get(ref, signal);
      if (now) live.put({ ...now, apiVersion: ref.apiVersion, kind: ref.kind });
    } catch {
      signal.throwIfAborted();
    }
  }
}

function isAbsence(error: unknown): boolean {
  return error instanceof FlowdeckError && error.code === "kind-unknown";
}
