import { Worker } from "node:worker_threads";
import { FlowdeckError, type TableView } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import type { EngineInput, EngineOperation, EngineOutput, FromWorker, ToWorker } from "./messages.ts";

/** Beside this file when Node runs the sources; an entry of its own beside main.js in the built app. */
const file = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./tables-worker.js";

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

/** The worker thread that holds all tables, started when first asked; every answer is awaited by whoever asked. */
export class EngineThread {
  readonly #onView: (view: string, item: TableView) => void;
  readonly #onCrash: (error: FlowdeckError) => void;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #lastId = 0;

  /** @param onCrash all tables are lost then; the next call starts another thread */
  constructor(onView: (view: string, item: TableView) => void, onCrash: (error: FlowdeckError) => void) {
    this.#onView = onView;
    this.#onCrash = onCrash;
  }

  get isRunning(): boolean {
    return this.#worker !== undefined;
  }

  /** Starting takes a moment: whoever sees that tables will be asked for can have it done before. */
  start(): void {
    this.#running();
  }

  async ask<K extends EngineOperation>(
    operation: K,
    input: EngineInput<K>,
    transfer: ArrayBuffer[] = [],
  ): Promise<EngineOutput<K>> {
    const worker = this.#running();
    const id = ++this.#lastId;
    const answer = Promise.withResolvers<unknown>();
    this.#waiting.set(id, answer);
    worker.ref();
    worker.postMessage({ id, operation, input } satisfies ToWorker, transfer);
    // The engine's method of this name gave it.
    return (await answer.promise) as EngineOutput<K>;
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#lost(new FlowdeckError("cancelled", message("table.closed")));
    await worker?.terminate();
  }

  #running(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(new URL(file, import.meta.url), {
      name: "tables",
      // Measured with 50 000 pods and 150 000 changes: a small nursery and an old generation with an end keep the heap
      // near what lives in it (50 to 70 MB), where V8's own limits let it grow to 120 MB.
      resourceLimits: { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 1024 },
    });
    worker.on("message", (answer: FromWorker) => this.#receive(answer));
    worker.on("error", (error) => this.#crashed(worker, error instanceof Error ? error.message : String(error)));
    worker.on("exit", (code) => this.#crashed(worker, message("table.ended", { code: String(code) })));
    // It keeps a command-line run alive only while somebody waits for an answer.
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  #receive(answer: FromWorker): void {
    if ("view" in answer) {
      this.#onView(answer.view, answer.item);
      return;
    }
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (this.#waiting.size === 0) this.#worker?.unref();
    if ("error" in answer) waiting?.reject(FlowdeckError.from(answer.error));
    else waiting?.resolve(answer.value);
  }

  #crashed(worker: Worker, why: string | Message): void {
    if (this.#worker !== worker) return;
    const error = new FlowdeckError("internal", message("table.broke", { why }));
    this.#lost(error);
    this.#onCrash(error);
  }

  #lost(error: FlowdeckError): void {
    this.#worker = undefined;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
