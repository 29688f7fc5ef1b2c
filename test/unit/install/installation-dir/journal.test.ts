import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { contextId } from "../../../../common/contract/index.ts";
import { message } from "../../../../common/words/index.ts";
import {
  JournalWriter,
  journalPath,
  parseJournal,
  readJournal,
} from "../../../../electron/install/installation-dir/journal.ts";
import type { JournalNote } from "../../../../electron/install/installation-dir/journal-entries.ts";
import { stateOf, storedStatus } from "../../../../electron/install/installation-dir/stored-status.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "flowdeck-journal-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const run = (cluster = "uid-1", activity: "install" | "uninstall" = "install"): JournalNote => ({
  ...{ t: "run", v: 1, run: "r", activity, installation: "i", release: "26.03", title: "Kubeflow 26.03" },
  ...{ context: contextId.parse("c"), contextName: "c", server: "https://one:6443", cluster, settings: "s", pid: 1 },
});
const ref = (name: string) => ({ apiVersion: "v1", kind: "ConfigMap", namespace: "default", name });
const key = (name: string) => `/ConfigMap/default/${name}`;

async function write(...notes: JournalNote[]): Promise<void> {
  const journal = await JournalWriter.open(folder);
  for (const note of notes) await journal.commit(note);
  await journal.close();
}

test("the title that an installation got while it was planned is the one it has", async () => {
  await write(run(), { t: "intent", title: "Kubeflow 1.2 – KfDef", objects: [] });
  expect(storedStatus(folder, await readJournal(folder)).title).toBe("Kubeflow 1.2 – KfDef");
});

test("tells what was intended and what was done", async () => {
  await write(run(), {
    t: "intent",
    objects: [
      { ref: ref("a"), component: "x" },
      { ref: ref("b"), component: "x" },
    ],
    titles: { x: "X" },
  });
  const journal = await JournalWriter.open(folder);
  journal.noteKey("applied", key("a"));
  await journal.close();
  const state = await readJournal(folder);
  expect(stateOf(state)).toBe("interrupted");
  expect(storedStatus(folder, state)).toMatchObject({
    state: "interrupted",
    objects: { total: 2, done: 1 },
    fraction: 0.25,
    components: [{ id: "x", title: "X", objects: 2, applied: 1 }],
  });
});

test("a finished installation has its workloads ready, and its components in the plan's order", async () => {
  const workload = { apiVersion: "apps/v1", kind: "Deployment", namespace: "default", name: "d" };
  const entries: JournalNote[] = [
    run(),
    {
      t: "intent",
      objects: [
        { ref: ref("b"), component: "second" },
        { ref: workload, component: "second" },
        { ref: ref("a"), component: "first" },
      ],
      titles: { first: "First", second: "Second", empty: "Empty" },
    },
    { t: "applied", keys: [key("a"), key("b"), "apps/Deployment/default/d"] },
  ];
  await write(...entries);
  expect(storedStatus(folder, await readJournal(folder)).components).toMatchObject([
    { id: "first", workloads: 0, ready: 0 },
    { id: "second", workloads: 1, ready: 0 },
  ]);
  await write({ t: "finished", state: "installed", elapsedMs: 5 });
  expect(storedStatus(folder, await readJournal(folder)).components).toMatchObject([
    { id: "first", workloads: 0, ready: 0 },
    { id: "second", objects: 2, workloads: 1, ready: 1 },
  ]);
});

test("a torn last line is not counted, and the next writer cuts it off", async () => {
  await write(run());
  await appendFile(journalPath(folder), '{"t":"finished","sta');
  expect(stateOf(await readJournal(folder))).toBe("interrupted");
  await write({ t: "finished", state: "installed", elapsedMs: 5 });
  expect(stateOf(await readJournal(folder))).toBe("installed");
  expect((await readFile(journalPath(folder), "utf8")).split("\n")).toHaveLength(3);
});

