import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ErrorCode } from "../../../common/contract/index.ts";
import { below, failure, type TarEntry, tarGz, temporaryFolders } from "../install/support.ts";
import { build, kfdefText, names, writeFiles } from "./support.ts";

const folder = temporaryFolders();
const app = { name: "app", path: "app" };
const good = kfdefText([app], "../repo");

/** A file that is wrong by itself: what it says, and words that its error must have. */
const files: [what: string, text: string, words: string][] = [
  ["an empty file", "", "1:1: The file is empty"],
  ["a list", "- a\n- b\n", "1:1: This must be a mapping"],
  ["a web page", "<!DOCTYPE html>\n<html></html>\n", "Raw"],
  ["another kind", good.replace("kind: KfDef", "kind: ConfigMap"), "2:7: kind: This is a ConfigMap, not a KfDef"],
  ["another group", good.replace("kfdef.apps.kubeflow.org/v1", "apps/v1"), "1:13: apiVersion: This is not a KfDef"],
  ["no apiVersion", good.replace(/^apiVersion.*\n/, ""), "apiVersion is missing"],
  ["no spec", good.replace(/spec:[\s\S]*/, ""), "spec is missing"],
  [
    "a tab",
    good.replace("      repoRef:\n        name", "      repoRef:\n\t\tname"),
    "YAML can't be indented with tabs",
  ],
  ["several documents", `${good}---\n${good}`, "more than one document"],
  [
    "a field twice",
    good.replace("metadata:\n", "metadata:\n  namespace: a\n"),
    "5:3: The same field appears twice here",
  ],
  [
    "a bracket that stays open",
    good.replace("metadata:\n  namespace: kubeflow", "metadata: {namespace: kubeflow"),
    "This is not YAML",
  ],
  ["an alias without an anchor", good.replace("path: app", "path: *nowhere"), "The alias *nowhere"],
  [
    "anchors that multiply",
    good.replace(
      "metadata:\n",
      `metadata:\n  a: &a [x, x, x, x, x, x, x, x, x]\n${["b", "c", "d", "e", "f", "g", "h"]
        .map((name, index) => `  ${name}: &${name} [${Array(9).fill(`*${"abcdefgh"[index]}`).join(", ")}]\n`)
        .join("")}`,
    ),
    "expand to more than 100 copies",
  ],
  [
    "aliases without end",
    good.replace(
      "metadata:\n",
      `metadata:\n  a: &a x\n${Array.from({ length: 101 }, (_, index) => `  b${index}: *a\n`).join("")}`,
    ),
    "105:9: There are more than 100 aliases",
  ],
  [
    "an anchor in itself",
    good.replace("metadata:\n", "metadata:\n  a: &a [*a]\n"),
    "4:10: The anchor &a contains itself",
  ],
  ["lists without end", `${good}status: ${"[".repeat(20_000)}\n`, "too deep"],
  ["a huge file", `${good}#${"x".repeat(2_000_000)}\n`, "larger than 2 MB"],
  [
    "applications that are no list",
    good.replace(/applications:[\s\S]*?repos:/, "applications: all\n  repos:"),
    "6:17: spec.applications: This must be a list (lines that start with -), not a string",
  ],
  [
    "an application that is a text",
    good.replace(/ {2}- kustomizeConfig:[\s\S]*?repos:/, "  - istio\n  repos:"),
    "7:5: spec.applications[0]: This must be a mapping",
  ],
  ["an application without a name", good.replace("    name: app\n", ""), "spec.applications[0].name: name is missing"],
  ["no kustomizeConfig", good.replace(/kustomizeConfig:[\s\S]*?name: app\n/, "name: app\n"), "has no kustomizeConfig"],
  ["no repoRef", good.replace(/repoRef:[\s\S]*?path: app/, "overlays: []"), "has no repoRef"],
  ["no path", good.replace("        path: app\n", ""), "repoRef.path: path is missing"],
  ["an unknown repo", good.replace("        name: manifests\n", "        name: other\n"), 'no repo "other"'],
  ["a path that leads out", good.replace("path: app", "path: app/../../secret"), "points outside the folder"],
  ["an absolute path", good.replace("path: app", "path: /etc"), "it is an absolute path"],
  ["a drive's path", good.replace("path: app", "path: 'C:\\Windows'"), "it is an absolute path"],
  [
    "an application's name that leads out",
    good.replace("    name: app\n", "    name: ../../x\n"),
    "it points to another folder",
  ],
  ["a device's name", good.replace("    name: app\n", "    name: con\n"), "Windows"],
  ["two applications of one name", kfdefText([app, app], "../repo"), 'There are two applications named "app"'],
  ["names that differ in case", kfdefText([app, { ...app, name: "App" }], "../repo"), "differ only in case"],
  [
    "two repos of one name",
    good.replace("  version:", "  - name: manifests\n    uri: x\n  version:"),
    "There are two repos",
  ],
  [
    "a repo's name that leads out",
    good.replace("  - name: manifests", "  - name: ../up"),
    "can't be used as the name of a folder",
  ],
  ["a repo over git", good.replace("uri: ../repo", "uri: git::ssh://git@example.org/x"), "can't be fetched"],
  [
    "a repo with a password",
    good.replace("uri: ../repo", "uri: https://me:hunter2@example.org/x"),
    "username or a password",
  ],
  [
    "two secrets of one name",
    kfdefText(
      [app],
      "../repo",
      "  secrets:\n  - name: a\n    secretSource: {envSource: {name: A}}\n  - name: a\n    secretSource: {envSource: {name: A}}\n",
    ),
    "There are two secrets",
  ],
  ["a secret from nowhere", kfdefText([app], "../repo", "  secrets:\n  - name: a\n"), "has no secretSource"],
  [
    "two plugins of one kind",
    kfdefText([app], "../repo", "  plugins:\n  - kind: KfAwsPlugin\n    spec: {region: a}\n  - kind: KfAwsPlugin\n"),
    "There are two plugins",
  ],
  [
    "a plugin's field of another type",
    kfdefText([app], "../repo", "  plugins:\n  - kind: KfAwsPlugin\n    spec:\n      roles: admin\n"),
    "15:14: spec.plugins[0].spec.roles: This must be a list of strings",
  ],
  [
    "overlays that are no list",
    good.replace("      repoRef:", "      overlays: istio\n      repoRef:"),
    "This must be a list",
  ],
  ["an overlay that leads out", kfdefText([{ ...app, overlays: ["../../x"] }], "../repo"), "points outside the folder"],
  [
    "a parameter with a line break",
    kfdefText([{ ...app, parameters: { a: "x\\nb=y" } }], "../repo"),
    "can't contain a line break",
  ],
  [
    "a name that is no name",
    good.replace("metadata:\n", "metadata:\n  name: My Kubeflow\n"),
    "is not a valid name here",
  ],
  [
    "a namespace that is none",
    good.replace("namespace: kubeflow", "namespace: Kube_flow"),
    "is not a valid namespace name",
  ],
];

