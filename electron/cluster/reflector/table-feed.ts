import { isRecord, parseJson } from "../../../common/json/index.ts";
import { LineCutter } from "../../../common/text/index.ts";
import type { CarriedWatch, WatchScope } from "../types.ts";
import { Expired } from "./expired.ts";
import { type FeedListener, WatchFeed } from "./watch-feed.ts";
import type { Matcher } from "./watch-scope.ts";

const newline = 0x0a;
const decoder = new TextDecoder();

/**
 * The watch of a table, whose rows can bring their objects along: whoever wants objects of its scope reads them here
 * instead of watching them, too. It is run by the table, which asks for objects and hands on the bytes while somebody reads.
 */
export class TableFeed extends WatchFeed implements CarriedWatch {
  readonly #onRead: () => void;
  readonly #onClose: () => void;
  #cutter: LineCutter | undefined;
  #isMidLine = false;

  constructor(scope: WatchScope, { onRead, onClose }: { onRead: () => void; onClose: () => void }) {
    super(scope);
    this.#onRead = onRead;
    this.#onClose = onClose;
    this.tell({ state: "live", waiting: false });
  }

  /** What has come is read elsewhere, later: only a list that is asked for from now on is certain to be behind it. */
  isAt(): boolean {
    return false;
  }

  override add(listener: FeedListener, scope: WatchScope, matches: Matcher): void {
    const isFirst = !this.isRead;
    super.add(listener, scope, matches);
    if (isFirst) this.#onRead();
  }

  close(): void {
    this.#onClose();
    this.end(new Expired({ moved: true }));
  }

  connected(): void {
    this.#cutter = undefined;
    this.#isMidLine = false;
  }

  take(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    let rest = chunk;
    if (!this.isRead) this.#cutter = undefined;
    else if (this.#cutter === undefined) {
      // Of a line that has begun before, the reader's list knows already.
      const start = this.#isMidLine ? chunk.indexOf(newline) + 1 : 0;
      if (!this.#isMidLine || start > 0) this.#cutter = new LineCutter();
      rest = chunk.subarray(start);
    }
    this.#isMidLine = chunk.at(-1) !== newline;
    for (const line of this.#cutter?.push(rest) ?? []) if (this.isWanted(line)) this.#line(line);
  }

  #line(line: Uint8Array): void {
    let frame: unknown;
    try {
      frame = parseJson(decoder.decode(line));
    } catch {
      // The table says so, and begins anew.
      return;
    }
    if (!isRecord(frame) || !isRecord(frame.object)) return;
    const { object } = frame;
    // Servers that make no Tables send the object itself.
    const items = object.kind === "Table" && Array.isArray(object.rows) ? object.rows.map(rowObject) : [object];
    for (const item of items) if (isRecord(item)) this.give(frame.type, item);
  }
}

function rowObject(row: unknown): unknown {
  return isRecord(row) ? row.object : undefined;
}
