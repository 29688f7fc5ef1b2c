import { chmod, link, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { message } from "../../../common/words/index.ts";
import { KfDir } from "../../../electron/kf-dir/index.ts";
import { failure, temporaryFolders } from "../install/support.ts";

const temporary = temporaryFolders();

/** A KF_DIR, and a folder beside it with a file and a folder that no path of KF_DIR may reach. */
async function place() {
  const base = await temporary();
  const path = join(base, "kf");
  const outside = join(base, "outside");
  await mkdir(join(outside, "folder"), { recursive: true });
  await mkdir(path);
  await writeFile(join(outside, "file"), "theirs\n");
  await writeFile(join(outside, "folder", "a.yaml"), "theirs\n");
  const untouched = async () => {
    expect(await readFile(join(outside, "file"), "utf8")).toBe("theirs\n");
    expect(await readdir(join(outside, "folder"))).toEqual(["a.yaml"]);
    expect(await readdir(outside)).toEqual(["file", "folder"]);
  };
  return { base, path, outside, dir: new KfDir(path), untouched };
}

/** Everything that can be done with the file of a name. */
const uses: readonly [string, (dir: KfDir, name: string) => Promise<unknown>][] = [
  ["kind", (dir, name) => dir.kind(name)],
  ["readText", (dir, name) => dir.readText(name)],
  ["readEnd", (dir, name) => dir.readEnd(name, 10)],
  ["list", (dir, name) => dir.list(name)],
  ["write", (dir, name) => dir.write(name, "ours")],
  ["create", (dir, name) => dir.create(name, "ours")],
  ["append", (dir, name) => dir.append(name, "ours")],
  ["makeFolder", (dir, name) => dir.makeFolder(name)],
  ["remove", (dir, name) => dir.remove(name)],
  ["removeEmptyFolder", (dir, name) => dir.removeEmptyFolder(name)],
  ["removeTree", (dir, name) => dir.removeTree(name)],
  ["rename from", (dir, name) => dir.rename(name, "new")],
  ["rename to", (dir, name) => dir.rename("own", name)],
  ["link from", (dir, name) => dir.link(name, "new")],
  ["link to", (dir, name) => dir.link("own", name)],
];

describe("KF_DIR", () => {
  it.each(uses)(
    "%s refuses a link to a file, to a folder, to nothing, and a folder above that is one",
    async (_n, use) => {
      const { path, outside, dir, untouched } = await place();
      await writeFile(join(path, "own"), "");
      await symlink("../outside/file", join(path, "file"));
      await symlink(join(outside, "folder"), join(path, "folder"));
      await symlink("../outside/new", join(path, "nothing"));
      for (const name of ["file", "folder", "nothing", "folder/a.yaml", "folder/new.yaml", "folder/deep/new.yaml"]) {
        const error = await failure("folder-unusable", use(dir, name));
        expect(error.message).toContain("is a link to another place");
        expect(error.message).toContain(join(path, name.split("/")[0] ?? ""));
        expect(error.advice).toEqual([message("folder.plainOnly")]);
      }
      await untouched();
    },
  );

  it.runIf(process.platform !== "win32").each(uses)(
    "%s refuses what is neither a file nor a folder",
    async (_n, use) => {
      const { path, dir } = await place();
      await writeFile(join(path, "own"), "");
      const server = createServer();
      await new Promise<void>((listening) => server.listen(join(path, "socket"), listening));
      try {
        const error = await failure("folder-unusable", use(dir, "socket"));
        expect(error.message).toContain("neither a file nor a folder");
      } finally {
        server.close();
      }
    },
  );

  it.each(uses)("%s takes no name that leads out", async (_name, use) => {
    const { dir, outside, untouched } = await place();
    for (const name of [
      "../outside/file",
      "a/../../outside/file",
      "./file",
      "/etc/passwd",
      "a//b",
      "..\\outside\\file",
    ])
      await failure("folder-unusable", use(dir, name));
    await failure("folder-unusable", use(dir, join(outside, "file")));
    await untouched();
  });

  it("does not append to a file that has another name elsewhere", async () => {
    const { path, outside, dir, untouched } = await place();
    await link(join(outside, "file"), join(path, "log"));
    expect((await failure("folder-unusable", dir.append("log", "ours"))).message).toContain("hard link");
    // Writing anew leaves the other name's content alone.
    await dir.write("log", "ours");
    await untouched();
  });

  it("may itself be a link: the user chose where it is", async () => {
    const { base, path } = await place();
    await symlink(path, join(base, "linked"));
    await new KfDir(join(base, "linked")).write("a/b", "text");
    expect(await readFile(join(path, "a/b"), "utf8")).toBe("text");
  });

  it("reads, writes, appends and removes plain files", async () => {
    const { path, dir } = await place();
    expect(await dir.readText("a/b")).toBeUndefined();
    expect(await dir.list("a")).toEqual([]);
    await dir.write("a/b", "one");
    await chmod(join(path, "a/b"), 0o640);
    await dir.write("a/b", "two");
    if (process.platform !== "win32") expect((await stat(join(path, "a/b"))).mode & 0o777).toBe(0o640);
    await dir.append("a/log", "1\n22\n");
    await dir.append("a/log", "333\n");
    expect(await dir.readText("a/log")).toBe("1\n22\n333\n");
    expect(await dir.readEnd("a/log", 6)).toBe("333\n");
    expect((await dir.list("a")).map(({ name }) => name).sort()).toEqual(["b", "log"]);
    await dir.removeEmptyFolder("a");
    await dir.remove("a/b");
    await dir.remove("a/log");
    await dir.removeEmptyFolder("a");
    expect(await dir.kind("a")).toBeUndefined();
  });

  it("removes a tree without what its links lead to", async () => {
    const { path, dir, untouched } = await place();
    await dir.makeFolder("tree/deep");
    await symlink("../../../outside/folder", join(path, "tree/deep/folder"));
    await dir.removeTree("tree");
    expect(await dir.kind("tree")).toBeUndefined();
    await untouched();
  });

  it("refuses a file that is larger than it may be", async () => {
    const { path, dir } = await place();
    await writeFile(join(path, "big"), "x".repeat(2000));
    expect((await failure("folder-unusable", dir.readText("big", { maxBytes: 1000 }))).message).toContain(
      "larger than",
    );
  });
});
