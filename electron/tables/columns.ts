import type { Cell, TableColumn } from "../../common/contract/index.ts";
import { isEmpty, looksLike, type SortKind } from "./cells.ts";
import type { ColumnJson } from "./table-json.ts";

/** A column with what the table needs to know beside what the page sees. */
export interface Column {
  shown: TableColumn;
  sortedAs: SortKind;
  /** The name of the object stands in it. */
  isName: boolean;
}

/** Columns of built-in kinds whose text is the time since something happened. */
const agesByName = new Set(["Age", "Last Schedule", "Last Seen", "First Seen"]);
const durationsByName = new Set(["Duration"]);
/** In the order in which they are tried; what looks like none of them is text. */
const guesses: readonly SortKind[] = ["number", "ready", "duration", "version", "quantity"];
const enoughToGuess = 50;

interface Given {
  definitions: readonly ColumnJson[];
  /** Names of the user's own columns. */
  own: readonly string[];
  /** Whether the API server itself prints the kind: a CustomResourceDefinition may call any text of its own "Age". */
  builtIn: boolean;
  /** The values known of a column, to tell what its text stands for. */
  cellsOf: (index: number) => Iterable<Cell>;
}

export function makeColumns({ definitions, own, builtIn, cellsOf }: Given): Column[] {
  const columns = definitions.map((definition, index) => {
    const isName = definition.format === "name";
    const sortedAs = isName ? "text" : kindOf(definition, builtIn, cellsOf(index));
    return column({ ...definition, own: false }, sortedAs, isName);
  });
  const ownColumns = own.map((name, index) => {
    const sortedAs = guess(cellsOf(definitions.length + index));
    return column({ name, type: "string", description: "", priority: 0, own: true }, sortedAs, false);
  });
  return [...columns, ...ownColumns];
}

function column(from: Omit<TableColumn, "as">, sortedAs: SortKind, isName: boolean): Column {
  const { name, type, description, priority, own } = from;
  const as = sortedAs === "duration" ? "text" : sortedAs;
  return { shown: { name, type, description, priority, as, own }, sortedAs, isName };
}

function kindOf({ name, type }: ColumnJson, builtIn: boolean, cells: Iterable<Cell>): SortKind {
  if (type === "date" || (builtIn && type === "string" && agesByName.has(name))) return "age";
  if (type === "boolean") return "boolean";
  if (type === "integer" || type === "number") return "number";
  if (builtIn && durationsByName.has(name)) return "duration";
  return guess(cells);
}

/** What all of the first cells that hold something look like. */
function guess(cells: Iterable<Cell>): SortKind {
  let possible = guesses;
  let seen = 0;
  for (const cell of cells) {
    if (isEmpty(cell)) continue;
    if (typeof cell === "boolean") return "boolean";
    possible = typeof cell === "number" ? ["number"] : possible.filter((kind) => looksLike(kind, String(cell)));
    if (possible.length === 0) return "text";
    if (++seen >= enoughToGuess) break;
  }
  return seen === 0 ? "text" : (possible[0] ?? "text");
}
