import type { Matches } from "./matches.ts";
import { Sequence } from "./sequence.ts";
import type { LogStore } from "./store.ts";

/** The rows a view shows: all lines, or those that pass a filter with their neighbours; and which of them a search found. */
export interface Rows {
  readonly first: number;
  readonly end: number;
  /** Takes in what its filter has found since. */
  update(): void;
  lineAt(row: number): number | undefined;
  /** The row that shows a line, or else the next line shown; `end` when there is none. */
  rowOf(line: number): number;
  /** A line passes by itself, not as a neighbour. */
  isMatch(line: number): boolean;
  /** Lines still to be looked at. */
  readonly pending: number;
}

/** Without a filter a row's number is its line's. */
export class AllRows implements Rows {
  readonly #store: LogStore;

  constructor(store: LogStore) {
    this.#store = store;
  }

  get first(): number {
    return this.#store.first;
  }

  get end(): number {
    return this.#store.end;
  }

  update(): void {}

  lineAt(row: number): number | undefined {
    return row >= this.first && row < this.end ? row : undefined;
  }

  rowOf(line: number): number {
    return Math.min(Math.max(line, this.first), this.end);
  }

  isMatch(): boolean {
    return true;
  }

  readonly pending = 0;
}

export class FilteredRows implements Rows {
  readonly #store: LogStore;
  readonly #matches: Matches;
  readonly #context: number;
  readonly #lines = new Sequence();
  /** The next match to take in, by its position, and up to where lines were decided. */
  #next = 0;
  #upTo = 0;
  /** Lines up to here (included) follow a match closely enough. */
  #after = -1;

  constructor(store: LogStore, matches: Matches, context: number) {
    this.#store = store;
    this.#matches = matches;
    this.#context = context;
    this.#upTo = store.first;
  }

  get first(): number {
    this.#lines.dropBelow(this.#store.first);
    return this.#lines.first;
  }

  get end(): number {
    return this.#lines.end;
  }

  get pending(): number {
    return Math.max(0, this.#store.end - Math.max(this.#matches.upTo, this.#store.first));
  }

  update(): void {
    const { lines, upTo } = this.#matches;
    this.#next = Math.max(this.#next, lines.first);
    for (; this.#next < lines.end; this.#next++) {
      const match = lines.at(this.#next) ?? 0;
      this.#addUpTo(Math.min(this.#after, match - 1));
      this.#upTo = Math.max(this.#upTo, match - this.#context);
      this.#addUpTo(match);
      this.#after = match + this.#context;
    }
    this.#addUpTo(Math.min(this.#after, upTo - 1));
  }

  lineAt(row: number): number | undefined {
    return this.#lines.at(row);
  }

  rowOf(line: number): number {
    return this.#lines.lowerBound(line);
  }

  isMatch(line: number): boolean {
    return this.#matches.lines.has(line);
  }

  #addUpTo(line: number): void {
    this.#upTo = Math.max(this.#upTo, this.#store.first);
    for (; this.#upTo <= line; this.#upTo++) this.#lines.push(this.#upTo);
  }
}

/** Rows that a search found, by their number. */
export class FoundRows {
  readonly #rows: Rows;
  readonly #matches: Matches;
  readonly rows = new Sequence();
  #next = 0;

  constructor(rows: Rows, matches: Matches) {
    this.#rows = rows;
    this.#matches = matches;
  }

  /** Rows not yet looked at. */
  get pending(): number {
    return Math.max(0, this.#rows.end - Math.max(this.#next, this.#rows.first));
  }

  update(): void {
    const { lines, upTo } = this.#matches;
    this.rows.dropBelow(this.#rows.first);
    this.#next = Math.max(this.#next, this.#rows.first);
    if (this.#next >= this.#rows.end) return;
    let position = lines.lowerBound(this.#rows.lineAt(this.#next) ?? 0);
    for (; this.#next < this.#rows.end; this.#next++) {
      const line = this.#rows.lineAt(this.#next) ?? 0;
      if (line >= upTo) return;
      let match = lines.at(position);
      while (match !== undefined && match < line) match = lines.at(++position);
      if (match === line) this.rows.push(this.#next);
    }
  }
}
