import { CsvError, parse } from "csv-parse/sync";
import { FlowdeckError } from "../../common/contract/index.ts";
import { type Message, message, textOf } from "../../common/words/index.ts";

const mostBytes = 1_000_000;
const mostRows = 500;

/** What a list of people or profiles looks like. */
export interface TableRule<Column extends string> {
  columns: readonly Column[];
  needed: readonly Column[];
  /** Sheets in other languages call their columns this. */
  titles: Partial<Record<Column, Message>>;
  /** A spreadsheet separates by what its country does; the first that the first line has is taken. */
  delimiters: readonly string[];
  /** What may be told of an error of the parser, whose message can quote the line. */
  why: (error: CsvError) => string;
}

export interface TableRecord {
  line: number;
  cells: string[];
}

export interface TableFault {
  line: number;
  said: Message;
}

export interface ReadTable<Column extends string> {
  /** Absent where there is nothing to carry out; the faults say why. */
  names?: Column[];
  body: TableRecord[];
  errors: TableFault[];
}

/**
 * Reads a table as spreadsheets save it, whose first line names the columns. Every fault is listed with its line; throws
 * `invalid-input` only for one that is too large to be read.
 */
export function readTable<Column extends string>(text: string, rule: TableRule<Column>): ReadTable<Column> {
  if (text.length > mostBytes) {
    const size = Math.ceil(text.length / 100_000) / 10;
    throw new FlowdeckError("invalid-input", message("list.tooLarge", { size }));
  }
  const errors: TableFault[] = [];
  const [head, ...body] = recordsOf(text, rule, errors);
  if (head === undefined || (body.length === 0 && errors.length === 0)) {
    errors.push({ line: 1, said: message("list.empty") });
    return { body, errors };
  }
  if (body.length > mostRows) {
    errors.push({ line: 1, said: message("list.tooLong", { count: body.length, most: mostRows }) });
    return { body, errors };
  }
  const names = columnsOf(head, rule, errors);
  return names === undefined ? { body, errors } : { names, body, errors };
}

function recordsOf(
  text: string,
  { delimiters, why }: Pick<TableRule<string>, "delimiters" | "why">,
  errors: TableFault[],
): TableRecord[] {
  const [first = ""] = text.split(/[\r\n]/, 1);
  const delimiter = delimiters.find((one) => first.includes(one)) ?? ",";
  try {
    const rows: unknown = parse(text, {
      bom: true,
      delimiter,
      info: true,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
    });
    return (rows as { info: { lines: number }; record: string[] }[]).map(({ info, record }) => ({
      // Of a record that goes on over several lines, the first.
      line: info.lines - record.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0),
      cells: record,
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error.lines);
    const said = message("list.unreadable", { why: why(error) });
    errors.push({ line: Number.isInteger(line) ? line : 1, said });
    return [{ line: 1, cells: [] }];
  }
}

function columnsOf<Column extends string>(
  { line, cells }: TableRecord,
  { columns, needed, titles }: TableRule<Column>,
  errors: TableFault[],
): Column[] | undefined {
  if (cells.length === 0) return undefined;
  const found: Column[] = [];
  for (const cell of cells) {
    const written = cell.trim();
    const lower = written.toLowerCase();
    const name = columns.find((column) => {
      const title = titles[column];
      return column === lower || (title !== undefined && textOf(title, "ko") === lower);
    });
    if (name === undefined) {
      const params = { column: written === "" ? "“”" : written, columns: columns.join(", ") };
      errors.push({ line, said: message("list.unknownColumn", params) });
    } else if (found.includes(name)) errors.push({ line, said: message("list.columnTwice", { column: name }) });
    else found.push(name);
  }
  const missing = needed.filter((name) => !found.includes(name));
  if (missing.length > 0) errors.push({ line, said: message("list.noHeader", { columns: missing.join(", ") }) });
  return errors.length === 0 ? found : undefined;
}
