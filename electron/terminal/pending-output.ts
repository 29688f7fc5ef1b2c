const newline = 0x0a;
/** With one of these, output does more than to write lines: it begins or ends a sequence, or changes the characters. */
const controls = [0x1b, 0x07, 0x0e, 0x0f, 0x18, 0x1a];

/**
 * Output that is not on a screen yet. Of a flood of plain lines only those are kept that would be left of it on the screen
 * and above: reading all of it would take a good part of a processor's time and change nothing.
 */
export class PendingOutput {
  #ready: Buffer[] = [];
  /** Plain lines at the end, and how many there are in each piece. */
  #plain: { bytes: Buffer; lines: number }[] = [];
  #lines = 0;
  #bytes = 0;
  #inSequence = false;

  get bytes(): number {
    return this.#bytes;
  }

  /** @param lines what the screen and the lines above it hold */
  push(chunk: Buffer, lines: number): void {
    this.#bytes += chunk.length;
    const plain = !controls.some((control) => chunk.includes(control));
    // What follows a piece with sequences may be the rest of one.
    if (plain && !this.#inSequence) {
      const count = newlines(chunk, lines);
      this.#plain.push({ bytes: chunk, lines: count });
      this.#lines += count;
      this.#drop(lines);
    } else {
      this.#ready.push(...this.#plain.map(({ bytes }) => bytes), chunk);
      this.#plain = [];
      this.#lines = 0;
    }
    this.#inSequence = !plain;
  }

  /** All that is kept, in its order; none of it is kept afterwards. */
  take(): Buffer[] {
    const taken = [...this.#ready, ...this.#plain.map(({ bytes }) => bytes)];
    this.#ready = [];
    this.#plain = [];
    this.#lines = 0;
    this.#bytes = 0;
    return taken;
  }

  #drop(lines: number): void {
    let gone = 0;
    for (const first of this.#plain) {
      if (this.#lines - first.lines < lines) break;
      this.#lines -= first.lines;
      this.#bytes -= first.bytes.length;
      gone += 1;
    }
    if (gone > 0) this.#plain.splice(0, gone);
  }
}

/** How many there are, counted up to `most`. */
function newlines(chunk: Buffer, most: number): number {
  let count = 0;
  for (let at = chunk.indexOf(newline); at !== -1 && count < most; at = chunk.indexOf(newline, at + 1)) count += 1;
  return count;
}
