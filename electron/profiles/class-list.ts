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
import { type Message, message } from "../../common/words/index.ts";
import { readTable, type TableFault, type TableRule } from "../lists/index.ts";
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
  errors: TableFault[];
}

const needed = ["profile", "owner"] as const;
const columns = [...needed, "members", "quota", ...quotaColumns] as const;
type Column = (typeof columns)[number];

const titles: Partial<Record<Column, Message>> = {
  profile: message("profile.columnProfile"),
  owner: message("profile.columnOwner"),
  members: message("profile.columnMembers"),
  quota: message("profile.columnQuota"),
  memory: message("profile.columnMemory"),
  storage: message("profile.columnStorage"),
  pods: message("profile.columnPods"),
};

const rule: TableRule<Column> = {
  ...{ columns, needed, titles },
  // Commas stand in no name and no address.
  delimiters: ["\t", ",", ";"],
  why: (error) => error.message,
};

/**
 * Reads a class list: a table as spreadsheets save it, whose first line names the columns. Every fault is listed with its
 * line; throws `invalid-input` only for what is no table of this size at all.
 */
export function readClassList(text: string): ClassList {
  const { names, body, errors } = readTable(text, rule);
  if (names === undefined) return { entries: [], errors };
  const seen = new Map<string, number>();
  const entries: ClassEntry[] = [];
  for (const { line, cells } of body) {
    const said: Message[] = [];
    if (cells.length !== names.length)
      said.push(message("list.fields", { count: cells.length, expected: names.length }));
    else entries.push(entryOf(line, new Map(names.map((name, at) => [name, cells[at]?.trim() ?? ""])), seen, said));
    errors.push(...said.map((one) => ({ line, said: one })));
  }
  return { entries, errors: errors.toSorted((a, b) => a.line - b.line) };
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
