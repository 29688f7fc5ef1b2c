import { Worker } from "node:worker_threads";
import { FlowdeckError } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { Criteria } from "./match.ts";
import type { MatchAnswer, MatchRequest } from "./match-worker.ts";

/** Some pieces take longer than a pattern that never ends (exponential backtracking) is given. */
const patienceMs = 3_000;

/** In the sources a module of its own; in the app's build a file beside the program. */
const program = import.meta.url.endsWith(".ts")
  ? new URL("./match-worker.ts", import.meta.url)
  : new URL("./logs-match-worker.js", import.meta.url);

/** Runs patterns over memory in a thread of its own, which is ended when a pattern does not come to an end. */
export class Matcher {
  #worker: Worker | undefined;
  #lastId = 0;
  #waiting = new Map<number, { resolve(found: Uint32Array): void; reject(error: Error): void }>();
  #watchdog: NodeJS.Timeout | undefined;
  #closed = false;

  /** Indices of the lines between two places of the memory that fit. Throws `invalid-input` when the pattern takes too long. */
  async find(memory: SharedArrayBuffer, from: number, to: number, criteria: Criteria): Promise<Uint32Array> {
    if (this.#closed) throw new FlowdeckError("cancelled", message("log.closed"));
    const worker = this.#running();
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<Uint32Array>();
    this.#waiting.set(id, { resolve, reject });
    this.#watch();
    worker.postMessage({ id, memory, from, to, criteria } satisfies MatchRequest);
    return await promise;
  }

  close(): void {
    this.#closed = true;
    this.#end(new FlowdeckError("cancelled", message("log.closed")));
  }

  #running(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(program);
    worker.unref();
    worker.on("message", ({ id, found }: MatchAnswer) => {
      this.#waiting.get(id)?.resolve(found);
      this.#waiting.delete(id);
      this.#watch();
    });
    worker.on("error", (error) => {
      if (this.#worker === worker) this.#end(error instanceof Error ? error : new Error(String(error)));
    });
    this.#worker = worker;
    return worker;
  }

  /** The time runs anew with each answer. */
  #watch(): void {
    clearTimeout(this.#watchdog);
    if (this.#waiting.size === 0) return;
    this.#watchdog = setTimeout(
      () => this.#end(new FlowdeckError("invalid-input", message("pattern.slow"))),
      patienceMs,
    );
    this.#watchdog.unref();
  }

  #end(error: Error): void {
    clearTimeout(this.#watchdog);
    const worker = this.#worker;
    this.#worker = undefined;
    worker?.terminate().catch(() => {
      // It is gone either way.
    });
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(error);
  }
}
