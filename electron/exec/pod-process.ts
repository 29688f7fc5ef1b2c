import { PassThrough, type Readable } from "node:stream";
import { Latest } from "../../common/async/index.ts";
import { explained, FlowdeckError } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterClient } from "../cluster/index.ts";
import { type Channels, openChannels } from "./channels.ts";
import { type CommandStatus, isMissingProgram } from "./frames.ts";

export interface PodCommand {
  namespace: string;
  pod: string;
  container: string;
  command: readonly string[];
  signal: AbortSignal;
}

/** How a command ended. `code` is 127 as well where the image has no such program. */
export interface CommandEnd {
  code: number;
  /** The beginning of it. */
  stderr: string;
}

/** Output that waits to be read, in bytes, beyond which the node is held back. */
const highWater = 1 << 20;
const longestStderr = 8_000;
/** Of a command whose output is collected. */
const longestOutput = 16 << 20;
/** What shells give for a program they do not find. */
const missingProgram = 127;

/** A program running in a container without a terminal: bytes are what they are, and slow readers hold it back. */
export class PodProcess {
  readonly stdout: Readable;
  /** Rejects with `tool-failed` when it could not be run, `cluster-unreachable` when the connection broke. */
  readonly ended: Promise<CommandEnd>;
  readonly #channels: Channels;
  readonly #stderr: Latest<string>;

  constructor(channels: Channels, stdout: Readable, stderr: Latest<string>, ended: Promise<CommandEnd>) {
    this.#channels = channels;
    this.#stderr = stderr;
    this.stdout = stdout;
    this.ended = ended;
  }

  /** Bytes of input that have not left yet. */
  get unsent(): number {
    return this.#channels.unsent;
  }

  /** What it has said on stderr, once that matches; undefined when `signal` ends the wait. */
  async complains(pattern: RegExp, signal: AbortSignal): Promise<string | undefined> {
    for await (const words of this.#stderr.watch(signal)) if (pattern.test(words)) return words;
    return undefined;
  }

  /** Resolves when more input is welcome; throws when it is over. */
  async write(data: Uint8Array): Promise<void> {
    if (await this.#channels.write(data)) return;
    await this.ended;
    throw new FlowdeckError("tool-failed", message("exec.inputUnread"));
  }

  /** Lets it see the end of its input. False where the server (before Kubernetes 1.30) has no word for that. */
  endInput(): boolean {
    return this.#channels.endInput();
  }

  kill(): void {
    this.#channels.terminate();
  }
}

/** Starts a command in a container, as `kubectl exec` does. Throws what the server refuses it with. */
export async function startInPod(
  client: ClusterClient,
  { namespace, pod, container, command, signal, stdin }: PodCommand & { stdin: boolean },
): Promise<PodProcess> {
  const stdout = new PassThrough({ highWaterMark: highWater });
  stdout.on("error", () => undefined); // told by `ended`
  const over = Promise.withResolvers<CommandEnd>();
  over.promise.catch(() => undefined); // whoever waits for it hears of it; nobody has to
  const stderr = new Latest("");
  const channels = await openChannels(
    client,
    { namespace, pod, container, subresource: "exec", command, stdin, tty: false, signal },
    {
      stdout(chunk) {
        if (stdout.write(chunk)) return;
        channels.pause();
        stdout.once("drain", () => channels.resume());
      },
      stderr(chunk) {
        stderr.set(`${stderr.value}${chunk.toString("utf8")}`.slice(0, longestStderr));
      },
      closed(status) {
        const end = endOf(status, stderr.value, { command: command[0] ?? "", pod: `${namespace}/${pod}` }, signal);
        if (end instanceof Error) {
          stdout.destroy(end);
          over.reject(end);
        } else {
          stdout.end();
          over.resolve(end);
        }
      },
    },
  );
  return new PodProcess(channels, stdout, stderr, over.promise);
}

/** Runs a command without input to its end, and collects what it says. Throws as `startInPod` and `PodProcess.ended`. */
export async function runInPod(client: ClusterClient, wanted: PodCommand): Promise<CommandEnd & { stdout: Buffer }> {
  const process = await startInPod(client, { ...wanted, stdin: false });
  const stdout: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdout as AsyncIterable<Buffer>) {
    stdout.push(chunk);
    size += chunk.length;
    if (size <= longestOutput) continue;
    process.kill();
    throw new FlowdeckError(
      "answer-too-large",
      message("exec.tooMuch", {
        command: wanted.command[0] ?? "",
        pod: `${wanted.namespace}/${wanted.pod}`,
        limit: longestOutput >> 20,
      }),
    );
  }
  return { ...(await process.ended), stdout: Buffer.concat(stdout) };
}

function endOf(
  status: CommandStatus | undefined,
  stderr: string,
  what: { command: string; pod: string },
  signal: AbortSignal,
): CommandEnd | FlowdeckError {
  if (status === undefined) {
    return signal.aborted
      ? new FlowdeckError("cancelled", message("call.cancelled"))
      : // what it said until then may be why
        new FlowdeckError(
          "cluster-unreachable",
          message("exec.connectionBroke", what),
          stderr === "" ? {} : { detail: stderr },
        );
  }
  if ("code" in status) return { code: status.code, stderr };
  if (isMissingProgram(status)) return { code: missingProgram, stderr: String(status.problem) };
  return new FlowdeckError("tool-failed", message("exec.notRunOnNode", what), explained(status.problem));
}
