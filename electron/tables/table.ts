import type { AppError, TableColumn, TableView } from "../../common/contract/index.ts";
import type { Column } from "./columns.ts";
import { isSameRow, type Row } from "./row.ts";
import { RowReader, type TableSpec } from "./row-reader.ts";
import type { ColumnJson, RowJson, TableJson } from "./table-json.ts";

/** What one list+watch covers: all of the resource, or one namespace of it. */
export interface Scope {
  id: string;
  /** Undefined: all namespaces, or a resource without them. */
  namespace: string | undefined;
}

export interface TableStatus {
  state: TableView["state"];
  problem: AppError | undefined;
  expected: number | undefined;
  limitedTo: string[] | undefined;
}

/** Who hears of changes: the views. */
export interface TableListener {
  /** Rows that are new or took another's place. */
  changed(row: Row): void;
  /** Some row is no longer live. */
  removed(): void;
  /** The columns are others: everything is to be looked at anew. */
  replaced(): void;
  /** Something beside the rows changed. */
  touched(): void;
}

interface Listing {
  epoch: number;
  namespace: string | undefined;
  /** Keys that the watch has told of since it began: its word is newer than the list's. */
  watched: Set<string>;
}

/**
 * The rows of one source, fed by lists and by a watch that run at the same time. Whatever the order in which they come:
 * once the watch has told of an object, a list's older word on it counts no more; what a finished listing has not seen
 * is gone.
 */
export class Table {
  readonly spec: TableSpec;
  readonly rows = new Map<string, Row>();
  readonly listeners = new Set<TableListener>();
  warn = 0;
  bad = 0;
  done = 0;
  updatedAt = 0;
  status: TableStatus = { state: "listing", problem: undefined, expected: undefined, limitedTo: undefined };
  readonly #reader: RowReader;
  readonly #listings = new Map<string, Listing>();
  #epoch = 0;
  /** There were rows to tell by what the columns hold. */
  #guessed = false;

  constructor(spec: TableSpec) {
    this.spec = spec;
    this.#reader = new RowReader(spec);
  }

  get columns(): readonly Column[] {
    return this.#reader.columns;
  }

  /** What views send; one array as long as nothing in it changes. */
  get shownColumns(): TableColumn[] {
    return this.#reader.shownColumns;
  }

  /** A listing of a scope begins (anew). */
  begin(scope: Scope): void {
    this.#listings.set(scope.id, { epoch: ++this.#epoch, namespace: scope.namespace, watched: new Set() });
  }

  /**
   * A page of a scope's list.
   * @param namespace that of rows without metadata
   * @param at when it was asked for, in ms: what ages count back from
   */
  list(scope: Scope, page: TableJson, namespace: string, at: number): void {
    const listing = this.#listings.get(scope.id);
    if (listing === undefined) return;
    if (page.columns !== undefined) this.#define(page.columns);
    for (const json of page.rows) {
      const row = this.#row(json, namespace, at, listing.epoch);
      if (row !== undefined && !listing.watched.has(row.key)) this.#store(row);
    }
    this.#afterRows(at);
  }

  /** The listing is complete: what it did not see is gone. */
  commit(scope: Scope): void {
    const listing = this.#listings.get(scope.id);
    if (listing === undefined) return;
    this.#listings.delete(scope.id);
    for (const row of this.rows.values()) {
      if (listing.namespace !== undefined && row.namespace !== listing.namespace) continue;
      if (row.seen !== listing.epoch) this.#remove(row);
    }
  }

  /** True when an event's columns are not those of the rows: all of them are to be listed anew. */
  hasOtherColumns(columns: readonly ColumnJson[]): boolean {
    return this.#reader.isDefined && !this.#reader.hasColumns(columns);
  }

  event(scope: Scope, type: string, event: TableJson, at: number): void {
    if (event.columns !== undefined && !this.#reader.isDefined) this.#define(event.columns);
    const listing = this.#listings.get(scope.id);
    for (const json of event.rows) {
      const row = this.#row(json, scope.namespace ?? "", at, listing?.epoch ?? 0);
      if (row === undefined) continue;
      listing?.watched.add(row.key);
      if (type === "DELETED") {
        const before = this.rows.get(row.key);
        if (before !== undefined) this.#remove(before);
      } else this.#store(row);
    }
    this.#afterRows(at);
  }

  /** Forgets the rows of a scope, or all. */
  clear(scope?: Scope): void {
    for (const row of this.rows.values()) {
      if (scope?.namespace === undefined || row.namespace === scope.namespace) this.#remove(row);
    }
  }

  setStatus(status: TableStatus): void {
    this.status = status;
    for (const listener of this.listeners) listener.touched();
  }

  /** Where a column stands, by its name in any case; undefined when there is none. */
  columnNamed(name: string): number | undefined {
    return this.#reader.columnNamed(name);
  }

  #define(definitions: ColumnJson[]): void {
    if (this.#reader.hasColumns(definitions)) return;
    // Cells of other columns say nothing any more.
    this.clear();
    this.#guessed = false;
    this.#reader.define(definitions);
    for (const listener of this.listeners) listener.replaced();
  }

  #afterRows(at: number): void {
    this.updatedAt = Math.max(this.updatedAt, at);
    if (!this.#guessed && this.rows.size > 0) {
      // Now there is something to tell by what the columns hold.
      this.#guessed = true;
      this.#reader.guess(this.rows);
      for (const listener of this.listeners) listener.replaced();
    }
    for (const listener of this.listeners) listener.touched();
  }

  #row(json: RowJson, namespace: string, at: number, seen: number): Row | undefined {
    return this.#reader.read(json, { namespace, at, seen }, this.rows);
  }

  #store(row: Row): void {
    const before = this.rows.get(row.key);
    if (before !== undefined) {
      if (isSameRow(before, row)) {
        before.seen = row.seen;
        return;
      }
      this.#uncount(before);
    }
    this.rows.set(row.key, row);
    if (row.health === "warn") this.warn++;
    if (row.health === "bad") this.bad++;
    if (row.health === "done") this.done++;
    for (const listener of this.listeners) {
      if (before !== undefined) listener.removed();
      listener.changed(row);
    }
  }

  #remove(row: Row): void {
    this.rows.delete(row.key);
    this.#uncount(row);
    for (const listener of this.listeners) listener.removed();
  }

  #uncount(row: Row): void {
    row.live = false;
    if (row.health === "warn") this.warn--;
    if (row.health === "bad") this.bad--;
    if (row.health === "done") this.done--;
  }
}
