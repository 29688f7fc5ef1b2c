import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFile, chmod, cp, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { Catalogue, describeRelease } from "../../../../electron/install/release/catalogue.ts";
import { blobId, treeId } from "../../../../electron/install/sources/git-tree.ts";
import { openMirror } from "../../../../electron/install/sources/mirror.ts";
import { provideSource, whereSourceIs } from "../../../../electron/install/sources/sources.ts";
import type { SourceSpec } from "../../../../electron/install/types.ts";
import { assetsDir, below, describeWithMirror, failure, tarGz, temporaryFolders } from "../support.ts";

const folder = temporaryFolders();
const url = "https://example.org/project.tar.gz";
const tree = treeId([
  { path: "a/run", mode: "100755", id: blobId(Buffer.from("run\n")) },
  { path: "b", mode: "100644", id: blobId(Buffer.from("b\n")) },
]);
const spec: SourceSpec = { id: "project", kind: "archive", url, tree };

async function place(b = "b\n") {
  const dataDir = await folder();
  const mirrorDir = await folder();
  const archive = join(mirrorDir, "project.tar.gz");
  await writeFile(join(mirrorDir, "sources.json"), JSON.stringify({ [url]: "project.tar.gz" }));
  const entries = [
    { name: "top/a/run", content: "run\n", mode: 0o755 },
    { name: "top/b", content: b, mode: 0o644 },
  ];
  await writeFile(archive, await tarGz(entries));
  return { archive, options: { dataDir, assetsDir, mirror: await openMirror(mirrorDir) } };
}

async function nothingStays(dataDir: string) {
  for (const name of ["cache/trees", "cache/work"]) expect(await readdir(join(dataDir, name))).toEqual([]);
}

describe("an archive source", () => {
  it("gives way to the file it renders to where a mirror has only that, and comes first where it has both", async () => {
    const content = "kind: List\n";
    const digest = createHash("sha256").update(content).digest("hex");
    const rendered = { url: "https://example.org/rendered.yaml", sha256: [{ digest, of: "the test's own file" }] };
    const { archive, options } = await place();
    const both: SourceSpec = { ...spec, rendered };
    expect((await provideSource(both, options)).content).toBe(tree);

    const mirrorDir = dirname(archive);
    await writeFile(join(mirrorDir, "rendered.yaml"), content);
    await writeFile(join(mirrorDir, "sources.json"), JSON.stringify({ [rendered.url]: "rendered.yaml" }));
    const only = { ...options, mirror: await openMirror(mirrorDir) };
    const source = await provideSource(both, only);
    expect(source.spec.kind).toBe("file");
    expect(source.content).toBe(digest);
    expect(await whereSourceIs(both, only)).toBe("mirror");

    await writeFile(join(mirrorDir, "rendered.yaml"), "kind: Liszt\n");
    await failure("content-mismatch", provideSource(both, only));
  });

  it("comes from the mirror, verified, and then from the cache", async () => {
    const { archive, options } = await place();
    expect(await whereSourceIs(spec, { dataDir: options.dataDir })).toBe("download");
    expect(await whereSourceIs(spec, options)).toBe("mirror");
    const source = await provideSource(spec, options);
    expect(source.content).toBe(tree);
    expect(await readFile(join(source.path, "b"), "utf8")).toBe("b\n");
    await rm(archive);
    expect((await provideSource(spec, options)).path).toBe(source.path);
    expect(await whereSourceIs(spec, { dataDir: options.dataDir })).toBe("cache");
  });

  it("asked for by several at once is unpacked once, and replaced under nobody", async () => {
    const { options } = await place();
    const seen = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const { path } = await provideSource(spec, options);
        return (await stat(path)).ino;
      }),
    );
    expect(new Set(seen).size).toBe(1);
    expect(await readdir(join(options.dataDir, "cache/work"))).toEqual([]);
  });

  it("is right as any of several trees that it may have, and is found again as the one it was", async () => {
    const { archive, options } = await place();
    const other = "0".repeat(40);
    const several: SourceSpec = {
      ...{ id: "project", kind: "archive", url },
      trees: [
        { tree: other, of: "the whole" },
        { tree, of: "a part" },
      ],
    };
    const source = await provideSource(several, options);
    expect(source.content).toBe(tree);
    await rm(archive);
    expect((await provideSource(several, options)).path).toBe(source.path);
    expect(await whereSourceIs(several, { dataDir: options.dataDir })).toBe("cache");
    const altered = await place("B\n");
    const error = await failure("content-mismatch", provideSource(several, altered.options));
    expect(error.message).toContain(`${other} or ${tree}`);
  });

  it("with one byte altered is refused, naming what was expected and what came, and leaves nothing", async () => {
    const { archive, options } = await place("B\n");
    const error = await failure("content-mismatch", provideSource(spec, options));
    const got = treeId([
      { path: "a/run", mode: "100755", id: blobId(Buffer.from("run\n")) },
      { path: "b", mode: "100644", id: blobId(Buffer.from("B\n")) },
    ]);
    for (const word of [archive, tree, got]) expect(error.message).toContain(word);
    expect(below(error)).toContain(url);
    await nothingStays(options.dataDir);
  });

  it("whose archive itself is broken is refused the same way", async () => {
    const { archive, options } = await place();
    const bytes = await readFile(archive);
    bytes[30] = (bytes[30] ?? 0) ^ 4;
    await writeFile(archive, bytes);
    expect((await failure("content-mismatch", provideSource(spec, options))).message).toContain(tree);
    await nothingStays(options.dataDir);
  });

  it.each<[string, (path: string) => Promise<unknown>]>([
    ["a changed file", (path) => writeFile(join(path, "b"), "c\n")],
    ["a missing file", (path) => rm(join(path, "b"))],
    ["an added file", (path) => writeFile(join(path, "new"), "")],
    ["no marker, because it was not finished", (path) => rm(`${path}.json`)],
    ["a broken marker", (path) => appendFile(`${path}.json`, "}")],
  ])("is unpacked again when the cache has %s", async (_what, harm) => {
    const { options } = await place();
    const { path } = await provideSource(spec, options);
    await harm(path);
    await provideSource(spec, options);
    expect(await readFile(join(path, "b"), "utf8")).toBe("b\n");
    expect((await readdir(path)).sort()).toEqual(["a", "b"]);
  });

  it("clears away what a killed app left behind, once it is old", async () => {
    const { options } = await place();
    const work = join(options.dataDir, "cache/work");
    for (const name of ["old", "new"]) await mkdir(join(work, name, "release"), { recursive: true });
    await utimes(join(work, "old"), 1, 1);
    await provideSource(spec, options);
    expect(await readdir(work)).toEqual(["new"]);
  });

  it("keeps the executable bit in the marker, for disks that have none", async () => {
    const { archive, options } = await place();
    const { path } = await provideSource(spec, options);
    await chmod(join(path, "a/run"), 0o644);
    await rm(archive);
    expect((await provideSource(spec, options)).path).toBe(path);
  });

  it("without mirror and network says where it would come from", async () => {
    const options = { dataDir: await folder(), assetsDir, network: { attempts: 1 } };
    const nowhere = { ...spec, url: "https://nowhere.invalid/project.tar.gz" };
    const error = await failure("download-failed", provideSource(nowhere, options));
    expect(below(error)).toContain("nowhere.invalid");
    expect(below(error)).toContain("--mirror");
  });
});

