import type { FramesAnswer, PageAnswer } from "./messages.ts";
import type { Scope, TableStatus } from "./table.ts";
import type { EngineThread } from "./thread.ts";

/** One table in the worker thread, as those who feed it see it. */
export class TableSink {
  readonly #thread: EngineThread;
  readonly table: string;

  constructor(thread: EngineThread, table: string) {
    this.#thread = thread;
    this.table = table;
  }

  async begin(scope: Scope): Promise<void> {
    await this.#thread.ask("begin", { table: this.table, scope });
  }

  async page(scope: Scope, namespace: string, at: number, body: Uint8Array<ArrayBuffer>): Promise<PageAnswer> {
    return await this.#thread.ask("list", { table: this.table, scope, namespace, at, body }, [body.buffer]);
  }

  async commit(scope: Scope): Promise<void> {
    await this.#thread.ask("commit", { table: this.table, scope });
  }

  async clear(scope: Scope): Promise<void> {
    await this.#thread.ask("clear", { table: this.table, scope });
  }

  async connected(scope: Scope): Promise<void> {
    await this.#thread.ask("connected", { table: this.table, scope });
  }

  async frames(scope: Scope, body: Uint8Array<ArrayBuffer>): Promise<FramesAnswer> {
    return await this.#thread.ask("frames", { table: this.table, scope, at: Date.now(), body }, [body.buffer]);
  }

  async status(status: TableStatus): Promise<void> {
    await this.#thread.ask("status", { table: this.table, status });
  }
}
