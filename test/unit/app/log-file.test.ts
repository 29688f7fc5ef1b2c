import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openLogFile } from "../../../electron/app/index.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "flowdeck-log-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const read = (name: string) => readFile(join(folder, name), "utf8");

test("lines come in their order, after those of an earlier start", async () => {
  await writeFile(join(folder, "flowdeck.log"), "earlier\n");
  const log = await openLogFile(folder);
  for (let line = 0; line < 1000; line += 1) log.write(`line ${line}`);
  await log.close();
  const lines = (await read("flowdeck.log")).trimEnd().split("\n");
  expect(lines[0]).toBe("earlier");
  expect(lines.slice(1).map((line) => line.replace(/^\S+ /, ""))).toEqual(
    Array.from({ length: 1000 }, (_, line) => `line ${line}`),
  );
});

test("a log that grows while the app runs takes two files of a megabyte at most", async () => {
  const log = await openLogFile(folder);
  const words = "x".repeat(1000);
  for (let round = 0; round < 40; round += 1) {
    for (let line = 0; line < 100; line += 1) log.write(`${round} ${words}`);
    await sleep(1);
  }
  log.write("the last");
  await log.close();
  expect((await readdir(folder)).toSorted()).toEqual(["flowdeck.log", "flowdeck.log.1"]);
  for (const name of await readdir(folder)) expect((await stat(join(folder, name))).size).toBeLessThanOrEqual(1 << 20);
  expect(await read("flowdeck.log")).toMatch(/the last\n$/);
});

test("more than can be written at once is left out, and that is said", async () => {
  const log = await openLogFile(folder);
  for (let line = 0; line < 3000; line += 1) log.write("x".repeat(1000));
  await log.close();
  const all = `${await read("flowdeck.log.1").catch(() => "")}${await read("flowdeck.log")}`;
  expect(all).toMatch(/… \d{3,4} lines left out/);
  expect(all.length).toBeLessThan(2.2 * (1 << 20));
});
