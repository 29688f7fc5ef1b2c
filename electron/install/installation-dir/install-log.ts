import { FlowdeckError, type LogEntry, logEntry } from "../../../common/contract/index.ts";
import { type Message, textOf } from "../../../common/words/index.ts";
import { KfDir } from "../../kf-dir/index.ts";

const kept = 5000;
export const logName = ".flowdeck/log.jsonl";
/** The end of a log file that is looked at; the lines that are kept are far less. */
const lookedAtBytes = 16 * 1024 ** 2;

/** What is added to a log; text that is no message is the same in every language: a name, somebody else's words. */
export interface LogLine extends Pick<LogEntry, "level" | "event" | "component" | "tookMs"> {
  said: Message | string;
}

/** What happened, for people: kept in memory for those who watch, and in the folder for after a restart. */
export class InstallLog {
  readonly #folder: KfDir;
  #entries: LogEntry[] = [];
  #next = 1;
  readonly #listeners = new Set<() => void>();
  #pending: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(kfDir: string) {
    this.#folder = new KfDir(kfDir);
  }

  /** With what an earlier run wrote; see {@link load}. */
  static async open(kfDir: string): Promise<InstallLog> {
    const log = new InstallLog(kfDir);
    await log.load();
    return log;
  }

  /**
   * Takes up what an earlier run wrote. What can't be read is left out: the log is for people, the journal counts.
   * Throws `folder-unusable` where the log is not a plain file.
   */
  async load(): Promise<void> {
    const content =
      (await this.#folder.readEnd(logName, lookedAtBytes).catch((error: unknown) => {
        if (error instanceof FlowdeckError) throw error;
        return undefined;
      })) ?? "";
    for (const line of content.split("\n").slice(-kept - 1)) {
      const parsed = logEntry.safeParse(parseLine(line));
      if (parsed.success) this.#entries.push(parsed.data);
    }
    this.#next = (this.#entries.at(-1)?.seq ?? 0) + 1;
  }

  add({ said, ...line }: LogLine): void {
    const words = typeof said === "string" ? { message: said } : { message: textOf(said, "en"), said };
    const whole = { seq: this.#next, time: new Date().toISOString(), ...line, ...words };
    this.#next += 1;
    this.#entries.push(whole);
    if (this.#entries.length > kept + 500) this.#entries = this.#entries.slice(-kept);
    this.#pending.push(`${JSON.stringify(whole)}\n`);
    this.#timer ??= setTimeout(() => this.#writeSoon(), 250);
    for (const listener of this.#listeners) listener();
  }

  after(seq: number): LogEntry[] {
    return this.#entries.filter((entry) => entry.seq > seq);
  }

  onAdd(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async flush(): Promise<void> {
    this.#writeSoon();
    await this.#writing;
  }

  #writeSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#write());
  }

  async #write(): Promise<void> {
    const text = this.#pending.join("");
    this.#pending = [];
    if (text === "") return;
    try {
      await this.#folder.append(logName, text);
    } catch {
      // A full disk stops the journal, which reports it; losing lines meant for people must not stop the work as well.
    }
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
