import {
  type TerminalEnd,
  type TerminalItem,
  type TerminalSession,
  type TerminalSize,
  toAppError,
} from "../../common/contract/index.ts";
import { Backlog, longestUnfinished, unfinished } from "./backlog.ts";
import { InputOrder } from "./input-order.ts";
import type { TerminalProcess } from "./process.ts";
import { Screen, type Snapshot } from "./screen.ts";

/** Recent output for a page whose connection broke, which goes on where it stood: more than it may have undrawn. */
const keptBytes = 1 << 20;
/** A shell waits while more than this is not on the screen that is kept for a page to come, whoever reads. */
const mostOffScreen = 4 << 20;
/**
 * A shell waits when more was sent and is not drawn yet than the page draws in this time, until half of it is: a key is
 * answered within it, however much is written. Never less nor more than these bytes.
 */
const undrawnMs = 150;
const leastUndrawn = 128 << 10;
const mostUndrawn = 768 << 10;
/** How long it is looked how much a page draws. */
const measuredMs = 50;
/** Of one item. */
const largestPiece = 64 << 10;
/** What comes within this time is sent together, unless it is the first after a silence or is much. */
const togetherMs = 4;
const much = 16 << 10;

/** The one reader of a session: its place in the output, and how far it has drawn. */
interface Reader {
  sent: number;
  drawn: number;
  /** Bytes that may be undrawn, and from when and where on it is measured how fast they are drawn. */
  allowed: number;
  since: number;
  drawnThen: number;
  wake: () => void;
  /** Taken over by another reader. */
  moved: boolean;
}

/**
 * A shell with what it has written lately, for a page that may come and go. While a page reads, the shell is held back
 * when the page falls behind; while none does, it runs on and old output is dropped.
 */
export class Session {
  readonly #backlog = new Backlog(keptBytes);
  readonly #screen: Screen;
  readonly #input: InputOrder<Buffer>;
  readonly #onChange: () => void;
  #info: TerminalSession;
  #size: TerminalSize;
  #process: TerminalProcess | undefined;
  #reader: Reader | undefined;
  #paused = false;

