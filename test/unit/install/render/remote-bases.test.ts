import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { findBase, isRemoteReference, references, rewrite } from "../../../../electron/install/render/remote-bases.ts";
import { makeWorkingCopy } from "../../../../electron/install/render/working-copy.ts";
import type { LocalSource } from "../../../../electron/install/sources/sources.ts";
import { failure, temporaryFolders } from "../support.ts";

const folder = temporaryFolders();
const bases = [
  { prefix: "https://github.com/argoproj/argo-workflows", ref: "v3.7.3", source: "argo" },
  { prefix: "https://github.com/x/y/releases/download/v1/all.yaml", source: "file" },
];

describe("remote bases", () => {
  it.each([
    ["https://github.com/argoproj/argo-workflows/manifests/base?ref=v3.7.3", "manifests/base"],
    ["https://github.com/argoproj/argo-workflows//manifests/base?ref=v3.7.3", "manifests/base"],
    ["https://github.com/argoproj/argo-workflows.git//manifests/base?timeout=90s&ref=v3.7.3", "manifests/base"],
  ])("%s is a folder of its repository", (value, path) => {
    expect(findBase(value, bases)).toEqual({ source: "argo", path });
  });

  it.each([
    "https://github.com/argoproj/argo-workflows/manifests/base?ref=v3.7.4",
    "https://github.com/argoproj/argo-workflows/manifests/base",
    "https://github.com/argoproj/argo-workflows-evil/manifests/base?ref=v3.7.3",
    "https://github.com/argoproj/argo-workflows/../../other?ref=v3.7.3",
    "https://github.com/x/y/releases/download/v1/all.yaml?token=1",
  ])("%s is not listed", (value) => {
    expect(findBase(value, bases)).toBeUndefined();
  });

  it("are told from local paths", () => {
    for (const remote of [
      "https://x/y",
      "http://x/y",
      "ssh://git@x/y",
      "git@github.com:x/y",
      "github.com/x/y",
      "x/y?ref=v1",
    ])
      expect(isRemoteReference(remote), remote).toBe(true);
    for (const local of ["../base", "base", "./a.yaml", "github.company/x", "a/b/c.yaml"])
      expect(isRemoteReference(local), local).toBe(false);
  });

  it("are found where kustomize reads them, and nowhere else", () => {
    const text = [
      "# https://comment.example/x?ref=1",
      "resources:",
      "- ../base # and why",
      '- "https://a.example/r?ref=1"',
      "components: [https://b.example/c?ref=2]",
      "patches:",
      "- path: https://c.example/p",
      "- patch: |-",
      "    url: https://inline.example",
      "commonAnnotations: { see: https://d.example }",
    ].join("\n");
    const found = references(text);
    expect(found.map(({ field, value }) => `${field} ${value}`)).toEqual([
      "resources ../base",
      "resources https://a.example/r?ref=1",
      "components https://b.example/c?ref=2",
      "patches https://c.example/p",
    ]);
    const second = found[1];
    if (second === undefined) throw new Error("not found");
    const changed = rewrite(text, [{ reference: second, to: "../remote/a" }]);
    expect(changed).toBe(text.replace('"https://a.example/r?ref=1"', '"../remote/a"'));
  });
});

describe("a working copy", () => {
  async function source(
    id: string,
    files: Record<string, string>,
    more: Partial<LocalSource["spec"]> = {},
  ): Promise<LocalSource> {
    const path = await folder();
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(path, name)), { recursive: true });
      await writeFile(join(path, name), text);
    }
    return { spec: { id, kind: "archive", url: "https://x", ...more }, path, content: "0" };
  }
  const kustomization = (...resources: string[]) => `resources:\n${resources.map((one) => `- ${one}\n`).join("")}`;

  it("reaches nothing remote, and leaves the verified trees as they are", async () => {
    const argo = "https://github.com/argoproj/argo-workflows/manifests/base?ref=v3.7.3";
    const file = "https://github.com/x/y/releases/download/v1/all.yaml";
    const text = kustomization("../base", argo, file);
    const release = await source("release", {
      "app/kustomization.yaml": text,
      "base/Kustomization": kustomization("a.yaml"),
    });
    const other = await source("argo", { "base/kustomization.yml": kustomization("b.yaml") }, { folder: "manifests" });
    const single = await source("file", { "all.yaml": "kind: X\n" }, { kind: "file" });
    const one = { ...single, path: join(single.path, "all.yaml") };
    const place = await folder();
    const { root } = await makeWorkingCopy(place, release, [other, one], bases, ["app"]);
    const rewritten = await readFile(join(root, "app/kustomization.yaml"), "utf8");
    expect(rewritten).toBe(kustomization("../base", '"../../remote/argo/base"', '"../../remote/file"'));
    expect(await readFile(join(place, "remote/file/content.yaml"), "utf8")).toBe("kind: X\n");
    expect(await readFile(join(release.path, "app/kustomization.yaml"), "utf8")).toBe(text);
  });

  it.each([
    ["a base nobody lists", kustomization("https://evil.example/x?ref=1"), /does not list/],
    [
      "a base whose source the component does not have",
      kustomization("https://github.com/x/y/releases/download/v1/all.yaml"),
      /not among/,
    ],
    [
      "a part of a repository that is not pinned",
      kustomization("https://github.com/argoproj/argo-workflows/hack?ref=v3.7.3"),
      /outside "manifests"/,
    ],
    [
      "a folder its source does not have",
      kustomization("https://github.com/argoproj/argo-workflows/manifests/no?ref=v3.7.3"),
      /does not have/,
    ],
    ["a remote patch", "patches:\n- path: https://evil.example/p.yaml\n", /under "patches"/],
    ["broken YAML", "resources: [", /not YAML/],
  ])("is refused for %s, naming the kustomization", async (_what, text, why) => {
    const release = await source("release", {
      "app/kustomization.yaml": kustomization("../deep"),
      "deep/kustomization.yaml": text,
    });
    const argo = await source("argo", { "base/x.yaml": "" }, { folder: "manifests" });
    const error = await failure("build-failed", makeWorkingCopy(await folder(), release, [argo], bases, ["app"]));
    expect(error.message).toMatch(why);
    expect(error.message).toContain("deep/kustomization.yaml");
  });

  it("does not mind remote bases that the chosen folders do not come upon", async () => {
    const release = await source("release", {
      "app/kustomization.yaml": kustomization("a.yaml"),
      "other/kustomization.yaml": kustomization("https://evil.example/x?ref=1"),
    });
    await expect(makeWorkingCopy(await folder(), release, [], [], ["app"])).resolves.toBeDefined();
  });
});
