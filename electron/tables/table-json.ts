import type { Cell } from "../../common/contract/index.ts";
import { isRecord, stringifyJson } from "../../common/json/index.ts";
import { groupKindOf } from "../../common/kube/index.ts";

/**
 * Reads what an API server answers when asked for a Table, one-row Tables in watch events, and plain lists from servers
 * that know no Tables. https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables
 */
export interface TableJson {
  resourceVersion: string;
  /** Token for the next page; "" after the last. */
  continueToken: string;
  /** How many rows follow after this page, where the server says so. */
  remaining: number | undefined;
  /** Absent in all but the first event of a watch. */
  columns: ColumnJson[] | undefined;
  rows: RowJson[];
}

export interface ColumnJson {
  name: string;
  type: string;
  format: string;
  description: string;
  priority: number;
}

export interface RowJson {
  cells: Cell[];
  metadata: RowMetadata | undefined;
  /** The whole object, where it was asked for. */
  object: Record<string, unknown> | undefined;
}

export interface RowMetadata {
  name: string;
  namespace: string;
  uid: string | undefined;
  resourceVersion: string | undefined;
  /** Milliseconds since the epoch. */
  created: number | undefined;
  deleting: boolean;
  /** The kind of the controller that made it, such as `apps/ReplicaSet`; "" for none. */
  controller: string;
}

/** What kubectl shows of a kind whose server makes no Tables. */
const plainColumns: ColumnJson[] = [
  { name: "Name", type: "string", format: "name", description: "", priority: 0 },
  { name: "Age", type: "date", format: "", description: "", priority: 0 },
];

/** @param answer a Table, a list of objects, or one object */
export function readTable(answer: unknown): TableJson {
  const table = isRecord(answer) ? answer : {};
  const metadata = isRecord(table.metadata) ? table.metadata : {};
  const paging = {
    resourceVersion: text(metadata.resourceVersion),
    continueToken: text(metadata.continue),
    remaining: typeof metadata.remainingItemCount === "number" ? metadata.remainingItemCount : undefined,
  };
  if (table.kind === "Table") {
    return {
      ...paging,
      columns: Array.isArray(table.columnDefinitions)
        ? table.columnDefinitions.filter(isRecord).map(readColumn)
        : undefined,
      rows: Array.isArray(table.rows) ? table.rows.filter(isRecord).map(readRow) : [],
    };
  }
  const objects = Array.isArray(table.items) ? table.items.filter(isRecord) : isRecord(table.metadata) ? [table] : [];
  return { ...paging, columns: plainColumns, rows: objects.map(plainRow) };
}

function readColumn(column: Record<string, unknown>): ColumnJson {
  return {
    name: text(column.name),
    type: text(column.type) || "string",
    format: text(column.format),
    description: text(column.description),
    priority: typeof column.priority === "number" ? column.priority : 0,
  };
}

function readRow(row: Record<string, unknown>): RowJson {
  const object = isRecord(row.object) ? row.object : undefined;
  return {
    cells: Array.isArray(row.cells) ? row.cells.map(readCell) : [],
    metadata: object === undefined ? undefined : readMetadata(object),
    object,
  };
}

function plainRow(object: Record<string, unknown>): RowJson {
  const metadata = readMetadata(object);
  const created = isRecord(object.metadata) ? text(object.metadata.creationTimestamp) : "";
  return { cells: [metadata?.name ?? "", created], metadata, object };
}

function readMetadata(object: Record<string, unknown>): RowMetadata | undefined {
  const { metadata } = object;
  if (!isRecord(metadata)) return undefined;
  const created = Date.parse(text(metadata.creationTimestamp));
  return {
    name: text(metadata.name),
    namespace: text(metadata.namespace),
    uid: text(metadata.uid) || undefined,
    resourceVersion: text(metadata.resourceVersion) || undefined,
    created: Number.isNaN(created) ? undefined : created,
    deleting: metadata.deletionTimestamp !== undefined,
    controller: controllerOf(metadata.ownerReferences),
  };
}

function controllerOf(owners: unknown): string {
  const controller = Array.isArray(owners)
    ? owners.filter(isRecord).find((owner) => owner.controller === true)
    : undefined;
  return controller === undefined ? "" : groupKindOf(controller);
}

/** A value as a cell. A whole number that is too large for a number is the text of its digits, which compare as numbers. */
export function readCell(value: unknown): Cell {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value === "bigint") return String(value);
  return value === null || value === undefined ? null : stringifyJson(value);
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
