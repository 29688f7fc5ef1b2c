import { CsvError, parse } from "csv-parse/sync";
import { FlowdeckError } from "../../common/contract/index.ts";
import {
  bindingNameOf,
  type Hard,
  presetNames,
  type QuotaColumn,
  quotaColumns,
  quotaPresets,
  quotaResources,
  type SharedRole,
} from "../../common/kube/index.ts";
import { type Message, message, textOf } from "../../common/words/index.ts";
import { nameFault, quotaFault, userFault } from "./checked.ts";

/** A line of a class list that can be carried out. */
export interface ClassEntry {
  line: number;
  profile: string;
  owner: string;
  members: { user: string; role: SharedRole }[];
  /** Absent: the quota stays as it is; of a new profile, none. */
  hard?: Hard;
}

export interface ClassList {
  entries: ClassEntry[];
  errors: { line: number; said: Message }[];
}

const mostBytes = 1_000_000;
const mostRows = 500;
const needed = ["profile", "owner"] as const;
const columns = [...needed, "members", "quota", ...quotaColumns] as const;
type Column = (typeof columns)[number];

/** Sheets in other languages call their columns this. */
const titles: Partial<Record<Column, Message>> = {
  profile: message("profile.columnProfile"),
  owner: message("profile.columnOwner"),
  members: message("profile.columnMembers"),
  quota: message("profile.columnQuota"),
  memory: message("profile.columnMemory"),
  storage: message("profile.columnStorage"),
  pods: message("profile.columnPods"),
};

/**
 * Reads a class list: a table as spreadsheets save it, whose first line names the columns. Every fault is listed with its
 * line; throws `invalid-input` only for what is no table of this size at all.
 */
export function readClassList(text: string): ClassList {
  if (text.length > mostBytes) {
    const size = Math.ceil(text.length / 100_000) / 10;
    throw new FlowdeckError("invalid-input", message("profile.listTooLarge", { size }));
  }
  const errors: ClassList["errors"] = [];
  const records = recordsOf(text, errors);
  const [head, ...body] = records;
  if (head === undefined || (body.length === 0 && errors.length === 0)) {
    errors.push({ line: 1, said: message("profile.listEmpty") });
    return { entries: [], errors };
  }
  if (body.length > mostRows) {
    errors.push({ line: 1, said: message("profile.listTooLong", { count: body.length, most: mostRows }) });
    return { entries: [], errors };
  }
  const names = columnsOf(head, errors);
  if (names === undefined) return { entries: [], errors };
  const seen = new Map<string, number>();
  const entries: ClassEntry[] = [];
  for (const { line, cells } of body) {
    const said: Message[] = [];
    if (cells.length !== names.length)
      said.push(message("profile.listFields", { count: cells.length, expected: names.length }));
    else entries.push(entryOf(line, new Map(names.map((name, at) => [name, cells[at]?.trim() ?? ""])), seen, said));
    errors.push(...said.map((one) => ({ line, said: one })));
  }
  return { entries, errors: errors.toSorted((a, b) => a.line - b.line) };
}

interface TableRecord {
  line: number;
  cells: string[];
}

function recordsOf(text: string, errors: ClassList["errors"]): TableRecord[] {
  // A spreadsheet separates by what its country does; commas stand in no name and no address.
  const [first = ""] = text.split(/[\r\n]/, 1);
  const delimiter = ["\t", ",", ";"].find((one) => first.includes(one)) ?? ",";
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
    const said = message("profile.listUnreadable", { why: error.message });
    errors.push({ line: Number.isInteger(line) ? line : 1, said });
    return [{ line: 1, cells: [] }];
  }
}

