import type { Cell, RowHealth, TableRow } from "../../common/contract/index.ts";

/** A row as the worker keeps it. A change makes a new one, so that views can tell the old from the new by identity. */
export interface Row {
  readonly key: string;
  /** "" where there are no namespaces. */
  readonly namespace: string;
  readonly name: string;
  readonly cells: readonly Cell[];
  readonly health: RowHealth;
  readonly deleting: boolean;
  readonly uid: string | undefined;
  /** The listing that saw it last. */
  seen: number;
  /** False once it was replaced or removed. */
  live: boolean;
  /** All of its text in lower case; made when a filter first looks at it. */
  searched: string | undefined;
}

export function keyOf(namespace: string, name: string): string {
  return namespace === "" ? name : `${namespace}/${name}`;
}

export function shownRow(row: Row): TableRow {
  return {
    key: row.key,
    ...(row.namespace === "" ? {} : { namespace: row.namespace }),
    name: row.name,
    ...(row.uid === undefined ? {} : { uid: row.uid }),
    cells: [...row.cells],
    health: row.health,
    deleting: row.deleting,
  };
}

/** True when the page could not tell them apart. */
export function isSameRow(a: Row, b: Row): boolean {
  return (
    a.health === b.health &&
    a.deleting === b.deleting &&
    a.uid === b.uid &&
    a.cells.length === b.cells.length &&
    a.cells.every((cell, index) => cell === b.cells[index])
  );
}