describe("a file source", () => {
  it("is right when its digest is one of those listed", async () => {
    const { archive, options } = await place();
    const digest = createHash("sha256")
      .update(await readFile(archive))
      .digest("hex");
    const file: SourceSpec = {
      id: "file",
      kind: "file",
      url,
      sha256: [
        { digest: "0".repeat(64), of: "another" },
        { digest, of: "this" },
      ],
    };
    expect(await provideSource(file, options)).toMatchObject({ path: archive, content: digest });
    await appendFile(archive, "x");
    expect((await failure("content-mismatch", provideSource(file, options))).message).toContain(digest);
  });
});

const small = await smallDisk();

/** Mounts a tmpfs of 1 MB, or says why it cannot. */
async function smallDisk(): Promise<{ mount: (path: string) => () => void } | { why: string }> {
  const mount = (path: string) => {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", path]);
    return () => execFileSync("umount", [path]);
  };
  if (process.platform !== "linux" || process.getuid?.() !== 0) return { why: "mounting a tmpfs needs root on Linux" };
  const trial = join("/tmp", `flowdeck-unit-tmpfs-${process.pid}`);
  await mkdir(trial, { recursive: true });
  try {
    mount(trial)();
    return { mount };
  } catch (error) {
    return { why: `no tmpfs can be mounted here: ${error instanceof Error ? error.message.split("\n")[0] : error}` };
  } finally {
    await rm(trial, { recursive: true, force: true });
  }
}

describe("a full disk", () => {
  it.skipIf("why" in small)(
    `is told with the folder and what is free, and nothing stays${"why" in small ? ` (${small.why})` : ""}`,
    async () => {
      if ("why" in small) return;
      const { archive, options } = await place();
      const content = Buffer.alloc(3_000_000, "x").toString();
      await writeFile(archive, await tarGz([{ name: "top/big", content }]));
      const dataDir = join(options.dataDir, "small");
      await mkdir(dataDir);
      const unmount = small.mount(dataDir);
      try {
        const big = { ...spec, tree: treeId([{ path: "big", mode: "100644", id: blobId(Buffer.from(content)) }]) };
        const error = await failure("disk-full", provideSource(big, { ...options, dataDir }));
        expect(error.message).toContain(dataDir);
        expect(below(error)).toMatch(/\d MB is free/);
        await nothingStays(dataDir);
      } finally {
        unmount();
      }
    },
  );
});

describeWithMirror("26.03 in the mirror", (mirror) => {
  it("is refused when one byte of one file in it is altered", async () => {
    const copy = await folder();
    const name = "lws-0.7.0.tar.gz";
    await cp(join(mirror, name), join(copy, name));
    await cp(join(mirror, "sources.json"), join(copy, "sources.json"));
    await chmod(join(copy, name), 0o644);
    const bytes = await readFile(join(copy, name));
    const place = Math.floor((await stat(join(copy, name))).size / 2);
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    await writeFile(join(copy, name), bytes);
    const release = await new Catalogue(assetsDir).get("26.03");
    const lws = release.sources.find(({ id }) => id === "lws");
    if (lws === undefined) throw new Error("26.03 names no lws");
    const options = { dataDir: await folder(), assetsDir, mirror: await openMirror(copy) };
    expect((await failure("content-mismatch", provideSource(lws, options))).message).toContain(lws.tree);
  });

  it("is described with where it would come from", async () => {
    const release = await new Catalogue(assetsDir).get("26.03");
    const dataDir = await folder();
    const capabilities = { components: "chosen", signIn: "none" } as const;
    expect((await describeRelease(release, { capabilities, dataDir, mirror })).source).toBe("mirror");
    expect((await describeRelease(release, { capabilities, dataDir })).source).toBe("download");
    expect((await describeRelease(release, { capabilities, dataDir, mirror: "/no/such/folder" })).source).toBe(
      "download",
    );
    const starter = await new Catalogue(assetsDir).get("starter");
    expect((await describeRelease(starter, { capabilities, dataDir })).source).toBe("bundled");
  });
});
