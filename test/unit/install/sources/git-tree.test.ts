import { createReadStream } from "node:fs";
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { unpackArchive } from "../../../../electron/install/sources/archive.ts";
import { blobId, readTree, type TreeEntry, treeId } from "../../../../electron/install/sources/git-tree.ts";
import { describeWithMirror, temporaryFolders } from "../support.ts";

const folder = temporaryFolders();
const file = (path: string, text: string): TreeEntry => ({ path, mode: "100644", id: blobId(Buffer.from(text)) });

describe("git tree ids", () => {
  it("are git's own for the cases everybody knows", () => {
    expect(blobId(Buffer.from("hello\n"))).toBe("ce013625030ba8dba906f756967f9e9ca394464a");
    expect(blobId(new Uint8Array())).toBe("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    expect(treeId([])).toBe("4b825dc642cb6eb9a060e54bf8d69288fbee4904");
  });

  it("sort a folder as if its name ended in a slash", () => {
    // `git write-tree` of a/x, a.b and a0, each holding "x\n".
    const entries = [file("a0", "x\n"), file("a/x", "x\n"), file("a.b", "x\n")];
    expect(treeId(entries)).toBe("0a323b529e4d4b09c20f5995a4ab0b5b4d134210");
  });

  it("are the same read from disk, with the modes that git keeps", async () => {
    const place = await folder();
    await mkdir(join(place, "bin/inner"), { recursive: true });
    await writeFile(join(place, "bin/run"), "x\n");
    await chmod(join(place, "bin/run"), 0o755);
    await writeFile(join(place, "readme"), "x\n");
    await symlink("../readme", join(place, "bin/link"));
    expect(treeId(await readTree(place))).toBe("35ec9494722afe58bd3780ba7ed13b6c62f11934");
  });

  it("do not exist for a path that is there twice", () => {
    expect(() => treeId([file("a", "1"), file("a", "2")])).toThrow(/twice/);
    expect(() => treeId([file("a", "1"), file("a/b", "2")])).toThrow(/twice/);
  });
});

describeWithMirror("the archives of 26.03", (mirror) => {
  it.each([
    ["manifests-26.03.tar.gz", undefined, "7db24853841f1a7723639f5a2a65bd37150a29df"],
    ["argo-workflows-3.7.3.tar.gz", "manifests", "6d92292bcc78b14a73ce074c679bec3f94018139"],
    ["lws-0.7.0.tar.gz", "config", "bd94ba8a8b68b380f95aaa3ac01126aa8b61661d"],
  ])("%s unpacks to its tree, in memory and on disk", async (name, part, tree) => {
    const place = await folder();
    const entries = await unpackArchive(createReadStream(join(mirror, name)), place, { name, folder: part });
    expect(treeId(entries)).toBe(tree);
    expect(treeId(await readTree(place))).toBe(tree);
  });
});
