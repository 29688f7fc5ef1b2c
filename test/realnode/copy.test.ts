import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { StreamItem } from "../../common/contract/index.ts";
import { debian, describeOnRealNodes, web } from "./support.ts";

const chunkBytes = 256 << 10;

describeOnRealNodes("copies into and out of real containers", (nodes) => {
  const { on } = nodes;
  const { kubectl } = nodes.room;
  const place = (pod: string) => ({ target: nodes.target("Pod", pod), container: "c" });
  const methods = () => on.methods();

  async function upload(pod: string, into: string, files: Record<string, Buffer>) {
    const { id } = await methods()["copy.open"]({ ...place(pod), folder: into }, on.never);
    try {
      for (const [path, bytes] of Object.entries(files)) {
        await methods()["copy.file"]({ id, path, bytes: bytes.length }, on.never);
        for (let from = 0; from < bytes.length; from += chunkBytes) {
          const base64 = bytes.subarray(from, from + chunkBytes).toString("base64");
          await methods()["copy.chunk"]({ id, base64 }, on.never);
        }
      }
    } catch (error) {
      // As the page does.
      await methods()["copy.close"]({ id, keep: false }, on.never);
      throw error;
    }
    return await methods()["copy.close"]({ id, keep: true }, on.never);
  }

  async function download(pod: string, path: string): Promise<Buffer> {
    const items: StreamItem<"copy.from">[] = [];
    for await (const item of methods()["copy.from"]({ ...place(pod), path }, on.never)) items.push(item);
    return Buffer.concat(items.flatMap((item) => (item.type === "data" ? [Buffer.from(item.base64, "base64")] : [])));
  }

  beforeAll(async () => {
    const volumeMounts = [
      { name: "small", mountPath: "/small" },
      { name: "readonly", mountPath: "/readonly", readOnly: true },
    ];
    const volumes = [
      { name: "small", emptyDir: { medium: "Memory", sizeLimit: "1Mi" } },
      { name: "readonly", emptyDir: {} },
    ];
    await kubectl.apply(
      nodes.pod("busybox", { volumeMounts }, { volumes }),
      nodes.pod("debian", { image: debian, volumeMounts }, { volumes }),
      nodes.pod("notar", { image: "localhost/realnode/notar:1" }),
      nodes.pod("bare", { image: web, command: undefined }),
    );
    await kubectl.wait("pod", "condition=Ready", "--all", "-n", nodes.namespace);
  });

  describe.each(["busybox", "debian"])("with the tar of %s", (pod) => {
    it("bring files with odd names both ways, byte for byte", async () => {
      const files = {
        "with spaces/이름 🚀.txt": Buffer.from("한글\n"),
        "-dash": Buffer.from("not an option"),
        'it\'s "quoted"': Buffer.alloc(0),
        big: randomBytes(5 << 20),
      };
      await upload(pod, "/tmp", files);
      for (const [path, bytes] of Object.entries(files)) {
        expect((await download(pod, `/tmp/${path}`)).equals(bytes), path).toBe(true);
      }
    });

    it("say at once that a volume is full", async () => {
      for (let time = 0; time < 5; time++) {
        const began = performance.now();
        await expect(upload(pod, "/small", { big: randomBytes(3 << 20) })).rejects.toMatchObject({
          code: "tool-failed",
          detail: expect.stringMatching(/No space left on device|Wrote only/),
        });
        expect(performance.now() - began).toBeLessThan(6_000);
      }
    });

    it("say at once that a folder can't be written to", async () => {
      for (let time = 0; time < 3; time++) {
        const began = performance.now();
        await expect(upload(pod, "/readonly", { big: randomBytes(3 << 20) })).rejects.toMatchObject({
          code: "tool-failed",
          detail: expect.stringMatching(/Read-only file system/i),
        });
        expect(performance.now() - began).toBeLessThan(6_000);
      }
    });
  });

  it("say that there is no tar, no shell, no such folder", async () => {
    const small = { a: Buffer.from("a") };
    await expect(upload("notar", "/tmp", small)).rejects.toMatchObject({ code: "tool-missing" });
    await expect(upload("bare", "/tmp", small)).rejects.toMatchObject({ code: "tool-missing" });
    await expect(upload("busybox", "/no/such", small)).rejects.toMatchObject({ code: "not-found" });
    await expect(download("busybox", "/no/such")).rejects.toMatchObject({ code: "not-found" });
  });
});
