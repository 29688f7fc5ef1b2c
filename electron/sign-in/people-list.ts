import { type Message, message } from "../../common/words/index.ts";
import { sameAddress } from "../install/index.ts";
import { readTable, type TableFault, type TableRule } from "../lists/index.ts";
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
  errors: TableFault[];
}

const columns = ["email", "name", "password"] as const;
type Column = (typeof columns)[number];
const titles: Record<Column, Message> = {
  email: message("people.columnEmail"),
  name: message("people.columnName"),
  password: message("people.columnPassword"),
};

const rule: TableRule<Column> = {
  ...{ columns, titles },
  needed: ["email"],
  delimiters: [",", ";", "\t"],
  // Its message may quote the line, and with it a password.
  why: (error) => error.code,
};

/**
 * Reads a table as spreadsheets save it, whose first line names the columns. Every fault is listed with its line; throws
 * `invalid-input` for one that is too large to be read.
 */
export function readPeopleList(text: string): PeopleList {
  const { names, body, errors } = readTable(text, rule);
  if (names === undefined) return { people: [], errors };
  const people: ListedPerson[] = [];
  for (const { line, cells } of body) {
    const add = (said: Message | undefined) => {
      if (said !== undefined) errors.push({ line, said });
      return said !== undefined;
    };
    if (cells.length !== names.length) {
      add(message("list.fields", { count: cells.length, expected: names.length }));
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
