import type { Cell } from "../../common/contract/index.ts";
import { type Message, message, textOf } from "../../common/words/index.ts";
import { formatDuration, isEmpty, numberOf, parseDuration, type SortKind } from "./cells.ts";
import type { Column } from "./columns.ts";
import { compareCells, compareNumbers, compareVersions } from "./compare.ts";
import { hasInOrder } from "./rank.ts";
import { withTimeLimit } from "./regex-timeout.ts";
import type { Row } from "./row.ts";

/** Gives those of some rows that pass. Throws {@link FilterProblem} when it can't be told in reasonable time. */
export type Filter = (rows: readonly Row[]) => Row[];

export class FilterProblem extends Error {
  override readonly name = "FilterProblem";
  readonly said: Message;

  constructor(said: Message) {
    super(textOf(said, "en"));
    this.said = said;
  }
}

type Test = (row: Row) => boolean;

/** What a filter asks of the table. */
export interface FilterTable {
  columns: readonly Column[];
  columnNamed(name: string): number | undefined;
}

/** A regular expression may take this long over all rows it is given. */
const longestMatchMs = 250;

/**
 * Reads what was typed after `/`; the language is told at `tableQuery` in the contract. Undefined when there is nothing
 * to filter by. Throws FilterProblem with what is wrong, in words.
 */
export function parseFilter(typed: string, table: FilterTable, now: number): Filter | undefined {
  const alternatives = typed
    .trim()
    .split(/\s+or\s+/i)
    .filter((part) => part.trim() !== "");
  if (alternatives.length === 0) return undefined;
  const parts = alternatives.map((part) => parseAlternative(part.trim(), table, now));
  const tests = parts.map(({ test }) => test);
  const passes: Test = (row) => tests.some((test) => test(row));
  if (!parts.some(({ hasRegex }) => hasRegex)) return (rows) => rows.filter(passes);
  return (rows) => {
    const passed = withTimeLimit(() => rows.filter(passes), longestMatchMs);
    if (passed === undefined) throw new FilterProblem(message("pattern.slow"));
    return passed;
  };
}

interface Part {
  test: Test;
  hasRegex: boolean;
}

function parseAlternative(part: string, table: FilterTable, now: number): Part {
  if (part.startsWith("!") && part.length > 1) {
    const { test, hasRegex } = parseAlternative(part.slice(1).trim(), table, now);
    return { test: (row) => !test(row), hasRegex };
  }
  if (part.startsWith("~")) return regexTest(part.slice(1));
  const delimited = /^\/(.*)\/$/.exec(part)?.[1];
  if (delimited !== undefined && delimited !== "") return regexTest(delimited);
  const fuzzy = /^-f\s+(.*)$/.exec(part)?.[1];
  if (fuzzy !== undefined) return { test: fuzzyTest(fuzzy), hasRegex: false };
  const tests = [...part.matchAll(/(?:"[^"]*"|\S)+/g)].map(([word]) => wordTest(word, table, now));
  return { test: (row) => tests.every((test) => test(row)), hasRegex: false };
}

function regexTest(source: string): Part {
  let regex: RegExp;
  try {
    regex = new RegExp(source, "imu");
  } catch {
    try {
      // Without "u" more is taken as it is written, such as a lone brace.
      regex = new RegExp(source, "im");
    } catch (error) {
      throw new FilterProblem(
        message("pattern.invalid", { words: error instanceof Error ? error.message : String(error) }),
      );
    }
  }
  return { test: (row) => regex.test(searchedText(row)), hasRegex: true };
}

function fuzzyTest(text: string): Test {
  const wanted = text.toLowerCase();
  return ({ key }) => hasInOrder(key, wanted);
}

function wordTest(word: string, table: FilterTable, now: number): Test {
  if (word.startsWith("!") && word.length > 1) {
    const test = wordTest(word.slice(1), table, now);
    return (row) => !test(row);
  }
  const parts = /^("[^"]+"|[^:=!<>"]+)(!=|>=|<=|[:=<>])(.*)$/s.exec(word);
  const column = parts === null ? undefined : columnReader(unquoted(parts[1] ?? ""), table);
  if (parts !== null && column !== undefined) return columnTest(column, parts[2] ?? "", unquoted(parts[3] ?? ""), now);
  const wanted = unquoted(word).toLowerCase();
  return (row) => searchedText(row).includes(wanted);
}

