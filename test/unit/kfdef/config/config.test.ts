import { mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { homedir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openMirror } from "../../../../electron/install/index.ts";
import { checkRoom, configFileName, configPlace, kfName, readConfig } from "../../../../electron/kfdef/config/index.ts";
import { below, describeWithMirror, failure, temporaryFolders } from "../../install/support.ts";

const folder = temporaryFolders();

describe("kfctl's rules for folders and names", () => {
  it("work beside a local file, and in the current folder for an address", () => {
    expect(configPlace("/kf/my/a.yaml", "/now")).toEqual({ kfDir: "/kf/my", fileName: "a.yaml", remote: false });
    expect(configPlace("a.yaml", "/now")).toEqual({ kfDir: "/now", fileName: "a.yaml", remote: false });
    expect(configPlace("sub/a.yaml", "/now")).toEqual({ kfDir: "/now/sub", fileName: "a.yaml", remote: false });
    expect(configPlace("~/kf/a.yaml", "/now")).toEqual({
      kfDir: join(homedir(), "kf"),
      fileName: "a.yaml",
      remote: false,
    });
    expect(configPlace("https://example.org/x/kfctl_k8s_istio.v1.0.0.yaml?raw=true", "/now")).toEqual({
      kfDir: "/now",
      fileName: "kfctl_k8s_istio.v1.0.0.yaml",
      remote: true,
    });
    expect(configPlace("file:///kf/a.yaml", "/now")).toEqual({ kfDir: "/now", fileName: "a.yaml", remote: true });
  });

  it.each([
    "https://example.org/",
    "https://example.org/a/..%2f",
    "https://example.org/%2e%2e",
    "https://example.org/x%00",
  ])("refuse %s, which does not end in a file's name", async (uri) => {
    await failure("kfdef-invalid", () => configFileName(uri));
  });

  it("save an address only where there is one entry at most", async () => {
    const place = await folder();
    await checkRoom(place);
    await writeFile(join(place, "one"), "");
    await checkRoom(place);
    await writeFile(join(place, "two"), "");
    expect((await failure("folder-unusable", checkRoom(place))).message).toContain("is not empty (it has one, two)");
    await checkRoom(join(place, "not-there"));
  });

  it("name an installation for its folder where the file does not", () => {
    expect(kfName(undefined, "/home/me/handson-kubeflow")).toBe("handson-kubeflow");
    expect(kfName("own", "/home/me/handson-kubeflow")).toBe("own");
  });
});

describe("CONFIG_URI", () => {
  const read = async (uri: string, more: Partial<Parameters<typeof readConfig>[1]> = {}) =>
    readConfig(uri, { dataDir: await folder(), maxBytes: 1000, ...more });

  it("is read from a path and a file: address, without a byte order mark", async () => {
    const place = await folder();
    await writeFile(join(place, "a b.yaml"), "\ufeffkind: KfDef\n");
    expect(await read(join(place, "a b.yaml"))).toBe("kind: KfDef\n");
    expect(await read(pathToFileURL(join(place, "a b.yaml")).href)).toBe("kind: KfDef\n");
  });

  it("is refused in words where it is no file that can be a KfDef", async () => {
    const place = await folder();
    await writeFile(join(place, "big"), "x".repeat(1001));
    await writeFile(join(place, "bytes"), Buffer.from([0xff, 0xfe, 0x00]));
    await writeFile(join(place, "archive"), Buffer.from([0x1f, 0x8b, 0x08]));
    await mkdir(join(place, "folder"));
    await symlink("/dev/zero", join(place, "endless"));
    expect((await failure("not-found", read(join(place, "none")))).message).toBe(
      `The file ${join(place, "none")} does not exist.`,
    );
    expect((await failure("kfdef-invalid", read(join(place, "big")))).message).toContain("larger than");
    expect((await failure("kfdef-invalid", read(join(place, "folder")))).message).toContain("is a folder");
    expect((await failure("kfdef-invalid", read(join(place, "endless")))).message).toContain("is not a regular file");
    expect((await failure("kfdef-invalid", read(join(place, "bytes")))).message).toContain("is not UTF-8 text");
    expect(below(await failure("kfdef-invalid", read(join(place, "archive"))))).toContain("archive");
  });

  it.each([
    "ftp://example.org/a.yaml",
    "git::https://example.org/a",
    "https://me:pw@example.org/a.yaml",
    "javascript:alert(1)",
  ])("is refused as %s", async (uri) => {
    await failure("kfdef-invalid", read(uri));
  });

  describe("over the network", () => {
    const server = createServer((request, response) => {
      if (request.url === "/a.yaml") response.end("kind: KfDef\n");
      else if (request.url === "/big.yaml") response.end("x".repeat(5000));
      else response.writeHead(404).end();
    });
    let address = "";
    beforeAll(async () => {
      await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
      const at = server.address();
      address = `http://127.0.0.1:${typeof at === "object" ? at?.port : ""}`;
    });
    afterAll(() => new Promise((done) => server.close(done)));

    it("is read within its limits, and nothing of it is kept", async () => {
      const dataDir = await folder();
      expect(await read(`${address}/a.yaml`, { dataDir })).toBe("kind: KfDef\n");
      expect((await failure("download-failed", read(`${address}/big.yaml`, { dataDir }))).message).toContain(
        "larger than 1000",
      );
      expect((await failure("download-failed", read(`${address}/none.yaml`, { dataDir }))).message).toContain("404");
      expect(await readdir(join(dataDir, "cache", "work"))).toEqual([]);
    });
  });

  describeWithMirror("of the project", (mirrorDir) => {
    it("is read from the mirror", async () => {
      const mirror = await openMirror(mirrorDir);
      const uri = "https://raw.githubusercontent.com/kubeflow/manifests/v1.0-branch/kfdef/kfctl_istio_dex.v1.0.0.yaml";
      expect(await read(uri, { mirror, maxBytes: 100_000 })).toContain("kind: KfDef");
    });
  });
});
