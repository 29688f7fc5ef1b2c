import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { makeWorkingCopy } from "../../../../electron/kfdef/render/working-copy.ts";
import { failure, temporaryFolders } from "../../install/support.ts";

const temporary = temporaryFolders();

async function layOut(files: Record<string, string>) {
  const folder = await temporary();
  const root = join(folder, "kf");
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), content);
  }
  const app = (name: string) => ({ name, path: join(root, "kustomize", name) });
  const copy = (...names: string[]) => makeWorkingCopy(join(folder, "copy"), root, names.map(app));
  const read = (name: string) => readFile(join(folder, "copy", name), "utf8");
  return { folder, root, copy, read, app };
}

describe("a working copy", () => {
  it("has translated configurations and images; the originals stay", async () => {
    const files = {
      "kustomize/a/kustomization.yaml": "bases: [base]\nimages:\n- name: i\n  newTag: t\n",
      "kustomize/a/base/kustomization.yaml": "configurations: [params.yaml]\nresources: [one.yaml]\n",
      "kustomize/a/base/params.yaml": "varReference:\n- path: spec/0/a\n- path: spec/b\n",
      "kustomize/a/base/one.yaml": "kind: One\n",
    };
    const { root, copy, read, app } = await layOut(files);
    const made = await copy("a");
    expect(parse(await read("kustomize/a/base/params.yaml"))).toEqual({ varReference: [{ path: "spec/b" }] });
    expect(parse(await read("kustomize/a/kustomization.yaml"))).toHaveProperty("transformers");
    expect(await read("kustomize/a/base/one.yaml")).toBe("kind: One\n");
    for (const [name, content] of Object.entries(files)) expect(await readFile(join(root, name), "utf8")).toBe(content);
    expect(made.originals(`in ${made.pathOf(app("a").path)}`)).toBe(`in ${app("a").path}`);
  });

  it("takes along what lies elsewhere in KF_DIR, also single files from beside", async () => {
    const { copy, read } = await layOut({
      "kustomize/a/kustomization.yaml": "resources: [../../.cache/m/stack]\n",
      "kustomize/b/kustomization.yaml": "resources: [../../.cache/m/stack]\n",
      ".cache/m/stack/kustomization.yml":
        "resources: [../one.yaml, ../two.yaml, own.yaml]\nconfigurations: [../params.yaml]\n",
      ".cache/m/stack/own.yaml": "kind: Own\n",
      ".cache/m/one.yaml": "kind: One\n",
      ".cache/m/two.yaml": "kind: Two\n",
      ".cache/m/params.yaml": "varReference:\n- path: a/0\n",
      ".cache/m/other/huge.yaml": "kind: Unneeded\n",
    });
    await copy("a", "b");
    const stack = parse(await read(".cache/m/stack/kustomization.yml")) as Record<string, string[]>;
    const [one = "", two = "", own] = stack.resources ?? [];
    expect(own).toBe("own.yaml");
    expect(await read(join(".cache/m/stack", one))).toBe("kind: One\n");
    expect(await read(join(".cache/m/stack", two))).toBe("kind: Two\n");
    expect(parse(await read(join(".cache/m/stack", stack.configurations?.[0] ?? "")))).toEqual({ varReference: [] });
    await expect(read(".cache/m/other/huge.yaml")).rejects.toThrow("ENOENT");
  });

  it("ends where kustomizations lead round", async () => {
    const { copy, read } = await layOut({
      "kustomize/a/kustomization.yaml": "resources: [../b]\n",
      "kustomize/b/kustomization.yaml": "resources: [../a]\n",
    });
    await copy("a");
    expect(await read("kustomize/b/kustomization.yaml")).toContain("../a");
  });

  it("leaves what is no YAML for kustomize to refuse", async () => {
    const { copy, read } = await layOut({ "kustomize/a/kustomization.yaml": "resources: [\n" });
    await copy("a");
    expect(await read("kustomize/a/kustomization.yaml")).toBe("resources: [\n");
  });

  it.each([
    ["a missing file", "resources: [gone.yaml]\n", "gone.yaml"],
    ["a missing base", "bases: [base]\n", '"base", which is not there'],
    ["an address", "resources: [https://example.org/a.yaml]\n", "https://example.org/a.yaml"],
    ["a folder without a kustomization", "resources: [../../other]\n", "other/kustomization.yaml is not there"],
    ["a way out", "resources: [../../../outside]\n", '"../../../outside", which lies outside'],
    ["an absolute path", "resources: [/etc/passwd]\n", '"/etc/passwd", which lies outside'],
  ])("refuses %s, naming the application", async (_what, text, words) => {
    const { root, copy } = await layOut({ "kustomize/a/kustomization.yaml": text, "other/file": "" });
    await mkdir(join(root, "../outside"));
    const error = await failure("build-failed", copy("a"));
    expect(error.message).toContain("The application a can't be built");
    expect(error.message).toContain(words);
  });

  it("refuses an application without a kustomization, and one that is not there", async () => {
    const { copy } = await layOut({ "kustomize/a/other.yaml": "" });
    expect((await failure("build-failed", copy("a"))).message).toContain("kustomize/a/kustomization.yaml");
    expect((await failure("build-failed", copy("b"))).message).toContain("The application b");
  });

  it("copies links as links, and stops when told", async () => {
    const { folder, root, copy, app } = await layOut({
      "kustomize/a/kustomization.yaml": "resources: [l.yaml]\n",
      "kustomize/a/o.yaml": "x",
    });
    await symlink("o.yaml", join(root, "kustomize/a/l.yaml"));
    await copy("a");
    expect(await readFile(join(folder, "copy/kustomize/a/l.yaml"), "utf8")).toBe("x");
    const stopped = AbortSignal.abort();
    await expect(makeWorkingCopy(join(folder, "other"), root, [app("a")], stopped)).rejects.toMatchObject({
      name: "AbortError",
    });
  });
});
