import type { ToolboxOptions, ToolProgress } from "./types.ts";

interface RunningJob<T> {
  result: Promise<T>;
  abort: AbortController;
  callers: Set<ToolboxOptions>;
  last?: ToolProgress;
}

/** Runs one task for any number of callers: all hear its progress, and it is aborted when the last has given up. */
export class SharedJob<T> {
  readonly #task: (signal: AbortSignal, onProgress: (progress: ToolProgress) => void) => Promise<T>;
  #running: RunningJob<T> | undefined;

  constructor(task: (signal: AbortSignal, onProgress: (progress: ToolProgress) => void) => Promise<T>) {
    this.#task = task;
  }

  async join(options: ToolboxOptions): Promise<T> {
    options.signal?.throwIfAborted();
    this.#running ??= this.#begin();
    const job = this.#running;
    job.callers.add(options);
    if (job.last !== undefined) options.onProgress?.(job.last);
    const leave = Promise.withResolvers<never>();
    const onAbort = () => {
      job.callers.delete(options);
      if (job.callers.size === 0) job.abort.abort(options.signal?.reason);
      leave.reject(options.signal?.reason);
    };
    options.signal?.addEventListener("abort", onAbort, { once: true });
    try {
      return await Promise.race([job.result, leave.promise]);
    } finally {
      options.signal?.removeEventListener("abort", onAbort);
      job.callers.delete(options);
    }
  }

  #begin() {
    const abort = new AbortController();
    const callers = new Set<ToolboxOptions>();
    const job: RunningJob<T> = {
      abort,
      callers,
      result: Promise.resolve().then(() =>
        this.#task(abort.signal, (progress) => {
          job.last = progress;
          for (const caller of callers) caller.onProgress?.(progress);
        }),
      ),
    };
    const end = () => {
      if (this.#running === job) this.#running = undefined;
    };
    job.result.then(end, end); // callers hear of a failure themselves
    return job;
  }
}
