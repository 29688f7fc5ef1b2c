import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { extract } from "tar-stream";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { StreamItem } from "../../common/contract/index.ts";
import { actionsOn } from "./actions-support.ts";
import { describeWithCluster, fastPods } from "./support.ts";

const chunkBytes = 300_000;

async function entriesOf(archive: Buffer): Promise<Map<string, { type: string; data: Buffer }>> {
  const found = new Map<string, { type: string; data: Buffer }>();
  const reader = extract();
  Readable.from([archive]).pipe(reader);
  for await (const entry of reader) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    found.set(entry.header.name.replace(/\/$/, ""), { type: entry.header.type, data: Buffer.concat(chunks) });
  }
  return found;
}

await describeWithCluster(
  "copying files and looking into containers",
  (test) => {
    const on = actionsOn(test);
    const { kubectl } = on;
    let folder = "";
    const big = randomBytes(3 * 1024 * 1024 + 17);
    const sha = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
    const inPod = (...command: string[]) => kubectl.text("exec", "box", "-c", "main", "--", ...command);
    const place = () => ({ target: on.pod("box"), container: "main" });

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "flowdeck-copy-"));
      await kubectl.apply({
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "box", namespace: "default" },
        spec: { containers: [{ name: "main", image: "registry.example/box:1" }] },
      });
      await kubectl.wait("pod/box", "condition=Ready");
      await inPod("mkdir", "-p", "/data/a folder");
    });
    afterAll(async () => rm(folder, { recursive: true, force: true }));

    async function upload(into: string, files: Record<string, Buffer>): Promise<{ files: number; bytes: number }> {
      const { id } = await on.methods()["copy.open"]({ ...place(), folder: into }, on.never);
      for (const [path, bytes] of Object.entries(files)) {
        await on.methods()["copy.file"]({ id, path, bytes: bytes.length, modifiedAt: 1_700_000_000_000 }, on.never);
        for (let from = 0; from < bytes.length; from += chunkBytes) {
          const base64 = bytes.subarray(from, from + chunkBytes).toString("base64");
          await on.methods()["copy.chunk"]({ id, base64 }, on.never);
        }
      }
      return await on.methods()["copy.close"]({ id, keep: true }, on.never);
    }

    async function download(path: string) {
      const items: StreamItem<"copy.from">[] = [];
      for await (const item of on.methods()["copy.from"]({ ...place(), path }, on.never)) items.push(item);
      const [start] = items;
      const end = items.at(-1);
      if (start?.type !== "start" || end?.type !== "end") throw new Error("A copy has a start and an end.");
      const data = items.flatMap((item) => (item.type === "data" ? [Buffer.from(item.base64, "base64")] : []));
      return { start, end, bytes: Buffer.concat(data) };
    }

    it("brings files into a container, byte for byte as kubectl reads them", async () => {
      const files = {
        "big.bin": big,
        "with spaces/이름 과.txt": Buffer.from("한글\n"),
        "-dash": Buffer.from("not an option"),
        empty: Buffer.alloc(0),
      };
      expect(await upload("/data/a folder", files)).toEqual({ files: 4, bytes: big.length + 7 + 13 });
      const back = join(folder, "back");
      await kubectl.text("cp", "-c", "main", "box:/data/a folder", back);
      for (const [name, bytes] of Object.entries(files)) expect(sha(await readFile(join(back, name)))).toBe(sha(bytes));
      expect(await inPod("sha256sum", "/data/a folder/big.bin")).toContain(sha(big));
    });

    it("brings files out of a container, byte for byte as kubectl put them there", async () => {
      const local = join(folder, "out", "deep er");
      await mkdir(local, { recursive: true });
      await writeFile(join(local, "big.bin"), big);
      await writeFile(join(local, "한글.txt"), "x");
      await kubectl.text("cp", "-c", "main", join(folder, "out"), "box:/data/out");
      const one = await download("/data/out/deep er/big.bin");
      expect(one.start).toEqual({ type: "start", name: "big.bin", as: "file", bytes: big.length });
      expect(sha(one.bytes)).toBe(sha(big));
      const all = await download("/data/out");
      expect(all.start).toMatchObject({ name: "out.tar", as: "tar" });
      expect(all.end).toMatchObject({ files: 2, skipped: [] });
      const entries = await entriesOf(all.bytes);
      expect([...entries.keys()]).toEqual(["out", "out/deep er", "out/deep er/big.bin", "out/deep er/한글.txt"]);
      expect(sha(entries.get("out/deep er/big.bin")?.data ?? Buffer.alloc(0))).toBe(sha(big));
    });

    it("takes no links over, and says so", async () => {
      await inPod("mkdir", "-p", "/data/links");
      await inPod("ln", "-s", "/etc/hostname", "/data/links/out");
      const copied = await download("/data/links");
      expect(copied.end).toMatchObject({ files: 0, skipped: [{ path: "data/links/out", reason: "link" }] });
      await expect(download("/data/links/out")).rejects.toMatchObject({ code: "invalid-input" });
    });

    it("refuses what would lead out of the folder, and more bytes than were announced", async () => {
      const { id } = await on.methods()["copy.open"]({ ...place(), folder: "/data" }, on.never);
      await expect(on.methods()["copy.file"]({ id, path: "../etc/passwd", bytes: 1 }, on.never)).rejects.toMatchObject({
        code: "invalid-input",
      });
      await on.methods()["copy.file"]({ id, path: "short", bytes: 2 }, on.never);
      await expect(
        on.methods()["copy.chunk"]({ id, base64: Buffer.from("long").toString("base64") }, on.never),
      ).rejects.toMatchObject({ code: "invalid-input" });
      await on.methods()["copy.close"]({ id, keep: false }, on.never);
      expect(await inPod("ls", "/etc")).not.toContain("passwd");
    });

    it("says what is not there", async () => {
      await expect(download("/none")).rejects.toMatchObject({ code: "not-found" });
      await expect(upload("/none", {})).rejects.toMatchObject({ code: "not-found" });
    });

    it("adds a debug container that runs and answers, as kubectl debug does", async () => {
      const target = await on.known(on.pod("box"));
      const { container } = await on
        .methods()
        ["debug.container"](
          { target, beside: "main", image: "registry.example/busybox:1", profile: "general" },
          on.never,
        );
      await kubectl.text(
        "debug",
        "box",
        "--image=registry.example/busybox:1",
        "--target=main",
        "--container=oracle",
        "--profile=general",
      );
      const { spec } = await on.json<{ spec: { ephemeralContainers: { name: string }[] } }>("get", "pod/box");
      const [ours, theirs] = spec.ephemeralContainers;
      expect({ ...ours, name: "", stdin: undefined, tty: undefined, imagePullPolicy: "" }).toEqual({
        ...theirs,
        name: "",
        stdin: undefined,
        tty: undefined,
        imagePullPolicy: "",
      });
      expect(await kubectl.text("exec", "box", "-c", container, "--", "hostname")).toBe("box\n");
    });

    it("opens a pod on a node and removes it afterwards", async () => {
      const { target, container } = await on.methods()["debug.node"](
        {
          context: on.context(),
          node: "practice-1",
          namespace: "default",
          image: "registry.example/busybox:1",
          profile: "sysadmin",
        },
        on.never,
      );
      const pod = `pod/${target.name}`;
      expect(await kubectl.text("get", pod, "-o", "jsonpath={.spec.nodeName} {.spec.volumes[0].hostPath.path}")).toBe(
        "practice-1 /",
      );
      expect(await kubectl.text("exec", target.name, "-c", container, "--", "whoami")).toBe("root\n");
      await on.methods()["debug.end"]({ target }, on.never);
      expect((await kubectl.run(["get", pod])).code).toBe(1);
    });
  },
  { ...fastPods, nodes: 2 },
);
