import { mkdir, readdir, readFile, readlink, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { DamagedArchive, type UnpackOptions, unpackArchive } from "../../../../electron/install/sources/archive.ts";
import { failure, type TarEntry, tarGz, temporaryFolders } from "../support.ts";

const folder = temporaryFolders();

async function unpack(entries: readonly TarEntry[], options: Partial<UnpackOptions> = {}) {
  const around = await folder();
  const target = join(around, "target");
  await mkdir(target);
  const task = unpackArchive(Readable.from([await tarGz(entries)]), target, { name: "evil.tar.gz", ...options });
  return { around, target, task };
}

async function refused(entries: readonly TarEntry[], why: RegExp, options: Partial<UnpackOptions> = {}) {
  const { around, target, task } = await unpack([{ name: "top/first", content: "1" }, ...entries], options);
  const error = await failure("archive-unsafe", task);
  expect(error.message).toMatch(why);
  expect(error.message).toContain("evil.tar.gz");
  expect(await readdir(around)).toEqual(["target"]);
  return target;
}

describe("an archive", () => {
  it("is unpacked without its top folder, with its modes and links", async () => {
    const { target, task } = await unpack([
      { name: "top/", type: "directory" },
      { name: "top/a/run", content: "#!/bin/sh\n", mode: 0o775 },
      { name: "top/b.txt", content: "b", mode: 0o664 },
      { name: "top/a/link", type: "symlink", linkname: "../b.txt" },
    ]);
    expect((await task).map(({ path, mode }) => `${mode} ${path}`).sort()).toEqual([
      "100644 b.txt",
      "100755 a/run",
      "120000 a/link",
    ]);
    expect(await readFile(join(target, "a/link"), "utf8")).toBe("b");
    expect(await readlink(join(target, "a/link"))).toBe("../b.txt");
    expect((await stat(join(target, "a/run"))).mode & 0o777).toBe(0o755);
  });

  it("gives only the folder that is asked for", async () => {
    const entries = [
      { name: "top/keep/a", content: "a" },
      { name: "top/keeper/b", content: "b" },
      { name: "top/other", content: "c" },
    ];
    const { target, task } = await unpack(entries, { folder: "keep" });
    expect((await task).map(({ path }) => path)).toEqual(["a"]);
    expect(await readdir(target)).toEqual(["a"]);
  });

  it.each<[string, TarEntry, RegExp]>([
    ["an absolute path", { name: "/etc/evil", content: "x" }, /absolute/],
    ["a path on a Windows drive", { name: "C:/evil", content: "x" }, /absolute/],
    ["a path with ..", { name: "top/../../evil", content: "x" }, /outside/],
    ["a path that is ..", { name: "..", type: "directory" }, /outside/],
    ["a backslash", { name: "top\\..\\..\\evil", content: "x" }, /character/],
    ["a hard link", { name: "top/hard", type: "link", linkname: "/etc/passwd" }, /hard link/],
    ["a device", { name: "top/null", type: "character-device", devmajor: 1, devminor: 3 }, /character-device/],
    ["a pipe", { name: "top/pipe", type: "fifo" }, /fifo/],
    ["an absolute link", { name: "top/link", type: "symlink", linkname: "/etc" }, /points outside/],
    ["a link with ..", { name: "top/a/link", type: "symlink", linkname: "../../outside" }, /points outside/],
    ["a second top folder", { name: "other/file", content: "x" }, /more than one top-level folder/],
    ["a path that comes twice", { name: "top/first", content: "2" }, /twice/],
  ])("with %s is refused", async (_what, entry, why) => {
    await refused([entry], why);
  });

  it("cannot write through a link of its own", async () => {
    const inside = { name: "top/link", type: "symlink" as const, linkname: "dir" };
    const target = await refused([inside, { name: "top/link/file", content: "x" }], /link and a folder/);
    expect(await readdir(target)).not.toContain("dir");
  });

  it("cannot leave through two links of which each alone stays inside", async () => {
    // up -> root, so p/q/r/up/.. reads as p/q/r but is the folder above.
    await refused(
      [
        { name: "top/p/q/r/up", type: "symlink", linkname: "../../.." },
        { name: "top/out", type: "symlink", linkname: "p/q/r/up/../secret" },
      ],
      /through another link/,
    );
  });

  it("is refused outside the folder asked for as well", async () => {
    await refused([{ name: "top/x/../../../evil", content: "x" }], /outside/, { folder: "keep" });
  });

  it.each([
    ["too many entries", { entries: 3 }, /more than 3 entries/],
    ["too many bytes", { bytes: 10 }, /more than 10 bytes/],
    ["too long a path", { path: 20 }, /longer than 20/],
  ])("with %s is refused", async (_what, limits, why) => {
    const more = [1, 2, 3].map((n) => ({ name: `top/a-rather-long-name-${n}`, content: "12345" }));
    await refused(more, why, { limits });
  });

  it("that is a bomb is stopped by what it says it holds, before it is read", async () => {
    const zeros = "\0".repeat(3_000_000);
    await refused([{ name: "top/zeros", content: zeros }], /more than 1000000 bytes/, { limits: { bytes: 1_000_000 } });
  });

  it("that is cut or altered is damaged, not unsafe", async () => {
    const whole = await tarGz([{ name: "top/a", content: "a".repeat(10_000) }]);
    const altered = Buffer.from(whole);
    altered[40] = (altered[40] ?? 0) ^ 1;
    for (const bytes of [whole.subarray(0, whole.length - 20), altered, Buffer.from("no archive at all")]) {
      const target = join(await folder(), "target");
      await mkdir(target);
      await expect(unpackArchive(Readable.from([bytes]), target, { name: "x" })).rejects.toBeInstanceOf(DamagedArchive);
    }
  });

  it("can be cancelled", async () => {
    const { task } = await unpack([{ name: "top/a", content: "a" }], { signal: AbortSignal.abort() });
    await expect(task).rejects.toMatchObject({ name: "AbortError" });
  });
});