  constructor(info: TerminalSession, size: TerminalSize, onChange: () => void) {
    this.#info = info;
    this.#size = size;
    this.#screen = new Screen(size, info.tty, () => {
      if (this.#paused) this.#hold();
    });
    this.#onChange = onChange;
    this.#input = new InputOrder((piece) => {
      if (this.#info.reads) this.#process?.write(piece);
    });
  }

  get info(): TerminalSession {
    return this.#info;
  }

  /** Takes the process whose output it is given. */
  begin(process: TerminalProcess): void {
    this.#process = process;
    process.ended.then(
      (end) => this.#over(end),
      (error: unknown) => this.#over({ reason: "failed", error: toAppError(error) }),
    );
  }

  change(change: Partial<TerminalSession>): void {
    this.#info = { ...this.#info, ...change };
    this.#reader?.wake();
    this.#onChange();
  }

  take(chunk: Buffer): void {
    this.#backlog.write(chunk);
    this.#screen.write(chunk);
    this.#hold();
    this.#reader?.wake();
  }

  /** False when the writer has lost pieces for good. */
  write(writer: string, order: number, data: Buffer): boolean {
    return this.#input.take(writer, order, data);
  }

  resize(size: TerminalSize): void {
    if (size.cols === this.#size.cols && size.rows === this.#size.rows) return;
    this.#size = size;
    this.#screen.resize(size);
    this.#process?.resize(size);
  }

  acknowledge(upTo: number): void {
    if (this.#reader === undefined) return;
    this.#reader.drawn = Math.min(Math.max(this.#reader.drawn, upTo), this.#reader.sent);
    measure(this.#reader);
    this.#hold();
  }

  /** Ends the process, if it runs; resolves when it has. */
  async close(): Promise<void> {
    this.#process?.end();
    await this.#process?.ended;
  }

  /** See `terminal.attach`. A new reader takes over from the one before. */
  async *attach(from: number | undefined, signal: AbortSignal): AsyncGenerator<TerminalItem, void, void> {
    const reader = this.#newReader();
    const onAbort = (): void => reader.wake();
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      let told: TerminalSession | undefined;
      const goesOn = from !== undefined && from >= this.#backlog.start && from <= this.#backlog.end;
      const { size = this.#size, alternate, ...begin } = goesOn ? { from } : await this.#replay();
      reader.sent = reader.drawn = reader.drawnThen = begin.from;
      this.#hold();
      while (!signal.aborted) {
        if (reader.moved) {
          yield { type: "moved" };
          return;
        }
        const info = this.#info;
        const drained = reader.sent >= this.#backlog.end;
        if (told === undefined) {
          if (alternate) this.#redraw();
          yield { type: "session", session: info, size, begin };
          told = info;
          continue;
        }
        if (told !== info && (info.end === undefined || drained)) {
          yield { type: "session", session: info, size: this.#size };
          told = info;
          continue;
        }
        if (drained) {
          if (info.end !== undefined) return;
          await this.#news(reader);
          continue;
        }
        const at = Math.max(reader.sent, this.#backlog.start);
        const piece = this.#backlog.read(at, largestPiece);
        reader.sent = at + piece.length;
        yield { type: "output", from: at, data: piece.toString("base64") };
      }
    } finally {
      signal.removeEventListener("abort", onAbort);
      if (this.#reader === reader) this.#reader = undefined;
      this.#hold();
    }
  }

  /** What a page is to show first, and the number of the byte that comes next. */
  async #replay(): Promise<Partial<Snapshot> & { from: number; screen: string }> {
    const { end } = this.#backlog;
    const from = end - unfinished(this.#backlog.read(end - longestUnfinished, longestUnfinished));
    const { text, ...snapshot } = await this.#screen.snapshot();
    return { ...snapshot, from, screen: text };
  }

  #newReader(): Reader {
    const before = this.#reader;
    const { end } = this.#backlog;
    const reader: Reader = {
      ...{ sent: end, drawn: end, drawnThen: end, allowed: leastUndrawn, since: Date.now() },
      ...{ moved: false, wake: () => undefined },
    };
    this.#reader = reader;
    if (before !== undefined) {
      before.moved = true;
      before.wake();
    }
    return reader;
  }

  /** Until there is something to tell; a flood is gathered to pieces worth sending. */
  async #news(reader: Reader): Promise<void> {
    const quiet = Date.now();
    await new Promise<void>((resolve) => {
      reader.wake = resolve;
    });
    const pending = () => this.#backlog.end - reader.sent;
    if (Date.now() - quiet > togetherMs || pending() > much) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, togetherMs);
      reader.wake = () => {
        if (pending() <= much && !reader.moved && this.#info.end === undefined) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #hold(): void {
    const undrawn = this.#reader === undefined ? 0 : this.#backlog.end - this.#reader.drawn;
    const allowed = this.#reader?.allowed ?? leastUndrawn;
    const part = this.#paused ? 0.5 : 1;
    const hold = undrawn > allowed * part || this.#screen.waiting > mostOffScreen * part;
    if (hold === this.#paused) return;
    this.#paused = hold;
    if (hold) this.#process?.pause();
    else this.#process?.resume();
  }

  /** Full-screen programs draw anew when the screen's size changes. */
  #redraw(): void {
    const { cols, rows } = this.#size;
    this.#process?.resize({ cols, rows: Math.max(1, rows - 1) });
    this.#process?.resize({ cols, rows });
  }

  #over(end: TerminalEnd): void {
    this.#process = undefined;
    this.change({ end });
  }
}

function measure(reader: Reader): void {
  const now = Date.now();
  const took = now - reader.since;
  if (took < measuredMs) return;
  const inTime = ((reader.drawn - reader.drawnThen) / took) * undrawnMs;
  reader.allowed = Math.min(Math.max(inTime, leastUndrawn), mostUndrawn);
  reader.since = now;
  reader.drawnThen = reader.drawn;
}
