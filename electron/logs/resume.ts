import { stampLength } from "./lines.ts";

const secondLength = 19; // 2026-01-02T03:04:05

/** What became of a line in {@link Resume.take}. */
export type Taken = "new" | "known" | "newAfterGap";

/**
 * Remembers what was read last of one run of a container, so that a new stream goes on without a line twice or missing.
 * The API server's `sinceTime` has whole seconds: a stream that goes on begins with lines of that second that were read
 * already. They are told apart by comparing them, in their order; where the order differs, each counts once.
 */
export class Resume {
  /** Lines of the newest second, as hashes: what a stream from that second begins with. */
  #hashes = new Uint32Array(256);
  #count = 0;
  /** The bytes of the newest second and the time of its first line. */
  #second = new Uint8Array(secondLength);
  #firstStamp = "";
  #zone = "Z";
  #replay: { at: number; until: number; synced: boolean; rest: Map<number, number> | undefined } | undefined;

  /** From when to ask for lines; undefined when none was read. */
  get since(): string | undefined {
    return this.#count === 0 ? undefined : `${Buffer.from(this.#second).toString("latin1")}${this.#zone}`;
  }

  /** A stream from {@link since} begins: its first lines may be known. */
  begin(): void {
    this.#replay = this.#count === 0 ? undefined : { at: 0, until: this.#count, synced: false, rest: undefined };
  }

  /** The next line of the stream. `newAfterGap`: new, and what was read before it is gone from the log meanwhile. */
  take(buffer: Uint8Array, start: number, end: number): Taken {
    const length = stampLength(buffer, start, end);
    const order = length === 0 ? 0 : this.#compareSecond(buffer, start);
    const hash = hashOf(buffer, start, end);
    let gap = false;
    if (this.#replay !== undefined) {
      if (order > 0) gap = this.#endReplay();
      else {
        const known = this.#known(hash, length === 0 ? "" : stampText(buffer, start, length));
        if (known) return "known";
      }
    }
    this.#remember(buffer, start, length, order, hash);
    return gap ? "newAfterGap" : "new";
  }

  #known(hash: number, stamp: string): boolean {
    const replay = this.#replay;
    if (replay === undefined) return false;
    if (!replay.synced) {
      if (hash !== this.#hashes[0] && stamp !== "" && stamp < this.#firstStamp) return true; // before what was asked for
      replay.synced = true;
    }
    if (replay.rest === undefined) {
      if (hash === this.#hashes[replay.at]) {
        replay.at++;
        if (replay.at === replay.until) this.#replay = undefined;
        return true;
      }
      replay.rest = new Map();
      for (const missing of this.#hashes.subarray(replay.at, replay.until)) {
        replay.rest.set(missing, (replay.rest.get(missing) ?? 0) + 1);
      }
    }
    const left = replay.rest.get(hash) ?? 0;
    if (left === 0) return false;
    if (left === 1) replay.rest.delete(hash);
    else replay.rest.set(hash, left - 1);
    replay.at++;
    if (replay.rest.size === 0) this.#replay = undefined;
    return true;
  }

  /** True when nothing of what was read before was seen again. */
  #endReplay(): boolean {
    const gap = this.#replay?.at === 0;
    this.#replay = undefined;
    return gap;
  }

  #remember(buffer: Uint8Array, start: number, length: number, order: number, hash: number): void {
    if (length === 0 && this.#count === 0) return;
    if (order < 0 && this.#count > 0) return; // older than the newest second: a stream from that does not bring it
    if (order > 0 || this.#count === 0) {
      this.#second = buffer.slice(start, start + secondLength);
      const stamp = Buffer.from(buffer.buffer, buffer.byteOffset + start, length).toString("latin1");
      this.#zone = /(?:Z|[+-]\d\d:\d\d)$/.exec(stamp)?.[0] ?? "Z";
      this.#firstStamp = withoutZone(stamp);
      this.#count = 0;
    }
    if (this.#count === this.#hashes.length) {
      const larger = new Uint32Array(this.#hashes.length * 2);
      larger.set(this.#hashes);
      this.#hashes = larger;
    }
    this.#hashes[this.#count++] = hash;
  }

  /** Below 0: of an earlier second than the newest; above: of a later one. */
  #compareSecond(buffer: Uint8Array, start: number): number {
    for (let at = secondLength - 1; at >= 0; at--) {
      if (buffer[start + at] !== this.#second[at]) {
        for (let from = 0; from < secondLength; from++) {
          const difference = (buffer[start + from] ?? 0) - (this.#second[from] ?? 0);
          if (difference !== 0) return difference;
        }
      }
    }
    return 0;
  }
}

function stampText(buffer: Uint8Array, start: number, length: number): string {
  return withoutZone(Buffer.from(buffer.buffer, buffer.byteOffset + start, length).toString("latin1"));
}

/** Without the zone, times of one zone compare as text also when trailing zeros were left out. */
function withoutZone(stamp: string): string {
  return stamp.replace(/(?:Z|[+-]\d\d:\d\d)$/, "");
}

/** FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), 32 bits. */
function hashOf(buffer: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (buffer[at] ?? 0), 0x01000193);
  return hash >>> 0;
}
