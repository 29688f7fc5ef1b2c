import { stampLength } from "./lines.ts";

interface Held {
  stamp: string;
  buffer: Buffer;
}

const quietMs = 120;
const longestMs = 1_500;
const mostBytes = 32 << 20;

/**
 * Lines of several sources at the beginning, when each brings what it has had for long: held back until all of them have
 * fallen silent (or it takes too long, or too much), then given in the order of their times. Lines of one source stay in theirs.
 */
export class InitialMerge {
  readonly #give: (source: number, buffer: Buffer) => void;
  readonly #held = new Map<number, Held[]>();
  /** Sources that have not fallen silent, with the timer that says so. */
  readonly #speaking = new Map<number, NodeJS.Timeout | undefined>();
  #bytes = 0;
  #over = false;
  readonly #latest: NodeJS.Timeout;

  constructor(sources: Iterable<number>, give: (source: number, buffer: Buffer) => void) {
    this.#give = give;
    for (const source of sources) this.#speaking.set(source, undefined);
    this.#latest = setTimeout(() => this.end(), longestMs);
    if (this.#speaking.size < 2) this.end();
  }

  get over(): boolean {
    return this.#over;
  }

  /** False when lines are not held (any more): the caller keeps the line itself. */
  hold(source: number, buffer: Buffer, start: number, end: number): boolean {
    if (this.#over) return false;
    const held = this.#held.get(source) ?? [];
    this.#held.set(source, held);
    const length = stampLength(buffer, start, end);
    const stamp = length === 0 ? (held.at(-1)?.stamp ?? "") : buffer.toString("latin1", start, start + length);
    held.push({ stamp: comparable(stamp), buffer: Buffer.from(buffer.subarray(start, end)) });
    this.#bytes += end - start;
    if (this.#bytes > mostBytes) this.end();
    return true;
  }

  /** The source's stream is open, or brought something: it counts as silent when nothing more comes. */
  heard(source: number): void {
    if (this.#over || !this.#speaking.has(source)) return;
    clearTimeout(this.#speaking.get(source));
    this.#speaking.set(
      source,
      setTimeout(() => this.silent(source), quietMs),
    );
  }

  /** There is nothing (more) to come from it for now. */
  silent(source: number): void {
    if (this.#over) return;
    clearTimeout(this.#speaking.get(source));
    this.#speaking.delete(source);
    if (this.#speaking.size === 0) this.end();
  }

  end(): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#latest);
    for (const timer of this.#speaking.values()) clearTimeout(timer);
    const heads = [...this.#held].map(([source, lines]) => ({ source, lines, at: 0 }));
    this.#held.clear();
    for (;;) {
      let earliest: (typeof heads)[number] | undefined;
      let stamp = "";
      for (const head of heads) {
        const next = head.lines[head.at]?.stamp;
        if (next !== undefined && (earliest === undefined || next < stamp)) {
          earliest = head;
          stamp = next;
        }
      }
      const line = earliest?.lines[earliest.at++];
      if (earliest === undefined || line === undefined) return;
      this.#give(earliest.source, line.buffer);
    }
  }
}

/** Without the trailing Z, times compare as text also when trailing zeros were left out. */
function comparable(stamp: string): string {
  return stamp.endsWith("Z") ? stamp.slice(0, -1) : stamp;
}
