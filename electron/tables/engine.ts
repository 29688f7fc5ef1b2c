import { FlowdeckError } from "../../common/contract/flowdeck-error.ts";
import type { TableView } from "../../common/contract/index.ts";
import { isRecord, parseJson, stringifyJson } from "../../common/json/index.ts";
import { LineCutter } from "../../common/text/index.ts";
import { message } from "../../common/words/index.ts";
import { exportRows } from "./export.ts";
import type { EngineCalls, FoundRow, FramesAnswer } from "./messages.ts";
import { rankName } from "./rank.ts";
import { type Scope, Table } from "./table.ts";
import { readTable } from "./table-json.ts";
import { View } from "./view.ts";

const decoder = new TextDecoder();

/** Holds tables and views; runs in the worker thread, and knows nothing of threads. */
export class Engine implements EngineCalls {
  readonly #tables = new Map<string, Table>();
  readonly #views = new Map<string, View>();
  readonly #cutters = new Map<string, LineCutter>();
  readonly #send: (view: string, item: TableView) => void;

  constructor(send: (view: string, item: TableView) => void) {
    this.#send = send;
  }

  create({ table, spec }: Parameters<EngineCalls["create"]>[0]): void {
    this.#tables.set(table, new Table(spec));
  }

  drop({ table }: Parameters<EngineCalls["drop"]>[0]): void {
    for (const [id, view] of this.#views) {
      if (view.table === this.#tables.get(table)) this.close({ view: id });
    }
    for (const id of this.#cutters.keys()) if (id.startsWith(`${table} `)) this.#cutters.delete(id);
    this.#tables.delete(table);
  }

  status({ table, status }: Parameters<EngineCalls["status"]>[0]): void {
    this.#tables.get(table)?.setStatus(status);
  }

  begin({ table, scope }: Parameters<EngineCalls["begin"]>[0]): void {
    this.#table(table).begin(scope);
  }

  list({ table, scope, namespace, at, body }: Parameters<EngineCalls["list"]>[0]): ReturnType<EngineCalls["list"]> {
    const answer = parse(body);
    // A server that makes no Tables gives a list; anything else is no answer to what was asked.
    if (answer.kind !== "Table" && !Array.isArray(answer.items) && !isRecord(answer.metadata)) throw unreadable(body);
    const page = readTable(answer);
    this.#table(table).list(scope, page, namespace, at);
    return {
      resourceVersion: page.resourceVersion,
      continueToken: page.continueToken,
      remaining: page.remaining,
      rows: page.rows.length,
      hasMetadata: page.rows.every(({ metadata }) => metadata !== undefined),
    };
  }

  commit({ table, scope }: Parameters<EngineCalls["commit"]>[0]): void {
    this.#table(table).commit(scope);
  }

  clear({ table, scope }: Parameters<EngineCalls["clear"]>[0]): void {
    this.#table(table).clear(scope);
  }

  connected({ table, scope }: Parameters<EngineCalls["connected"]>[0]): void {
    this.#cutters.set(cutterId(table, scope), new LineCutter());
  }

  frames({ table: id, scope, at, body }: Parameters<EngineCalls["frames"]>[0]): FramesAnswer {
    const table = this.#table(id);
    const cutter = this.#cutters.get(cutterId(id, scope));
    const answer: FramesAnswer = { resourceVersion: undefined, events: 0, failure: undefined, otherColumns: false };
    for (const line of cutter?.push(body) ?? []) {
      const frame = parse(line);
      if (frame.type === "ERROR") {
        const { object } = frame;
        const code = isRecord(object) && typeof object.code === "number" ? object.code : 500;
        answer.failure = { code, body: stringifyJson(object) };
        break;
      }
      const event = readTable(frame.object);
      answer.resourceVersion =
        event.rows[0]?.metadata?.resourceVersion ?? (event.resourceVersion || answer.resourceVersion);
      if (frame.type === "BOOKMARK") {
        table.updatedAt = at;
        continue;
      }
      if (event.columns !== undefined && table.hasOtherColumns(event.columns)) {
        answer.otherColumns = true;
        break;
      }
      answer.events++;
      table.event(scope, String(frame.type), event, at);
    }
    return answer;
  }

  open({ view, table, query }: Parameters<EngineCalls["open"]>[0]): void {
    this.close({ view });
    this.#views.set(view, new View(this.#table(table), query, (item) => this.#send(view, item)));
  }

  query({ view, query }: Parameters<EngineCalls["query"]>[0]): void {
    this.#view(view).query(query);
  }

  close({ view }: Parameters<EngineCalls["close"]>[0]): void {
    this.#views.get(view)?.close();
    this.#views.delete(view);
  }

  keys({ view, from, to }: Parameters<EngineCalls["keys"]>[0]): string[] {
    const keys = this.#view(view).rows.map(({ key }) => key);
    if (from === null && to === null) return keys;
    const ends = [from, to].map((end, index) =>
      end === null ? (index === 0 ? 0 : keys.length - 1) : keys.indexOf(end),
    );
    const [first = -1, last = -1] = ends.toSorted((a, b) => a - b);
    // A row that is gone or filtered out meanwhile leaves the other end.
    return keys.slice(first < 0 ? last : first, last + 1);
  }

  export({ view, as, keys }: Parameters<EngineCalls["export"]>[0]): string {
    const { rows, table } = this.#view(view);
    const wanted = keys === null ? undefined : new Set(keys);
    return exportRows(table, wanted === undefined ? rows : rows.filter(({ key }) => wanted.has(key)), as, Date.now());
  }

  find({ context, text, limit }: Parameters<EngineCalls["find"]>[0]): FoundRow[] {
    const found: FoundRow[] = [];
    const seen = new Set<string>();
    for (const { spec, rows } of this.#tables.values()) {
      if (spec.context !== context) continue;
      const { group, version, plural, kind } = spec;
      for (const { namespace, name } of rows.values()) {
        const rank = rankName(name, text);
        if (rank === undefined) continue;
        const id = `${group}/${plural}/${namespace}/${name}`;
        if (seen.has(id)) continue;
        seen.add(id);
        found.push({ group, version, plural, kind, namespace, name, rank });
      }
    }
    return found.sort((a, b) => a.rank - b.rank).slice(0, limit);
  }

  #table(id: string): Table {
    const table = this.#tables.get(id);
    if (table === undefined) throw new FlowdeckError("not-found", message("table.gone"));
    return table;
  }

  #view(id: string): View {
    const view = this.#views.get(id);
    if (view === undefined) throw new FlowdeckError("not-found", message("table.viewGone"));
    return view;
  }
}

/** Throws `answer-unreadable` with the answer's beginning as its detail: whoever asked knows what and whom. */
function parse(bytes: Uint8Array): Record<string, unknown> {
  try {
    const answer: unknown = parseJson(decoder.decode(bytes));
    if (isRecord(answer)) return answer;
  } catch {
    // As anything else that is no JSON object.
  }
  throw unreadable(bytes);
}

function unreadable(bytes: Uint8Array): FlowdeckError {
  const beginning = decoder.decode(bytes.subarray(0, 300));
  return beginning === ""
    ? new FlowdeckError("answer-unreadable", message("server.emptyAnswer"))
    : new FlowdeckError("answer-unreadable", message("table.unreadable", { beginning }), { detail: beginning });
}

function cutterId(table: string, scope: Scope): string {
  return `${table} ${scope.id}`;
}
