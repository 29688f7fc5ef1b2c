import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { textOf } from "../../../common/words/index.ts";
import type { ClusterClient } from "../../../electron/cluster/index.ts";
import type { KfDefInput } from "../../../electron/install/index.ts";
import { planningSecrets } from "../../../electron/install/index.ts";
import { type PipelineOptions, prepareKfDef } from "../../../electron/kfdef/pipeline.ts";
import { createTools } from "../../../electron/tools/index.ts";
import { assetsDir, failure, settings, temporaryFolders } from "../install/support.ts";
import { kfdefText, names, readFiles, writeFiles } from "./support.ts";

const folder = temporaryFolders();
const tools = createTools();
const isReady = (await tools.toolboxState()) === "ready";
const fileName = "own.yaml";
const configUri = `https://example.org/${fileName}`;

const application = (name: string) => ({
  [`${name}/base/kustomization.yaml`]: `resources:\n- map.yaml\n`,
  [`${name}/base/map.yaml`]: `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`,
});

/** Two applications in a repo of this computer; nothing is asked of a cluster, as nothing is converted. */
async function place() {
  const base = await folder();
  await writeFiles(join(base, "repo"), { ...application("one"), ...application("two") });
  const kfDir = join(base, "kf");
  await writeFiles(kfDir, {});
  const text = (apps: string[], rest = "") =>
    kfdefText(
      apps.map((name) => ({ name, path: name })),
      join(base, "repo"),
      rest,
    );
  const fetched: string[] = [];
  const options: PipelineOptions = {
    ...{ tools, dataDir: join(base, "data"), assetsDir, literals: new Map() },
    fetch: async (uri) => {
      fetched.push(uri);
      return text(["one", "two"]);
    },
  };
  const messages: string[] = [];
  const client: Partial<ClusterClient> = {};
  const secrets = await planningSecrets();
  const prepare = (kfdef: { text?: string } = {}, more: Partial<KfDefInput> = {}) =>
    prepareKfDef(options, {
      settings: settings({ release: "1.0", auth: "standard", kfdef: { configUri, modernise: false, ...kfdef } }),
      ...{ kfDir, planning: false, secrets, values: {}, signal: new AbortController().signal },
      client: client as ClusterClient,
      onProgress: () => undefined,
      onMessage: (said) => messages.push(textOf(said, "en")),
      ...more,
    });
  const ids = async (...given: Parameters<typeof prepare>) => (await prepare(...given)).components.map(({ id }) => id);
  return { base, kfDir, text, fetched, messages, prepare, ids };
}

describe.skipIf(!isReady)("a KfDef made ready (needs a built toolbox)", () => {
  it("leaves KF_DIR as it is when planning, and is built there when installing", async () => {
    const { kfDir, ids, messages } = await place();
    expect(await ids({}, { planning: true })).toEqual(["one", "two"]);
    expect(await names(kfDir).catch(() => [])).toEqual([]);
    expect(await ids()).toEqual(["one", "two"]);
    expect(await names(kfDir)).toEqual(expect.arrayContaining([fileName, "kustomize/one/kustomization.yaml"]));
    expect(messages).toContain("Processing application: two");
  });

  it("is taken as its plan built it, and built anew where a file has changed since", async () => {
    const { kfDir, prepare } = await place();
    const { built } = await prepare({}, { planning: true });
    const marked = {
      ...built,
      components: built.components.map(({ id }) => ({ id: `${id}, as planned`, objects: [] })),
    };
    const taken = await prepare({}, { built: marked });
    expect(taken.components.map(({ id }) => id)).toEqual(["one, as planned", "two, as planned"]);
    await writeFiles(join(kfDir, "kustomize"), {
      "one/base/map.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n",
    });
    const anew = await prepare({}, { built: marked });
    expect(anew.components.map(({ id }) => id)).toEqual(["one", "two"]);
    expect(anew.components[0]?.objects[0]?.metadata.name).toBe("x");
  });

  it("takes KF_DIR's own file once it is there, and a changed kustomize/ as it is", async () => {
    const { kfDir, fetched, prepare } = await place();
    await prepare();
    const map = join(kfDir, "kustomize/one/base/map.yaml");
    await writeFiles(kfDir, { "kustomize/one/base/map.yaml": (await readFile(map, "utf8")).replace("one", "mine") });
    const { components } = await prepare();
    expect(fetched).toHaveLength(1);
    expect(components[0]?.objects[0]?.metadata).toMatchObject({ name: "mine", namespace: "kubeflow" });
  });

  it("builds an edited text anew, unless it says what KF_DIR's says", async () => {
    const { kfDir, text, ids, messages } = await place();
    await ids();
    await writeFiles(kfDir, { "kustomize/one/base/mark": "x" });
    expect(await ids({ text: `# a comment\n${text(["one", "two"])}` })).toEqual(["one", "two"]);
    expect(await names(kfDir)).toContain("kustomize/one/base/mark");
    expect(await ids({ text: text(["two"]) }, { planning: true })).toEqual(["two"]);
    expect(await names(kfDir)).toContain("kustomize/one/base/mark");
    expect(await ids({ text: text(["two"]) })).toEqual(["two"]);
    expect(await names(join(kfDir, "kustomize"))).not.toContain("one");
    expect(messages).toContain("The KfDef was changed: kustomize/ is being recreated");
    expect(await ids()).toEqual(["two"]);
  });

  it("keeps literal secrets off the disk, and what was read of them in memory", async () => {
    const { kfDir, text, prepare } = await place();
    const secret =
      "  secrets:\n  - name: token\n    secretSource:\n      literalSource:\n        value: s3cret-value\n";
    const { hidden } = await prepare({ text: text(["one"], secret) });
    expect(hidden).toContain("s3cret-value");
    expect(JSON.stringify(await readFiles(kfDir))).not.toContain("s3cret-value");
    expect((await prepare()).hidden).toContain("s3cret-value");
    expect((await prepare({}, { values: { token: "given" } })).hidden).toEqual(["given"]);
  });

  it("that can't be built writes nothing but the text that was given", async () => {
    const { kfDir, text, prepare } = await place();
    await failure("kfdef-invalid", prepare({ text: text(["one"]).replace("path: one", "path: ../one") }));
    expect(await names(kfDir).catch(() => [])).toEqual([]);
    await failure("kfdef-invalid", prepare({ text: text(["three"]) }));
    expect(await names(kfDir)).toEqual([fileName]);
  });
});
