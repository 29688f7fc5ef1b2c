import type { ColumnChoice, TableColumn, TableRow } from "../../../../common/contract/index.ts";

export const emptyChoice: ColumnChoice = {
  order: [],
  hidden: [],
  shown: [],
  wide: false,
  widths: {},
  own: [],
  sort: null,
};

/** Where a cell's text comes from: the row's namespace, or its cell at that place. */
export type CellSource = "namespace" | number;

export interface LaidColumn {
  name: string;
  description: string;
  as: TableColumn["as"];
  source: CellSource;
  /** Pixels; what is left over is shared out in proportion. */
  width: number;
  /** Pixels it may be narrowed to, where the list has no room for all: names are cut before a column is pushed out. */
  least: number;
  /** It stays where it is when the others scroll sideways. */
  pinned: boolean;
  /** It holds the objects' names. */
  names: boolean;
  /** Its cells carry the row's health. */
  health: boolean;
  own: boolean;
}

const minimum = 56;
const most = 340;
const nameMost = 420;
const nameLeast = 230;
const modest = 110;
/** 13 px Inter: an average letter, and the cell's padding with the sort sign. */
const letter = 7.1;
const monoLetter = 7.3;
const padding = 24;
const statusExtra = 26;

/** The names of columns that say how an object is, best first. */
const healthNames = ["Status", "Phase", "State", "Ready", "Available", "Synced", "Condition"];

export function namespaceColumn(): TableColumn {
  return { name: "Namespace", type: "string", description: "", priority: 0, as: "text", own: false };
}

/** The columns there are to choose from, in the user's order; the name always comes first. */
export function orderedColumns(
  columns: readonly TableColumn[],
  choice: ColumnChoice,
  withNamespace: boolean,
): { column: TableColumn; source: CellSource }[] {
  const all: { column: TableColumn; source: CellSource }[] = columns.map((column, source) => ({ column, source }));
  // Some lists begin with something else (events with "Last Seen"), some name their objects further behind.
  const named = all.findIndex(({ column }) => isName(column));
  if (named > 0) all.unshift(...all.splice(named, 1));
  const hasOwn = columns.some((column) => column.name === "Namespace" && !column.own);
  if (withNamespace && !hasOwn) all.splice(1, 0, { column: namespaceColumn(), source: "namespace" });
  const [name, ...others] = all;
  const place = (entry: { column: TableColumn }) => {
    const at = choice.order.indexOf(entry.column.name);
    return at === -1 ? choice.order.length : at;
  };
  return name ? [name, ...others.toSorted((a, b) => place(a) - place(b))] : [];
}

/** The column that holds the objects' names, where the list is about names. */
export function isName(column: TableColumn): boolean {
  return column.name === "Name" && column.priority === 0 && !column.own;
}

/** True when the user's choice (or the server's priority) has the column on screen. */
export function isShown(column: TableColumn, choice: ColumnChoice): boolean {
  if (choice.hidden.includes(column.name)) return false;
  return column.own || column.priority === 0 || choice.wide || choice.shown.includes(column.name);
}

function textWidth(text: string, mono: boolean): number {
  return text.length * (mono ? monoLetter : letter);
}

/** A width at which most of `rows` need no cut; the same for the same rows, so that nothing moves while one looks. */
export function measure(column: TableColumn, source: CellSource, rows: readonly TableRow[], first: boolean): number {
  const texts = rows.map((row) => {
    const value = source === "namespace" ? row.namespace : row.cells[source];
    return column.as === "age" ? "10m59s" : String(value ?? "");
  });
  const widths = texts.map((text) => textWidth(text, first)).toSorted((a, b) => a - b);
  // One long text among many short ones is cut, as long as the short ones are not short of room.
  const longest = widths.at(-1) ?? 0;
  const usual = first ? longest : Math.max(widths[Math.floor(widths.length * 0.95)] ?? 0, Math.min(longest, modest));
  const extra = padding + (healthNames.includes(column.name) && !first ? statusExtra : 0);
  const wanted = Math.max(usual + extra, textWidth(column.name, false) + padding + 14);
  return Math.round(Math.min(Math.max(wanted, minimum), first ? nameMost : most));
}

/** The column that shows the row's health, or -1: then only rows that are not well carry a sign before their name. */
export function healthColumn(columns: readonly TableColumn[]): number {
  for (const name of healthNames) {
    const at = columns.findIndex((column, index) => index > 0 && !column.own && column.name === name);
    if (at !== -1) return at;
  }
  return columns.findIndex((column) => column.as === "ready");
}

/**
 * The columns on screen with their widths.
 * @param measured widths that were measured once for this resource, by name
 */
export function layColumns(
  columns: readonly TableColumn[],
  choice: ColumnChoice,
  measured: Readonly<Record<string, number>>,
  withNamespace: boolean,
): LaidColumn[] {
  const health = healthColumn(columns);
  return orderedColumns(columns, choice, withNamespace)
    .filter(({ column }, index) => index === 0 || isShown(column, choice))
    .map(({ column, source }, index) => {
      const chosen = choice.widths[column.name];
      const width = chosen ?? measured[column.name] ?? Math.round(textWidth(column.name, false)) + 44;
      return {
        name: column.name,
        description: column.description,
        as: column.as,
        source,
        width,
        least: chosen === undefined && index === 0 ? Math.min(width, nameLeast) : width,
        pinned: index === 0,
        names: isName(column),
        health: source !== "namespace" && source === health,
        own: column.own,
      };
    });
}

/** Moves a column before or after its neighbour on screen; gives the new order of all names but the first. */
export function moveColumn(order: readonly string[], name: string, by: -1 | 1): string[] {
  const at = order.indexOf(name);
  const to = at + by;
  if (at === -1 || to < 0 || to >= order.length) return [...order];
  const next = [...order];
  next.splice(at, 1);
  next.splice(to, 0, name);
  return next;
}
