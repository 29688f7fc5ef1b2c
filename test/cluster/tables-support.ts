import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import type { ContextId, TableQuery, TableSource, TableView } from "../../common/contract/index.ts";
import type { ClusterConnections } from "../../electron/cluster/index.ts";
import { Tables, type TablesOptions } from "../../electron/tables/index.ts";
import { openConnections } from "./cluster-room.ts";
import { eventually } from "./kubectl.ts";

/** The tables of one kubeconfig's first context. */
export interface TablesRoom {
  tables: Tables;
  connections: ClusterConnections;
  context: ContextId;
  kubeconfig: string;
  see(resource: Partial<TableSource> & { plural: string }, query?: Partial<TableQuery>): SeenTable;
  /** Looks away from all that was seen. */
  closeTables(): Promise<void>;
  close(): Promise<void>;
}

export async function openTables(kubeconfig: string, options: Partial<TablesOptions> = {}): Promise<TablesRoom> {
  const dataDir = await mkdtemp(join(tmpdir(), "flowdeck-tables-"));
  const { kubeconfigs, connections, context } = await openConnections(kubeconfig, dataDir);
  const tables = new Tables({
    connections,
    kubeconfigs,
    favourites: async () => [],
    log: () => undefined,
    lingerMs: 0,
    ...options,
  });
  const seen: SeenTable[] = [];
  const closeTables = async () => {
    for (const table of seen.splice(0)) await table.close();
  };
  return {
    tables,
    connections,
    context,
    kubeconfig,
    closeTables,
    see(resource, query) {
      const table = new SeenTable(tables, { context, group: "", version: "v1", ...resource }, query);
      seen.push(table);
      return table;
    },
    async close() {
      await closeTables();
      await tables.close();
      await connections.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

let views = 0;

/** Reads a view in the background, so that a test can wait for what it is about. */
export class SeenTable {
  readonly view = `view-${String(++views).padStart(8, "0")}`;
  readonly items: TableView[] = [];
  /** What ended it, if anything did. */
  readonly ended: Promise<unknown>;
  #failed: { error: unknown } | undefined;
  readonly #abort = new AbortController();

  constructor(
    tables: Tables,
    source: Partial<TableSource> & { context: ContextId; plural: string },
    query: Partial<TableQuery> = {},
  ) {
    const input = {
      view: this.view,
      source: {
        group: "",
        version: "v1",
        namespaces: [],
        labelSelector: "",
        fieldSelector: "",
        ownColumns: [],
        ...source,
      },
      query: { filter: "", faults: false, sort: null, window: { offset: 0, count: 1000 }, anchor: null, ...query },
    };
    this.ended = this.#read(tables.open(input, this.#abort.signal));
  }

  get last(): TableView | undefined {
    return this.items.at(-1);
  }

  get keys(): string[] {
    return (this.last?.rows ?? []).map(({ key }) => key);
  }

  /** The cell of a row, by the column's name. */
  cell(key: string, column: string): unknown {
    const index = this.last?.columns.findIndex(({ name }) => name === column) ?? -1;
    return this.last?.rows.find((row) => row.key === key)?.cells[index];
  }

  /** Waits until the newest view is as wanted, and gives it. */
  async until(wanted: (view: TableView) => boolean, within = 30_000): Promise<TableView> {
    return await eventually(async () => {
      if (this.#failed !== undefined) throw this.#failed.error;
      const view = this.last;
      if (view !== undefined && wanted(view)) return view;
      throw new Error(`The view is not as wanted: ${JSON.stringify({ ...view, columns: undefined }).slice(0, 800)}`);
    }, within);
  }

  /** The first state that is complete. */
  async live(): Promise<TableView> {
    return await this.until(({ state }) => state === "live" || state === "polling");
  }

  async close(): Promise<void> {
    this.#abort.abort();
    await this.ended;
  }

  async #read(items: AsyncIterable<TableView>): Promise<unknown> {
    try {
      for await (const item of items) this.items.push(item);
    } catch (error) {
      this.#failed = { error };
      return error;
    }
  }
}

/** Writes a kubeconfig like another one, with another server or user. */
export async function kubeconfigLike(
  original: string,
  file: string,
  change: { server?: string; user?: object; namespace?: string },
): Promise<string> {
  const config = parse(await readFile(original, "utf8")) as {
    clusters: { cluster: { server: string } }[];
    users: { user: object }[];
    contexts: { context: { namespace?: string } }[];
  };
  const [cluster, user, context] = [config.clusters[0], config.users[0], config.contexts[0]];
  if (cluster !== undefined && change.server !== undefined) cluster.cluster.server = change.server;
  if (user !== undefined && change.user !== undefined) user.user = change.user;
  if (context !== undefined && change.namespace !== undefined) context.context.namespace = change.namespace;
  await writeFile(file, JSON.stringify(config), { mode: 0o600 });
  return file;
}
