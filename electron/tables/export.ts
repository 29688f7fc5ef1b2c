import type { Cell } from "../../common/contract/index.ts";
import { formatDuration } from "./cells.ts";
import type { Column } from "./columns.ts";
import type { Row } from "./row.ts";
import type { Table } from "./table.ts";

/** Rows as text: their names, CSV with all columns (RFC 4180, times in ISO 8601), or as `kubectl get` prints them. */
export function exportRows(
  table: Pick<Table, "spec" | "columns">,
  rows: readonly Row[],
  as: "csv" | "names" | "text",
  now: number,
): string {
  if (as === "names") return lines(rows.map(({ name }) => name));
  const { namespaced } = table.spec;
  if (as === "csv") {
    const heads = [...(namespaced ? ["Namespace"] : []), ...table.columns.map(({ shown }) => shown.name)];
    const records = rows.map((row) => [
      ...(namespaced ? [row.namespace] : []),
      ...table.columns.map(({ sortedAs }, index) => csvText(sortedAs, row.cells[index] ?? null)),
    ]);
    return [heads, ...records].map((record) => `${record.map(csvField).join(",")}\r\n`).join("");
  }
  const severalNamespaces = namespaced && rows.some(({ namespace }) => namespace !== rows[0]?.namespace);
  const columns = table.columns
    .map((column, index) => ({ column, index }))
    .filter(({ column }) => column.shown.priority === 0);
  const grid = [
    [...(severalNamespaces ? ["NAMESPACE"] : []), ...columns.map(({ column }) => column.shown.name.toUpperCase())],
    ...rows.map((row) => [
      ...(severalNamespaces ? [row.namespace] : []),
      ...columns.map(({ column, index }) => printed(column, row.cells[index] ?? null, now)),
    ]),
  ];
  return lines(aligned(grid));
}

/** A cell as kubectl prints it. */
export function printed({ sortedAs, shown }: Column, cell: Cell, now: number): string {
  if (sortedAs === "age") {
    if (cell === null) return shown.type === "date" || shown.name === "Last Schedule" ? "<none>" : "<unknown>";
    return typeof cell === "number" ? formatDuration(now - cell) : String(cell);
  }
  return cell === null ? "<none>" : (String(cell).split("\n", 1)[0] ?? "");
}

function csvText(sortedAs: Column["sortedAs"], cell: Cell): string {
  if (cell === null) return "";
  return sortedAs === "age" && typeof cell === "number" ? new Date(cell).toISOString() : String(cell);
}

/** A spreadsheet takes a field that begins like a formula for one: a quote in front keeps it text. */
function csvField(field: string): string {
  const plain = /^[=+\-@\t\r]/.test(field) && !/^[+-]?\d+(\.\d+)?$/.test(field) ? `'${field}` : field;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** Three spaces between columns, as kubectl has them. */
function aligned(grid: readonly string[][]): string[] {
  const widths = (grid[0] ?? []).map((_, index) =>
    grid.reduce((widest, line) => Math.max(widest, line[index]?.length ?? 0), 0),
  );
  return grid.map((line) =>
    line
      .map((field, index) => (index === line.length - 1 ? field : field.padEnd((widths[index] ?? 0) + 3)))
      .join("")
      .trimEnd(),
  );
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join("");
}
