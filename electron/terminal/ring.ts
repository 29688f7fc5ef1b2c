import { TerminalModes } from "./terminal-modes.ts";

const newline = 0x0a;
const esc = 0x1b;
/** How far a good place to begin at is looked for. */
const searched = 64 << 10;

/** The recent output of a session: the last bytes, numbered from its start, and the modes that older ones left on. */
export class OutputRing {
  readonly #bytes: Buffer;
  readonly #dropped = new TerminalModes();
  #start = 0;
  #end = 0;

  constructor(capacity: number) {
    this.#bytes = Buffer.allocUnsafe(capacity);
  }

  /** Number of the first byte that is still there. */
  get start(): number {
    return this.#start;
  }

  /** Number of the byte that comes next. */
  get end(): number {
    return this.#end;
  }

  write(chunk: Buffer): void {
    const capacity = this.#bytes.length;
    for (let at = 0; at < chunk.length; ) {
      const place = this.#end % capacity;
      const piece = chunk.subarray(at, at + Math.min(capacity - place, chunk.length - at));
      const lost = this.#end + piece.length - capacity - this.#start;
      if (lost > 0) {
        for (const old of this.#pieces(this.#start, this.#start + lost)) this.#dropped.read(old);
        this.#start += lost;
      }
      piece.copy(this.#bytes, place);
      this.#end += piece.length;
      at += piece.length;
    }
  }

  /** A copy of what is there from `from` on, `limit` bytes at most. */
  read(from: number, limit: number): Buffer {
    const first = Math.max(from, this.#start);
    return Buffer.concat([...this.#pieces(first, Math.min(first + limit, this.#end))]);
  }

  /**
   * Where output can be shown from on, with the modes to put the terminal into before: its very start, or after the end of
   * a line; never inside a character or (but for the rarest) an escape sequence.
   */
  replay(): { from: number; modes: TerminalModes } {
    if (this.#start === 0) return { from: 0, modes: new TerminalModes() };
    const head = this.read(this.#start, searched);
    const skipped = safeStart(head);
    const modes = this.#dropped.copy();
    modes.read(head.subarray(0, skipped));
    return { from: this.#start + skipped, modes };
  }

  *#pieces(from: number, to: number): Generator<Buffer> {
    const capacity = this.#bytes.length;
    for (let at = from; at < to; ) {
      const place = at % capacity;
      const length = Math.min(capacity - place, to - at);
      yield this.#bytes.subarray(place, place + length);
      at += length;
    }
  }
}

/** How many bytes at the start of a cut are to be skipped. */
export function safeStart(bytes: Buffer): number {
  const line = bytes.indexOf(newline);
  if (line >= 0) return line + 1;
  const sequence = bytes.indexOf(esc);
  if (sequence >= 0) return sequence;
  const character = bytes.findIndex((byte) => (byte & 0xc0) !== 0x80);
  return character < 0 ? bytes.length : character;
}
