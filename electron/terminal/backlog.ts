const blockBytes = 64 << 10;

/** The newest output, for a page that still has to get it; bytes are numbered from the session's start. */
export class Backlog {
  readonly #blocks: Buffer[] = [];
  readonly #mostBlocks: number;
  #start = 0;
  #end = 0;

  /** @param capacity bytes of which it keeps at least so many */
  constructor(capacity: number) {
    this.#mostBlocks = Math.ceil(capacity / blockBytes) + 1;
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
    for (let at = 0; at < chunk.length; ) {
      const place = this.#end % blockBytes;
      if (place === 0) this.#begin();
      const copied = chunk.copy(this.#blocks.at(-1) ?? chunk, place, at);
      this.#end += copied;
      at += copied;
    }
  }

  /** A copy of what is there from `from` on, `limit` bytes at most. */
  read(from: number, limit: number): Buffer {
    const first = Math.max(from, this.#start);
    const last = Math.min(first + limit, this.#end);
    const pieces: Buffer[] = [];
    for (let at = first; at < last; ) {
      const place = at % blockBytes;
      const piece = this.#blocks[Math.floor((at - this.#start) / blockBytes)]?.subarray(place, place + last - at);
      if (piece === undefined) break;
      pieces.push(piece);
      at += piece.length;
    }
    return Buffer.concat(pieces);
  }

  #begin(): void {
    if (this.#blocks.length === this.#mostBlocks) {
      this.#blocks.shift();
      this.#start += blockBytes;
    }
    this.#blocks.push(Buffer.allocUnsafeSlow(blockBytes));
  }
}

/** An escape sequence is hardly ever longer; the beginning of one that is, is drawn as text. */
export const longestUnfinished = 4096;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences begin with Escape
const openSequence = /\x1b(?:[ -/]*|\[[0-?]*[ -/]*|[\]PX^_][^\x07\x1b]*\x1b?)$/;

/**
 * How many bytes at the end of some output are the beginning of an escape sequence or a character whose rest has not come:
 * a screen does not show them yet, and what follows can't be read without them.
 */
export function unfinished(output: Buffer): number {
  const tail = output.subarray(-longestUnfinished);
  const sequence = tail.includes(0x1b) ? openSequence.exec(tail.toString("latin1")) : null;
  if (sequence !== null) return tail.length - sequence.index;
  for (let back = 1; back <= Math.min(3, tail.length); back += 1) {
    const byte = tail[tail.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}
