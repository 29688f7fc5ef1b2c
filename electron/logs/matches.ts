import { FlowdeckError, toAppError } from "../../common/contract/index.ts";
import type { Message } from "../../common/words/index.ts";
import type { Criteria } from "./match.ts";
import type { Matcher } from "./matcher.ts";
import { Sequence } from "./sequence.ts";
import type { LogStore } from "./store.ts";

export interface MatchOptions {
  store: LogStore;
  matcher: Matcher;
  criteria: Criteria;
  /** Sources whose lines never match. */
  hidden: ReadonlySet<number>;
  /** Flowdeck's own lines match whatever they say. */
  keepNotices: boolean;
  /** More lines were looked at, or there is a problem. */
  onProgress: () => void;
}

/** Which lines of a store match, kept up to date as lines come and go. */
export class Matches {
  readonly #options: MatchOptions;
  readonly lines = new Sequence();
  /** All lines below this number were looked at. */
  upTo: number;
  /** Why no more are looked at. */
  problem: Message | undefined;
  #working = false;
  #closed = false;

  constructor(options: MatchOptions) {
    this.#options = options;
    this.upTo = options.store.first;
    this.advance();
  }

  /** Looks at lines that came since; gives at once. */
  advance(): void {
    if (this.#working || this.#closed || this.problem !== undefined) return;
    if (this.upTo >= this.#options.store.end) return;
    this.#working = true;
    this.#work()
      .catch((thrown: unknown) => {
        if (this.#closed) return;
        this.problem = FlowdeckError.from(toAppError(thrown)).said;
        this.#options.onProgress();
      })
      .finally(() => {
        this.#working = false;
      });
  }

  close(): void {
    this.#closed = true;
  }

  async #work(): Promise<void> {
    const { store, matcher, criteria, onProgress } = this.#options;
    while (!this.#closed && this.upTo < store.end) {
      this.upTo = Math.max(this.upTo, store.first);
      const chunk = store.chunkOf(this.upTo);
      if (chunk === undefined) return;
      const from = this.upTo - chunk.first;
      const to = chunk.count;
      const sources = chunk.sources; // a chunk that grows gets another array; these stay as they are
      const found = await matcher.find(chunk.memory, chunk.starts[from] ?? 0, chunk.used, criteria);
      if (this.#closed) return;
      this.#add(chunk.first, from, to, found, sources);
      this.upTo = chunk.first + to;
      this.lines.dropBelow(store.first);
      onProgress();
    }
  }

  #add(first: number, from: number, to: number, found: Uint32Array, sources: Uint16Array): void {
    const { hidden, keepNotices, store } = this.#options;
    const notices = keepNotices ? store.noticesBetween(first + from, first + to) : [];
    let next = 0;
    for (const index of found) {
      const line = first + from + index;
      for (let notice = notices[next]; notice !== undefined && notice <= line; notice = notices[++next]) {
        if (notice < line) this.lines.push(notice);
      }
      if (!hidden.has(sources[from + index] ?? 0)) this.lines.push(line);
    }
    for (const notice of notices.slice(next)) this.lines.push(notice);
  }
}
