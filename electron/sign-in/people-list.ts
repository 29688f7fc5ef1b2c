import { CsvError, parse } from "csv-parse/sync";
import { FlowdeckError } from "../../common/contract/index.ts";
import { type Message, message, textOf } from "../../common/words/index.ts";
import { sameAddress } from "../install/index.ts";
import { addressFault, nameFault, passwordFault } from "./checked.ts";

/** A row of a list that can be carried out; without a password, one is generated. */
export interface ListedPerson {
  line: number;
  email: string;
  username: string;
  password?: string;
}

export interface PeopleList {
  people: ListedPerson[];
  errors: { line: number; said: Message }[];
}

const mostBytes = 1_000_000;
export const mostRows = 500;

const columns = ["email", "name", "password"] as const;
type Column = (typeof columns)[number];
const titles: Record<Column, Message> = {
  email: message("people.columnEmail"),
  name: message("people.columnName"),
  password: message("people.columnPassword"),
};

/**
 * Reads a table as spreadsheets save it, whose first line names the columns. Every fault is listed with its line; throws
 * `invalid-input` for one that is too large to be read.
 */
export function readPeopleList(text: string): PeopleList {
  if (text.length > mostBytes) {
    const size = Math.ceil(text.length / 100_000) / 10;
    throw new FlowdeckError("invalid-input", message("profile.listTooLarge", { size }));
  }
  const errors: PeopleList["errors"] = [];
  const [head, ...body] = recordsOf(text, errors);
  if (head === undefined || (body.length === 0 && errors.length === 0)) {
    errors.push({ line: 1, said: message("profile.listEmpty") });
    return { people: [], errors };
  }
  if (body.length > mostRows) {
    errors.push({ line: 1, said: message("profile.listTooLong", { count: body.length, most: mostRows }) });
    return { people: [], errors };
  }
  const names = columnsOf(head, errors);
  if (names === undefined) return { people: [], errors };
  const people: ListedPerson[] = [];
  for (const { line, cells } of body) {
    const add = (said: Message | undefined) => {
      if (said !== undefined) errors.push({ line, said });
      return said !== undefined;
    };
    if (cells.length !== names.length) {
      add(message("profile.listFields", { count: cells.length, expected: names.length }));
      continue;
    }
    const of = (column: Column) => (cells[names.indexOf(column)] ?? "").trim();
    const [email, username] = [of("email"), of("name")];
    // Spaces may be part of a password.
    const password = cells[names.indexOf("password")] ?? "";
    const before = people.find((person) => sameAddress(person.email, email));
    const faults = [
      add(addressFault(email)?.said),
      add(nameFault(username)?.said),
      password !== "" && add(passwordFault(password)?.said),
      before !== undefined && add(message("people.listTwice", { email, line: before.line })),
    ];
    if (!faults.includes(true)) people.push({ line, email, username, ...(password === "" ? {} : { password }) });
  }
  return { people, errors: errors.toSorted((a, b) => a.line - b.line) };
}

interface TableRecord {
  line: number;
  cells: string[];
}

function recordsOf(text: string, errors: PeopleList["errors"]): TableRecord[] {
  const [head = ""] = text.split(/\r\n|\n|\r/, 1);
  const delimiter = [",", ";", "\t"].find((one) => head.includes(one)) ?? ",";
  try {
    const rows: unknown = parse(text, {
      ...{ bom: true, delimiter, info: true, relax_column_count: true, record_delimiter: ["\r\n", "\n", "\r"] },
      ...{ skip_empty_lines: true, skip_records_with_empty_values: true },
    });
    return (rows as { info: { lines: number }; record: string[] }[]).map(({ info, record }) => ({
      // Of a record that goes on over several lines, the first.
      line: info.lines - record.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0),
      cells: record,
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error.lines);
    // The parser's message may quote the line, and with it a password: only its code is given.
    errors.push({
      line: Number.isInteger(line) ? line : 1,
      said: message("profile.listUnreadable", { why: error.code }),
    });
    return [{ line: 1, cells: [] }];
  }
}

function columnsOf({ line, cells }: TableRecord, errors: PeopleList["errors"]): Column[] | undefined {
  if (cells.length === 0) return undefined;
  const found: Column[] = [];
  for (const cell of cells) {
    const written = cell.trim();
    const lower = written.toLowerCase();
    const name = columns.find((column) => column === lower || textOf(titles[column], "ko") === written);
    if (name === undefined) {
      const params = { column: written === "" ? "“”" : written, columns: columns.join(", ") };
      errors.push({ line, said: message("profile.listUnknownColumn", params) });
    } else if (found.includes(name)) errors.push({ line, said: message("profile.listColumnTwice", { column: name }) });
    else found.push(name);
  }
  if (!found.includes("email")) errors.push({ line, said: message("profile.listNoHeader", { columns: "email" }) });
  return errors.length === 0 ? found : undefined;
}
