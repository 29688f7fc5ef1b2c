import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { startOf } from "../tools/index.ts";

export interface ToolRun {
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
  timeoutMs: number;
  /** Called with every line the tool writes, on either output. */
  onLine?: (line: string) => void;
}

export interface ToolEnd {
  /** Null where it was killed. */
  code: number | null;
  stdout: string;
  stderr: string;
  timedOut: boolean;
  /** It wrote more than is taken from one, and was ended. */
  tooMuch: boolean;
}

const mostOutput = 32 << 20;
const mostErrors = 64 << 10;
/** After this, what does not end by itself is killed. */
const graceMs = 10_000;

/**
 * Runs a tool to its end, with no shell and no input. It runs in a process group of its own, and all of the group ends
 * with it: cloud tools start programs themselves. Throws what `spawn` does, and the signal's reason once nothing of it runs any more.
 */
export async function runTool(file: string, args: readonly string[], options: ToolRun): Promise<ToolEnd> {
  const { env, signal, timeoutMs, onLine } = options;
  signal.throwIfAborted();
  const start = startOf(file, args, { env });
  const child = spawn(start.file, start.args, {
    env,
    windowsVerbatimArguments: start.windowsVerbatimArguments ?? false,
    detached: process.platform !== "win32",
    stdio: ["ignore", "pipe", "pipe"],
    windowsHide: true,
  });
  const out = new Kept(mostOutput);
  const errors = new Kept(mostErrors);
  let timedOut = false;
  let kill: NodeJS.Timeout | undefined;
  const end = () => {
    endGroup(child, "SIGTERM");
    kill ??= setTimeout(() => endGroup(child, "SIGKILL"), graceMs);
  };
  const timer = setTimeout(() => {
    timedOut = true;
    end();
  }, timeoutMs);
  signal.addEventListener("abort", end, { once: true });
  child.stdout.on("data", (chunk: Buffer) => {
    if (!out.take(chunk)) end();
  });
  child.stderr.on("data", (chunk: Buffer) => errors.take(chunk));
  if (onLine !== undefined) for (const stream of [child.stdout, child.stderr]) cutLines(stream, onLine);
  try {
    const code = await ended(child);
    signal.throwIfAborted();
    return { code, stdout: out.text(), stderr: errors.text(), timedOut, tooMuch: out.isFull };
  } finally {
    clearTimeout(timer);
    clearTimeout(kill);
    signal.removeEventListener("abort", end);
  }
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
}

function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    child.kill(signal); // its group has ended
  }
}

function cutLines(stream: Readable, onLine: (line: string) => void): void {
  createInterface({ input: stream }).on("line", (line) => {
    const shown = shownLine(line);
    if (shown !== undefined) onLine(shown);
  });
}

/** A line as it is read: one that was drawn over and over (a progress bar) counts as its last state. */
export function shownLine(line: string): string | undefined {
  return stripVTControlCharacters(line)
    .split("\r")
    .findLast((part) => part.trim() !== "")
    ?.slice(0, 500);
}

/** The first bytes of an output, up to a limit. */
class Kept {
  readonly #limit: number;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  isFull = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  take(chunk: Buffer): boolean {
    if (this.#bytes + chunk.length > this.#limit) this.isFull = true;
    else {
      this.#chunks.push(chunk);
      this.#bytes += chunk.length;
    }
    return !this.isFull;
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString("utf8");
  }
}
