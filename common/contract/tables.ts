import { z } from "zod";
import { contextId } from "./context-id.ts";
import { method, stream } from "./define.ts";
import { appError } from "./errors.ts";
import { message } from "./message.ts";
import { resourceTarget } from "./resources.ts";

/** A column as the API server defines it, or one of the user's own. */
export const tableColumn = z.object({
  /** As the server names it: `Name`, `Ready`; own ones as the user named them. */
  name: z.string(),
  /** string, integer, number, boolean, date. */
  type: z.string(),
  description: z.string(),
  /** 0 is shown by `kubectl get`, larger ones by `-o wide`. */
  priority: z.number(),
  /** What it is sorted and aligned as; `age` ticks: its cells are milliseconds since the epoch. */
  as: z.enum(["text", "number", "quantity", "age", "ready", "version", "boolean"]),
  own: z.boolean(),
});
export type TableColumn = z.infer<typeof tableColumn>;

export const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type Cell = z.infer<typeof cell>;

export const rowHealth = z.enum(["ok", "warn", "bad", "done"]);
export type RowHealth = z.infer<typeof rowHealth>;

/** `key` is namespace/name (only the name where there are no namespaces), unique in its table. */
export const tableRow = z.object({
  key: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
  /** Where it is known: long lists come without it, what changed since brings it. */
  uid: z.string().optional(),
  /** In the order of the table's columns. A cell of an `age` column is the time it counts from, in ms, or null. */
  cells: z.array(cell),
  /** `bad`: broken; `warn`: not yet or not quite right; `done`: over, as it should be. */
  health: rowHealth,
  /** It is being deleted. */
  deleting: z.boolean(),
});
export type TableRow = z.infer<typeof tableRow>;

/** What a table is made of. Those who ask for the same share one list and one watch. */
export const tableSource = resourceTarget.extend({
  /** Empty: all namespaces (those that the user may see). */
  namespaces: z.array(z.string()).default([]),
  labelSelector: z.string().max(4000).default(""),
  fieldSelector: z.string().max(4000).default(""),
  /** The user's own columns; `path` is JSONPath as kubectl's: `.spec.nodeName` or `{.spec.nodeName}`. */
  ownColumns: z
    .array(z.object({ name: z.string().min(1).max(60), path: z.string().min(1).max(500) }))
    .max(20)
    .default([]),
});
export type TableSource = z.infer<typeof tableSource>;

/** How one view looks at a table; changing it asks the cluster nothing. */
export const tableQuery = z.object({
  /**
   * What was typed after `/`: words (all have to occur), `/regex/` or `~regex`, `!` in front turns it round, `-f text` is fuzzy,
   * `column:text`, `column=text`, `column!=text`, `column>4`, `age>1h` look into one column (`namespace` is one, and spaces of
   * a column's name may be left out); `or` between two of them. Upper and lower case are the same.
   */
  filter: z.string().max(1000).default(""),
  /** Only rows whose health is `warn` or `bad`. */
  faults: z.boolean().default(false),
  /** By a column's name, or `Namespace`; null is by namespace and name. Cells without a value come last either way. */
  sort: z.object({ column: z.string(), descending: z.boolean() }).nullable().default(null),
  /** The rows wanted: from `offset`, at most `count`. */
  window: z.object({ offset: z.number().int().min(0), count: z.number().int().min(0).max(1000) }),
  /** Key of a row to be kept in sight: its new place is told in the view's `anchor` as rows come and go. */
  anchor: z.string().nullable().default(null),
});
export type TableQuery = z.infer<typeof tableQuery>;

/** `listing`: rows still come; `live`: a watch keeps them as they are; `reconnecting`: it broke and is being made anew. */
export const tableState = z.enum(["listing", "live", "reconnecting", "polling"]);

/** What a view shows now. Sent anew when something in it changed, at most some twenty times a second. */
export const tableView = z.object({
  columns: z.array(tableColumn),
  state: tableState,
  /** Why it reconnects. */
  problem: appError.optional(),
  /** When the newest state came in, ms since the epoch. */
  updatedAt: z.number(),
  /** All rows of the table, before the filter; grows while `listing`. `expected` is how many there will be, when known. */
  total: z.number(),
  expected: z.number().optional(),
  /** Rows that pass the filter. */
  matched: z.number(),
  /** Of all rows of the table, before the filter. */
  warn: z.number(),
  bad: z.number(),
  done: z.number(),
  /** Where `rows` begin: less than asked for when the window would lie beyond the end. */
  offset: z.number(),
  rows: z.array(tableRow),
  /** The anchor of the query that this answers, and where it stands among the matched rows: without `index` it does not. */
  anchor: z.object({ key: z.string(), index: z.number().optional() }).optional(),
  /** The namespaces that are shown, when others are left out because the user may not list there; else absent. */
  limitedTo: z.array(z.string()).optional(),
  /** What is wrong with the filter; everything is shown then. */
  filterProblem: message.optional(),
});
export type TableView = z.infer<typeof tableView>;

const viewId = z.string().min(8).max(64);

export const tablesContract = {
  /** A view of a table until closed. `view` is made by the page; `table.query` changes how it looks at the table. */
  "table.open": stream(z.object({ view: viewId, source: tableSource, query: tableQuery }), tableView),
  "table.query": method(z.object({ view: viewId, query: tableQuery }), z.object({})),
  /** Keys of the rows that pass the filter, in order: from one row to another (a range) or all of them. */
  "table.keys": method(
    z.object({ view: viewId, from: z.string().nullable().default(null), to: z.string().nullable().default(null) }),
    z.object({ keys: z.array(z.string()) }),
  ),
  /** All matched rows as text: names, CSV with all columns, or as `kubectl get` prints them. */
  "table.export": method(
    z.object({
      view: viewId,
      as: z.enum(["csv", "names", "text"]),
      keys: z.array(z.string()).nullable().default(null),
    }),
    z.object({ text: z.string() }),
  ),
  /** Objects of any listed kind by name, for the palette: from tables that are open and a quick look at common kinds. */
  "objects.find": method(
    z.object({
      context: contextId,
      text: z.string().min(1).max(200),
      limit: z.number().int().max(100).default(20),
    }),
    z.object({
      found: z.array(resourceTarget.extend({ kind: z.string(), namespace: z.string().optional(), name: z.string() })),
    }),
  ),
};
