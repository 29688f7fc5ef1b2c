import type { TableQuery, TableRow, TableView } from "../../common/contract/index.ts";
import type { Message } from "../../common/words/index.ts";
import { type Filter, FilterProblem, parseFilter } from "./filter.ts";
import { type Compare, mergeOrdered, placeOf, rowOrder } from "./order.ts";
import { type Row, shownRow } from "./row.ts";
import type { Table, TableListener } from "./table.ts";

/** How often a view is sent at most, while things change all the time. */
const shortestPauseMs = 70;
/** After an update that took long, others get their turn: at most a third of the time goes into one view. */
const pausePerWork = 2;

/** One way to look at a table: filtered, ordered, cut to the window; sent when something in it changed. */
export class View implements TableListener {
  readonly table: Table;
  readonly #send: (view: TableView) => void;
  #query: TableQuery;
  #compare: Compare;
  #filter: Filter | undefined;
  #filterProblem: Message | undefined;
  #ordered: Row[] = [];
  #pending: Row[] = [];
  #outdated = true;
  #dropped = false;
  #timer: NodeJS.Timeout | undefined;
  #earliest = 0;
  #sent: { rows: Row[]; view: TableView } | undefined;

  constructor(table: Table, query: TableQuery, send: (view: TableView) => void) {
    this.table = table;
    this.#query = query;
    this.#send = send;
    this.#compare = rowOrder(table, query.sort);
    this.#readFilter();
    table.listeners.add(this);
    this.#sendNow();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.table.listeners.delete(this);
  }

  /** Answered at once, whatever else goes on. */
  query(query: TableQuery): void {
    const before = this.#query;
    this.#query = query;
    const otherOrder = JSON.stringify(query.sort) !== JSON.stringify(before.sort);
    const otherFilter = query.filter !== before.filter || query.faults !== before.faults;
    if (otherOrder) this.#compare = rowOrder(this.table, query.sort);
    if (otherFilter) this.#readFilter();
    if (otherOrder || otherFilter) this.#outdated = true;
    this.#sendNow();
  }

  /** All rows that pass, in order. */
  get rows(): readonly Row[] {
    this.#update();
    return this.#ordered;
  }

  changed(row: Row): void {
    if (!this.#outdated) this.#pending.push(row);
  }

  removed(): void {
    this.#dropped = true;
  }

  replaced(): void {
    this.#compare = rowOrder(this.table, this.#query.sort);
    this.#readFilter();
    this.#outdated = true;
  }

  touched(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.#sendNow(), Math.max(0, this.#earliest - performance.now()));
  }

  #sendNow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const began = performance.now();
    this.#update();
    const rows = this.#window();
    const view = this.#view();
    if (this.#sent === undefined || !sameView(this.#sent.view, view) || !sameRows(this.#sent.rows, rows)) {
      view.rows = rows.map(shownRow);
      this.#sent = { rows, view };
      this.#send(view);
    }
    const ended = performance.now();
    this.#earliest = ended + Math.max(shortestPauseMs, (ended - began) * pausePerWork);
  }

  #view(): TableView {
    const { table } = this;
    const { state, problem, expected, limitedTo } = table.status;
    const anchor = this.#anchor();
    return {
      columns: table.shownColumns,
      state,
      ...(problem === undefined ? {} : { problem }),
      updatedAt: table.updatedAt,
      total: table.rows.size,
      ...(expected === undefined ? {} : { expected }),
      matched: this.#ordered.length,
      warn: table.warn,
      bad: table.bad,
      done: table.done,
      offset: this.#offset(),
      rows: noRows,
      ...(anchor === undefined ? {} : { anchor }),
      ...(limitedTo === undefined ? {} : { limitedTo }),
      ...(this.#filterProblem === undefined ? {} : { filterProblem: this.#filterProblem }),
    };
  }

  /** Beyond the end there is nothing: the window then begins where its last rows still fill it. */
  #offset(): number {
    const { offset, count } = this.#query.window;
    return Math.min(offset, Math.max(0, this.#ordered.length - count));
  }

  #window(): Row[] {
    const offset = this.#offset();
    return this.#ordered.slice(offset, offset + this.#query.window.count);
  }

  #anchor(): TableView["anchor"] {
    const key = this.#query.anchor;
    if (key === null) return undefined;
    const row = this.table.rows.get(key);
    if (row === undefined) return { key };
    const index = placeOf(this.#ordered, row, this.#compare);
    return this.#ordered[index] === row ? { key, index } : { key };
  }

  #readFilter(): void {
    this.#filterProblem = undefined;
    this.#filter = undefined;
    try {
      this.#filter = parseFilter(this.#query.filter, this.table, Date.now());
    } catch (error) {
      if (!(error instanceof FilterProblem)) throw error;
      this.#filterProblem = error.said;
    }
  }

  #update(): void {
    if (!this.#outdated && !this.#dropped && this.#pending.length === 0) return;
    const all = this.#outdated;
    const rest = all ? [] : this.#dropped ? this.#ordered.filter((row) => row.live) : this.#ordered;
    const added = all ? [...this.table.rows.values()] : this.#pending.filter((row) => row.live);
    this.#pending = [];
    this.#outdated = false;
    this.#dropped = false;
    this.#ordered = added.length === 0 ? rest : mergeOrdered(rest, this.#passing(added), this.#compare);
  }

  #passing(rows: Row[]): Row[] {
    const { faults } = this.#query;
    const looked = faults ? rows.filter(({ health }) => health === "warn" || health === "bad") : rows;
    if (this.#filter === undefined) return looked;
    try {
      return this.#filter(looked);
    } catch (error) {
      if (!(error instanceof FilterProblem)) throw error;
      // Everything is shown then, also what was left out before.
      this.#filter = undefined;
      this.#filterProblem = error.said;
      this.#outdated = true;
      this.touched();
      return looked;
    }
  }
}

const noRows: TableRow[] = [];

function sameRows(a: readonly Row[], b: readonly Row[]): boolean {
  return a.length === b.length && a.every((row, index) => row === b[index]);
}

/** Whether two views say the same beside their rows, and beside when the newest state came. */
function sameView(a: TableView, b: TableView): boolean {
  return (
    a.columns === b.columns &&
    a.state === b.state &&
    a.problem === b.problem &&
    a.total === b.total &&
    a.expected === b.expected &&
    a.matched === b.matched &&
    a.warn === b.warn &&
    a.bad === b.bad &&
    a.done === b.done &&
    a.offset === b.offset &&
    a.anchor?.key === b.anchor?.key &&
    a.anchor?.index === b.anchor?.index &&
    a.limitedTo === b.limitedTo &&
    a.filterProblem === b.filterProblem
  );
}
