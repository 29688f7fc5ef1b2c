import { access, chmod, constants } from "node:fs/promises";
import { createRequire } from "node:module";
import { constants as osConstants } from "node:os";
import { dirname, join } from "node:path";
import type * as NodePty from "@lydell/node-pty";
import { FlowdeckError, type TerminalEnd, type TerminalSize } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import { startOf } from "../tools/index.ts";
import type { OnOutput, TerminalProcess } from "./process.ts";

export interface PtyOptions {
  file: string;
  args: readonly string[];
  cwd: string;
  env: Record<string, string>;
  size: TerminalSize;
  onOutput: OnOutput;
}

/** How long a shell gets to end after its terminal was closed. */
const graceMs = 1_500;

/** Starts a program behind a pseudo terminal. Throws `tool-missing` or `tool-failed`. */
export async function startPty(options: PtyOptions): Promise<PtyProcess> {
  const pty = await loadPty();
  const { file, args, cwd, env, size } = options;
  try {
    const start = startOf(file, args, { env });
    return new PtyProcess(
      pty.spawn(start.file, start.windowsVerbatimArguments ? start.args.join(" ") : [...start.args], {
        ...size,
        cwd,
        env,
        name: "xterm-256color",
        encoding: null,
      }),
      options,
    );
  } catch (cause) {
    if (cause instanceof FlowdeckError) throw cause;
    throw new FlowdeckError("tool-failed", message("terminal.notStarted", { shell: file }), {
      detail: words(cause),
      cause,
    });
  }
}

async function loadPty(): Promise<typeof NodePty> {
  try {
    await ensureSpawnHelper();
    return await import("@lydell/node-pty");
  } catch (cause) {
    throw new FlowdeckError("tool-missing", message("terminal.noPty"), {
      advice: message("terminal.podShellsWork"),
      detail: `${process.platform}-${process.arch}: ${words(cause).split("\n")[0]}`,
      cause,
    });
  }
}

/** On a Mac a helper starts the shell; unpacking has lost its run bit more than once. */
async function ensureSpawnHelper(): Promise<void> {
  if (process.platform !== "darwin") return;
  const manifest = createRequire(import.meta.url).resolve(`@lydell/node-pty-darwin-${process.arch}/package.json`);
  const helper = join(dirname(manifest).replace("app.asar", "app.asar.unpacked"), "spawn-helper");
  const runs = await access(helper, constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!runs) await chmod(helper, 0o755);
}

export class PtyProcess implements TerminalProcess {
  readonly ended: Promise<TerminalEnd>;
  readonly #pty: NodePty.IPty;
  #over = false;
  #closed = false;

  constructor(pty: NodePty.IPty, { onOutput }: PtyOptions) {
    this.#pty = pty;
    // Bytes: without an encoding node-pty gives them as they come.
    pty.onData((data: string | Buffer) => onOutput(typeof data === "string" ? Buffer.from(data) : data));
    this.ended = new Promise((resolve) => {
      pty.onExit(({ exitCode, signal }) => {
        this.#over = true;
        if (this.#closed) resolve({ reason: "closed" });
        else if (signal) resolve({ reason: "signalled", signal: signalName(signal) });
        else resolve({ reason: "exited", code: exitCode });
      });
    });
  }

  write(data: Buffer): void {
    // It takes text. Only the oldest reports of the mouse are none, and those beyond column 95 alone.
    if (!this.#over) this.#pty.write(data.toString("utf8"));
  }

  resize({ cols, rows }: TerminalSize): void {
    if (!this.#over) this.#pty.resize(cols, rows);
  }

  pause(): void {
    if (!this.#over) this.#pty.pause();
  }

  resume(): void {
    if (!this.#over) this.#pty.resume();
  }

  /** Ends it with all that it has started; what does not end in time is killed. */
  terminate(graceMs: number): void {
    if (this.#over) return;
    this.#pty.resume();
    this.#signal("SIGTERM");
    if (process.platform === "win32") return;
    const stubborn = setTimeout(() => this.#signal("SIGKILL"), graceMs);
    this.ended.then(
      () => clearTimeout(stubborn),
      () => undefined,
    );
  }

  /** It leads a group of its own, as whatever has a terminal does. */
  #signal(signal: "SIGTERM" | "SIGKILL"): void {
    try {
      if (process.platform === "win32") this.#pty.kill();
      else process.kill(-this.#pty.pid, signal);
    } catch {
      // it has ended
    }
  }

  end(): void {
    if (this.#over) return;
    this.#closed = true;
    // What is left of its output is not wanted, but must not hold it up.
    this.#pty.resume();
    this.#pty.kill();
    if (process.platform === "win32") return;
    const stubborn = setTimeout(() => this.#pty.kill("SIGKILL"), graceMs);
    this.ended.then(
      () => clearTimeout(stubborn),
      () => undefined,
    );
  }
}

function signalName(number: number): string {
  const known = Object.entries(osConstants.signals).find(([, value]) => value === number);
  return known?.[0] ?? `signal ${number}`;
}

function words(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
