import { StringDecoder } from "node:string_decoder";
import type { ProgramTerminal } from "../terminal/index.ts";
import { shownLine, type ToolEnd, type ToolRun } from "./run-tool.ts";

/** More lines than any tool needs to say what went wrong. */
const keptLines = 200;

/**
 * Runs a tool to its end in a terminal, where it can ask and be answered. What it writes on either output comes as one
 * text, line by line as it was last drawn. Throws what starting it does, and the signal's reason once it has ended.
 */
export async function runInTerminal(
  terminal: ProgramTerminal,
  file: string,
  args: readonly string[],
  { env, signal, timeoutMs, onLine }: ToolRun,
): Promise<ToolEnd> {
  signal.throwIfAborted();
  const timeout = AbortSignal.timeout(timeoutMs);
  const decoder = new StringDecoder("utf8");
  const lines: string[] = [];
  let rest = "";
  const take = (text: string) => {
    const pieces = (rest + text).split("\n");
    rest = (pieces.pop() ?? "").slice(-64_000);
    for (const piece of pieces) {
      const line = shownLine(piece);
      if (line === undefined) continue;
      lines.push(line);
      if (lines.length > keptLines) lines.shift();
      onLine?.(line);
    }
  };
  const end = await terminal.run({
    ...{ file, args, env },
    signal: AbortSignal.any([signal, timeout]),
    onOutput: (chunk) => take(decoder.write(chunk)),
  });
  take(`${decoder.end()}\n`);
  signal.throwIfAborted();
  return {
    ...{ code: end.reason === "exited" ? (end.code ?? 0) : null, stdout: lines.join("\n"), stderr: "" },
    ...{ timedOut: timeout.aborted, tooMuch: false },
  };
}
