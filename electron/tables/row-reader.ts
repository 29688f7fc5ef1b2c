import type { Cell, ContextId, RowHealth, TableColumn } from "../../common/contract/index.ts";
import { isBuiltInGroup } from "../../common/kube/index.ts";
import { maskSecret, sized } from "../redaction/index.ts";
import { isSince, sinceWhen } from "./ages.ts";
import { type Column, makeColumns } from "./columns.ts";
import { healthOf } from "./health.ts";
import { Interned } from "./intern.ts";
import { type PathReader, readPath } from "./json-path.ts";
import { keyOf, type Row } from "./row.ts";
import type { ColumnJson, RowJson } from "./table-json.ts";

export interface TableSpec {
  context: ContextId;
  group: string;
  version: string;
  plural: string;
  kind: string;
  namespaced: boolean;
  ownColumns: { name: string; path: string }[];
}

/** Where a row comes from. */
export interface RowOrigin {
  /** That of rows without metadata. */
  namespace: string;
  /** When it was asked for, in ms: what ages count back from. */
  at: number;
  /** The listing that it is part of. */
  seen: number;
}

/** Makes rows of what the server prints, in the columns that it defines and those of the user's own. */
export class RowReader {
  columns: Column[] = [];
  /** What views send; one array as long as nothing in it changes. */
  shownColumns: TableColumn[] = [];
  readonly #spec: TableSpec;
  readonly #own: { name: string; read: PathReader }[];
  readonly #holdsSecrets: boolean;
  readonly #interned: Interned[] = [];
  #definitions: ColumnJson[] = [];
  #index = new Map<string, number>();
  #nameColumn = 0;
  #ages: number[] = [];

  /** Throws `invalid-input` where a column of the user's own has no path. */
  constructor(spec: TableSpec) {
    this.#spec = spec;
    this.#holdsSecrets = spec.group === "" && spec.plural === "secrets";
    this.#own = spec.ownColumns.map(({ name, path }) => ({ name, read: readPath(path) }));
  }

  get isDefined(): boolean {
    return this.#definitions.length > 0;
  }

  hasColumns(definitions: readonly ColumnJson[]): boolean {
    return sameColumns(this.#definitions, definitions);
  }

  /** Takes other columns: of rows that were made before, cells say nothing any more. */
  define(definitions: ColumnJson[]): void {
    this.#definitions = definitions;
    this.#interned.length = 0;
    this.guess(new Map());
  }

  /** Tells by what the columns hold how they are to be sorted and shown. */
  guess(rows: ReadonlyMap<string, Row>): void {
    this.columns = makeColumns({
      definitions: this.#definitions,
      own: this.#own.map(({ name }) => name),
      builtIn: isBuiltInGroup(this.#spec.group),
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

  /** Where a column stands, by its name in any case; undefined when there is none. */
  columnNamed(name: string): number | undefined {
    const exact = this.#index.get(name);
    if (exact !== undefined) return exact;
    const lower = name.toLowerCase();
    const found = this.columns.findIndex(({ shown }) => shown.name.toLowerCase() === lower);
    return found < 0 ? undefined : found;
  }

  /** Undefined for what has no name. What `known` has of the object is taken over where the answer says less. */
  read(json: RowJson, { namespace, at, seen }: RowOrigin, known: ReadonlyMap<string, Row>): Row | undefined {
    const { metadata } = json;
    const name = metadata?.name || String(json.cells[this.#nameColumn] ?? "");
    if (name === "") return undefined;
    const place = this.#spec.namespaced ? metadata?.namespace || namespace : "";
    const key = keyOf(place, name);
    const before = known.get(key);
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
      const isCreation = created !== undefined && (isBuiltInGroup(this.#spec.group) || isSince(cell, at, created));
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
    // Items of lists come without apiVersion and kind.
    return this.#holdsSecrets ? maskSecret({ ...object, apiVersion: "v1", kind: "Secret" }, sized) : object;
  }

  #health(cells: readonly Cell[], deleting: boolean, controller: string | undefined): RowHealth {
    const { group, plural } = this.#spec;
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
}

function sameColumns(a: readonly ColumnJson[], b: readonly ColumnJson[]): boolean {
  return a.length === b.length && a.every(({ name, type }, index) => name === b[index]?.name && type === b[index].type);
}
