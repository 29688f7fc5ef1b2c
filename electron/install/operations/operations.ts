import { FlowdeckError } from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { InstallLog } from "../installation-dir/install-log.ts";
import type { StatusStore } from "../run/status-store.ts";

/** An install or a removal that was begun in this process. */
export interface BegunOperation {
  statusStore: StatusStore;
  log: InstallLog;
  stop: AbortController;
  /** Never rejects; the outcome is in the statusStore. */
  done: Promise<void>;
  /** Values of a KfDef's secrets, by name, for going on: they are in no file. */
  values: Readonly<Record<string, string>>;
}

/**
 * The operations of this process by KF_DIR (absolute): one at a time in each folder. What has ended stays until the next
 * one begins, since its status tells more than the journal.
 */
export class Operations {
  readonly #operations = new Map<string, BegunOperation>();
  readonly #listeners = new Set<() => void>();

  get(place: string): BegunOperation | undefined {
    return this.#operations.get(place);
  }

  add(place: string, operation: BegunOperation): void {
    this.#operations.set(place, operation);
    for (const listener of [...this.#listeners]) listener();
  }

  /** Throws `busy` while an operation is under way in the folder. */
  refuseBusy(place: string): void {
    if (!this.#operations.get(place)?.statusStore.isRunning) return;
    throw new FlowdeckError("busy", message("installation.busy", { folder: place }), {
      advice: message("installation.busyAdvice"),
    });
  }

  onAdd(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when an operation begins in any folder, or when aborted. */
  async next(signal: AbortSignal): Promise<void> {
    await new Promise<void>((done) => {
      const finish = () => {
        stop();
        signal.removeEventListener("abort", finish);
        done();
      };
      const stop = this.onAdd(finish);
      signal.addEventListener("abort", finish);
      if (signal.aborted) finish();
    });
  }

  /** Throws as {@link refuseBusy}; else resolves once what has ended in the folder has let go of it. */
  async untilFree(place: string): Promise<void> {
    this.refuseBusy(place);
    await this.#operations.get(place)?.done;
  }

  async cancel(place: string): Promise<void> {
    const operation = this.#operations.get(place);
    operation?.stop.abort();
    await operation?.done;
  }

  /** A sentence on what ending now would interrupt, if anything. */
  activity(): Message | undefined {
    const running = [...this.#operations].find(([, { statusStore }]) => statusStore.isRunning);
    if (!running) return undefined;
    const [place, { statusStore }] = running;
    const { activity, title } = statusStore.snapshot();
    return message(activity === "install" ? "appWindow.installing" : "appWindow.removing", { title, folder: place });
  }

  /** Cancels all of it and waits for it. */
  async close(): Promise<void> {
    for (const { stop } of this.#operations.values()) stop.abort();
    await Promise.all([...this.#operations.values()].map(({ done }) => done));
  }
}
