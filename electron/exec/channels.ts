import type { WebSocket } from "ws";
import type { TerminalSize } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import { type ClusterClient, socketProblem } from "../cluster/index.ts";
import {
  type CommandStatus,
  channels,
  endOfInputFrame,
  frame,
  protocols,
  readFrame,
  readStatus,
  resizeFrame,
} from "./frames.ts";

export interface ChannelRequest {
  namespace: string;
  pod: string;
  container: string;
  subresource: "exec" | "attach";
  /** Of exec. */
  command?: readonly string[];
  stdin: boolean;
  tty: boolean;
  signal: AbortSignal;
}

export interface ChannelListener {
  /** Never empty. */
  stdout(chunk: Buffer): void;
  /** Never empty. */
  stderr(chunk: Buffer): void;
  /** Nothing comes any more. Without a status the connection broke, or was ended from this side. */
  closed(status: CommandStatus | undefined): void;
}

/** Input that waits to be sent beyond which a writer should wait, too. */
const highWater = 1 << 20;

/** Exec's and attach's streams over one WebSocket. */
export class Channels {
  readonly #socket: WebSocket;

  constructor(socket: WebSocket, listener: ChannelListener) {
    this.#socket = socket;
    let status: CommandStatus | undefined;
    socket.on("message", (message: Buffer) => {
      const read = readFrame(message);
      if (read === undefined) return;
      const { channel, data } = read;
      if (channel === channels.status) status = readStatus(data.toString("utf8"));
      // The API server opens each connection with an empty message for the output: nothing was said by that.
      if (data.length === 0) return;
      if (channel === channels.stdout) listener.stdout(data);
      if (channel === channels.stderr) listener.stderr(data);
    });
    // Only what its close does not tell by itself.
    socket.on("error", (error) => {
      const problem = socketProblem(error);
      if (problem !== undefined) status ??= { problem };
    });
    socket.on("close", () => listener.closed(status));
  }

  /** Bytes of input that have not left yet. */
  get unsent(): number {
    return this.#socket.bufferedAmount;
  }

  /** Resolves when more input is welcome; false when nobody is there to read it any more. */
  async write(data: Uint8Array): Promise<boolean> {
    if (this.#socket.readyState !== this.#socket.OPEN) return false;
    if (data.length === 0) return true;
    const message = frame(channels.stdin, data);
    if (this.#socket.bufferedAmount < highWater) this.#socket.send(message);
    // A failed send closes the socket, which is told by `closed`.
    else await new Promise<void>((resolve) => this.#socket.send(message, () => resolve()));
    return true;
  }

  /** False where the server's protocol cannot tell the end of the input. */
  endInput(): boolean {
    const message = endOfInputFrame(this.#socket.protocol);
    if (message === undefined) return false;
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(message);
    return true;
  }

  resize(size: TerminalSize): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(resizeFrame(size));
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** At once, and without a status. */
  terminate(): void {
    // A paused socket would not notice.
    this.#socket.resume();
    this.#socket.terminate();
  }
}

/** Throws what the server refuses it with. */
export async function openChannels(
  client: ClusterClient,
  request: ChannelRequest,
  listener: ChannelListener,
): Promise<Channels> {
  const { namespace, pod: name, container, subresource, command = [], stdin, tty, signal } = request;
  const socket = await client.socket({
    path: client.pathOf(
      { group: "", version: "v1", plural: "pods", namespaced: true },
      { namespace, name, subresource },
    ),
    query: [
      ["container", container],
      ["stdin", String(stdin)],
      ["stdout", "true"],
      // A terminal has one stream for both.
      ["stderr", String(!tty)],
      ["tty", String(tty)],
      ...command.map((word) => ["command", word] as const),
    ],
    protocols,
    what:
      subresource === "exec"
        ? message("request.run", { command: command[0] ?? "", pod: `${namespace}/${name}` })
        : message("request.attach", { pod: `${namespace}/${name}` }),
    signal,
  });
  return new Channels(socket, listener);
}
