import type { TableQuery } from "../../common/contract/index.ts";
import { compareCells, compareNatural } from "./compare.ts";
import type { Row } from "./row.ts";
import type { Table } from "./table.ts";

export type Compare = (a: Row, b: Row) => number;

/** Without a column: by namespace and name. The order is total, so that equal rows keep their places. */
export function rowOrder(table: Table, sort: TableQuery["sort"]): Compare {
  if (sort === null) return byKey;
  const sign = sort.descending ? -1 : 1;
  if (sort.column.toLowerCase() === "namespace") {
    return (a, b) => sign * compareNatural(a.namespace, b.namespace) || compareNatural(a.name, b.name);
  }
  const index = table.columnNamed(sort.column);
  const column = index === undefined ? undefined : table.columns[index];
  if (index === undefined || column === undefined) return byKey;
  if (column.isName) return (a, b) => sign * compareNatural(a.name, b.name) || compareNatural(a.namespace, b.namespace);
  const { sortedAs } = column;
  const { descending } = sort;
  return (a, b) => compareCells(sortedAs, a.cells[index] ?? null, b.cells[index] ?? null, descending) || byKey(a, b);
}

function byKey(a: Row, b: Row): number {
  if (a.namespace !== b.namespace)
    return compareNatural(a.namespace, b.namespace) || (a.namespace < b.namespace ? -1 : 1);
  return compareNatural(a.name, b.name);
}

/** Puts rows into an ordered array; `added` is sorted in place. Gives a new array. */
export function mergeOrdered(ordered: readonly Row[], added: Row[], compare: Compare): Row[] {
  added.sort(compare);
  if (ordered.length === 0) return added;
  const merged: Row[] = [];
  let from = 0;
  for (const row of added) {
    const to = placeOf(ordered, row, compare, from);
    for (let at = from; at < to; at++) merged.push(ordered[at] as Row);
    merged.push(row);
    from = to;
  }
  for (let at = from; at < ordered.length; at++) merged.push(ordered[at] as Row);
  return merged;
}

/** Where a row stands or would stand: the first place whose row does not come before it. */
export function placeOf(ordered: readonly Row[], row: Row, compare: Compare, from = 0): number {
  let low = from;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const there = ordered[middle];
    if (there !== undefined && compare(there, row) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
