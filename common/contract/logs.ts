import { z } from "zod";
import { method, stream } from "./define.ts";
import { appError } from "./errors.ts";
import { message } from "./message.ts";
import { objectTarget } from "./resources.ts";

/** Whose logs: pods by name, or all pods of a workload, a Service's selector or anything else that selects pods. */
export const logSource = z.object({
  targets: z.array(objectTarget).min(1).max(50),
  /** Names of containers (init and ephemeral ones too); empty: all. */
  containers: z.array(z.string().min(1)).max(100).default([]),
  /** The run before the present one, read to its end. */
  previous: z.boolean().default(false),
  /** Lines of each container to begin with, counted from the newest; null: all there are. */
  tail: z.number().int().min(0).max(10_000_000).nullable().default(1_000),
  /** Only what was written in the last seconds, or since a time. */
  since: z
    .union([z.object({ seconds: z.number().int().min(1) }), z.object({ time: z.iso.datetime({ offset: true }) })])
    .nullable()
    .default(null),
  /** Lines kept; older ones are dropped, and counted. */
  keepLines: z.number().int().min(1_000).max(2_000_000).default(1_000_000),
});
export type LogSource = z.infer<typeof logSource>;

export const logLevel = z.enum(["trace", "debug", "info", "warn", "error"]);
export type LogLevel = z.infer<typeof logLevel>;

export const logPattern = z.object({
  /** Empty: everything. */
  text: z.string().max(1_000).default(""),
  regex: z.boolean().default(false),
  caseSensitive: z.boolean().default(false),
});
export type LogPattern = z.infer<typeof logPattern>;

export const logFilter = logPattern.extend({
  /** Only lines it does not match. */
  inverse: z.boolean().default(false),
  /** Lines shown before and after each match. */
  context: z.number().int().min(0).max(50).default(0),
  /** Only lines of this level or above; lines without a level are hidden then. */
  level: logLevel.nullable().default(null),
  /** Sources (by id) whose lines are hidden. */
  hidden: z.array(z.number().int()).max(1_000).default([]),
});
export type LogFilter = z.infer<typeof logFilter>;

/** How one view looks at the lines; changing it asks the cluster nothing. */
export const logQuery = z.object({
  filter: logFilter.prefault({}),
  search: logPattern.prefault({}),
  /**
   * Rows are numbered from 0 in the order they came, and keep their number when older ones are dropped. `offset` null: the
   * newest `count` rows, whatever comes.
   */
  window: z.object({ offset: z.number().int().min(0).nullable(), count: z.number().int().min(0).max(1_000) }),
});
export type LogQuery = z.infer<typeof logQuery>;

/** A stretch of a line's text in a colour or style that the program chose by ANSI codes. */
export const logStyle = z.object({
  start: z.number(),
  end: z.number(),
  /** 0 to 15: the terminal's own colours; else #rrggbb. */
  color: z.union([z.number(), z.string()]).optional(),
  background: z.union([z.number(), z.string()]).optional(),
  bold: z.boolean().optional(),
  dim: z.boolean().optional(),
  italic: z.boolean().optional(),
  underline: z.boolean().optional(),
});
export type LogStyle = z.infer<typeof logStyle>;

/** What happened to a source, told as a line of its own where it happened. */
export const logNotice = z.discriminatedUnion("what", [
  /** A pod or container that was not there when the log was opened. */
  z.object({ what: z.literal("joined") }),
  z.object({ what: z.literal("ended"), exitCode: z.number().optional(), reason: z.string().optional() }),
  z.object({ what: z.literal("restarted"), missedRuns: z.number() }),
  z.object({ what: z.literal("gone") }),
  /** The stream broke and goes on where it stood. `afterMs`: how long it was away. */
  z.object({ what: z.literal("reconnected"), afterMs: z.number() }),
  /** What was already read is no longer there: lines between may be missing. */
  z.object({ what: z.literal("gap") }),
  z.object({ what: z.literal("failed"), said: message }),
]);
export type LogNotice = z.infer<typeof logNotice>;

