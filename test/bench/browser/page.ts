import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { CDPSession, Page } from "playwright-core";
import { makePlace, startApp } from "../../e2e/app.ts";
import { launchBrowser } from "../../e2e/browser.ts";
import { callFrom } from "../../e2e/call.ts";

/** One pod whose restarts are counted up to see when a change is on screen. */
export interface Sentinel {
  namespace: string;
  name: string;
  /** Writes the number of restarts; resolves when the API server has stored it. */
  write(restarts: number): Promise<void>;
}

export interface PageBenchOptions {
  kubeconfig: string;
  pods: number;
  sentinel: Sentinel;
  /** Runs while `work` is measured: changes pods as fast as it is told, gives how many a second it managed. */
  churn<T>(work: () => Promise<T>): Promise<{ result: T; perSecond: number }>;
  say(line: string): void;
}

export interface PageFigures {
  /** Milliseconds from choosing Pods to the first rows on screen, and to all of them live. */
  first_rows_ms: number;
  all_rows_ms: number;
  switch_kind_ms: number;
  switch_namespace_ms: number;
  sort_ms: number;
  filter_ms: number;
  backend_mb: number;
  page_heap_mb: number;
  churn_per_s: number;
  stale_p50_ms: number;
  stale_p95_ms: number;
  /** Without changes in the cluster, then with them. */
  quiet_key_p95_ms: number;
  quiet_frame_p95_ms: number;
  key_p95_ms: number;
  frame_p95_ms: number;
}

/** The real interface in a real browser on a cluster that is already filled. */
export async function measurePage(options: PageBenchOptions): Promise<PageFigures> {
  const place = await makePlace();
  const app = await startApp(place, { kubeconfig: options.kubeconfig });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(app.link);
    const context = await contextId(page);
    await show(page, `#/browse/configmaps?c=${context}`);
    await page.getByRole("heading", { name: "ConfigMaps" }).waitFor();
    await page.locator(".status").waitFor();
    await sleep(1500); // what the first look at a cluster reads (kinds, namespaces, counts) is not what is measured

    const cdp = await page.context().newCDPSession(page);
    const all = options.pods + 1;
    const opened = await timeTo(page, `#/browse/pods?c=${context}`, all);
    options.say(`pods: first rows after ${opened.first} ms, all live after ${opened.all} ms`);
    const backend_mb = await rss(app.pid);
    const page_heap_mb = await heap(cdp);
    const toNodes = await timeTo(page, `#/browse/nodes?c=${context}`, 2);
    const back = await timeTo(page, `#/browse/pods?c=${context}`, all);
    const { namespace, name } = options.sentinel;
    const toNamespace = await timeTo(page, `#/browse/pods?c=${context}&ns=${namespace}`, 2);
    await timeTo(page, `#/browse/pods?c=${context}`, all);
    const sort_ms = await timeSort(page);
    const filter_ms = await timeFilter(page, name);
    options.say(`back to pods ${back.first} ms, sorted in ${sort_ms} ms, filtered in ${filter_ms} ms`);

    await show(page, `#/browse/pods?c=${context}`);
    await sleep(500);
    const quietFrames = await frameTimes(page);
    const quietKeys = await keyTimes(page);
    options.say(
      `without changes: frames ${quantile(quietFrames, 0.95)} ms, keys ${quantile(quietKeys, 0.95)} ms (p95)`,
    );

    const { result, perSecond } = await options.churn(async () => {
      await show(page, `#/browse/pods?c=${context}`);
      await sleep(1000);
      const frames = await frameTimes(page);
      await show(page, `#/browse/pods?c=${context}&f=${encodeURIComponent(name)}`);
      await page.locator("[role=row]", { hasText: name }).first().waitFor();
      const stale = await staleness(page, options.sentinel);
      await show(page, `#/browse/pods?c=${context}`);
      const keys = await keyTimes(page);
      return { frames, stale, keys };
    });
    return {
      first_rows_ms: opened.first,
      all_rows_ms: opened.all,
      switch_kind_ms: toNodes.first,
      switch_namespace_ms: toNamespace.first,
      sort_ms,
      filter_ms,
      backend_mb,
      page_heap_mb,
      churn_per_s: Math.round(perSecond),
      stale_p50_ms: quantile(result.stale, 0.5),
      stale_p95_ms: quantile(result.stale, 0.95),
      quiet_key_p95_ms: quantile(quietKeys, 0.95),
      quiet_frame_p95_ms: quantile(quietFrames, 0.95),
      key_p95_ms: quantile(result.keys, 0.95),
      frame_p95_ms: quantile(result.frames, 0.95),
    };
  } finally {
    await browser.close();
    await app.stop();
    await place.remove();
  }
}

async function contextId(page: Page): Promise<string> {
  const list = (await callFrom(page, "contexts.list", {})) as { contexts: { id: string }[] };
  return list.contexts[0]?.id ?? "";
}