const kustomization = (fields: string) => `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${fields}`;
const base = { "app/base/kustomization.yaml": kustomization("resources:\n- a.yaml\n"), "app/base/a.yaml": "kind: A\n" };

/** A repo that is wrong: its files, the KfDef, the error's code and words that it must have. */
const repos: [what: string, files: Record<string, string>, text: string, code: ErrorCode, words: string][] = [
  [
    "an application's folder that is not there",
    base,
    kfdefText([app, { name: "b", path: "b" }, { name: "c", path: "c/d" }], "../repo"),
    "kfdef-invalid",
    "b: the repo manifests has no folder b.\nc: the repo manifests has no folder c/d.",
  ],
  ["a folder without a kustomization", { "app/readme": "" }, good, "build-failed", "has no kustomization.yaml"],
  [
    "an overlay without a kustomization",
    { ...base, "app/overlays/x/a": "" },
    kfdefText([{ ...app, overlays: ["x"] }], "../repo"),
    "build-failed",
    "overlays/x has no kustomization.yaml",
  ],
  [
    "a kustomization that is no YAML",
    { ...base, "app/base/kustomization.yaml": "a: [\n" },
    good,
    "build-failed",
    "base/kustomization.yaml is not a kustomization",
  ],
  [
    "a kustomization of another type",
    { ...base, "app/base/kustomization.yaml": "resources: a.yaml\n" },
    good,
    "build-failed",
    "resources is not a list",
  ],
  [
    "a file that is not there",
    { ...base, "app/base/kustomization.yaml": kustomization("resources:\n- b.yaml\n") },
    good,
    "build-failed",
    "refers to b.yaml, which does not exist",
  ],
  [
    "a base that is not there",
    { ...base, "app/base/kustomization.yaml": kustomization("bases:\n- ../more\n") },
    good,
    "build-failed",
    "refers to more, which does not exist",
  ],
  [
    "a base outside the application",
    {
      ...base,
      "app/base/kustomization.yaml": kustomization("bases:\n- ../../other\n"),
      "other/kustomization.yaml": "",
    },
    good,
    "build-failed",
    "outside its own folder",
  ],
  [
    "a resource outside the application",
    { ...base, "app/base/kustomization.yaml": kustomization("resources:\n- ../../../../secret.txt\n") },
    good,
    "build-failed",
    "which is outside",
  ],
  [
    "bases in a circle",
    {
      ...base,
      "app/base/kustomization.yaml": kustomization("resources:\n- ../one\n"),
      "app/one/kustomization.yaml": kustomization("resources:\n- ../two\n"),
      "app/two/kustomization.yaml": kustomization("resources:\n- ../one\n"),
    },
    good,
    "build-failed",
    "includes itself (kustomize/app/one → kustomize/app/two → kustomize/app/one)",
  ],
  [
    "a base that is its own",
    { ...base, "app/base/kustomization.yaml": kustomization("resources:\n- .\n") },
    good,
    "build-failed",
    "includes itself",
  ],
  [
    "a patch for an odd name",
    {
      ...base,
      "app/base/kustomization.yaml": kustomization(
        "bases: []\npatchesJson6902:\n- path: p.yaml\n  target: {version: v1, kind: A, name: ../../../../out}\n",
      ),
      "app/base/p.yaml": "[]\n",
    },
    good,
    "build-failed",
    'a patch is for an object named "../../../../out"',
  ],
];

