import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type LogEntry, logEntry } from "../../../common/contract/index.ts";

const kept = 5000;

/** What happened, for people: kept in memory for those who watch, and in the folder for after a restart. */
export class InstallLog {
  private readonly path: string;
  private entries: LogEntry[] = [];
  private next = 1;
  private readonly listeners = new Set<() => void>();
  private pending: string[] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(kfDir: string) {
    this.path = join(kfDir, ".flowdeck", "log.jsonl");
  }

  /** Takes up what an earlier run wrote. What can't be read is left out: the log is for people, the journal counts. */
  async load(): Promise<void> {
    const content = await readFile(this.path, "utf8").catch(() => "");
    for (const line of content.split("\n").slice(-kept - 1)) {
      const parsed = logEntry.safeParse(parseLine(line));
      if (parsed.success) this.entries.push(parsed.data);
    }
    this.next = (this.entries.at(-1)?.seq ?? 0) + 1;
  }

  add(entry: Omit<LogEntry, "seq" | "time">): void {
    const whole = { seq: this.next, time: new Date().toISOString(), ...entry };
    this.next += 1;
    this.entries.push(whole);
    if (this.entries.length > kept + 500) this.entries = this.entries.slice(-kept);
    this.pending.push(`${JSON.stringify(whole)}\n`);
    this.timer ??= setTimeout(() => this.writeSoon(), 250);
    for (const listener of this.listeners) listener();
  }

  after(seq: number): LogEntry[] {
    return this.entries.filter((entry) => entry.seq > seq);
  }

  onAdd(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async flush(): Promise<void> {
    this.writeSoon();
    await this.writing;
  }

  private writeSoon(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing = this.writing.then(() => this.write());
  }

  private async write(): Promise<void> {
    const text = this.pending.join("");
    this.pending = [];
    if (text === "") return;
    try {
      await mkdir(dirname(this.path), { recursive: true });
      await appendFile(this.path, text, { mode: 0o600 });
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
