import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { contextId, type TableQuery, type TableView } from "../../../common/contract/index.ts";
import { ClusterConnections, Kubeconfigs } from "../../../electron/cluster/index.ts";
import { Tables } from "../../../electron/tables/index.ts";
import type { Tools } from "../../../electron/tools/index.ts";
import type { Sentinel } from "./page.ts";

export interface DataBenchOptions {
  kubeconfig: string;
  tools: Tools;
  pods: number;
  sentinel: Sentinel;
  churn<T>(work: () => Promise<T>): Promise<{ result: T; perSecond: number }>;
  churnSeconds: number;
  say(line: string): void;
}

/** What the rooms behind the page do, without a page: times in ms, memory of this process in MB. */
export interface DataFigures {
  data_first_rows_ms: number;
  data_all_rows_ms: number;
  data_rss_before_mb: number;
  data_rss_mb: number;
  data_sort_ms: number;
  data_filter_ms: number;
  data_regex_ms: number;
  data_churn_per_s: number;
  data_stale_p50_ms: number;
  data_stale_p95_ms: number;
  data_views_per_s: number;
  data_rss_after_churn_mb: number;
}

const view = "bench-view";

export async function measureData(options: DataBenchOptions): Promise<DataFigures> {
  const dataDir = await mkdtemp(join(tmpdir(), "flowdeck-bench-data-"));
  const environment = { PATH: process.env.PATH };
  const kubeconfigs = new Kubeconfigs({ dataDir, environment, home: dataDir, explicit: [options.kubeconfig] });
  const connections = new ClusterConnections({ kubeconfigs, environment });
  const tables = new Tables({ connections, kubeconfigs, favourites: async () => [], log: options.say });
  const ended = new AbortController();
  try {
    const context = contextId.parse((await kubeconfigs.list()).contexts[0]?.id);
    tables.warmUp();
    await connections.connect(context);
    await sleep(1000); // as when somebody has looked at the cluster before
    const data_rss_before_mb = rss();
    const query: TableQuery = { filter: "", faults: false, sort: null, window: { offset: 0, count: 60 }, anchor: null };
    const source = {
      ...{ context, group: "", version: "v1", plural: "pods", namespaces: [] },
      ...{ labelSelector: "", fieldSelector: "", ownColumns: [] },
    };
    const began = performance.now();
    const watched = new Watched(tables.open({ view, source, query }, ended.signal));
    const first = await watched.until(({ rows }) => rows.length > 0);
    const all = await watched.until(({ state, total }) => state === "live" && total === options.pods + 1);
    const data_first_rows_ms = first - began;
    const data_all_rows_ms = all - began;
    options.say(
      `tables: first rows after ${round(data_first_rows_ms)} ms, all live after ${round(data_all_rows_ms)} ms`,
    );
    await sleep(2000);
    const data_rss_mb = rss();

    const ask = async (change: Partial<TableQuery>, wanted: (item: TableView) => boolean) => {
      const asked = performance.now();
      const answered = watched.until(wanted);
      await tables.query({ view, query: { ...query, ...change } });
      return (await answered) - asked;
    };
    const byAge = { sort: { column: "Age", descending: true } };
    const firstByName = watched.last?.rows[0]?.key;
    const data_sort_ms = await ask(byAge, ({ rows }) => rows[0]?.key !== firstByName);
    const data_filter_ms = await ask({ filter: "worker-77" }, ({ matched }) => matched < 2_000);
    await ask({}, ({ matched }) => matched > 2_000);
    const data_regex_ms = await ask({ filter: "/worker-\\d+7-.*x1$/" }, ({ matched }) => matched < options.pods / 2);
    options.say(
      `sorted in ${round(data_sort_ms)} ms, filtered in ${round(data_filter_ms)} ms, by regex in ${round(data_regex_ms)} ms`,
    );

    // The newest state has to be in the window whatever happens elsewhere: it counts the most restarts.
    const byRestarts = { sort: { column: "Restarts", descending: true } };
    await options.sentinel.write(1_000);
    await ask(byRestarts, ({ rows }) => restarts(rows[0]) === 1_000);
    const stale: number[] = [];
    const { result: viewsPerSecond, perSecond } = await options.churn(async () => {
      const items = watched.count;
      const start = performance.now();
      for (let count = 1_001; performance.now() - start < options.churnSeconds * 1000; count++) {
        const seen = watched.until(({ rows }) => restarts(rows[0]) === count);
        await options.sentinel.write(count);
        const stored = performance.now();
        stale.push(Math.max(0, (await seen) - stored));
        await sleep(50);
      }
      return (watched.count - items) / ((performance.now() - start) / 1000);
    });
    return rounded({
      data_first_rows_ms,
      data_all_rows_ms,
      data_rss_before_mb,
      data_rss_mb,
      data_sort_ms,
      data_filter_ms,
      data_regex_ms,
      data_churn_per_s: perSecond,
      data_stale_p50_ms: quantile(stale, 0.5),
      data_stale_p95_ms: quantile(stale, 0.95),
      data_views_per_s: viewsPerSecond,
      data_rss_after_churn_mb: rss(),
    });
  } finally {
    ended.abort();
    await tables.close();
    await connections.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Seconds until `kubectl get pods -A` has printed its first line, and everything; its largest memory is not told. */
export async function measureKubectl(tools: Tools, kubeconfig: string): Promise<{ first: number; all: number }> {
  const { file, args } = await tools.toolbox("kubectl");
  const began = performance.now();
  const child = spawn(file, [...args, "--kubeconfig", kubeconfig, "get", "pods", "-A"], {
    env: tools.environment(),
    stdio: ["ignore", "pipe", "inherit"],
  });
  let first = 0;
  child.stdout.on("data", () => {
    first ||= performance.now() - began;
  });
  await new Promise((resolve) => child.once("close", resolve));
  return { first, all: performance.now() - began };
}

/** Reads a view and tells when it was as wanted. */
class Watched {
  last: TableView | undefined;
  count = 0;
  readonly #waiting = new Set<{ wanted: (item: TableView) => boolean; resolve: (at: number) => void }>();

  constructor(items: AsyncIterable<TableView>) {
    this.#read(items).catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
  }

  until(wanted: (item: TableView) => boolean): Promise<number> {
    if (this.last !== undefined && wanted(this.last)) return Promise.resolve(performance.now());
    return new Promise((resolve) => this.#waiting.add({ wanted, resolve }));
  }

  async #read(items: AsyncIterable<TableView>): Promise<void> {
    for await (const item of items) {
      this.last = item;
      this.count++;
      for (const waiting of this.#waiting) {
        if (!waiting.wanted(item)) continue;
        this.#waiting.delete(waiting);
        waiting.resolve(performance.now());
      }
    }
  }
}

function restarts(row: TableView["rows"][number] | undefined): number {
  return Number(row?.cells[3]);
}

function rss(): number {
  return process.memoryUsage.rss() / 1e6;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function round(value: number): number {
  return Math.round(value);
}

function rounded(figures: DataFigures): DataFigures {
  const entries = Object.entries(figures).map(([name, value]) => [name, Math.round(value)]);
  return Object.fromEntries(entries) as DataFigures;
}
