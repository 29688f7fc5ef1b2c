import type { TerminalItem, TerminalSession } from "../../common/contract/index.ts";
import type { TerminalSessions } from "../../electron/terminal/index.ts";

/** Characters in which something is looked for: all of it would be too much under a flood. */
const longestTail = 32 << 10;

/** Of what it has received; a flood for measuring is longer. */
const keptBytes = 64 << 20;

/** A page that reads a session, draws everything at once, and types. */
export class TerminalPage {
  last: TerminalSession | undefined;
  readonly items: TerminalItem["type"][] = [];
  readonly over: Promise<void>;
  /** Bytes that were written while it read. */
  received = 0;
  /** Number of the byte that comes next. */
  next = 0;
  readonly #terminals: TerminalSessions;
  readonly #session: string;
  readonly #stop = new AbortController();
  readonly #writer = crypto.randomUUID();
  #chunks: Buffer[] = [];
  #tail = "";
  #order = 0;
  #heard = Promise.withResolvers<void>();
  #ended = false;

  constructor(terminals: TerminalSessions, session: string, options: { draws?: boolean; from?: number } = {}) {
    this.#terminals = terminals;
    this.#session = session;
    this.over = this.#read(options);
    this.over.catch(() => undefined); // whoever waits for it is told
  }

  /** Bytes, as they came, after what draws the screen as it stood. */
  get output(): Buffer {
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }

  get text(): string {
    return this.output.toString("utf8");
  }

  type(text: string): void {
    this.#terminals.write(this.#session, this.#writer, this.#order, Buffer.from(text));
    this.#order += 1;
  }

  /** What the pattern matches in the newest output, once it does. */
  async shows(pattern: RegExp | string): Promise<string> {
    for (;;) {
      const found =
        typeof pattern === "string" ? this.#tail.includes(pattern) && pattern : pattern.exec(this.#tail)?.[0];
      if (found) return found;
      if (this.#ended) throw new Error(`It ended without ${pattern}:\n${this.text.slice(-2000)}`);
      await Promise.race([this.#heard.promise, this.over]);
    }
  }

  /** How the session ended. */
  async end() {
    await this.over;
    return this.last?.end;
  }

  leave(): void {
    this.#stop.abort();
  }

  async #read({ draws = true, from }: { draws?: boolean; from?: number }): Promise<void> {
    try {
      for await (const item of this.#terminals.attach(this.#session, from, this.#stop.signal)) {
        this.items.push(item.type);
        if (item.type === "session") this.last = item.session;
        if (item.type === "session" && item.begin !== undefined) {
          const { from: begun, screen = "" } = item.begin;
          this.next = begun;
          this.#chunks.push(Buffer.from(screen));
          this.#tail += screen;
        }
        if (item.type === "output") {
          const bytes = Buffer.from(item.data, "base64");
          this.received += bytes.length;
          this.next = item.from + bytes.length;
          if (this.received < keptBytes) this.#chunks.push(bytes);
          this.#tail = (this.#tail + bytes.toString("utf8")).slice(-longestTail);
          if (draws) this.#terminals.acknowledge(this.#session, item.from + bytes.length);
        }
        this.#heard.resolve();
        this.#heard = Promise.withResolvers();
      }
    } finally {
      this.#ended = true;
      this.#heard.resolve();
    }
  }
}