function columnsOf(head: TableRecord, errors: ClassList["errors"]): Column[] | undefined {
  const { line } = head;
  if (head.cells.length === 0) return undefined;
  const found: Column[] = [];
  for (const cell of head.cells) {
    const written = cell.trim();
    const name = columnNamed(written.toLowerCase());
    if (name === undefined) {
      const params = { column: written === "" ? "“”" : written, columns: columns.join(", ") };
      errors.push({ line, said: message("profile.listUnknownColumn", params) });
    } else if (found.includes(name)) {
      errors.push({ line, said: message("profile.listColumnTwice", { column: name }) });
    } else found.push(name);
  }
  const missing = needed.filter((name) => !found.includes(name));
  if (missing.length > 0) errors.push({ line, said: message("profile.listNoHeader", { columns: missing.join(", ") }) });
  return errors.length === 0 ? found : undefined;
}

function columnNamed(written: string): Column | undefined {
  return columns.find((name) => {
    const title = titles[name];
    return name === written || (title !== undefined && textOf(title, "ko") === written);
  });
}

/** The line as it can be carried out; `said` gets what is wrong with it. */
function entryOf(
  line: number,
  cells: ReadonlyMap<Column, string>,
  seen: Map<string, number>,
  said: Message[],
): ClassEntry {
  const cell = (name: Column) => cells.get(name) ?? "";
  const [profile, owner] = [cell("profile"), cell("owner")];
  for (const fault of [nameFault(profile), userFault(owner)]) if (fault !== undefined) said.push(fault.said);
  const before = seen.get(profile);
  if (before !== undefined) said.push(message("profile.listTwice", { name: profile, line: before }));
  else seen.set(profile, line);
  const members = membersOf(cell("members"), profile, owner, said);
  const hard = quotaOf(cell, said);
  return { line, profile, owner, members, ...(hard === undefined ? {} : { hard }) };
}

/** "a@example.com:edit b@example.com", separated by spaces or semicolons; edit is what the dashboard gives. */
function membersOf(written: string, profile: string, owner: string, said: Message[]): ClassEntry["members"] {
  const members: ClassEntry["members"] = [];
  const names = new Map<string, string>();
  for (const member of written.split(/[\s;|,]+/).filter(Boolean)) {
    const [user = "", role = "edit", ...more] = member.split(":");
    const fault = userFault(user);
    if (fault !== undefined) said.push(fault.said);
    else if ((role !== "view" && role !== "edit") || more.length > 0)
      said.push(message("profile.listRole", { member }));
    else if (user === owner) said.push(message("profile.isOwner", { user, profile }));
    else if (members.some((one) => one.user === user)) said.push(message("profile.listMemberTwice", { user }));
    else {
      const binding = bindingNameOf(user, role);
      const other = names.get(binding);
      if (other === undefined) names.set(binding, user);
      else said.push(message("profile.nameTaken", { user, profile, binding, other }));
      members.push({ user, role });
    }
  }
  return members;
}

/** A preset's name, or amounts: `cpu=4 memory=16Gi`, or columns of their own. */
function quotaOf(cell: (name: Column) => string, said: Message[]): Hard | undefined {
  const written = cell("quota");
  const hard: Record<string, string> = {};
  const single = quotaColumns.filter((column) => cell(column) !== "");
  for (const column of single) hard[quotaResources[column]] = cell(column);
  if (written !== "" && single[0] !== undefined) {
    said.push(message("profile.listBoth", { column: single[0] }));
    return undefined;
  }
  const preset = presetNames.find((name) => name === written.toLowerCase());
  if (preset !== undefined) return quotaPresets[preset];
  for (const part of written.split(/[\s;|,]+/).filter(Boolean)) {
    const column = /^(\w+)=/.exec(part)?.[1]?.toLowerCase();
    const known = quotaColumns.find((name) => name === column);
    if (known === undefined) {
      said.push(message("profile.listPreset", { preset: part, presets: presetNames.join(", ") }));
      return undefined;
    }
    hard[quotaResources[known satisfies QuotaColumn]] = part.slice(part.indexOf("=") + 1);
  }
  const fault = quotaFault(hard);
  if (fault !== undefined) said.push(fault.said);
  return Object.keys(hard).length === 0 ? undefined : hard;
}