async function show(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    window.location.hash = to;
  }, hash);
}

/** Goes to a table; milliseconds to its first rows and to `rows` of them (with the head) without the table being busy. */
function timeTo(page: Page, hash: string, rows: number): Promise<{ first: number; all: number }> {
  return page.evaluate(
    async ({ to, wanted }) => {
      // Another table is another element: the one before it is marked.
      document.querySelector("[role=grid]")?.setAttribute("data-before", "");
      const began = performance.now();
      window.location.hash = to;
      let first: number | undefined;
      for (;;) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const now = Math.round(performance.now() - began);
        const grid = document.querySelector("[role=grid]:not([data-before])");
        const count = Number(grid?.getAttribute("aria-rowcount") ?? 0);
        if (now > 120_000) throw new Error(`No table of ${wanted} rows: ${count} after two minutes.`);
        if (grid === null) continue;
        if (grid.querySelector("[role=row] .cell-text") !== null && count > 1) first ??= now;
        if (first !== undefined && count >= wanted && grid.getAttribute("aria-busy") !== "true") {
          return { first, all: now };
        }
      }
    },
    { to: hash, wanted: rows },
  );
}

/** Milliseconds from clicking the Name column's head to another first row. */
async function timeSort(page: Page): Promise<number> {
  const head = page.getByRole("columnheader", { name: /^Name\b/ });
  await head.click();
  await sleep(500);
  const began = Date.now();
  const before = await firstRow(page);
  await head.click();
  while ((await firstRow(page)) === before && Date.now() - began < 10_000) await sleep(5);
  return Date.now() - began;
}

function firstRow(page: Page): Promise<string | null> {
  return page.evaluate(() => document.querySelector("[role=row][aria-rowindex='2']")?.textContent ?? null);
}

/** Milliseconds from a name pasted into the filter to the one row that has it. */
async function timeFilter(page: Page, name: string): Promise<number> {
  await page.keyboard.press("Escape");
  const box = page.locator("[data-filter]");
  await box.click();
  const began = Date.now();
  await page.keyboard.insertText(name);
  await page.waitForFunction(
    () => document.querySelector("[role=grid]")?.getAttribute("aria-rowcount") === "2",
    undefined,
    { polling: 5 },
  );
  const took = Date.now() - began;
  await box.fill("");
  return took;
}

/** Milliseconds between two frames while the table is scrolled by the wheel. */
async function frameTimes(page: Page): Promise<number[]> {
  await page.mouse.move(640, 400);
  const frames = page.evaluate(async () => {
    const times: number[] = [];
    let last = performance.now();
    const end = last + 6000;
    while (last < end) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = performance.now();
      times.push(now - last);
      last = now;
    }
    return times;
  });
  for (let turn = 0; turn < 60; turn++) {
    await page.mouse.wheel(0, turn % 20 < 10 ? 600 : -600);
    await sleep(80);
  }
  return await frames;
}

/** Milliseconds from the API server's answer to a change to its number on screen, in the row of the one pod shown. */
async function staleness(page: Page, sentinel: Sentinel): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 1; turn <= 30; turn++) {
    const restarts = 100 + turn;
    const seen = page.evaluate(async (wanted) => {
      const until = Date.now() + 10_000;
      while (Date.now() < until) {
        const cells = document.querySelectorAll("[role=row][aria-rowindex='2'] [role=gridcell]");
        if ([...cells].some((cell) => (cell.textContent ?? "").trim().split(" ")[0] === String(wanted)))
          return Date.now();
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      return undefined;
    }, restarts);
    await sentinel.write(restarts);
    const stored = Date.now();
    const shown = await seen;
    if (shown === undefined) throw new Error("A change never came on screen.");
    times.push(Math.max(0, shown - stored));
    await sleep(137);
  }
  return times;
}

/** Milliseconds from a key to the frame that shows its effect (the focus on the next row), as the page measures it. */
async function keyTimes(page: Page): Promise<number[]> {
  await page.locator("[role=row][aria-rowindex='2']").click();
  await page.keyboard.press("Escape");
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { keyTimes: times });
    window.addEventListener(
      "keydown",
      (event) =>
        requestAnimationFrame(() => requestAnimationFrame(() => times.push(performance.now() - event.timeStamp))),
      true,
    );
  });
  for (let turn = 0; turn < 60; turn++) {
    await page.keyboard.press(turn % 20 < 10 ? "ArrowDown" : "ArrowUp");
    await sleep(60);
  }
  return page.evaluate(() => ("keyTimes" in window && Array.isArray(window.keyTimes) ? window.keyTimes : []));
}

/** MB of memory that a process really has. */
export async function rss(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

async function heap(cdp: CDPSession): Promise<number> {
  await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  return Math.round(usedSize / 1_048_576);
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
}
