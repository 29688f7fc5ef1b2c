import { appendFile, rename, stat } from "node:fs/promises";
import { join } from "node:path";

/** How long the log may grow before it becomes the older one, of which one is kept. */
const mostBytes = 1 << 20;

export interface LogFile {
  path: string;
  write(line: string): void;
  /** Resolves when everything is written. */
  close(): Promise<void>;
}

/** The app's own log in its data folder, readable by its user only; an older one is kept when it grew long. */
export async function openLogFile(dataDir: string): Promise<LogFile> {
  const path = join(dataDir, "flowdeck.log");
  const writer = new LogWriter(path);
  return {
    path,
    write: (line) => writer.add(`${new Date().toISOString()} ${line}\n`),
    close: () => writer.written(),
  };
}

/** Appends lines in the order they come, those that come during a write together. */
class LogWriter {
  readonly #path: string;
  #size: number | undefined;
  #waiting: string[] = [];
  #waitingBytes = 0;
  #dropped = 0;
  #writing: Promise<void> | undefined;
  #broken = false;

  constructor(path: string) {
    this.#path = path;
  }

  add(line: string): void {
    if (this.#broken) return;
    if (this.#waitingBytes > mostBytes) {
      this.#dropped += 1;
      return;
    }
    this.#waiting.push(line);
    this.#waitingBytes += Buffer.byteLength(line);
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
    });
  }

  async written(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    try {
      while (this.#waiting.length > 0) await this.#append(this.#take());
    } catch (error) {
      this.#broken = true;
      const words = error instanceof Error ? error.message : String(error);
      process.stderr.write(`The log ${this.#path} cannot be written: ${words}\n`);
    }
  }

  #take(): string {
    const dropped = this.#dropped > 0 ? `${new Date().toISOString()} … ${this.#dropped} lines left out\n` : "";
    const text = this.#waiting.join("") + dropped;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#dropped = 0;
    return text;
  }

  async #append(text: string): Promise<void> {
    const bytes = Buffer.byteLength(text);
    this.#size ??= await stat(this.#path).then(
      (found) => found.size,
      () => 0, // there is none yet
    );
    if (this.#size > 0 && this.#size + bytes > mostBytes) {
      await rename(this.#path, `${this.#path}.1`);
      this.#size = 0;
    }
    await appendFile(this.#path, text, { mode: 0o600 });
    this.#size += bytes;
  }
}
