import type { LogNotice } from "../../common/contract/index.ts";

const chunkBytes = 256 << 10;
const newline = 0x0a;

/** Lines that lie together in memory that a worker can read, too: each ended by a newline. */
export interface Chunk {
  /** Number of its first line. */
  readonly first: number;
  readonly memory: SharedArrayBuffer;
  readonly bytes: Buffer;
  used: number;
  count: number;
  /** Where each line begins; the next entry is where it ends, newline included. */
  starts: Uint32Array;
  sources: Uint16Array;
}

export interface StoreLimits {
  lines: number;
  bytes: number;
}

/**
 * The lines of one log in the order they came, numbered from 0. Beyond the limits the oldest are dropped, some thousands
 * at a time, and counted for each source: what came is always what is kept and what was dropped.
 */
export class LogStore {
  readonly #limits: StoreLimits;
  #chunks: Chunk[] = [];
  #notices = new Map<number, LogNotice>();
  #keptBytes = 0;
  #end = 0;
  /** Lines and bytes since the beginning or {@link clear}. */
  lines = 0;
  bytes = 0;
  dropped = 0;
  readonly linesOf = new Map<number, number>();
  readonly droppedOf = new Map<number, number>();

  constructor(limits: StoreLimits) {
    this.#limits = limits;
  }

  /** Number of the oldest line that is kept. */
  get first(): number {
    return this.#chunks[0]?.first ?? this.#end;
  }

  /** The number that the next line gets. */
  get end(): number {
    return this.#end;
  }

  append(source: number, buffer: Uint8Array, start: number, end: number): void {
    const length = end - start + 1;
    let chunk = this.#chunks.at(-1);
    if (chunk === undefined || chunk.used + length > chunk.bytes.length) chunk = this.#addChunk(length);
    if (chunk.count + 1 >= chunk.starts.length) grow(chunk);
    chunk.bytes.set(buffer.subarray(start, end), chunk.used);
    chunk.used += length;
    chunk.bytes[chunk.used - 1] = newline;
    chunk.sources[chunk.count++] = source;
    chunk.starts[chunk.count] = chunk.used;
    this.#end++;
    this.lines++;
    this.bytes += length;
    add(this.linesOf, source, 1);
  }

  /** A line of Flowdeck's own; `text` is what search and files have of it. */
  notice(source: number, notice: LogNotice, text: string): void {
    this.#notices.set(this.#end, notice);
    const bytes = Buffer.from(text);
    this.append(source, bytes, 0, bytes.length);
  }

  noticeAt(line: number): LogNotice | undefined {
    return this.#notices.get(line);
  }

  /** Lines that are notices, from one number up to (not including) another. */
  noticesBetween(from: number, to: number): number[] {
    if (this.#notices.size === 0) return [];
    return [...this.#notices.keys()].filter((line) => line >= from && line < to);
  }

  /** A line's bytes, without the newline; undefined when it is not kept (any more). They are valid until lines are dropped. */
  at(line: number): { source: number; bytes: Buffer } | undefined {
    const chunk = this.chunkOf(line);
    if (chunk === undefined) return undefined;
    const index = line - chunk.first;
    const bytes = chunk.bytes.subarray(chunk.starts[index], (chunk.starts[index + 1] ?? 0) - 1);
    return { source: chunk.sources[index] ?? 0, bytes };
  }

  chunkOf(line: number): Chunk | undefined {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const chunk = this.#chunks[middle];
      if (chunk === undefined) return undefined;
      if (line < chunk.first) high = middle - 1;
      else if (line >= chunk.first + chunk.count) low = middle + 1;
      else return chunk;
    }
    return undefined;
  }

  /** Forgets all lines so far, without counting them as dropped. */
  clear(): void {
    this.#chunks = [];
    this.#notices.clear();
    this.#keptBytes = 0;
    this.lines = 0;
    this.bytes = 0;
    this.dropped = 0;
    this.linesOf.clear();
    this.droppedOf.clear();
  }

  #addChunk(length: number): Chunk {
    this.#dropOld();
    const memory = new SharedArrayBuffer(Math.max(chunkBytes, length));
    const chunk: Chunk = {
      first: this.#end,
      memory,
      bytes: Buffer.from(memory),
      used: 0,
      count: 0,
      starts: new Uint32Array(2_048),
      sources: new Uint16Array(2_048),
    };
    this.#chunks.push(chunk);
    this.#keptBytes += memory.byteLength;
    return chunk;
  }

  #dropOld(): void {
    let oldest = this.#chunks[0];
    while (
      oldest !== undefined &&
      (this.#end - oldest.first - oldest.count >= this.#limits.lines || this.#keptBytes >= this.#limits.bytes)
    ) {
      this.#chunks.shift();
      this.#keptBytes -= oldest.memory.byteLength;
      this.dropped += oldest.count;
      for (const source of oldest.sources.subarray(0, oldest.count)) add(this.droppedOf, source, 1);
      for (const line of this.#notices.keys()) {
        if (line >= oldest.first + oldest.count) break;
        this.#notices.delete(line);
      }
      oldest = this.#chunks[0];
    }
  }
}

function grow(chunk: Chunk): void {
  const starts = new Uint32Array(chunk.starts.length * 2);
  starts.set(chunk.starts);
  chunk.starts = starts;
  const sources = new Uint16Array(chunk.sources.length * 2);
  sources.set(chunk.sources);
  chunk.sources = sources;
}

function add(counts: Map<number, number>, key: number, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}
