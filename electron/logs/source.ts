import { type LogNotice, type LogSource, type LogSourceState, toAppError } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import { type ClusterClient, pause } from "../cluster/index.ts";
import type { ContainerKind, ContainerStatus, RunEnd } from "./containers.ts";
import type { OnLine } from "./lines.ts";
import { type ReadEnd, RunReader } from "./reader.ts";

export interface SourceOptions {
  id: number;
  client: ClusterClient;
  namespace: string;
  pod: string;
  container: string;
  containerKind: ContainerKind;
  status: ContainerStatus;
  previous: boolean;
  /** For what it has written already; of later runs everything is read. */
  tail: number | null;
  since: LogSource["since"];
  signal: AbortSignal;
  onLine: OnLine;
  onHeard: () => void;
  /** Nothing is to be expected at the beginning (any more): it waits, has ended, can't be read. */
  onSilent: () => void;
  onNotice: (notice: LogNotice) => void;
  /** Something about its state changed. */
  onChange: () => void;
}

/** One container of one pod: reads run after run until its pod is gone. */
export class ContainerSource {
  readonly #options: SourceOptions;
  readonly #status: { current: ContainerStatus; changed: PromiseWithResolvers<void> };
  #gone = false;
  state: LogSourceState["state"] = "waiting";
  reason: Message | string | undefined;
  /** Nothing more is to come. */
  finished = false;

  constructor(options: SourceOptions) {
    this.#options = options;
    this.#status = { current: options.status, changed: Promise.withResolvers() };
  }

  get id(): number {
    return this.#options.id;
  }

  describe(): Omit<LogSourceState, "lines" | "dropped"> {
    const { id, namespace, pod, container, containerKind } = this.#options;
    const { state, reason } = this;
    return { id, namespace, pod, container, containerKind, state, ...(reason === undefined ? {} : { reason }) };
  }

  update(status: ContainerStatus): void {
    this.#status.current = status;
    if (this.state === "waiting") this.#become("waiting", waitingReason(status));
    this.#wake();
  }

  /** Its pod is gone. */
  podGone(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#wake();
  }

  /** Reads until the pod is gone or nothing more can come; failures become its state. */
  async run(): Promise<void> {
    const { signal, onNotice, onSilent, previous } = this.#options;
    try {
      if (previous) await this.#readPrevious();
      else await this.#readRuns();
    } catch (error) {
      if (signal.aborted) return;
      this.#become("failed", saidOf(error));
    } finally {
      this.finished = true;
      onSilent();
      this.#options.onChange();
    }
    if (this.#gone && !previous) {
      this.#become("gone");
      onNotice({ what: "gone" });
    }
  }

  async #readPrevious(): Promise<void> {
    const { tail, since } = this.#options;
    const end = await this.#reader().read({
      previous: true,
      follow: false,
      tail,
      since,
      standing: async () => "ended",
    });
    if (end.how === "refused") this.#become("failed", end.error.detail ?? saidOf(end.error));
    else this.#become("ended");
  }

  async #readRuns(): Promise<void> {
    const { onNotice, onSilent, signal } = this.#options;
    let { tail, since } = this.#options;
    let done: { run: string; restarts: number } | undefined;
    while (!signal.aborted) {
      const status = this.#status.current;
      if (status.run === undefined || status.run === done?.run) {
        if (this.#gone) return;
        if (done === undefined) this.#become("waiting", waitingReason(status));
        onSilent();
        await this.#changed();
        continue;
      }
      if (done !== undefined) {
        onNotice({ what: "restarted", missedRuns: Math.max(0, status.restarts - done.restarts - 1) });
      }
      const end = await this.#readRun(status.run, tail, since);
      done = { run: status.run, restarts: status.restarts };
      tail = null;
      since = null;
      if (end.how === "refused") {
        if (this.#gone) return;
        this.#become("failed", saidOf(end.error));
        onNotice({ what: "failed", said: saidOf(end.error) });
        onSilent();
        await this.#changed();
        continue;
      }
      if (this.#gone) return;
      const how = this.#endOf(done.run);
      this.#become("ended", how.reason);
      onNotice({ what: "ended", ...how });
    }
  }

  /** How a run ended, as far as the status still tells. */
  #endOf(run: string): RunEnd {
    const { current } = this.#status;
    if (current.run === run) return current.end;
    return current.previous?.run === run ? current.previous.end : {};
  }

  async #readRun(run: string, tail: number | null, since: LogSource["since"]): Promise<ReadEnd> {
    const reader = this.#reader();
    const standing = (signal: AbortSignal, lagMs: number) => this.#lookUp(run, signal, lagMs);
    const end = await reader.read({ previous: false, follow: true, tail, since, standing });
    if (end.how !== "superseded" || this.#status.current.previous?.run !== run) return end;
    // Its last lines, which nobody could read before the next run began.
    return await reader.read({ previous: true, follow: false, tail, since, standing: async () => "ended" });
  }

  /** What became of a run whose stream ended; the status gets a moment to say so. */
  async #lookUp(run: string, signal: AbortSignal, lagMs: number): Promise<"running" | "ended" | "superseded" | "gone"> {
    for (const until = Date.now() + lagMs; ; ) {
      const { current } = this.#status;
      if (current.run !== run) return "superseded";
      if (this.#gone) return "gone";
      if (!current.running) return "ended";
      const left = until - Date.now();
      if (left <= 0) return "running";
      await Promise.race([this.#status.changed.promise, pause(left, signal)]);
    }
  }

  #reader(): RunReader {
    const { client, namespace, pod, container, signal, onLine, onHeard, onNotice } = this.#options;
    return new RunReader({
      client,
      namespace,
      pod,
      container,
      signal,
      onLine,
      onHeard,
      onState: (state, reason) => this.#become(state, reason),
      onResumed: (afterMs, gap) => onNotice(gap ? { what: "gap" } : { what: "reconnected", afterMs }),
    });
  }

  #become(state: LogSourceState["state"], reason?: Message | string): void {
    if (this.state === state && this.reason === reason) return;
    this.state = state;
    this.reason = reason;
    this.#options.onChange();
  }

  #wake(): void {
    const { changed } = this.#status;
    this.#status.changed = Promise.withResolvers();
    changed.resolve();
  }

  async #changed(): Promise<void> {
    const { signal } = this.#options;
    const aborted = Promise.withResolvers<void>();
    const abort = () => aborted.resolve();
    signal.addEventListener("abort", abort, { once: true });
    await Promise.race([this.#status.changed.promise, aborted.promise]);
    signal.removeEventListener("abort", abort);
  }
}

function saidOf(error: unknown): Message {
  const { said, message: words } = toAppError(error);
  return said ?? message("call.internal", { words });
}

function waitingReason({ reason, message: words }: ContainerStatus): string | undefined {
  return [reason, words].filter((part) => part !== undefined).join(": ") || undefined;
}
