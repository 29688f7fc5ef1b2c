import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface RunOptions {
  cwd?: string;
  env: NodeJS.ProcessEnv;
  signal?: AbortSignal | undefined;
  /** Called with every line of standard error. */
  onLine?: (line: string) => void;
}

export interface Ended {
  code: number | null;
  stdout: string;
  /** The last lines of standard error. */
  stderr: string;
}

const keptLines = 40;

/** Runs a program to its end. Throws what `spawn` does (ENOENT, AbortError); an exit code is no exception. */
export function run(file: string, args: readonly string[], options: RunOptions): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: options.env,
      signal: options.signal,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    const out: Buffer[] = [];
    const lines: string[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    createInterface({ input: child.stderr }).on("line", (line) => {
      lines.push(line);
      if (lines.length > keptLines) lines.shift();
      options.onLine?.(line);
    });
    child.once("error", reject);
    child.once("close", (code) =>
      resolve({ code, stdout: Buffer.concat(out).toString("utf8"), stderr: lines.join("\n") }),
    );
  });
}
