import type { LogQuery, LogRow } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/index.ts";
import { expressionOf } from "./match.ts";
import type { Matcher } from "./matcher.ts";
import { Matches } from "./matches.ts";
import { rowAt } from "./row.ts";
import { AllRows, FilteredRows, FoundRows, type Rows } from "./rows.ts";
import type { LogStore } from "./store.ts";

/** How one view looks at a store: its filter, its search, its window. */
export class LogViewModel {
  readonly #store: LogStore;
  readonly #matcher: Matcher;
  readonly #onProgress: () => void;
  #query: LogQuery;
  #filter: Matches | undefined;
  #search: Matches | undefined;
  #rows: Rows;
  #found: FoundRows | undefined;
  filterProblem: Message | undefined;
  searchProblem: Message | undefined;

  constructor(store: LogStore, matcher: Matcher, query: LogQuery, onProgress: () => void) {
    this.#store = store;
    this.#matcher = matcher;
    this.#onProgress = onProgress;
    this.#query = query;
    this.#rows = new AllRows(store);
    this.#setFilter();
    this.#setSearch();
  }

  get query(): LogQuery {
    return this.#query;
  }

  set query(query: LogQuery) {
    const before = this.#query;
    this.#query = query;
    const sameFilter = JSON.stringify(before.filter) === JSON.stringify(query.filter);
    const sameSearch = JSON.stringify(before.search) === JSON.stringify(query.search);
    if (!sameFilter) this.#setFilter();
    if (!sameSearch) this.#setSearch();
    else if (!sameFilter) this.#found = this.#search && new FoundRows(this.#rows, this.#search);
  }

  /** Looks at what came since. */
  update(): void {
    this.#filter?.advance();
    this.#search?.advance();
    this.#rows.update();
    this.#found?.update();
  }

  get state() {
    const filterProblem = this.filterProblem ?? this.#filter?.problem;
    const searchProblem = this.searchProblem ?? this.#search?.problem;
    return {
      firstRow: this.#rows.first,
      endRow: this.#rows.end,
      pending: this.#rows.pending,
      found: this.#found === undefined ? 0 : this.#found.rows.end - this.#found.rows.first,
      searchPending: searchProblem === undefined ? (this.#found?.pending ?? 0) : 0,
      ...(filterProblem === undefined ? {} : { filterProblem }),
      ...(searchProblem === undefined ? {} : { searchProblem }),
    };
  }

  window(): { offset: number; rows: LogRow[] } {
    const { offset: wanted, count } = this.#query.window;
    const { first, end } = this.#rows;
    const offset = Math.min(Math.max(wanted ?? end - count, first), end);
    const rows: LogRow[] = [];
    for (let row = offset; row < Math.min(end, offset + count); row++) {
      const shown = this.#row(row);
      if (shown === undefined) break;
      rows.push(shown);
    }
    return { offset, rows };
  }

  /** Numbers of lines in rows from one to another. */
  *lines(from: number, to: number): Generator<number, void, void> {
    for (let row = Math.max(from, this.#rows.first); row < Math.min(to, this.#rows.end); row++) {
      const line = this.#rows.lineAt(row);
      if (line !== undefined) yield line;
    }
  }

  get firstRow(): number {
    return this.#rows.first;
  }

  get endRow(): number {
    return this.#rows.end;
  }

  locate(line: number): number {
    this.#rows.update();
    return Math.max(this.#rows.first, Math.min(this.#rows.rowOf(line), this.#rows.end - 1));
  }

  /** The nearest row beyond this one that the search found, going round at the ends. */
  match(row: number, backwards: boolean): { row: number | null; line: number | null; index: number; wrapped: boolean } {
    this.update();
    const found = this.#found?.rows;
    if (found === undefined || found.end === found.first) return { row: null, line: null, index: 0, wrapped: false };
    let position = backwards ? found.lowerBound(row) - 1 : found.lowerBound(row + 1);
    const wrapped = position < found.first || position >= found.end;
    if (wrapped) position = backwards ? found.end - 1 : found.first;
    const hit = found.at(position) ?? 0;
    return { row: hit, line: this.#rows.lineAt(hit) ?? null, index: position - found.first + 1, wrapped };
  }

  /** After lines were cleared. */
  restart(): void {
    this.#setFilter();
    this.#setSearch();
  }

  close(): void {
    this.#filter?.close();
    this.#search?.close();
  }

  #row(number: number): LogRow | undefined {
    const line = this.#rows.lineAt(number);
    const row = line === undefined ? undefined : rowAt(this.#store, line);
    if (line === undefined || row === undefined) return undefined;
    if (this.#search?.lines.has(line)) row.found = true;
    if (!this.#rows.isMatch(line)) row.context = true;
    const before = this.#rows.lineAt(number - 1);
    if (this.#query.filter.context > 0 && before !== undefined && before !== line - 1) row.gap = true;
    return row;
  }

  #setFilter(): void {
    const { text, regex, caseSensitive, inverse, context, level, hidden } = this.#query.filter;
    this.#filter?.close();
    this.#filter = undefined;
    this.filterProblem = problemOf({ text, regex, caseSensitive });
    if ((text === "" && level === null && hidden.length === 0) || this.filterProblem !== undefined) {
      this.#rows = new AllRows(this.#store);
    } else {
      this.#filter = new Matches({
        store: this.#store,
        matcher: this.#matcher,
        criteria: { pattern: { text, regex, caseSensitive }, inverse: inverse && text !== "", level },
        hidden: new Set(hidden),
        keepNotices: true,
        onProgress: this.#onProgress,
      });
      this.#rows = new FilteredRows(this.#store, this.#filter, context);
    }
  }

  #setSearch(): void {
    const pattern = this.#query.search;
    this.#search?.close();
    this.#search = undefined;
    this.#found = undefined;
    this.searchProblem = problemOf(pattern);
    if (pattern.text === "" || this.searchProblem !== undefined) return;
    this.#search = new Matches({
      store: this.#store,
      matcher: this.#matcher,
      criteria: { pattern, inverse: false, level: null },
      hidden: new Set(),
      keepNotices: false,
      onProgress: this.#onProgress,
    });
    this.#found = new FoundRows(this.#rows, this.#search);
  }
}

function problemOf(pattern: LogQuery["search"]): Message | undefined {
  try {
    expressionOf(pattern);
    return undefined;
  } catch (error) {
    return message("pattern.invalid", { words: error instanceof Error ? error.message : String(error) });
  }
}
