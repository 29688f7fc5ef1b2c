import { create } from "zustand";
import type { AppError, TableQuery, TableSource, TableView } from "../../common/contract/index.ts";
import { client, settle } from "./client.ts";
import { keepRows } from "./table-session.ts";

export interface TableState {
  view: TableView | undefined;
  error: AppError | undefined;
  /** When the last view came to the page, ms since the epoch. */
  receivedAt: number;
}

/** The table on screen, for the status bar: what it says about how fresh and how whole it is. */
export const useShownTable = create<{ session: TableSession | undefined; state: TableState | undefined }>(() => ({
  session: undefined,
  state: undefined,
}));

/** The last view of tables that were left, newest last: shown at once when one is come back to, until the cluster answers. */
const left = new Map<string, TableView>();
const leftMost = 12;

function sightOf(source: TableSource, { filter, faults, sort }: TableQuery): string {
  return JSON.stringify([source, filter, faults, sort]);
}

function rememberView(source: string, view: TableView): void {
  left.delete(source);
  left.set(source, view);
  const [oldest] = left.keys();
  if (left.size > leftMost && oldest !== undefined) left.delete(oldest);
}

/** One view of a table: its stream, and the queries that change what of it is sent. */
export class TableSession {
  readonly id = crypto.randomUUID();
  readonly source: TableSource;
  state: TableState;
  #query: TableQuery;
  readonly #changed: () => void;
  readonly #stopStream: () => void;
  #sent: string;
  #answered = false;
  #asking = false;
  #closed = false;

  constructor(source: TableSource, query: TableQuery, changed: () => void) {
    this.source = source;
    this.#query = query;
    this.#changed = changed;
    this.#sent = JSON.stringify(query);
    const before = left.get(sightOf(source, query));
    this.state = { view: before ? { ...before, state: "listing" } : undefined, error: undefined, receivedAt: 0 };
    this.#stopStream = client().subscribe(
      "table.open",
      () => {
        // Asked again after a lost connection: with what is looked at then.
        this.#sent = JSON.stringify(this.#query);
        this.#answered = false;
        return { view: this.id, source: this.source, query: this.#query };
      },
      {
        onItem: (view) => this.#receive(view),
        onError: (error) => this.#become({ ...this.state, error }),
      },
    );
  }

  #become(state: TableState): void {
    if (this.#closed) return;
    this.state = state;
    this.#changed();
  }

  #receive(view: TableView): void {
    this.#answered = true;
    this.#become({ view: keepRows(this.state.view, view), error: undefined, receivedAt: Date.now() });
    void this.#tell();
  }

  /** Looks at the table in another way. While one change is on its way, only the newest one follows it. */
  look(query: TableQuery): void {
    this.#query = query;
    void this.#tell();
  }

  async #tell(): Promise<void> {
    // Before its first answer the backend may not know the view yet.
    if (!this.#answered || this.#asking || this.#closed) return;
    const wanted = JSON.stringify(this.#query);
    if (wanted === this.#sent) return;
    this.#asking = true;
    this.#sent = wanted;
    const answer = await settle(client().call("table.query", { view: this.id, query: this.#query }));
    this.#asking = false;
    // A lost connection opens the view anew with the newest query; anything else the user should know.
    if (!answer.ok && answer.error.code !== "disconnected" && this.#answered)
      this.#become({ ...this.state, error: answer.error });
    if (JSON.stringify(this.#query) !== this.#sent) await this.#tell();
  }

  /** Keys of the matched rows from one to another, or all of them. */
  async keys(from: string | null = null, to: string | null = null): Promise<string[]> {
    const answer = await settle(client().call("table.keys", { view: this.id, from, to }));
    return answer.ok ? answer.value.keys : [];
  }

  close(): void {
    this.#closed = true;
    this.#stopStream();
    if (this.state.view) rememberView(sightOf(this.source, this.#query), this.state.view);
  }
}