test("a journal of an earlier version, whose reasons and errors are English alone, is read", async () => {
  const at = "2026-01-01T00:00:00.000Z";
  const old = [
    { ...run("uid-1", "uninstall"), at },
    { t: "kept", at, object: ref("a"), because: "it contains data" },
    { t: "failed", at, object: ref("b"), error: { code: "apply-refused", message: "ConfigMap b was refused: no." } },
    { t: "finished", at, state: "failed", elapsedMs: 5, error: { code: "gate-timeout", message: "It does not go." } },
  ];
  const kept = { t: "kept", object: ref("c"), because: message("removal.data") } as const;
  const journal = [...old, { ...kept, at }].map((entry) => `${JSON.stringify(entry)}\n`).join("");
  await write();
  await appendFile(journalPath(folder), journal);
  expect(storedStatus(folder, await readJournal(folder))).toMatchObject({
    state: "failed",
    problems: [{ message: "ConfigMap b was refused: no." }],
    error: { message: "It does not go." },
  });
});

test("a damaged line in the middle is named", () => {
  expect(() => parseJournal('{"t":"step","at":"x","step":"a"}\nrubbish\n', "j.jsonl")).toThrowError(
    /Line 2 of j\.jsonl/,
  );
});

test("what was there before the first run does not become ours by applying it again", async () => {
  await write(run(), { t: "intent", objects: [{ ref: ref("a"), component: "x", foreign: true }] }, run(), {
    t: "intent",
    objects: [{ ref: ref("a"), component: "x" }],
  });
  expect((await readJournal(folder))?.objects.get(key("a"))?.foreign).toBe(true);
});

test("on another cluster nothing of what was applied counts", async () => {
  await write(
    run(),
    { t: "intent", objects: [{ ref: ref("a"), component: "x" }] },
    { t: "applied", keys: [key("a")] },
    run("uid-2"),
  );
  const state = await readJournal(folder);
  expect([state?.objects.size, state?.applied.size]).toEqual([0, 0]);
});

test("what was removed is no longer ours", async () => {
  await write(
    run(),
    { t: "intent", objects: [{ ref: ref("a"), component: "x" }] },
    { t: "applied", keys: [key("a")] },
    run("uid-1", "uninstall"),
    { t: "removed", keys: [key("a")] },
    { t: "finished", state: "removed", elapsedMs: 1 },
  );
  const state = await readJournal(folder);
  expect(stateOf(state)).toBe("removed");
  expect(state?.objects.size).toBe(0);
});

test("uids are of what was created; what was made anew forgets the one before and whose it was", async () => {
  await write(
    run(),
    { t: "intent", objects: [{ ref: ref("a"), component: "x", absent: true }], before: [ref("z")] },
    { t: "applied", keys: [key("a")], uids: { [key("a")]: "1" } },
  );
  expect((await readJournal(folder))?.objects.get(key("a"))).toMatchObject({ foreign: false, uid: "1" });
  expect((await readJournal(folder))?.before).toEqual(new Set([key("z")]));
  await write({ t: "intent", objects: [{ ref: ref("a"), component: "x", absent: true }] });
  expect((await readJournal(folder))?.objects.get(key("a"))?.uid).toBeUndefined();
});

test("what a foreign object's labels were before the first run is what they get back", async () => {
  const change = (was?: string) => ({ labels: { l: { set: "ours", ...(was === undefined ? {} : { was }) } } });
  const foreign = { ref: ref("a"), component: "x", foreign: true };
  await write(
    run(),
    { t: "intent", objects: [{ ...foreign, metadata: change("theirs") }] },
    { t: "intent", objects: [foreign] },
    { t: "intent", objects: [{ ...foreign, metadata: { labels: { l: { set: "newer", was: "ours" } } } }] },
  );
  expect((await readJournal(folder))?.objects.get(key("a"))?.metadata).toEqual({
    labels: { l: { set: "newer", was: "theirs" } },
  });
});