const entry = (name: string, more: Partial<TarEntry> = {}): TarEntry => ({ name, content: "kind: A\n", ...more });

/** An archive that is wrong. */
const archives: [what: string, make: () => Promise<Buffer>, code: ErrorCode, words: string][] = [
  ["a path that leads out", () => tarGz([entry("m/a"), entry("m/../../out.txt")]), "archive-unsafe", "points outside"],
  ["an absolute path", () => tarGz([entry("m/a"), entry("/tmp/out.txt")]), "archive-unsafe", "absolute path"],
  [
    "a link that leads out",
    () => tarGz([entry("m/a"), { name: "m/app", type: "symlink", linkname: "../../../secret.txt" }]),
    "archive-unsafe",
    "points outside",
  ],
  [
    "a hard link",
    () => tarGz([entry("m/a"), { name: "m/app", type: "link", linkname: "m/a" }]),
    "archive-unsafe",
    "hard link",
  ],
  [
    "no archive at all",
    async () => Buffer.from("hello"),
    "kfdef-invalid",
    "neither a folder nor a complete .tar.gz archive",
  ],
  [
    "an archive that is cut",
    async () => (await tarGz([entry("m/a", { content: "x".repeat(9000) })])).subarray(0, 60),
    "kfdef-invalid",
    "neither a folder nor a complete .tar.gz archive",
  ],
];

