import { setTimeout as sleep } from "node:timers/promises";
import {
  explained,
  FlowdeckError,
  type TerminalEnd,
  type TerminalSize,
  toAppError,
} from "../../common/contract/index.ts";
import { defined } from "../../common/json/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterClient } from "../cluster/index.ts";
import { type Channels, type CommandStatus, isMissingProgram, openChannels } from "../exec/index.ts";
import { endShell, markedCommand, newShellMark } from "./end-shell.ts";
import { exitCodeOf, isEnding, isSame, type PodContainer } from "./pods.ts";
import type { OnOutput, TerminalProcess } from "./process.ts";

/** Tried in this order; a container's image decides which there are. */
const shells = [["bash"], ["sh"], ["ash"]];
const windowsShells = [["pwsh"], ["powershell"], ["cmd"]];
/** Ctrl-D. */
const endOfInput = 0x04;

/**
 * How long a runtime may take to say that the image has no such shell. A terminal may have echoed by then what was
 * typed, so that output alone does not show that the shell runs.
 */
const startMs = 10_000;

/** How long a node may take to write down how a container ended. */
const exitCodeMs = 5_000;
const exitCodeEveryMs = 250;

/** How long the connection into a deleted pod may bring last words. */
const lastWordsMs = 2_000;

export interface ContainerOptions {
  /** Closed when the process is over. */
  client: ClusterClient;
  place: PodContainer;
  mode: "exec" | "attach";
  size: TerminalSize;
  onOutput: OnOutput;
  /** The pod was asked to end. */
  onPodEnding: () => void;
}

/** A shell in a container, or the container's own process. Throws what keeps the first connection from being made. */
export async function startInContainer(options: ContainerOptions): Promise<TerminalProcess> {
  const process = new ContainerProcess(options);
  await process.start();
  return process;
}

class ContainerProcess implements TerminalProcess {
  readonly ended: Promise<TerminalEnd>;
  readonly #finish: (end: TerminalEnd) => void;
  readonly #options: ContainerOptions;
  readonly #abort = new AbortController();
  /** Empty for attach: there is one try. */
  readonly #left: string[][];
  /** The shell that was started last, and what tells it from others in the container. */
  #shell: string[] = [];
  readonly #mark = newShellMark();
  #channels: Channels | undefined;
  #size: TerminalSize;
  #typed = false;
  #spoke = false;
  #openedAt = 0;
  #inputEnded = false;
  /** What was typed while the shell was starting: where it turns out not to exist, the next one gets it. */
  #early: Buffer[] = [];
  #paused = false;
  #podEnding = false;

  constructor(options: ContainerOptions) {
    this.#options = options;
    this.#size = options.size;
    this.#left = options.mode === "attach" ? [] : options.place.windows ? [...windowsShells] : [...shells];
    const { promise, resolve } = Promise.withResolvers<TerminalEnd>();
    this.#finish = resolve;
    this.ended = promise.finally(() => {
      this.#abort.abort();
      return options.client.close();
    });
  }

  async start(): Promise<void> {
    try {
      await this.#connect();
    } catch (error) {
      this.#finish({ reason: "failed", error: toAppError(error) });
      await this.ended;
      throw error;
    }
    this.#followPod().catch(() => undefined); // whoever may not watch pods hears of it when the connection ends
  }

