import { randomUUID } from "node:crypto";
import { latest } from "../../common/async/index.ts";
import { type ContextId, type DrainOptions, type DrainProgress, toAppError } from "../../common/contract/index.ts";
import type { ClusterConnections } from "../cluster/index.ts";
import { Drain } from "./drain.ts";

interface Running {
  progress: Omit<DrainProgress, "pods">;
  drain: Drain;
  stop: AbortController;
  done: Promise<void>;
}

/** Drains run here while pages come and go; a finished one is listed until it is forgotten. */
export class Drains {
  readonly #connections: ClusterConnections;
  readonly #all = new Map<string, Running>();
  readonly #listeners = new Set<() => void>();

  constructor(connections: ClusterConnections) {
    this.#connections = connections;
  }

  async start(context: ContextId, nodes: readonly string[], options: DrainOptions): Promise<string> {
    const client = await this.#connections.client(context);
    const id = randomUUID();
    const stop = new AbortController();
    const drain = new Drain(client, options, () => this.#changed());
    const progress: Running["progress"] = {
      id,
      context,
      nodes: [...nodes],
      options,
      state: "running",
      startedAt: Date.now(),
    };
    const done = drain
      .run(nodes, stop.signal)
      .then(
        () => {
          progress.state = "done";
        },
        (error: unknown) => {
          progress.state = stop.signal.aborted ? "stopped" : "failed";
          if (!stop.signal.aborted) progress.error = toAppError(error);
        },
      )
      .then(async () => {
        progress.endedAt = Date.now();
        this.#changed();
        await client.close();
      });
    this.#all.set(id, { progress, drain, stop, done });
    this.#changed();
    return id;
  }

  async stop(id: string): Promise<void> {
    const running = this.#all.get(id);
    running?.stop.abort();
    await running?.done;
  }

  async forget(id: string): Promise<void> {
    await this.stop(id);
    this.#all.delete(id);
    this.#changed();
  }

  watch(signal: AbortSignal): AsyncIterable<DrainProgress[]> {
    return latest({
      read: () =>
        [...this.#all.values()].map(({ progress, drain }) => ({
          ...progress,
          pods: drain.pods.map((pod) => ({ ...pod })),
        })),
      onChange: (listener) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
      everyMs: 150,
      signal,
    });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#all.keys()].map((id) => this.stop(id)));
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
