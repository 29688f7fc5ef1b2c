import { homedir } from "node:os";
import type { TerminalEnd, TerminalSize } from "../../common/contract/index.ts";
import { terminalEnvironment } from "./environment.ts";
import type { OnOutput, TerminalProcess } from "./process.ts";
import { type PtyProcess, startPty } from "./pty.ts";

export interface ProgramRun {
  file: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
  onOutput: OnOutput;
}

/** What does not end by itself is killed after this. */
const graceMs = 10_000;

/**
 * A terminal for programs that the app runs, one after the other. Closing its tab ends the terminal and not the programs:
 * they belong to whoever runs them, who is told how each ended.
 */
export class ProgramTerminal implements TerminalProcess {
  readonly ended: Promise<TerminalEnd>;
  readonly #version: string;
  readonly #draw: OnOutput;
  #size: TerminalSize;
  #running: PtyProcess | undefined;
  #paused = false;
  #over = false;
  #finish: (end: TerminalEnd) => void = () => undefined;

  constructor(options: { version: string; size: TerminalSize; draw: OnOutput }) {
    this.#version = options.version;
    this.#size = options.size;
    this.#draw = options.draw;
    this.ended = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  /** Runs a program to its end, in the home folder. Throws what {@link startPty} does; ends it when the signal says so. */
  async run({ file, args, env, signal, onOutput }: ProgramRun): Promise<TerminalEnd> {
    const running = await startPty({
      ...{ file, args, size: this.#size, cwd: homedir() },
      env: terminalEnvironment(env, { own: {}, programs: [], platform: process.platform, version: this.#version }),
      onOutput: (chunk) => {
        this.#draw(chunk);
        onOutput(chunk);
      },
    });
    this.#running = running;
    if (this.#paused) running.pause();
    const terminate = () => running.terminate(graceMs);
    if (signal.aborted) terminate();
    signal.addEventListener("abort", terminate, { once: true });
    try {
      return await running.ended;
    } finally {
      signal.removeEventListener("abort", terminate);
      this.#running = undefined;
    }
  }

  /** Draws a line of the app's own. */
  say(line: string): void {
    this.#draw(Buffer.from(`${line}\r\n`));
  }

  /** Nothing more runs here; what was written stays to be read. */
  finish(end: TerminalEnd): void {
    this.#over = true;
    this.#finish(end);
  }

  write(data: Buffer): void {
    if (!this.#over) this.#running?.write(data);
  }

  resize(size: TerminalSize): void {
    this.#size = size;
    this.#running?.resize(size);
  }

  pause(): void {
    if (this.#over) return;
    this.#paused = true;
    this.#running?.pause();
  }

  resume(): void {
    this.#paused = false;
    this.#running?.resume();
  }

  end(): void {
    this.resume();
    this.finish({ reason: "closed" });
  }
}
