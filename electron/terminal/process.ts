import type { TerminalEnd, TerminalSize } from "../../common/contract/index.ts";

/** A running shell, wherever it runs: on this machine behind a pseudo terminal, or in a container behind a WebSocket. */
export interface TerminalProcess {
  /** How it ended; never rejects. Everything it wrote was given before. */
  readonly ended: Promise<TerminalEnd>;
  write(data: Buffer): void;
  resize(size: TerminalSize): void;
  /** Reads no more of what it writes, so that it has to wait, until `resume`. */
  pause(): void;
  resume(): void;
  /** Asks it to end, as closing a terminal's window does. */
  end(): void;
}

export type OnOutput = (chunk: Buffer) => void;
