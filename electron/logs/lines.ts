/** A line within a buffer, without its newline. The buffer may be used anew after the call: copy what is kept. */
export type OnLine = (buffer: Buffer, start: number, end: number) => void;

const newline = 0x0a;

/** A line without end would fill the memory: one of this many bytes is cut, and goes on as the next line. */
export const longestLine = 8 << 20;

/** Cuts a stream of chunks into lines, wherever the chunks end; text of several bytes a character stays whole. */
export class LineSplitter {
  #parts: Buffer[] = [];
  #length = 0;

  push(chunk: Buffer, onLine: OnLine): void {
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      if (this.#length === 0) onLine(chunk, start, end);
      else {
        this.#parts.push(chunk.subarray(start, end));
        this.finish(onLine);
      }
      start = end + 1;
    }
    if (start === chunk.length) return;
    this.#parts.push(chunk.subarray(start));
    this.#length += chunk.length - start;
    if (this.#length >= longestLine) this.finish(onLine);
  }

  /** Takes the unfinished line at the end as a line: nothing follows it any more. */
  finish(onLine: OnLine): void {
    const parts = this.#parts;
    this.drop();
    if (parts.length === 0) return;
    const line = Buffer.concat(parts);
    onLine(line, 0, line.length);
  }

  /** Forgets the unfinished line: it will be read again. */
  drop(): void {
    this.#parts = [];
    this.#length = 0;
  }
}

const digitZero = 0x30;
const digitNine = 0x39;

/**
 * Length of the RFC 3339 time a line begins with, as the kubelet writes it with `timestamps=true`; 0 when there is none
 * (a kubelet's own message, the rest of a line that was cut).
 */
export function stampLength(buffer: Uint8Array, start: number, end: number): number {
  // 2026-01-02T03:04:05Z is the shortest, nanoseconds and +09:00 make the longest.
  if (end - start < 20 || buffer[start + 4] !== 0x2d || buffer[start + 10] !== 0x54 || buffer[start + 13] !== 0x3a)
    return 0;
  for (const at of [0, 1, 2, 3, 5, 6, 8, 9, 17, 18]) {
    const byte = buffer[start + at] ?? 0;
    if (byte < digitZero || byte > digitNine) return 0;
  }
  const last = Math.min(end, start + 36);
  for (let at = start + 19; at < last; at++) if (buffer[at] === 0x20) return at - start;
  return end - start <= 36 ? end - start : 0;
}
