import type { TableRow, TableView } from "../../common/contract/index.ts";

function sameRow(a: TableRow, b: TableRow): boolean {
  return (
    a.health === b.health &&
    a.deleting === b.deleting &&
    a.cells.length === b.cells.length &&
    a.cells.every((cell, index) => cell === b.cells[index])
  );
}

/** The next view with rows that did not change as the objects they were, so that React leaves them alone. */
export function keepRows(previous: TableView | undefined, next: TableView): TableView {
  if (!previous) return next;
  const known = new Map(previous.rows.map((row) => [row.key, row]));
  const rows = next.rows.map((row) => {
    const old = known.get(row.key);
    return old && sameRow(old, row) ? old : row;
  });
  const columns = JSON.stringify(previous.columns) === JSON.stringify(next.columns) ? previous.columns : next.columns;
  return { ...next, rows, columns };
}

/** Rows beyond the edge of the screen that are asked for, so that scrolling meets them. */
const beyond = 60;
/** The window moves in steps, so that scrolling by a row asks nothing. */
const step = 40;

/** Which rows to ask for so that `first` to `last` are among them for a while. */
export function windowAround(first: number, last: number): { offset: number; count: number } {
  const offset = Math.max(0, Math.floor((first - beyond) / step) * step);
  const end = Math.ceil((last + 1 + beyond) / step) * step;
  return { offset, count: Math.min(1000, end - offset) };
}

/** The row at a place among the matched ones, when the view has it. */
export function rowAt(view: TableView | undefined, index: number): TableRow | undefined {
  return view?.rows[index - view.offset];
}
