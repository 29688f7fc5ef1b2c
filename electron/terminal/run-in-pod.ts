import type { ClusterClient } from "../cluster/index.ts";
import { FlowdeckError } from "../contract/index.ts";
import { openChannels } from "./channels.ts";
import type { CommandStatus } from "./frames.ts";

export interface PodCommand {
  namespace: string;
  pod: string;
  container: string;
  command: readonly string[];
  /** Given to the command, which then sees the end of its input. */
  stdin?: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** Takes the output as it comes instead of having it collected. */
  onStdout?: (chunk: Buffer) => void;
  signal: AbortSignal;
}

export interface PodCommandResult {
  code: number;
  /** Empty where `onStdout` took it. */
  stdout: Buffer;
  stderr: Buffer;
}

/**
 * Runs a command in a container without a terminal, as `kubectl exec` does: bytes are what they are. Throws what the
 * server refuses it with, `tool-failed` when it could not be run, `cluster-unreachable` when the connection broke,
 * `server-unsupported` when `stdin` is given and the server cannot tell a command that its input is over.
 */
export async function runInPod(client: ClusterClient, wanted: PodCommand): Promise<PodCommandResult> {
  const { namespace, pod, container, command, stdin, signal } = wanted;
  const where = `Pod ${namespace}/${pod}`;
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  const over = Promise.withResolvers<CommandStatus | undefined>();
  const opened = await openChannels(
    client,
    { namespace, pod, container, subresource: "exec", command, stdin: stdin !== undefined, tty: false, signal },
    {
      stdout: wanted.onStdout ?? ((chunk) => void out.push(chunk)),
      stderr: (chunk) => void err.push(chunk),
      closed: over.resolve,
    },
  );
  let running = true;
  const done = over.promise.finally(() => {
    running = false;
  });
  if (stdin !== undefined) {
    for await (const chunk of stdin) {
      if (!running) break;
      await opened.write(chunk);
    }
    if (running && !opened.endInput()) {
      opened.terminate();
      throw new FlowdeckError(
        "server-unsupported",
        `The server of ${where} cannot tell a command that its input is over.`,
        {
          detail: "Servers from Kubernetes 1.30 on can.",
        },
      );
    }
  }
  const status = await done;
  if (status === undefined) {
    if (signal.aborted) throw new FlowdeckError("cancelled", "Cancelled.");
    throw new FlowdeckError("cluster-unreachable", `The connection to the command in ${where} broke.`);
  }
  if ("problem" in status) {
    throw new FlowdeckError("tool-failed", `${command[0] ?? "The command"} could not be run in ${where}.`, {
      detail: status.problem,
    });
  }
  return { code: status.code, stdout: Buffer.concat(out), stderr: Buffer.concat(err) };
}