interface ColumnReader {
  kind: SortKind;
  read: (row: Row) => Cell;
}

/** Spaces of a column's name may be left out or written as `-` or `_`. */
function columnReader(name: string, table: FilterTable): ColumnReader | undefined {
  if (name.toLowerCase() === "namespace") return { kind: "text", read: (row) => row.namespace };
  const plain = (text: string) => text.toLowerCase().replaceAll(/[\s_-]/g, "");
  const named = table.columnNamed(name);
  const index = named ?? table.columns.findIndex(({ shown }) => plain(shown.name) === plain(name));
  const column = table.columns[index];
  return column === undefined ? undefined : { kind: column.sortedAs, read: (row) => row.cells[index] ?? null };
}

function columnTest({ kind, read }: ColumnReader, operator: string, wanted: string, now: number): Test {
  const lower = wanted.toLowerCase();
  const text = (row: Row) => cellText(kind, read(row), now).toLowerCase();
  switch (operator) {
    case ":":
      return (row) => text(row).includes(lower);
    case "=":
      return (row) => text(row) === lower;
    case "!=":
      return (row) => text(row) !== lower;
    default: {
      const accepts = (order: number) =>
        (order > 0 && operator.startsWith(">")) ||
        (order < 0 && operator.startsWith("<")) ||
        (order === 0 && operator.endsWith("="));
      const limit = comparable(kind, wanted, now);
      return (row) => {
        const cell = read(row);
        return !isEmpty(cell) && accepts(compareWith(kind, cell, limit));
      };
    }
  }
}

/** What was typed, as cells of the column are: `age>1h` means older than an hour. */
function comparable(kind: SortKind, wanted: string, now: number): Cell {
  if (kind === "age") {
    const age = parseDuration(wanted);
    return age === undefined ? wanted : now - age;
  }
  if (kind !== "number" || wanted === "" || !Number.isFinite(Number(wanted))) return wanted;
  // A whole number that would be rounded is compared as it is written.
  return /^-?\d+$/.test(wanted) && !Number.isSafeInteger(Number(wanted)) ? wanted : Number(wanted);
}

/** "2/3" compares with a number by how many are ready. */
function compareWith(kind: SortKind, cell: Cell, limit: Cell): number {
  if (kind === "ready" && typeof cell === "string" && /^\d+$/.test(String(limit))) {
    return Number.parseInt(cell, 10) - Number(limit);
  }
  if (kind === "text" && typeof cell === "string") {
    const [number, limited] = [numberOf("quantity", cell), numberOf("quantity", String(limit))];
    if (!Number.isNaN(number) && !Number.isNaN(limited)) return compareNumbers(number, limited, cell, limit);
    return compareVersions(cell, String(limit));
  }
  return compareCells(kind, cell, limit, false);
}

function cellText(kind: SortKind, cell: Cell, now: number): string {
  if (kind === "age" && typeof cell === "number") return formatDuration(now - cell);
  return cell === null ? "" : String(cell);
}

/** Its key and every cell, in lower case, one to a line; times are left out, as they change while one looks. */
function searchedText(row: Row): string {
  if (row.searched === undefined) {
    const cells = row.cells.filter((cell) => typeof cell !== "number" || cell < 1e11);
    row.searched = [row.key, ...cells].join("\n").toLowerCase();
  }
  return row.searched;
}

function unquoted(text: string): string {
  return text.replaceAll('"', "");
}
