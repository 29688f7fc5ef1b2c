const newline = 0x0a;

/** Cuts a stream of bytes into lines; each byte is copied at most once however small the pieces are. */
export class LineCutter {
  #parts: Uint8Array[] = [];

  /** The lines that are complete now, without their newline; empty ones are left out. */
  *push(bytes: Uint8Array): Generator<Uint8Array, void, void> {
    let start = 0;
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
      const piece = bytes.subarray(start, end);
      start = end + 1;
      const line = this.#parts.length === 0 ? piece : joined([...this.#parts, piece]);
      this.#parts = [];
      if (line.length > 0) yield line;
    }
    if (start < bytes.length) this.#parts.push(bytes.subarray(start));
  }
}

/** A copy in memory of its own: what a socket gives may be part of a larger buffer. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}
