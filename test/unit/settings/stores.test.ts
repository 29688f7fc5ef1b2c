import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { InstallationList, JsonStore, PreferencesStore } from "../../../electron/settings/index.ts";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "flowdeck-unit-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

describe("preferences", () => {
  it("begin with defaults, change one by one, and come back", async () => {
    const store = new PreferencesStore(dataDir);
    expect(await store.get()).toEqual({ theme: "system" });
    await store.set({ language: "ko" });
    expect(await store.set({ theme: "dark" })).toEqual({ language: "ko", theme: "dark" });
    expect(await new PreferencesStore(dataDir).get()).toEqual({ language: "ko", theme: "dark" });
    expect((await stat(join(dataDir, "preferences.json"))).mode & 0o777).toBe(0o600);
  });

  it("that are damaged are kept aside, and the app goes on", async () => {
    await writeFile(join(dataDir, "preferences.json"), "{ half");
    const told: string[] = [];
    const store = new PreferencesStore(dataDir, (_file, kept) => told.push(kept));
    expect(await store.get()).toEqual({ theme: "system" });
    expect(told).toHaveLength(1);
    expect(await readFile(told[0] ?? "", "utf8")).toBe("{ half");
    await store.set({ theme: "light" });
    expect((await readdir(dataDir)).sort()).toHaveLength(2);
  });
});

describe("the known installations", () => {
  it("are listed newest first, each once, until forgotten", async () => {
    const list = new InstallationList(dataDir);
    expect(await list.all()).toEqual([]);
    await list.remember("/a/one", { now: new Date(1000) });
    await list.remember("/a/two", { now: new Date(2000) });
    await list.remember("/a/one/", { now: new Date(3000) });
    expect((await list.all()).map(({ kfDir }) => kfDir)).toEqual(["/a/one", "/a/two"]);
    await list.remember("/a/one", { id: "abcdefgh", now: new Date(4000) });
    await list.remember("/a/one", { now: new Date(5000) });
    expect((await list.all())[0]).toMatchObject({ kfDir: "/a/one", id: "abcdefgh" });
    expect((await new InstallationList(dataDir).forget("/a/one")).map(({ kfDir }) => kfDir)).toEqual(["/a/two"]);
  });
});

describe("a store", () => {
  const make = (more: object = {}) =>
    new JsonStore({
      file: join(dataDir, "sub/store.json"),
      schema: z.object({ n: z.number() }),
      version: 2,
      initial: { n: 0 },
      ...more,
    });

  it("loses no change of many at once", async () => {
    const store = make();
    await Promise.all(Array.from({ length: 20 }, () => store.update(({ n }) => ({ n: n + 1 }))));
    expect(await make().get()).toEqual({ n: 20 });
  });

  it("takes nothing that does not fit, and stays as it was", async () => {
    const store = make();
    await store.update(() => ({ n: 1 }));
    await expect(store.update(() => ({ n: Number.NaN }))).rejects.toThrow();
    await expect(
      store.update(() => {
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    expect(await store.get()).toEqual({ n: 1 });
    expect(await make().get()).toEqual({ n: 1 });
  });

  it("brings an older version up to date, and sets aside one that is newer than itself", async () => {
    await make().update(() => ({ n: 1 }));
    const file = join(dataDir, "sub/store.json");
    await writeFile(file, JSON.stringify({ version: 1, data: { count: 7 } }));
    const migrate = (data: unknown) => ({ n: z.object({ count: z.number() }).parse(data).count });
    expect(await make({ migrate }).get()).toEqual({ n: 7 });
    await writeFile(file, JSON.stringify({ version: 3, data: { n: 9 } }));
    expect(await make({ migrate }).get()).toEqual({ n: 0 });
    expect((await readdir(join(dataDir, "sub"))).filter((name) => name.includes("damaged"))).toHaveLength(1);
  });
});
