import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import type { TerminalSessions } from "../../../electron/terminal/index.ts";
import { TerminalPage } from "../../cluster/terminal-support.ts";

export interface TerminalResult {
  /** Of `yes` with lines of 80 letters, until drawn (or taken, where there is no page). */
  mbPerSecond: number;
  /** From the key to the prompt, while that runs; of several tries. */
  interruptMs: { median: number; worst: number };
}

const flood = `yes ${"0123456789".repeat(8)}`;
const tries = 5;

/** From the pseudo terminal to a reader in the same process. */
export async function measureTerminalRoom(terminals: TerminalSessions, seconds: number): Promise<TerminalResult> {
  const session = await terminals.open({ kind: "local" }, { cols: 120, rows: 30 }, new AbortController().signal);
  const page = new TerminalPage(terminals, session.id);
  page.type("PS1='pro''mpt> '\r");
  await page.shows("prompt> ");
  page.type(`${flood}\r`);
  await page.shows("89\r\n0123");
  const before = page.received;
  await sleep(seconds * 1000);
  const mbPerSecond = (page.received - before) / seconds / 1e6;
  const times: number[] = [];
  for (let count = 0; count < tries; count += 1) {
    const pressed = performance.now();
    page.type("\x03");
    await page.shows(/prompt> $/);
    times.push(performance.now() - pressed);
    page.type(`${flood}\r`);
    await page.shows(/89\r\n0123456789[\s\S]*$/);
    await sleep(300);
  }
  await terminals.closeSession(session.id);
  return { mbPerSecond: rounded(mbPerSecond), interruptMs: summary(times) };
}

/** From the pseudo terminal to the terminal in the page: what it says that it has drawn, and what stands on the screen. */
export async function measureTerminalPage(browser: Browser, startUrl: string, seconds: number) {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  let drawn = 0;
  page.on("request", (request) => {
    if (request.url().endsWith("/terminal.ack")) drawn = Number(JSON.parse(request.postData() ?? "{}").upTo);
  });
  await page.goto(startUrl);
  await page.getByRole("button", { name: "Terminal", exact: true }).click();
  await page.locator(".xterm-rows", { hasText: /[$#]/ }).waitFor();
  await page.keyboard.type("PS1='pro''mpt> '; clear");
  await page.keyboard.press("Enter");
  await page.locator(".xterm-rows", { hasText: "prompt>" }).waitFor();
  await start(page);
  const before = drawn;
  await sleep(seconds * 1000);
  const mbPerSecond = (drawn - before) / seconds / 1e6;
  const times: number[] = [];
  for (let count = 0; count < tries; count += 1) {
    times.push(await interrupt(page));
    await start(page);
    await sleep(300);
  }
  const webgl = await page.evaluate(() => document.querySelector(".xterm-screen canvas") !== null);
  return { mbPerSecond: rounded(mbPerSecond), interruptMs: summary(times), renderer: webgl ? "webgl" : "dom" };
}

async function start(page: Page): Promise<void> {
  await page.keyboard.type(flood);
  await page.keyboard.press("Enter");
  await page.locator(".xterm-rows > div:nth-child(3)", { hasText: /^0123/ }).waitFor();
}

/** Milliseconds from Ctrl-C to the frame in which the prompt is the last line. */
async function interrupt(page: Page): Promise<number> {
  const watch = await page.evaluateHandle(() => ({
    prompt: new Promise<number>((resolve) => {
      let pressed = 0;
      const onKey = (event: KeyboardEvent) => {
        if (event.key === "c") pressed = performance.now();
      };
      document.addEventListener("keydown", onKey, { capture: true });
      const look = () => {
        const rows = [...document.querySelectorAll(".xterm-rows > div")].map((row) => row.textContent?.trim() ?? "");
        if (pressed > 0 && rows.findLast((row) => row !== "") === "prompt>") resolve(performance.now() - pressed);
        else requestAnimationFrame(look);
      };
      look();
    }),
  }));
  await page.keyboard.press("Control+c");
  return watch.evaluate(({ prompt }) => prompt);
}

function summary(times: readonly number[]) {
  const sorted = times.toSorted((a, b) => a - b);
  return { median: rounded(sorted[Math.floor(sorted.length / 2)] ?? 0), worst: rounded(sorted.at(-1) ?? 0) };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
