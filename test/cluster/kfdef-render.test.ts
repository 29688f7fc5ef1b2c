import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { KubeObject } from "../../electron/cluster/index.ts";
import { inside, items } from "../../electron/kfdef/migration/json.ts";
import { renderApplications } from "../../electron/kfdef/render/index.ts";
import { createTools } from "../../electron/tools/index.ts";
import { below, failure } from "../unit/install/support.ts";
import { whyNoCluster } from "./support.ts";

const tools = createTools();
const noToolbox = await whyNoCluster(tools);

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: one
        image: example.org/one:1
        args: ["--id", "$(id)"]
        env:
        - {name: A, value: "$(id)"}
      - name: two
        image: example.org/two:1
        env:
        - {name: B, value: "$(id)-$(other)"}
`;
const vars = (id: string) => `configMapGenerator:
- name: params
  env: params.env
generatorOptions: {disableNameSuffixHash: true}
vars:
- name: ${id}
  objref: {apiVersion: v1, kind: ConfigMap, name: params}
  fieldref: {fieldpath: data.${id}}
`;

describe.skipIf(noToolbox !== undefined)(
  `rendering a KfDef's applications (${noToolbox ?? "with kustomize 5"})`,
  () => {
    let folder: string;
    let count = 0;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "flowdeck-kfdef-render-"));
    });
    afterAll(() => rm(folder, { recursive: true, force: true }));

    /** Renders applications written into a KF_DIR of their own. */
    async function render(files: Record<string, string>, only?: string[]) {
      const root = join(folder, `kf${++count}`);
      for (const [name, content] of Object.entries(files)) {
        await mkdir(dirname(join(root, name)), { recursive: true });
        await writeFile(join(root, name), content);
      }
      const before = join(folder, `before${count}`);
      await cp(root, before, { recursive: true });
      const names = only ?? (await readdir(join(root, "kustomize")));
      const built: [string, number][] = [];
      try {
        const { components } = await renderApplications({
          folders: names.map((name) => ({ name, path: join(root, "kustomize", name) })),
          tools,
          scratch: join(folder, `scratch${count}`),
          onBuilt: (name, done) => built.push([name, done]),
        });
        return { components, built };
      } finally {
        for (const name of Object.keys(files))
          expect(await readFile(join(root, name), "utf8")).toBe(await readFile(join(before, name), "utf8"));
      }
    }
    const containersOf = (objects: readonly KubeObject[] = []) => {
      const spec = objects.find(({ kind }) => kind === "Deployment")?.spec;
      return items(inside(spec, "template", "spec")?.containers);
    };

    it("puts variables where they stood for kustomize 3, whatever list index a path named", async () => {
      const { components } = await render({
        "kustomize/a/kustomization.yaml": "bases: [base]\nnamespace: kubeflow\n",
        "kustomize/a/base/kustomization.yaml": `resources: [web.yaml]\nconfigurations: [params.yaml]\n${vars("id")}`,
        "kustomize/a/base/web.yaml": deployment,
        "kustomize/a/base/params.env": "id=7\n",
        "kustomize/a/base/params.yaml":
          "varReference:\n- path: spec/template/spec/containers/0/env/0/value\n  kind: Deployment\n",
      });
      const [one, two] = containersOf(components[0]?.objects);
      expect(one).toMatchObject({ args: ["--id", "7"], env: [{ name: "A", value: "7" }] });
      expect(two).toMatchObject({ env: [{ name: "B", value: "7-$(other)" }] });
    });

    it("changes images of containers, past custom resources that have something else there", async () => {
      const { components } = await render({
        "kustomize/a/kustomization.yaml":
          "resources: [web.yaml, odd.yaml]\nimages:\n- name: example.org/one\n  newName: example.org/new\n  newTag: '2'\n",
        "kustomize/a/web.yaml": deployment,
        "kustomize/a/odd.yaml":
          "apiVersion: config.istio.io/v1alpha2\nkind: instance\nmetadata: {name: odd}\nspec:\n  template: authorization\n",
      });
      expect(containersOf(components[0]?.objects).map(({ image }) => image)).toEqual([
        "example.org/new:2",
        "example.org/two:1",
      ]);
      expect(components[0]?.objects).toHaveLength(2);
    });

    it("puts objects into a namespace without renaming the Namespaces among them", async () => {
      const { components } = await render({
        "kustomize/a/kustomization.yaml": "resources: [web.yaml, others.yaml]\nnamespace: kubeflow\n",
        "kustomize/a/web.yaml": deployment,
        "kustomize/a/others.yaml":
          "apiVersion: v1\nkind: Namespace\nmetadata: {name: istio-system}\n---\n" +
          "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: all}\nrules: []\n",
      });
      const shown = components[0]?.objects.map(
        ({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`,
      );
      expect(shown?.sort()).toEqual([
        "ClusterRole undefined/all",
        "Deployment kubeflow/web",
        "Namespace undefined/istio-system",
      ]);
    });

    it("gives applications in the order asked for, and tells of each", async () => {
      const app = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;
      const files = Object.fromEntries(
        ["a", "b", "c"].flatMap((name) => [
          [`kustomize/${name}/kustomization.yaml`, "resources: [one.yaml]\n"],
          [`kustomize/${name}/one.yaml`, app(name)],
        ]),
      );
      const { components, built } = await render(files, ["c", "a", "b"]);
      expect(components.map(({ id, objects }) => [id, objects[0]?.metadata.name])).toEqual([
        ["c", "c"],
        ["a", "a"],
        ["b", "b"],
      ]);
      expect(built.map(([name]) => name).sort()).toEqual(["a", "b", "c"]);
      expect(built.map(([, done]) => done)).toEqual([1, 2, 3]);
    });

    it("gives nothing for no applications", async () => {
      expect(await renderApplications({ folders: [], tools, scratch: folder })).toMatchObject({ components: [] });
    });

    it.each([
      [
        "a cycle",
        { "x/kustomization.yaml": "resources: [../y]\n", "y/kustomization.yaml": "resources: [../x]\n" },
        /cycle/,
      ],
      ["a missing file", { "x/kustomization.yaml": "resources: [gone.yaml]\n" }, /gone\.yaml/],
      ["broken YAML", { "x/kustomization.yaml": "resources: [\n" }, /kustomiz|yaml/i],
      [
        "a broken object",
        { "x/kustomization.yaml": "resources: [o.yaml]\n", "x/o.yaml": "kind: [\n" },
        /o\.yaml|yaml/i,
      ],
      ["an unknown field", { "x/kustomization.yaml": "resorces: []\n" }, /resorces/],
      ["a missing variable", { "x/kustomization.yaml": vars("id"), "x/params.env": "other=1\n" }, /id/],
    ])("says which application can't be built: %s", async (_what, files, words) => {
      const placed = Object.fromEntries(Object.entries(files).map(([name, text]) => [`kustomize/${name}`, text]));
      const error = await failure("build-failed", render(placed, ["x"]));
      expect(error.message).toMatch(/application x/);
      expect(`${error.message} ${below(error)}`).toMatch(words);
      // The copy that was built is nobody's business.
      expect(below(error)).not.toContain("scratch");
    });
  },
);
