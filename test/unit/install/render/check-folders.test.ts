import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Builder, buildFolders } from "../../../../electron/install/render/build.ts";
import { below, failure, temporaryFolders } from "../support.ts";

const temporary = temporaryFolders();

/** A program that takes the place of kustomize and runs `code`. */
function builder(code: string): Builder {
  return { kind: "kustomize", version: "1", command: { file: process.execPath, args: ["-e", code] } };
}

const object = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: built}\n";
const ran = builder(`console.log(${JSON.stringify(object)})`);

async function build(files: Record<string, string>, by = ran, limits?: { timeMs: number; memoryBytes: number }) {
  const root = await temporary();
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, "app", name)), { recursive: true });
    await writeFile(join(root, "app", name), text);
  }
  const built: string[] = [];
  await buildFolders(by, [{ id: "app", path: join(root, "app"), title: "the app" }], {
    tools: { environment: () => process.env },
    scratch: root,
    ...(limits ? { limits } : {}),
    onBuilt: (_folder, objects) => void built.push(...objects.map(({ metadata }) => metadata.name)),
  });
  return built;
}

const one = { "one.yaml": object };
const address = "https://example.org/x.yaml";

describe("before any builder runs", () => {
  it.each([
    ["resources", `resources: ['${address}']`],
    ["resources by git's address", "resources: ['git::https://example.org/x']"],
    ["resources by scp's address", "resources: ['git@example.org:a/b']"],
    ["resources of a known host", "resources: [github.com/a/b]"],
    ["resources by ssh with an option", "resources: ['ssh://-oProxyCommand=x/a']"],
    ["resources by ext", "resources: ['ext::sh -c x']"],
    ["bases with a ref", "bases: ['../a?ref=v1']"],
    ["components", `components: ['${address}']`],
    ["crds", `crds: ['${address}']`],
    ["configurations", `configurations: ['${address}']`],
    ["transformers", `transformers: ['${address}']`],
    ["generators", `generators: ['${address}']`],
    ["validators", `validators: ['${address}']`],
    ["a file: address", "configurations: ['file:///etc/passwd']"],
    ["patches", `patches: [{path: '${address}'}]`],
    ["strategic patches", `patchesStrategicMerge: ['${address}']`],
    ["JSON patches", `patchesJson6902: [{path: '${address}'}]`],
    ["replacements", `replacements: [{path: '${address}'}]`],
    ["openapi", `openapi: {path: '${address}'}`],
    ["a generator's files", `configMapGenerator: [{name: a, files: ['k=${address}']}]`],
    ["a generator's environment files", `secretGenerator: [{name: a, envs: ['${address}']}]`],
    ["a transformer written in place", `transformers:\n- |\n  kind: PatchTransformer\n  path: ${address}\n`],
    ["a transformer's own file", "transformers: [t.yaml]"],
    ["a folder that it names", "resources: [inner]"],
  ])("an address is refused in %s, though a file had that name", async (_what, text) => {
    const error = await failure(
      "build-failed",
      build({
        ...one,
        "kustomization.yaml": text,
        "https:/example.org/x.yaml": object,
        "t.yaml": `kind: PatchTransformer\npath: ${address}\n`,
        "inner/kustomization.yaml": `resources: ['${address}']\n`,
      }),
    );
    expect(error.message).toContain("kustomize was not run for the app");
    expect(error.message).toContain("nothing is fetched during a build");
    expect(below(error)).toMatch(/\.yaml$/);
  });

  it.each(["helmCharts: [{name: a}]", "helmChartInflationGenerator: [{chartName: a}]"])(
    "%s is refused",
    async (text) => {
      const error = await failure("build-failed", build({ ...one, "kustomization.yaml": text }));
      expect(error.message).toContain("charts are fetched from elsewhere");
    },
  );

  const bomb = `kind: ConfigMap\ndata:\n  a: &a [x,x,x,x,x,x,x,x,x]\n${[..."bcdefghi"]
    .map((name, index) => `  ${name}: &${name} [${Array(9).fill(`*${"abcdefgh"[index]}`).join(",")}]\n`)
    .join("")}`;

  it.each([
    ["a resource", { "kustomization.yaml": "resources: [bomb.yaml]\n", "bomb.yaml": bomb }],
    ["the kustomization", { "kustomization.yaml": bomb }],
    [
      "a patch written in place",
      { "kustomization.yaml": `resources: [one.yaml]\npatches:\n- patch: |\n${bomb.replace(/^/gm, "    ")}\n` },
    ],
    ["an anchor in itself", { "kustomization.yaml": "resources: [b.yaml]\n", "b.yaml": "a: &a\n  b: *a\n" }],
  ])("aliases that expand are refused in %s", async (_what, files) => {
    const error = await failure("build-failed", build({ ...one, ...files } as Record<string, string>));
    expect(error.message).toContain("aliases that expand");
  });

  it("takes what is on this disk, a few aliases included", async () => {
    const files = {
      "kustomization.yaml":
        "resources: [one.yaml, ./base]\nconfigMapGenerator: [{name: a, files: [k=one.yaml], literals: ['u=https://x']}]\n",
      "base/kustomization.yaml": "resources: [../one.yaml]\npatches:\n- patch: |\n    kind: A\n    at: https://x\n",
    };
    expect(await build({ ...files, "one.yaml": "a: &a {b: c}\nd: *a\ne: *a\n" })).toEqual(["built"]);
  });
});

describe("a builder", () => {
  const files = { ...one, "kustomization.yaml": "resources: [one.yaml]\n" };

  it("that does not end is ended, with words", async () => {
    const limits = { timeMs: 500, memoryBytes: 2 ** 32 };
    const error = await failure("build-failed", build(files, builder("setInterval(() => 1, 1000)"), limits));
    expect(below(error)).toContain("took more than");
    expect(below(error)).toContain("seconds");
    const together = { ...builder("setInterval(() => 1, 1000)"), kind: "toolbox" as const };
    expect(below(await failure("build-failed", build(files, together, limits)))).toContain("took more than");
  });

  it.runIf(process.platform === "linux")("that takes all memory is ended, with words", async () => {
    const eats = builder("const all = []; setInterval(() => all.push(Buffer.alloc(20e6, 1)), 20)");
    const error = await failure("build-failed", build(files, eats, { timeMs: 60_000, memoryBytes: 400 * 2 ** 20 }));
    expect(below(error)).toContain("MB of memory");
  });

  it("whose output has aliases that expand is told so", async () => {
    const text = `${object}data:\n  a: &a [x,x,x,x,x,x,x,x,x]\n${[..."bcdefghi"]
      .map((name, index) => `  ${name}: &${name} [${Array(9).fill(`*${"abcdefgh"[index]}`).join(",")}]\n`)
      .join("")}`;
    const error = await failure("build-failed", build(files, builder(`console.log(${JSON.stringify(text)})`)));
    expect(below(error)).toContain("alias");
  });
});