  write(data: Buffer): void {
    // Nothing of the node's turns Ctrl-D into an end where there is no terminal: the page's line editor sends it alone.
    const end = this.#options.mode === "attach" && !this.#options.place.tty ? data.indexOf(endOfInput) : -1;
    this.#send(end === -1 ? data : data.subarray(0, end));
    if (end !== -1 && this.#channels?.endInput() === true) this.#inputEnded = true;
  }

  #send(data: Buffer): void {
    if (this.#inputEnded || data.length === 0) return;
    this.#typed = true;
    if (this.#isStarting()) this.#early.push(data);
    else this.#early = [];
    this.#channels?.write(data).catch(() => undefined); // a broken connection is told by its end
  }

  resize(size: TerminalSize): void {
    this.#size = size;
    this.#channels?.resize(size);
  }

  pause(): void {
    this.#paused = true;
    this.#channels?.pause();
  }

  resume(): void {
    this.#paused = false;
    this.#channels?.resume();
  }

  end(): void {
    const { client, place, mode } = this.#options;
    const marked = mode === "exec" && this.#shell.length > 0 && !place.windows && !this.#abort.signal.aborted;
    const gone = marked ? endShell(client, place, this.#shell, this.#mark) : Promise.resolve();
    gone.finally(() => this.#finish({ reason: "closed" })).catch(() => undefined); // it never throws
  }

  async #connect(): Promise<void> {
    const { client, place, mode, onOutput } = this.#options;
    this.#shell = this.#left.shift() ?? [];
    const command = mode === "attach" || place.windows ? this.#shell : markedCommand(this.#shell, this.#mark);
    const tty = mode === "exec" || place.tty;
    const heard = (chunk: Buffer): void => {
      this.#spoke = true;
      onOutput(chunk);
    };
    const opened = await openChannels(
      client,
      {
        ...{ namespace: place.namespace, pod: place.pod, container: place.container },
        ...{ subresource: mode, command, tty, stdin: mode === "exec" || place.stdin, signal: this.#abort.signal },
      },
      {
        stdout: heard,
        stderr: heard,
        closed: (status) => {
          this.#closed(status).catch((error: unknown) => this.#finish({ reason: "failed", error: toAppError(error) }));
        },
      },
    );
    this.#channels = opened;
    this.#openedAt = performance.now();
    if (tty) opened.resize(this.#size);
    if (this.#paused) opened.pause();
    for (const data of this.#early) opened.write(data).catch(() => undefined); // told by its end, too
  }

  async #closed(status: CommandStatus | undefined): Promise<void> {
    if (this.#abort.signal.aborted) return;
    if (status === undefined) return this.#finish(await this.#lost());
    if (this.#options.mode === "exec" && isMissingProgram(status) && this.#hadNotStarted(status)) {
      if (this.#left.length > 0) return this.#connect();
      return this.#finish({ reason: "failed", error: noShell(this.#options.place).toJSON() });
    }
    if ("code" in status) {
      if (this.#podEnding) return this.#finish({ reason: "pod-gone", code: status.code });
      if (this.#options.mode === "exec") return this.#finish({ reason: "exited", code: status.code });
      const code = await this.#exitCode();
      return this.#finish(this.#podEnding ? { reason: "pod-gone" } : { reason: "exited", ...defined({ code }) });
    }
    const said = message("terminal.containerEnded");
    const error = new FlowdeckError("tool-failed", said, explained(status.problem)).toJSON();
    this.#finish(this.#podEnding ? { reason: "pod-gone" } : { reason: "failed", error });
  }

  #isStarting(): boolean {
    return this.#openedAt === 0 || performance.now() - this.#openedAt < startMs;
  }

  /** An exit code may be one that a person gave to the shell's `exit`; a runtime's words may not. */
  #hadNotStarted(status: CommandStatus): boolean {
    return "code" in status ? !(this.#typed && this.#spoke) : this.#isStarting() || !this.#spoke;
  }

  /** Why a connection broke: because the pod is gone, or for a reason of the network. */
  async #lost(): Promise<TerminalEnd> {
    const { client, place } = this.#options;
    if (this.#podEnding) return { reason: "pod-gone" };
    try {
      const ref = { apiVersion: "v1", kind: "Pod", namespace: place.namespace, name: place.pod };
      const pod = await client.get(ref, this.#abort.signal);
      return { reason: isSame(pod, place.uid) && !isEnding(pod) ? "disconnected" : "pod-gone" };
    } catch (error) {
      return { reason: "disconnected", error: toAppError(error) };
    }
  }

  /** Of the container's own process: attach does not tell it, the container's status does. */
  async #exitCode(): Promise<number | undefined> {
    const { client, place } = this.#options;
    if (place.containerId === undefined) return undefined;
    const ref = { apiVersion: "v1", kind: "Pod", namespace: place.namespace, name: place.pod };
    for (const until = performance.now() + exitCodeMs; performance.now() < until; await sleep(exitCodeEveryMs)) {
      // Whoever may not read the pod is told that it ended, without a code.
      const pod = await client.get(ref, this.#abort.signal).catch(() => undefined);
      if (this.#podEnding || !isSame(pod, place.uid)) return undefined;
      const code = exitCodeOf(pod, place.containerId);
      if (code !== undefined) return code;
    }
    return undefined;
  }

  async #followPod(): Promise<void> {
    const { client, place, onPodEnding } = this.#options;
    const events = client.watch("v1", "Pod", {
      namespace: place.namespace,
      fieldSelector: `metadata.name=${place.pod}`,
      signal: this.#abort.signal,
    });
    for await (const { type, object } of events) {
      if (object?.metadata.uid !== place.uid) continue;
      if (type === "deleted") {
        this.#podEnding = true;
        setTimeout(() => this.#channels?.terminate(), lastWordsMs).unref();
        return;
      }
      if (!this.#podEnding && isEnding(object)) {
        this.#podEnding = true;
        onPodEnding();
      }
    }
  }
}

function noShell({ namespace, pod, container }: PodContainer): FlowdeckError {
  return new FlowdeckError("not-found", message("terminal.noShell", { container, pod: `${namespace}/${pod}` }), {
    advice: message("terminal.debugContainer", {
      command: `kubectl debug -it ${pod} -n ${namespace} --target=${container} --image=busybox`,
    }),
  });
}
