import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { message } from "../../../../common/words/index.ts";
import { InstallLog } from "../../../../electron/install/installation-dir/install-log.ts";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "flowdeck-log-"));
  file = join(folder, ".flowdeck/log.jsonl");
  await mkdir(join(folder, ".flowdeck"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("an entry is written in English beside its message, so that the file can be read by people", async () => {
  const log = new InstallLog(folder);
  log.add({ level: "ok", event: "applied", said: message("installLog.allApplied", { count: 3 }), tookMs: 5 });
  log.add({ level: "info", event: "applied", component: "x", said: "ConfigMap default/a" });
  await log.flush();
  const lines = (await readFile(file, "utf8")).trim().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    {
      ...{ seq: 1, event: "applied", message: "All 3 objects are applied", tookMs: 5 },
      said: { id: "installLog.allApplied", params: { count: 3 } },
    },
    { seq: 2, component: "x", message: "ConfigMap default/a" },
  ]);
  expect(lines[1]).not.toContain("said");
  const again = new InstallLog(folder);
  await again.load();
  expect(again.after(0)).toEqual(log.after(0));
});

test("a log of an earlier version, in English alone, and one of a later version are read and gone on with", async () => {
  const old = {
    seq: 7,
    time: "2026-01-01T00:00:00Z",
    level: "warn",
    event: "retry",
    message: "ConfigMap a waits: busy",
  };
  const later = { ...old, seq: 8, said: { id: "later.version", params: { when: { time: "2026-01-01T00:00:00Z" } } } };
  await writeFile(file, [old, "no line", later].map((line) => `${JSON.stringify(line)}\n`).join(""));
  const log = new InstallLog(folder);
  await log.load();
  log.add({ level: "info", event: "applied", said: "ConfigMap default/a" });
  expect(log.after(0)).toMatchObject([old, later, { seq: 9, message: "ConfigMap default/a" }]);
  await log.flush();
});
