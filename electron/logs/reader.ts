import { FlowdeckError, type LogSource, toAppError } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import { backoffMs, type ClusterClient, isRetryable, pause, statusOf } from "../cluster/index.ts";
import { LineSplitter, type OnLine } from "./lines.ts";
import { Resume } from "./resume.ts";

export interface ReaderOptions {
  client: ClusterClient;
  namespace: string;
  pod: string;
  container: string;
  signal: AbortSignal;
  onLine: OnLine;
  /** The stream is open, or brought a chunk. */
  onHeard: () => void;
  onState: (state: "opening" | "reading" | "reconnecting", reason?: Message | string) => void;
  /** The stream goes on after a break; `gap`: what was read before is gone from the log meanwhile. */
  onResumed: (afterMs: number, gap: boolean) => void;
}

/** How one run of a container ended for its reader. */
export type ReadEnd =
  /** Its log was read to the end. */
  | { how: "complete" }
  /** The stream ended or broke, and the run is not what the container runs now: the rest is in its previous log. */
  | { how: "superseded" }
  /** The API server refuses for good. */
  | { how: "refused"; error: FlowdeckError };

export interface ReadOptions {
  previous: boolean;
  follow: boolean;
  tail: number | null;
  since: LogSource["since"];
  /** After the stream ended or broke: does this run still run, has it ended, has another taken its place, is its pod gone? `lagMs`: how long the pod's status may take to say so. */
  standing: (signal: AbortSignal, lagMs: number) => Promise<"running" | "ended" | "superseded" | "gone">;
}

/** Reads one run of one container's log, over as many streams as it takes; see {@link Resume}. */
export class RunReader {
  readonly #options: ReaderOptions;
  readonly #resume = new Resume();
  readonly #splitter = new LineSplitter();
  #failures = 0;
  /** When the stream broke or ended, and how long it was away once there is another. */
  #brokenAt: number | undefined;
  #awayMs = 0;

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  async read(how: ReadOptions): Promise<ReadEnd> {
    const { signal, onState } = this.#options;
    onState("opening");
    for (;;) {
      signal.throwIfAborted();
      let problem: unknown;
      try {
        await this.#stream(how);
        this.#failures = 0;
        if (!how.follow) return this.#complete();
      } catch (error) {
        signal.throwIfAborted();
        problem = error;
      }
      this.#brokenAt ??= Date.now();
      if (problem !== undefined && !isRetryable(problem)) {
        const error = problem instanceof FlowdeckError ? problem : FlowdeckError.from(toAppError(problem));
        // Between two runs the kubelet says 400, of a pod that is gone 404: what became of it is asked first.
        const code = statusOf(error)?.code;
        const mayPass = how.follow && (code === 400 || code === 404) && this.#failures < mostRefusals;
        if (!mayPass) return { how: "refused", error };
      }
      // A stream that ended as it should has a reason in the pod's status; a broken one is only made anew.
      const standing = await how.standing(signal, problem === undefined ? statusLagMs : 0);
      // Another pod may have the name already.
      if (standing === "gone") return this.#complete();
      if (standing === "superseded") {
        this.#splitter.drop();
        return { how: "superseded" };
      }
      if (standing === "ended" && problem === undefined) return this.#complete();
      this.#splitter.drop();
      if (problem !== undefined || this.#failures > 0) onState("reconnecting", reasonOf(problem));
      await pause(backoffMs(this.#failures++, 100, 10_000), signal);
    }
  }

  #complete(): ReadEnd {
    this.#splitter.finish(this.#options.onLine);
    return { how: "complete" };
  }

  async #stream({ previous, follow, tail, since }: ReadOptions): Promise<void> {
    const { client, namespace, pod, container, signal, onHeard, onState } = this.#options;
    const from = this.#resume.since;
    this.#resume.begin();
    const request = {
      path: client.pathOf(podResource, { namespace, name: pod, subresource: "log" }),
      query: {
        container,
        timestamps: true,
        ...(follow ? { follow: true } : {}),
        ...(previous ? { previous: true } : {}),
        ...(from === undefined ? beginning(tail, since) : { sinceTime: from }),
      },
      headers: { accept: "*/*" },
      what: message("request.log", { container, pod: `${namespace}/${pod}` }),
      signal,
    };
    // Long lines are cut here, not refused.
    const chunks = await client.stream(request, { anyLength: true });
    if (this.#brokenAt !== undefined && this.#awayMs === 0) this.#awayMs = Date.now() - this.#brokenAt;
    onState("reading");
    onHeard();
    const hearing = client.onSilence((silence) =>
      onState(silence === undefined ? "reading" : "reconnecting", silence?.said),
    );
    try {
      for await (const chunk of chunks) {
        this.#failures = 0;
        this.#splitter.push(chunk, this.#line);
        onHeard();
      }
    } finally {
      hearing();
    }
  }

  readonly #line: OnLine = (buffer, start, end) => {
    const taken = this.#resume.take(buffer, start, end);
    if (taken === "known") return;
    if (this.#brokenAt !== undefined) {
      this.#options.onResumed(this.#awayMs, taken === "newAfterGap");
      this.#brokenAt = undefined;
      this.#awayMs = 0;
    }
    this.#options.onLine(buffer, start, end);
  };
}

/** A pod's status may come later than the end of its log's stream. */
const statusLagMs = 3_000;
/** Refusals in a row that may be the kubelet's own delay. */
const mostRefusals = 5;
const podResource = { group: "", version: "v1", plural: "pods", namespaced: true };

function beginning(tail: number | null, since: LogSource["since"]): Record<string, string | number> {
  return {
    ...(tail === null ? {} : { tailLines: tail }),
    ...(since !== null && "seconds" in since ? { sinceSeconds: since.seconds } : {}),
    ...(since !== null && "time" in since ? { sinceTime: since.time } : {}),
  };
}

function reasonOf(problem: unknown): Message | undefined {
  return problem instanceof FlowdeckError ? problem.said : undefined;
}
