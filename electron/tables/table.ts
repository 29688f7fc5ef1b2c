import type { AppError, Cell, ContextId, RowHealth, TableColumn, TableView } from "../../common/contract/index.ts";
import { isRecord } from "../../common/json/index.ts";
import { isBuiltInGroup } from "../../common/kube/index.ts";
import type { KubeObject } from "../cluster/index.ts";
import { maskSecret, sized } from "../redaction/index.ts";
import { durationStep, parseDuration } from "./cells.ts";
import { type Column, makeColumns } from "./columns.ts";
import { healthOf } from "./health.ts";
import { Interned } from "./intern.ts";
import { type PathReader, readPath } from "./json-path.ts";
import { isSameRow, keyOf, type Row } from "./row.ts";
import type { ColumnJson, RowJson, TableJson } from "./table-json.ts";

export interface TableSpec {
  context: ContextId;
  group: string;
  version: string;
  plural: string;
  kind: string;
  namespaced: boolean;
  ownColumns: { name: string; path: string }[];
}

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
  columns: Column[] = [];
  warn = 0;
  bad = 0;
  done = 0;
  updatedAt = 0;
  status: TableStatus = { state: "listing", problem: undefined, expected: undefined, limitedTo: undefined };
  /** What views send; one array as long as nothing in it changes. */
  shownColumns: TableColumn[] = [];
  readonly #own: { name: string; read: PathReader }[];
  readonly #holdsSecrets: boolean;
  readonly #listings = new Map<string, Listing>();
  readonly #interned: Interned[] = [];
  #epoch = 0;
  #definitions: ColumnJson[] = [];
  #index = new Map<string, number>();
  #nameColumn = 0;
  #ages: number[] = [];
  #guessed = false;

  constructor(spec: TableSpec) {
    this.spec = spec;
    this.#holdsSecrets = spec.group === "" && spec.plural === "secrets";
    this.#own = spec.ownColumns.map(({ name, path }) => ({ name, read: readPath(path) }));
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
    return this.#definitions.length > 0 && !sameColumns(this.#definitions, columns);
  }

  event(scope: Scope, type: string, event: TableJson, at: number): void {
    if (event.columns !== undefined && this.#definitions.length === 0) this.#define(event.columns);
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
    const exact = this.#index.get(name);
    if (exact !== undefined) return exact;
    const lower = name.toLowerCase();
    const found = this.columns.findIndex(({ shown }) => shown.name.toLowerCase() === lower);
    return found < 0 ? undefined : found;
  }

  #define(definitions: ColumnJson[]): void {
    if (sameColumns(this.#definitions, definitions)) return;
    // Cells of other columns say nothing any more.
    this.clear();
    this.#definitions = definitions;
    this.#guessed = false;
    this.#interned.length = 0;
    this.#makeColumns();
    for (const listener of this.listeners) listener.replaced();
  }

  #makeColumns(): void {
    const rows = this.rows;
    this.columns = makeColumns({
      definitions: this.#definitions,
      own: this.#own.map(({ name }) => name),
      builtIn: isBuiltInGroup(this.spec.group),
      cellsOf: function* (index) {
        for (const row of rows.values()) yield row.cells[index] ?? null;
      },
    });
    this.shownColumns = this.columns.map(({ shown }) => shown);
    this.#index = new Map(this.columns.map(({ shown }, index) => [shown.name, index]));
    this.#nameColumn = Math.max(
      0,
      this.columns.findIndex(({ isName }) => isName),
    );
    this.#ages = this.columns.flatMap(({ sortedAs }, index) => (sortedAs === "age" ? [index] : []));
  }

  #afterRows(at: number): void {
    this.updatedAt = Math.max(this.updatedAt, at);
    if (!this.#guessed && this.rows.size > 0) {
      // Now there is something to tell by what the columns hold.
      this.#guessed = true;
      this.#makeColumns();
      for (const listener of this.listeners) listener.replaced();
    }
    for (const listener of this.listeners) listener.touched();
  }

  #row(json: RowJson, namespace: string, at: number, seen: number): Row | undefined {
    const { metadata } = json;
    const name = metadata?.name || String(json.cells[this.#nameColumn] ?? "");
    if (name === "") return undefined;
    const place = this.spec.namespaced ? metadata?.namespace || namespace : "";
    const key = keyOf(place, name);
    const before = this.rows.get(key);
    const same =
      before !== undefined && (metadata?.uid === undefined || before.uid === metadata.uid) ? before : undefined;
    const cells = this.#cells(json, at, same);
    // Without metadata, what was made anew under the same name is known by its age.
    const sameAge = same !== undefined && this.#ages.every((index) => cells[index] === same.cells[index]);
    const deleting = metadata?.deleting ?? (sameAge && same.deleting);
    return {
      key,
      namespace: this.#intern(-1, place),
      name,
      cells,
      health: this.#health(cells, deleting, json.metadata?.controller),
      deleting,
      uid: metadata?.uid ?? (sameAge ? same.uid : undefined),
      seen,
      live: true,
      searched: undefined,
    };
  }

  #cells(json: RowJson, at: number, before: Row | undefined): Cell[] {
    const cells = json.cells;
    for (let index = 0; index < cells.length; index++) {
      const cell = cells[index] ?? null;
      if (typeof cell === "string" && index !== this.#nameColumn) cells[index] = this.#intern(index, cell);
    }
    for (const index of this.#ages) {
      const cell = cells[index] ?? null;
      // A custom kind may show the age of something else under that name.
      const created = this.columns[index]?.shown.name === "Age" ? json.metadata?.created : undefined;
      const isCreation = created !== undefined && (isBuiltInGroup(this.spec.group) || isSince(cell, at, created));
      cells[index] = isCreation ? created : sinceWhen(cell, at, before?.cells[index]);
    }
    if (this.#own.length > 0) {
      const object = json.object === undefined ? undefined : this.#masked(json.object);
      for (const { read } of this.#own) cells.push(object === undefined ? null : read(object));
    }
    return cells;
  }

  /**
   * What a column of the user's own may read: a Secret without its values. They are hidden before any path sees them,
   * so that no path shows one, and no filter, sort or export can tell one.
   */
  #masked(object: Record<string, unknown>): Record<string, unknown> {
    if (!this.#holdsSecrets) return object;
    const metadata = (isRecord(object.metadata) ? object.metadata : {}) as unknown as KubeObject["metadata"];
    // Items of lists come without apiVersion and kind.
    return maskSecret({ ...object, apiVersion: "v1", kind: "Secret", metadata }, sized);
  }

  #health(cells: readonly Cell[], deleting: boolean, controller: string | undefined): RowHealth {
    const { group, plural } = this.spec;
    return healthOf({
      group,
      plural,
      deleting,
      controller,
      cell: (column) => {
        const index = this.#index.get(column);
        return index === undefined ? undefined : cells[index];
      },
    });
  }

  #intern(column: number, text: string): string {
    const at = column + 1;
    let interned = this.#interned[at];
    if (interned === undefined) {
      interned = new Interned();
      this.#interned[at] = interned;
    }
    return interned.one(text);
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

/**
 * The time an age counts from, in ms: exact for a date, else as exact as the age is written. A time that is known
 * already stays when the age agrees with it, so that rounding makes no change of it.
 */
function sinceWhen(cell: Cell, at: number, before: Cell | undefined): Cell {
  if (typeof cell !== "string") return cell;
  const age = parseDuration(cell);
  if (age === undefined) {
    const date = /^\d{4}-\d\d-\d\dT/.test(cell) ? Date.parse(cell) : Number.NaN;
    return Number.isNaN(date) ? null : date;
  }
  return typeof before === "number" && isSince(cell, at, before) ? before : at - age;
}

/** Does an age agree with the time it counts from? */
function isSince(cell: Cell, at: number, since: number): boolean {
  const age = typeof cell === "string" ? parseDuration(cell) : undefined;
  if (typeof cell !== "string" || age === undefined) return false;
  return Math.abs(at - age - since) <= durationStep(cell) + 2_000;
}

function sameColumns(a: readonly ColumnJson[], b: readonly ColumnJson[]): boolean {
  return a.length === b.length && a.every(({ name, type }, index) => name === b[index]?.name && type === b[index].type);
}
