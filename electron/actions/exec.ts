import { PassThrough, type Readable } from "node:stream";
import type { WebSocket } from "ws";
import type { ClusterClient } from "../cluster/index.ts";
import { FlowdeckError, type ObjectTarget } from "../contract/index.ts";
import { text } from "../values/index.ts";
import { inner, records } from "./fields.ts";
import { named } from "./targets.ts";

/** Channels of v4/v5.channel.k8s.io: https://github.com/kubernetes/enhancements/tree/master/keps/sig-api-machinery/4006-transition-spdy-to-websockets */
const stdinChannel = 0;
const stdoutChannel = 1;
const stderrChannel = 2;
const statusChannel = 3;
const closeChannel = 255;

const longestStderr = 8_000;
const goingAway = 1006;

export interface PodContainer {
  target: ObjectTarget;
  container: string;
}

/** How a command ended. `code` is 127 as well where the image has no such program. */
export interface ExecEnd {
  code: number;
  stderr: string;
}

/** A program running in a container, its streams binary safe and held back by slow readers. */
export class ExecProcess {
  readonly stdout: Readable;
  readonly ended: Promise<ExecEnd>;
  readonly #socket: WebSocket;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    const stdout = new PassThrough({ highWaterMark: 1 << 20 });
    this.stdout = stdout;
    let stderr = "";
    let status: unknown;
    socket.on("message", (data: Buffer) => {
      const bytes = data.subarray(1);
      switch (data[0]) {
        case stdoutChannel:
          if (bytes.length > 0 && !stdout.write(bytes)) {
            socket.pause();
            stdout.once("drain", () => socket.resume());
          }
          break;
        case stderrChannel:
          stderr = `${stderr}${bytes.toString("utf8")}`.slice(0, longestStderr);
          break;
        case statusChannel:
          status = parse(bytes);
          break;
      }
    });
    this.ended = new Promise((resolve, reject) => {
      socket.on("close", (code) => {
        const end = status === undefined ? broken(code) : endOf(status, stderr);
        if (end instanceof Error) {
          stdout.destroy(end);
          reject(end);
        } else {
          stdout.end();
          resolve(end);
        }
      });
    });
    // Whoever waits for it hears of it; nobody has to.
    this.ended.catch(() => undefined);
    stdout.on("error", () => undefined);
  }

  /** Resolves when the bytes have left for the server. */
  write(bytes: Uint8Array): Promise<void> {
    return this.#send(Buffer.concat([Buffer.of(stdinChannel), bytes]));
  }

  /** Ends its input; with v4 of the protocol there is no way to, and programs that know their end need none. */
  async endInput(): Promise<void> {
    if (this.#socket.protocol === "v5.channel.k8s.io") await this.#send(Buffer.of(closeChannel, stdinChannel));
  }

  kill(): void {
    this.#socket.terminate();
  }

  #send(message: Buffer): Promise<void> {
    return new Promise((resolve, reject) => this.#socket.send(message, (error) => (error ? reject(error) : resolve())));
  }
}

/** Runs a command in a container. Throws what the API server or the node refused. */
export async function exec(
  client: ClusterClient,
  { target, container }: PodContainer,
  command: readonly string[],
  options: { stdin: boolean; signal: AbortSignal },
): Promise<ExecProcess> {
  const path = client.pathOf(
    { group: "", version: "v1", plural: "pods", namespaced: true },
    { namespace: target.namespace, name: target.name, subresource: "exec" },
  );
  const socket = await client.socket({
    path,
    query: [
      ["container", container],
      ["stdin", String(options.stdin)],
      ["stdout", "true"],
      ["stderr", "true"],
      ...command.map((word) => ["command", word] as const),
    ],
    protocols: ["v5.channel.k8s.io", "v4.channel.k8s.io"],
    what: `run ${command[0]} in ${named(target)}`,
    signal: options.signal,
  });
  return new ExecProcess(socket);
}

/** Runs a command that says little and waits for its end. */
export async function run(
  client: ClusterClient,
  place: PodContainer,
  command: readonly string[],
  signal: AbortSignal,
): Promise<ExecEnd> {
  const process = await exec(client, place, command, { stdin: false, signal });
  process.stdout.resume();
  return await process.ended;
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return { message: bytes.toString("utf8") };
  }
}

/** What the status channel's Status says: https://github.com/kubernetes/apimachinery/blob/master/pkg/util/remotecommand/constants.go */
function endOf(status: unknown, stderr: string): ExecEnd | FlowdeckError {
  const { status: outcome, reason, message } = inner(status);
  if (outcome === "Success") return { code: 0, stderr };
  if (reason === "NonZeroExitCode") {
    const cause = records(inner(status, "details").causes).find((one) => one.reason === "ExitCode");
    return { code: Number(text(cause?.message) ?? 1), stderr };
  }
  const words = text(message) ?? "";
  if (/executable file not found|no such file or directory/i.test(words)) return { code: 127, stderr: words };
  return new FlowdeckError("server-error", "The node could not run the program in the container.", { detail: words });
}

function broken(code: number): FlowdeckError {
  const how = code === goingAway ? "broke" : `was closed (${code})`;
  return new FlowdeckError("cluster-unreachable", `The connection to the container ${how} before the program ended.`);
}
