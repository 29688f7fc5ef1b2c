import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
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
    ["a missing base", "bases: [base]\n", "refers to base, which does not exist"],
    ["an address", "resources: [https://example.org/a.yaml]\n", "https://example.org/a.yaml"],
    ["a folder without a kustomization", "resources: [../../other]\n", "other/kustomization.yaml does not exist"],
    ["a way out", "resources: [../../../outside]\n", '"../../../outside", which is outside'],
    ["an absolute path", "resources: [/etc/passwd]\n", '"/etc/passwd", which is outside'],
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

  it.each([
    [
      "a file beside, over a link above it",
      "kustomize/leak",
      "secret.txt",
      "configMapGenerator: [{name: c, files: [../leak]}]\n",
    ],
    ["an environment file", "kustomize/a/k.env", "secret.txt", "configMapGenerator: [{name: c, envs: [k.env]}]\n"],
    ["a resource's folder", "kustomize/a/base", "folder", "resources: [base]\n"],
    ["a file that nothing names", "kustomize/a/unused", "secret.txt", "resources: [one.yaml]\n"],
  ])("takes nothing from outside through a link: %s", async (_what, name, to, text) => {
    const { folder, root, copy } = await layOut({ "kustomize/a/kustomization.yaml": text, "kustomize/a/one.yaml": "" });
    await mkdir(join(folder, "folder"));
    await writeFile(join(folder, "folder/kustomization.yaml"), "namespace: x\n");
    await writeFile(join(folder, "secret.txt"), "key=planted\n");
    await symlink(join(folder, to), join(root, name));
    const error = await failure("build-failed", copy("a"));
    expect(error.message).toContain("The application a can't be built");
    expect(error.message).toContain("is a link to a location outside");
    const copied = await readdir(join(folder, "copy"), { recursive: true }).catch(() => []);
    for (const file of copied.filter((one) => one.endsWith("secret.txt") || one.endsWith("leak")))
      expect(await readFile(join(folder, "copy", file), "utf8")).not.toContain("planted");
  });

  it("takes no application and no kustomization that is a link to a place outside, and writes to none", async () => {
    const { folder, root, copy } = await layOut({ "kustomize/b/one.yaml": "" });
    const theirs = join(folder, "theirs");
    await mkdir(theirs);
    const text = "namespace: x\nresources: []\n";
    await writeFile(join(theirs, "kustomization.yaml"), text);
    await symlink(theirs, join(root, "kustomize/a"));
    await symlink(join(theirs, "kustomization.yaml"), join(root, "kustomize/b/kustomization.yaml"));
    await failure("build-failed", copy("a"));
    await failure("build-failed", copy("b"));
    expect(await readFile(join(theirs, "kustomization.yaml"), "utf8")).toBe(text);
  });

  it("builds on folders that links inside KF_DIR lead to, and does not follow links round for ever", async () => {
    const { folder, root, copy, read } = await layOut({
      "kustomize/a/kustomization.yaml": "resources: [base]\n",
      ".cache/m/base/kustomization.yaml": "namespace: x\nresources: [../one.yaml]\n",
      ".cache/m/one.yaml": "kind: One\n",
    });
    await symlink("../../.cache/m/base", join(root, "kustomize/a/base"));
    await symlink("..", join(root, ".cache/m/base/round"));
    const made = await copy("a");
    expect(await read("kustomize/a/base/kustomization.yaml")).toContain("NamespaceTransformer");
    expect(await readFile(join(root, ".cache/m/base/kustomization.yaml"), "utf8")).toContain("namespace: x");
    expect(made.pathOf(join(root, "kustomize/a"))).toBe(join(folder, "copy/kustomize/a"));
  });

  it("has linked files as files of its own, and stops when told", async () => {
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