export const logRow = z.object({
  /** The line's number, unique in its log. */
  line: z.number(),
  source: z.number(),
  /** As the node wrote it down: RFC 3339 with nanoseconds; empty when it came without. */
  at: z.string(),
  /** Without ANSI codes, and clipped when very long. */
  text: z.string(),
  /** All of its bytes, when `text` is clipped. */
  bytes: z.number().optional(),
  styles: z.array(logStyle).optional(),
  level: logLevel.optional(),
  notice: logNotice.optional(),
  /** Passes only as the neighbour of a match. */
  context: z.boolean().optional(),
  /** Hidden lines lie between it and the row before. */
  gap: z.boolean().optional(),
  /** The search matches it. */
  found: z.boolean().optional(),
});
export type LogRow = z.infer<typeof logRow>;

export const logSourceState = z.object({
  id: z.number(),
  namespace: z.string(),
  pod: z.string(),
  container: z.string(),
  containerKind: z.enum(["init", "main", "ephemeral"]),
  /** `waiting`: nothing runs yet; `reading`: its stream is open; `ended`: read to its end; `failed`: can't be read. */
  state: z.enum(["waiting", "opening", "reading", "reconnecting", "ended", "gone", "failed"]),
  /** Why it waits, failed or reconnects; a string is the cluster's own. */
  reason: z.union([z.string(), message]).optional(),
  lines: z.number(),
  /** Of those, no longer kept. */
  dropped: z.number(),
});
export type LogSourceState = z.infer<typeof logSourceState>;

/** What a view shows now. Sent anew when something in it changed, at most some twenty times a second. */
export const logView = z.object({
  /** First row still kept, and the one after the newest. */
  firstRow: z.number(),
  endRow: z.number(),
  /** Rows from here on. */
  offset: z.number(),
  rows: z.array(logRow),
  /** Lines since the log was opened or cleared; dropped are those of them that are no longer kept. */
  lines: z.number(),
  bytes: z.number(),
  dropped: z.number(),
  /** Lines that the filter has not looked at yet. */
  pending: z.number(),
  /** Rows that the search matches, of those looked at so far (`searched` rows are still to come). */
  found: z.number(),
  searchPending: z.number(),
  /** What is wrong with a pattern. */
  filterProblem: message.optional(),
  searchProblem: message.optional(),
  /** Only when something about them changed; all of them then. */
  sources: z.array(logSourceState).optional(),
  /** Why there may be nothing: which pods there are can't be told. */
  problem: appError.optional(),
  /** Containers that are not read, as too many are selected. */
  leftOut: z.number(),
  /** All was read that there is: nothing runs any more, or the previous run was asked for. */
  finished: z.boolean(),
});
export type LogView = z.infer<typeof logView>;

const view = z.string().min(8).max(64);

export const logsContract = {
  /**
   * Reads logs until closed. `view` is made by the page; opened again under the same name and source within half a minute
   * it goes on with what it has (a reload of the page, a lost connection).
   */
  "logs.open": stream(z.object({ view, source: logSource, query: logQuery }), logView),
  "logs.query": method(z.object({ view, query: logQuery }), z.object({})),
  /** The row of the next match of the search from a row (itself not counted), going round at the ends. */
  "logs.match": method(
    z.object({ view, row: z.number().int(), backwards: z.boolean() }),
    z.object({ row: z.number().nullable(), line: z.number().nullable(), index: z.number(), wrapped: z.boolean() }),
  ),
  /** The row that shows a line, or the next one shown after it. */
  "logs.locate": method(z.object({ view, line: z.number().int() }), z.object({ row: z.number() })),
  /** Rows as text, to copy or save: from a row, as many whole lines as fit; `next` is null when that was all. */
  "logs.read": method(
    z.object({
      view,
      from: z.number().int().min(0),
      to: z.number().int().min(0).nullable().default(null),
      timestamps: z.boolean(),
      sources: z.boolean(),
      limitBytes: z.number().int().min(1_000).max(4_000_000).default(1_000_000),
    }),
    z.object({ text: z.string(), rows: z.number(), next: z.number().nullable() }),
  ),
  /** One line in full (up to some megabytes), without ANSI codes. */
  "logs.line": method(z.object({ view, line: z.number().int() }), z.object({ text: z.string(), at: z.string() })),
  /** Forgets the lines so far; what is read goes on. */
  "logs.clear": method(z.object({ view }), z.object({})),
};
