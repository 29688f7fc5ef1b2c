import { FlowdeckError } from "../../../common/contract/index.ts";
import { type Message, message } from "../../../common/words/index.ts";
import type { InstallLog } from "../installation-dir/install-log.ts";
import type { Tracker } from "../run/status-store.ts";

/** One piece of work on an installation: an install or a removal that was begun in this process. */
export interface Work {
  tracker: Tracker;
  log: InstallLog;
  stop: AbortController;
  /** Never rejects; the outcome is in the tracker. */
  done: Promise<void>;
}

/**
 * The work of this process by KF_DIR (absolute): one at a time in each folder. What has ended stays until the next one
 * begins, since its status tells more than the journal.
 */
export class Works {
  readonly #works = new Map<string, Work>();
  readonly #listeners = new Set<() => void>();

  get(place: string): Work | undefined {
    return this.#works.get(place);
  }

  add(place: string, work: Work): void {
    this.#works.set(place, work);
    for (const listener of [...this.#listeners]) listener();
  }

  /** Throws `busy` while work is under way in the folder. */
  refuseBusy(place: string): void {
    if (!this.#works.get(place)?.tracker.isRunning) return;
    throw new FlowdeckError("busy", message("installation.busy", { folder: place }), {
      advice: message("installation.busyAdvice"),
    });
  }

  onAdd(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves when work begins in any folder, or when aborted. */
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
    await this.#works.get(place)?.done;
  }

  async cancel(place: string): Promise<void> {
    const work = this.#works.get(place);
    work?.stop.abort();
    await work?.done;
  }

  /** A sentence on what ending now would interrupt, if anything. */
  activity(): Message | undefined {
    const running = [...this.#works].find(([, work]) => work.tracker.isRunning);
    if (!running) return undefined;
    const [place, { tracker }] = running;
    const { activity, title } = tracker.snapshot();
    return message(activity === "install" ? "appWindow.installing" : "appWindow.removing", { title, folder: place });
  }

  /** Cancels all of it and waits for it. */
  async close(): Promise<void> {
    for (const work of this.#works.values()) work.stop.abort();
    await Promise.all([...this.#works.values()].map((work) => work.done));
  }
}
