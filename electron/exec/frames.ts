import type { TerminalSize } from "../../common/contract/index.ts";
import { at, list, text } from "../../common/json/index.ts";
import { type Message, message } from "../../common/words/index.ts";

/**
 * Messages of the channel protocol of exec and attach: the first byte names the channel.
 * https://pkg.go.dev/k8s.io/apimachinery/pkg/util/remotecommand
 */
export const channels = { stdin: 0, stdout: 1, stderr: 2, status: 3, resize: 4, close: 255 } as const;

const v5 = "v5.channel.k8s.io";
const v4 = "v4.channel.k8s.io";

/** In order of preference; servers before 1.30 know only v4. */
export const protocols = [v5, v4] as const;

export function frame(channel: number, data: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(channel), data]);
}

export function resizeFrame({ cols, rows }: TerminalSize): Buffer {
  return frame(channels.resize, Buffer.from(JSON.stringify({ Width: cols, Height: rows })));
}

/** The end of the input. Undefined where the protocol cannot tell it: v4 has no word for it. */
export function endOfInputFrame(protocol: string): Buffer | undefined {
  return protocol === v5 ? Buffer.of(channels.close, channels.stdin) : undefined;
}

/** A message's channel and what it brings; undefined for an empty one, which is sent to open a channel. */
export function readFrame(message: Buffer): { channel: number; data: Buffer } | undefined {
  const [channel] = message;
  return channel === undefined ? undefined : { channel, data: message.subarray(1) };
}

/** A `problem` that is a string is the server's or the runtime's. */
export type CommandStatus = { code: number } | { problem: Message | string };

/** The last word on a command: its exit code, or why there is none. The text is a metav1.Status. */
export function readStatus(json: string): CommandStatus {
  let status: unknown;
  try {
    status = JSON.parse(json);
  } catch {
    return { problem: json.trim() || message("exec.noStatus") }; // older kubelets write plain text
  }
  if (at(status, "status") === "Success") return { code: 0 };
  if (at(status, "reason") === "NonZeroExitCode") {
    const cause = list(at(status, "details", "causes")).find((entry) => at(entry, "reason") === "ExitCode");
    const code = Number(at(cause, "message"));
    if (Number.isInteger(code)) return { code };
  }
  return { problem: text(at(status, "message")) ?? message("exec.notRun") };
}

/** Whether a runtime says by this that there is no such program in the image. */
export function isMissingProgram(status: CommandStatus): boolean {
  // 126 and 127 are what runtimes give that start the program in the container's place.
  if ("code" in status) return status.code === 126 || status.code === 127;
  if (typeof status.problem !== "string") return false;
  return /executable file not found|no such file or directory|cannot find the file/i.test(status.problem);
}
