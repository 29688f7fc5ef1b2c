import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { type ContextId, type LogView, logQuery, logSource } from "../../../common/contract/index.ts";
import type { ClusterConnections } from "../../../electron/cluster/index.ts";
import { Logs } from "../../../electron/logs/index.ts";

export interface LogsRoomResult {
  /** Sustained, of what the API server sent, times included. */
  mbPerSecond: number;
  linesPerSecond: number;
  lines: number;
  dropped: number;
  /** Lines missing or twice among those kept, told by their numbers; has to be 0. */
  wrong: number;
  /** Of one core. */
  cpuPercent: number;
  loopDelayP99Ms: number;
  search: { lines: number; found: number; ms: number; regexMs: number };
  filterMs: number;
}

export interface LogsPageResult {
  /** Lines that the page was told of in a second. */
  linesPerSecond: number;
  rowsSeen: number;
  frameP50Ms: number;
  frameP95Ms: number;
  searchMs: number;
}

const million = 1_000_000;

/** The room alone: reads a pod that writes all the time, then searches a million of its lines. */
export async function measureRoom(
  connections: ClusterConnections,
  place: { context: ContextId; pod: string; container: string },
  seconds: number,
): Promise<LogsRoomResult> {
  const logs = new Logs(connections);
  const stop = new AbortController();
  const { context, pod, container } = place;
  const target = { context, group: "", version: "v1", plural: "pods", kind: "Pod", namespace: "default", name: pod };
  const source = logSource.parse({ targets: [target], containers: [container], tail: 0, keepLines: 2 * million });
  let view: LogView | undefined;
  let views = 0;
  const query = (change: object) => {
    logs.session("bench-room").query = logQuery.parse({ window: { offset: null, count: 50 }, ...change });
  };
  const follow = async () => {
    const input = { view: "bench-room", source, query: logQuery.parse({ window: { offset: null, count: 50 } }) };
    for await (const item of logs.open(input, stop.signal)) {
      view = item;
      views++;
    }
  };
  const following = follow();
  const until = async (done: (now: LogView) => boolean) => {
    while (view === undefined || !done(view)) await sleep(2);
    return view;
  };
  try {
    await until(({ lines }) => lines > 0);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const cpu = process.cpuUsage();
    const from = view;
    const began = performance.now();
    await sleep(seconds * 1_000);
    const ms = performance.now() - began;
    const to = view;
    const used = process.cpuUsage(cpu);
    delay.disable();
    if (from === undefined || to === undefined) throw new Error("The log was never shown.");
    await until(({ lines }) => lines >= million);
    const timed = async (change: object, over: (now: LogView) => boolean) => {
      const start = performance.now();
      query(change);
      // A view of before the change may still be on its way.
      const after = views + 1;
      const now = await until((seen) => views > after && over(seen));
      return { ms: performance.now() - start, now };
    };
    const searched = (now: LogView) => now.found > 0 && now.searchPending < 50_000;
    const literal = await timed({ search: { text: "77777 " } }, searched);
    const regex = await timed({ search: { text: "line \\d*9{3}\\d*7\\b", regex: true } }, searched);
    const filtered = await timed({ filter: { text: "fox" } }, (now) => now.pending < 50_000 && now.endRow > 0);
    query({});
    const wrong = checkNumbers(logs);
    return {
      mbPerSecond: round((to.bytes - from.bytes) / 1e6 / (ms / 1_000)),
      linesPerSecond: Math.round((to.lines - from.lines) / (ms / 1_000)),
      lines: view?.lines ?? 0,
      dropped: view?.dropped ?? 0,
      wrong,
      cpuPercent: round((used.user + used.system) / 10 / ms),
      loopDelayP99Ms: round(delay.percentile(99) / 1e6),
      search: {
        lines: literal.now.lines - literal.now.dropped,
        found: literal.now.found,
        ms: Math.round(literal.ms),
        regexMs: Math.round(regex.ms),
      },
      filterMs: Math.round(filtered.ms),
    };
  } finally {
    stop.abort();
    logs.close();
    await following.catch(() => undefined); // closed under it
  }
}

/** Every kept line carries its number: each has to be one more than the one before. */
function checkNumbers(logs: Logs): number {
  let wrong = 0;
  let last: number | undefined;
  for (let from: number | null = 0; from !== null; ) {
    const piece = logs
      .session("bench-room")
      .read({ from, to: null, timestamps: false, sources: false, limitBytes: 4_000_000 });
    for (const [, digits] of piece.text.matchAll(/ line (\d+) /g)) {
      const number = Number(digits);
      if (last !== undefined && number !== last + 1) wrong++;
      last = number;
    }
    from = piece.next;
  }
  return wrong;
}

/** The whole app in a browser, with the log open in an object's pane at `address`. */
export async function measurePage(
  browser: Browser,
  link: string,
  route: string,
  seconds: number,
): Promise<LogsPageResult> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  try {
    await page.goto(link);
    await page.goto(`${new URL(page.url()).origin}/${route}`);
    await page.locator(".logs-line").first().waitFor();
    await sleep(1_000);
    const before = await linesOf(page);
    const began = performance.now();
    const { frames, rows } = await page.evaluate(async (ms) => {
      const frames: number[] = [];
      const rows = new Set<string>();
      const end = performance.now() + ms;
      let last = performance.now();
      await new Promise<void>((resolve) => {
        const frame = (now: number) => {
          frames.push(now - last);
          last = now;
          for (const line of document.querySelectorAll<HTMLElement>(".logs-line")) rows.add(line.dataset.line ?? "");
          if (now < end) requestAnimationFrame(frame);
          else resolve();
        };
        requestAnimationFrame(frame);
      });
      return { frames: frames.slice(1).sort((a, b) => a - b), rows: rows.size };
    }, seconds * 1_000);
    const after = await linesOf(page);
    const ms = performance.now() - began;
    const start = performance.now();
    await page.getByRole("textbox", { name: "Search in the log" }).fill("77777 ");
    await page.waitForFunction(() => /[1-9]/.test(document.querySelector(".logs-count")?.textContent ?? ""));
    return {
      linesPerSecond: Math.round((after - before) / (ms / 1_000)),
      rowsSeen: rows,
      frameP50Ms: round(frames[Math.floor(frames.length / 2)] ?? 0),
      frameP95Ms: round(frames[Math.floor(frames.length * 0.95)] ?? 0),
      searchMs: Math.round(performance.now() - start),
    };
  } finally {
    await page.context().close();
  }
}

async function linesOf(page: Page): Promise<number> {
  const text = (await page.locator(".logs-status").first().innerText()).split("\n")[0] ?? "";
  return Number(/([\d,]+) lines/.exec(text)?.[1]?.replaceAll(",", ""));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