/** A build that must fail, after which there is nothing more than before around KF_DIR, and nothing half-built in it. */
async function refused(root: string, text: string, code: ErrorCode, words: string): Promise<void> {
  await writeFile(join(root, "secret.txt"), "secret");
  await mkdir(join(root, "kf"));
  const before = (await names(root)).filter((name) => !name.startsWith("data"));
  const error = await failure(code, build(text, root));
  expect(`${error.message}\n${below(error)}`).toContain(words);
  expect(error.message).not.toMatch(/undefined|\[object|\n/);
  expect((await names(root)).filter((name) => !name.startsWith("data"))).toEqual(before);
}

describe("a malformed KfDef is refused in words, and nothing is written", () => {
  it.each(files)("%s", async (_what, text, words) => {
    const root = await folder();
    await writeFiles(join(root, "repo"), base);
    await refused(root, text, "kfdef-invalid", words);
  });

  it.each(repos)("%s", async (_what, content, text, code, words) => {
    const root = await folder();
    await writeFiles(join(root, "repo"), content);
    await refused(root, text, code, words);
  });

  it.each(archives)("%s in the repo's archive", async (_what, make, code, words) => {
    const root = await folder();
    await writeFile(join(root, "repo.tar.gz"), await make());
    await refused(root, kfdefText([app], "../repo.tar.gz"), code, words);
  });

  it("a folder as the repo with a link that leads out of it", async () => {
    const root = await folder();
    await writeFiles(join(root, "repo"), base);
    await symlink("../../../secret.txt", join(root, "repo/app/base/link.yaml"));
    await refused(root, good, "archive-unsafe", "points outside its folder");
  });

  it("a folder as the repo that KF_DIR lies in", async () => {
    const root = await folder();
    await writeFiles(root, base);
    await refused(root, kfdefText([app], ".."), "kfdef-invalid", "which contains this installation");
  });

  it.each(["kustomize", ".cache", "kfdef.yaml"])("%s of KF_DIR being a link to another place", async (name) => {
    const root = await folder();
    await writeFiles(join(root, "repo"), base);
    await mkdir(join(root, "elsewhere"));
    await mkdir(join(root, "kf"));
    await symlink("../elsewhere", join(root, "kf", name));
    const error = await failure("folder-unusable", build(good, root));
    expect(error.message).toContain("is a link to another place");
    expect(await names(join(root, "elsewhere"))).toEqual([]);
  });

  it.each([
    ["a file over a link", "configMapGenerator: [{name: c, files: [leak]}]\n", "which is outside"],
    ["a resource over a linked folder", "resources: [folder/one.yaml]\n", "which is outside"],
    ["an address", "resources: [https://example.org/x.yaml]\n", "nothing is fetched during a build"],
    ["a transformer's address", "transformers: [https://example.org/t.yaml]\n", "nothing is fetched during a build"],
    ["a repository over ssh", "bases: ['git@example.org:a/b']\n", "nothing is fetched during a build"],
  ])("a folder kustomize that was there and names %s", async (_what, text, words) => {
    const root = await folder();
    await writeFiles(join(root, "repo"), base);
    await writeFiles(root, { "secret.txt": "planted", "outside/one.yaml": "" });
    await writeFiles(join(root, "kf/kustomize/app"), { "kustomization.yaml": text });
    await symlink("../../../secret.txt", join(root, "kf/kustomize/app/leak"));
    await symlink("../../../outside", join(root, "kf/kustomize/app/folder"));
    const error = await failure("build-failed", build(good, root));
    expect(error.message).toContain(words);
  });

  it("a folder kustomize that was there whose application is a link to a place outside", async () => {
    const root = await folder();
    await writeFiles(join(root, "repo"), base);
    await writeFiles(root, { "outside/kustomization.yaml": "namespace: x\n" });
    await mkdir(join(root, "kf/kustomize"), { recursive: true });
    await symlink("../../outside", join(root, "kf/kustomize/app"));
    expect((await failure("build-failed", build(good, root))).message).toContain("is a link to a location outside");
  });

  it("a repo whose links, one through the other, would lead out of KF_DIR once they are copied", async () => {
    const root = await folder();
    // Seen from the application the first leads to its own folder; seen from its copy's place, far above KF_DIR.
    const deep = "a/b/c/d/e/f/app";
    await writeFiles(join(root, "repo", deep), { "base/kustomization.yaml": "namespace: x\n", "x/y/z/file": "" });
    await writeFiles(join(root, "repo"), { "a/b/c/secret.txt": "repo=1" });
    await writeFiles(root, { "secret.txt": "planted=1" });
    await symlink("../../..", join(root, "repo", deep, "x/y/z/up"));
    await symlink("../x/y/z/up/../../../../secret.txt", join(root, "repo", deep, "base/params.env"));
    await build(kfdefText([{ name: "app", path: deep }], "../repo"), root);
    const env = await readFile(join(root, "kf/kustomize/app/base/params.env"), "utf8");
    expect(env).toBe("repo=1\n");
  });
});
