import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { message, textOf } from "../../../common/words/index.ts";
import { createTools } from "../../../electron/tools/index.ts";
import { moduleHash } from "../../../electron/tools/module-hash.ts";

let dir = "";
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "flowdeck-unit-"));
  await file("module/go.mod", "module x\n\trequire (\n\tk8s.io/kubernetes v1.36.3\n)\n");
  await file("module/main.go", "package main");
});
afterEach(() => rm(dir, { recursive: true, force: true }));

async function file(name: string, text: string): Promise<string> {
  const path = join(dir, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return path;
}

async function program(name: string, script: string): Promise<string> {
  const path = await file(name, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

/** Stands in for Go: knows two stale packages, and "builds" a script. */
const fakeGo = `
case "$1" in
list) echo "go: downloading k8s.io/api v1" >&2; echo a; echo b;;
build) echo a >&2; echo b >&2; [ -n "$FAIL" ] && { echo "main.go:1: no" >&2; exit 1; }
  while [ "$1" != -o ]; do [ "$1" = -ldflags ] && flags=$2; shift; done
  echo "#!/bin/sh" > "$2"; echo "# $CGO_ENABLED $flags" >> "$2";;
esac`;

const tools = (env: Record<string, string> = {}, more: { resources?: string } = {}) =>
  createTools({
    env: { PATH: `${join(dir, "bin")}:/bin:/usr/bin`, ...env },
    module: join(dir, "module"),
    cache: join(dir, "cache"),
    ...more,
  });

// The stand-ins for programs are shell scripts.
describe.skipIf(process.platform === "win32")("createTools", () => {
  it("prefers FLOWDECK_TOOLBOX, then the packaged toolbox, then the cache", async () => {
    const cached = await program(`cache/${await moduleHash(join(dir, "module"))}/flowdeck-toolbox`, "");
    expect(await tools().toolbox("render")).toEqual({ file: cached, args: ["render"] });
    const packaged = await program("app/toolbox/flowdeck-toolbox", "");
    const resources = join(dir, "app");
    expect((await tools({}, { resources }).toolbox("render")).file).toBe(packaged);
    const named = await program("own", "");
    expect((await tools({ FLOWDECK_TOOLBOX: named }, { resources }).toolbox("render")).file).toBe(named);
    expect(await tools().toolboxState()).toBe("ready");
  });

  it("says so when FLOWDECK_TOOLBOX names no program", async () => {
    const wrong = tools({ FLOWDECK_TOOLBOX: join(dir, "nothing") }).toolbox("practice");
    await expect(wrong).rejects.toMatchObject({ code: "tool-missing", message: expect.stringContaining("nothing") });
  });

  it("builds with Go once for concurrent callers, into the cache, with progress and links", async () => {
    await program("bin/go", fakeGo);
    const own = tools();
    expect(await own.toolboxState()).toBe("buildable");
    const seen: string[] = [];
    const [first, second] = await Promise.all([
      own.toolbox("practice", { onProgress: ({ said }) => seen.push(textOf(said, "en")) }),
      own.toolbox("render"),
    ]);
    expect(first.file).toBe(second.file);
    expect(seen).toEqual(expect.arrayContaining(["Compiling the toolbox: 1 of 2 packages", "Linking the toolbox"]));
    const names = await readdir(dirname(first.file));
    expect(names).toEqual(expect.arrayContaining(["flowdeck-toolbox", "kubectl", "kustomize"]));
    expect(names.filter((name) => name.startsWith("."))).toEqual([]);
    expect(await own.toolboxState()).toBe("ready");
    expect(await own.find("kubectl")).toEqual({ file: first.file, args: ["kubectl"] });
  });

  it("gives the compiler's words when the build fails, and leaves nothing behind", async () => {
    await program("bin/go", `FAIL=1\n${fakeGo}`);
    await expect(tools().toolbox("practice")).rejects.toMatchObject({
      code: "tool-failed",
      detail: expect.stringContaining("main.go:1: no"),
    });
    const left = await readdir(join(dir, "cache"), { recursive: true });
    expect(left.filter((name) => name.includes("toolbox") || name.endsWith(".lock"))).toEqual([]);
  });

  it("says what to install when there is no Go", async () => {
    const own = createTools({
      env: { PATH: join(dir, "bin") },
      module: join(dir, "module"),
      cache: join(dir, "cache"),
    });
    expect(await own.toolboxState()).toBe("missing");
    await expect(own.toolbox("practice")).rejects.toMatchObject({
      code: "go-missing",
      advice: [message("toolbox.installGo")],
    });
  });

  it("takes kubectl and kustomize 5 from PATH where there is no toolbox", async () => {
    const kubectl = await program("bin/kubectl", "");
    expect(await tools().find("kubectl")).toEqual({ file: kubectl, args: [] });
    const kustomize = await program("bin/kustomize", "echo v4.5.7");
    expect(await tools().find("kustomize")).toBeUndefined();
    await program("bin/kustomize", "echo v5.8.1");
    expect(await tools().find("kustomize")).toEqual({ file: kustomize, args: [] });
  });
});
