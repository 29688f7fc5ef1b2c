import { createReadStream } from "node:fs";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import { describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { Catalogue, openMirror } from "../../../../electron/install/index.ts";
import { assetsDir, describeWithMirror, failure, tarGz, temporaryFolders } from "../../install/support.ts";
import { build, kfdefText, names, readFiles, writeFiles } from "../support.ts";

const folder = temporaryFolders();
const kustomization = (fields: string) => `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${fields}`;
const app = { name: "app", path: "some/app" };
const base = {
  "some/app/base/kustomization.yaml": kustomization("resources:\n- a.yaml\n"),
  "some/app/base/a.yaml": "kind: A\n",
};

/** What a YAML file says; anything else as its lines. */
const meaning = (path: string, text: string | undefined) =>
  text !== undefined && path.endsWith("kustomization.yaml") ? parse(text) : text?.split("\n");

describeWithMirror("the KfDef files of 1.0.0", (mirrorDir) => {
  // Thousands of files are written; a busy machine takes its time.
  vi.setConfig({ testTimeout: 60_000 });

  async function real(name: string, root: string) {
    const text = await readFile(join(mirrorDir, "kfdef", name), "utf8");
    const pinned = (await new Catalogue(assetsDir).all()).flatMap((release) => release.sources);
    const mirror = await openMirror(mirrorDir);
    return build(text, root, { fileName: name, sources: { dataDir: join(root, "data"), assetsDir, mirror, pinned } });
  }

  it("make the tree that the real kfctl made, file by file", async () => {
    const root = await folder();
    const name = "kfctl_k8s_istio.v1.0.0.yaml";
    const expected = await unpackBuilt(join(mirrorDir, "kfctl-built", "k8s_istio.v1.0.0.tar.gz"));
    const built = await real(name, root);
    expect(built.warnings).toEqual([]);
    expect(built.applications).toHaveLength(43);
    const found = await readFiles(join(root, "kf", "kustomize"));
    expect(Object.keys(found).sort()).toEqual([...expected.keys()].sort());
    expect(expected.size).toBe(470);
    // This file has no random field: nothing is left out of the comparison.
    for (const [path, text] of expected)
      expect([path, meaning(path, found[path])]).toEqual([path, meaning(path, text)]);
  });

  it.each([
    ["kfctl_aws.v1.0.0.yaml", 42],
    ["kfctl_aws_cognito.v1.0.0.yaml", 43],
    ["kfctl_gcp_basic_auth.v1.0.0.yaml", 48],
    ["kfctl_gcp_iap.v1.0.0.yaml", 46],
    ["kfctl_istio_dex.v1.0.0.yaml", 42],
  ])("%s is built", async (name, count) => {
    const root = await folder();
    const built = await real(name, root);
    expect(built.applications).toHaveLength(count);
    expect(await readdir(join(root, "kf", "kustomize"))).toHaveLength(count);
    const config = parse(await readFile(join(root, "kf", name), "utf8"));
    expect(config.status.reposCache).toEqual([{ name: "manifests", localPath: '".cache/manifests/manifests-1.0.0"' }]);
    expect((await stat(join(root, "kf", ".cache/manifests/manifests-1.0.0/istio"))).isDirectory()).toBe(true);
  });
});

/** The files under kustomize/ of what the real kfctl wrote. */
async function unpackBuilt(archive: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const reader = createReadStream(archive).pipe(createGunzip()).pipe(extract());
  for await (const entry of reader) {
    const path = entry.header.name.replace(/^\.\//, "");
    const chunks: Buffer[] = [];
    for await (const chunk of entry as AsyncIterable<Buffer>) chunks.push(chunk);
    if (entry.header.type === "file" && path.startsWith("kustomize/"))
      found.set(path.slice("kustomize/".length), Buffer.concat(chunks).toString());
  }
  return found;
}

describe("an application's kustomization", () => {
  async function built(files: Record<string, string>, application: Parameters<typeof kfdefText>[0][number]) {
    const root = await folder();
    await writeFiles(join(root, "repo"), files);
    const result = await build(kfdefText([application], "../repo"), root);
    const written = await readFiles(join(root, "kf", "kustomize", application.name));
    return { ...result, written, kustomization: parse(written["kustomization.yaml"] ?? "") };
  }

  it("builds on the base, in the KfDef's namespace", async () => {
    const { kustomization, warnings } = await built(base, app);
    expect(warnings).toEqual([]);
    expect(kustomization).toEqual({
      apiVersion: "kustomize.config.k8s.io/v1beta1",
      kind: "Kustomization",
      bases: ["base"],
      namespace: "kubeflow",
    });
  });

  it("takes overlays in: labels' last value, everything else's first, each base once", async () => {
    const { kustomization, warnings } = await built(
      {
        ...base,
        "some/app/overlays/one/kustomization.yaml": kustomization_(`
bases: [../../base]
namePrefix: one-
nameprefix: lost-
commonLabels: {a: one, b: one}
commonAnnotations: {x: one}
images:
- {name: image, newTag: one}
vars:
- {name: V, objref: {kind: A, name: one, apiVersion: v1}, fieldref: {fieldpath: data.one}}
resources: [r.yaml, sub/s.yaml]
configurations: [c.yaml]
configMapGenerator:
- {name: plain, env: e.env}
- {name: merged, behavior: merge, literals: [a=b]}
secretGenerator:
- {name: secret, type: Opaque, envs: [e.env]}
generatorOptions: {disableNameSuffixHash: true}
replicas: [{name: a, count: 2}]`),
        ...Object.fromEntries(
          ["r.yaml", "sub/s.yaml", "c.yaml", "e.env"].map((name) => [`some/app/overlays/one/${name}`, ""]),
        ),
        "some/app/overlays/two/kustomization.yaml": kustomization_(`
bases: [../../base, ../three]
namePrefix: two-
commonLabels: {b: two}
images:
- {name: image, newTag: two}
- {name: other, digest: sha256:00}
vars:
- {name: V, objref: {kind: A, name: two, apiVersion: v1}}
- {name: W, objref: {kind: A, name: two, apiVersion: v1}}
patchesStrategicMerge: [p.yaml]`),
        "some/app/overlays/two/p.yaml": "",
        "some/app/overlays/three/kustomization.yaml": kustomization_("resources: []"),
      },
      { ...app, overlays: ["one", "two"], parameters: { namespace: "elsewhere" } },
    );
    expect(kustomization).toEqual({
      apiVersion: "kustomize.config.k8s.io/v1beta1",
      kind: "Kustomization",
      namespace: "elsewhere",
      bases: ["base", "overlays/three"],
      namePrefix: "one-",
      commonLabels: { a: "one", b: "two" },
      commonAnnotations: { x: "one" },
      images: [
        { name: "image", newTag: "one" },
        { name: "other", digest: "sha256:00" },
      ],
      vars: [
        { name: "V", objref: { kind: "A", name: "one", apiVersion: "v1" }, fieldref: { fieldPath: "data.one" } },
        { name: "W", objref: { kind: "A", name: "two", apiVersion: "v1" }, fieldref: {} },
      ],
      resources: ["overlays/one/r.yaml", "overlays/one/sub/s.yaml"],
      configurations: ["overlays/one/c.yaml"],
      configMapGenerator: [
        { name: "plain", behavior: "unspecified", env: "overlays/one/e.env" },
        { name: "merged", behavior: "merge", literals: ["a=b"] },
      ],
      secretGenerator: [{ name: "secret", type: "Opaque", behavior: "unspecified", envs: ["overlays/one/e.env"] }],
      generatorOptions: { disableNameSuffixHash: true },
      patchesStrategicMerge: ["overlays/two/p.yaml"],
    });
    expect(warnings.map(({ message }) => message)).toEqual([
      "app: overlays/one: kfctl does not carry over replicas; overlays/two: the image image is already set; overlays/two: the variable V is already set.",
    ]);
  });

  it("joins the JSON patches of one object in one file", async () => {
    const { kustomization, written } = await built(
      {
        ...base,
        "some/app/overlays/one/kustomization.yaml": kustomization_(`
bases: [../../base]
patchesJson6902:
- {path: p.yaml, target: {group: g, version: v1, kind: A, name: a}}
- {path: q.yaml, target: {group: g, version: v1, kind: A, name: a}}
- {path: q.yaml, target: {version: v1, kind: B, name: b}}`),
        "some/app/overlays/one/p.yaml": "- op: add\n",
        "some/app/overlays/one/q.yaml": "- op: remove\n",
      },
      { ...app, overlays: ["one"] },
    );
    expect(kustomization.patchesJson6902).toEqual([
      { path: "a-A.yaml", target: { group: "g", version: "v1", kind: "A", name: "a" } },
      { path: "b-B.yaml", target: { version: "v1", kind: "B", name: "b" } },
    ]);
    expect(written["a-A.yaml"]).toBe("- op: add\n- op: remove\n");
  });

  it("fills params.env in: parameters by name, what is the KfDef's own otherwise", async () => {
    const params = "user=anonymous\r\nnamespace=\nappName=x\nproject=x\nempty=kept\ngenerateName=\nother=a=b";
    const files = {
      ...base,
      "some/app/base/params.env": params,
      "some/app/overlays/one/kustomization.yaml": kustomization_("bases: [../../base]"),
      "some/app/overlays/one/params.env": "user=x\ngenerateName=given\n",
    };
    const parameters = { user: "me@example.org", unknown: "x", empty: "", generateName: "gen-" };
    const { written } = await built(files, { ...app, overlays: ["one"], parameters });
    const lines = (written["base/params.env"] ?? "").split("\n");
    // kfctl draws eight digits by lot; here they come from where the installation is.
    expect(lines[5]).toMatch(/^generateName=gen-[0-9a-f]{8}$/);
    expect(lines.toSpliced(5, 1)).toEqual([
      "user=me@example.org",
      "namespace=kubeflow",
      "appName=kf",
      "project=",
      "empty=kept",
      "other=a=b",
      "",
    ]);
    expect(written["overlays/one/params.env"]).toBe("user=me@example.org\ngenerateName=gen-\n");
  });

  it("is the application's own where it has no base: overlays and parameters don't count", async () => {
    const { kustomization, warnings, written } = await built(
      {
        "some/app/kustomization.yaml": kustomization_("resources: [a.yaml]\nunknown: x"),
        "some/app/a.yaml": "kind: A\n",
        "some/app/params.env": "user=x\n",
        "some/app/overlays/one/kustomization.yaml": kustomization_("bases: [../..]"),
      },
      { ...app, overlays: ["one"], parameters: { user: "me" } },
    );
    expect(kustomization).toEqual({
      apiVersion: "kustomize.config.k8s.io/v1beta1",
      kind: "Kustomization",
      namespace: "kubeflow",
      resources: ["a.yaml"],
    });
    expect(written["params.env"]).toBe("user=x\n");
    expect(warnings[0]?.message).toBe(`app: it has no "base" folder, so its overlays and parameters have no effect.`);
  });

  it("does without an overlay that is not there, and says so", async () => {
    const { kustomization, warnings } = await built(
      { ...base, "some/app/overlays/one/kustomization.yaml": kustomization_("") },
      { ...app, overlays: ["two"] },
    );
    expect(kustomization.bases).toEqual(["base"]);
    expect(warnings[0]?.message).toBe('app: there is no overlay "two" (available: one).');
  });

  const kustomization_ = (fields: string) => kustomization(`${fields.trim()}\n`);
});

describe("a build", () => {
  it("leaves a kustomize folder as it is, like kfctl, unless it is told to build again", async () => {
    const root = await folder();
    await writeFiles(join(root, "repo"), base);
    const text = kfdefText([app], "../repo");
    await build(text, root);
    const file = join(root, "kf/kustomize/app/base/a.yaml");
    await writeFile(file, "kind: Mine\n");
    const second = await build(await readFile(join(root, "kf/kfdef.yaml"), "utf8"), root);
    expect(second).toMatchObject({ skipped: true, applications: [{ name: "app" }] });
    expect(await readFile(file, "utf8")).toBe("kind: Mine\n");
    await failure("kfdef-invalid", build(kfdefText([app, { name: "more", path: "some/app" }], "../repo"), root));
    await build(text, root, { again: true });
    expect(await readFile(file, "utf8")).toBe("kind: A\n");
    expect(await names(join(root, "kf"))).not.toContainEqual(expect.stringContaining(".flowdeck-build"));
  });

  it("takes a cache that the status speaks of, and fetches one that it does not", async () => {
    const root = await folder();
    await writeFiles(join(root, "repo"), base);
    const text = kfdefText([app], "../repo");
    await build(text, root);
    const cached = join(root, "kf/.cache/manifests/some/app/base/a.yaml");
    await writeFile(cached, "kind: Cached\n");
    await build(await readFile(join(root, "kf/kfdef.yaml"), "utf8"), root, { again: true });
    expect(await readFile(join(root, "kf/kustomize/app/base/a.yaml"), "utf8")).toBe("kind: Cached\n");
    await build(text, root, { again: true });
    expect(await readFile(cached, "utf8")).toBe("kind: A\n");
  });

  it("keeps everything that is in CONFIG_FILE but the values of secrets", async () => {
    const root = await folder();
    await writeFiles(join(root, "repo"), base);
    const secrets =
      "  # mine\n  secrets:\n  - name: my password\n    secretSource:\n      literalSource:\n        value: hunter2\n";
    await build(kfdefText([app], "../repo", secrets), root);
    const written = await readFile(join(root, "kf/kfdef.yaml"), "utf8");
    expect(written).toBe(
      `${kfdefText([app], "../repo", secrets.replace("literalSource:\n        value: hunter2", "envSource:\n        name: FLOWDECK_SECRET_MY_PASSWORD"))}status:\n  reposCache:\n  - localPath: '".cache/manifests"'\n    name: manifests\n`,
    );
    for (const content of Object.values(await readFiles(root))) expect(content).not.toContain("hunter2");
  });

  it("warns of an archive whose content nobody pins", async () => {
    const root = await folder();
    await writeFile(
      join(root, "repo.tar.gz"),
      await tarGz(Object.entries(base).map(([path, content]) => ({ name: `top-1.0/${path}`, content }))),
    );
    const { warnings } = await build(kfdefText([app], "../repo.tar.gz"), root);
    expect(warnings).toMatchObject([
      { code: "content-mismatch", message: expect.stringContaining("was not verified") },
    ]);
    expect(await readFile(join(root, "kf/.cache/manifests/top-1.0/some/app/base/a.yaml"), "utf8")).toBe("kind: A\n");
  });

  it("leaves nothing behind when it is stopped", async () => {
    const root = await folder();
    await writeFiles(join(root, "repo"), base);
    const stop = new AbortController();
    const building = build(kfdefText([app, { name: "two", path: "some/app" }], "../repo"), root, {
      signal: stop.signal,
      onProgress: (step, fraction) => {
        if (step === "build" && fraction > 0) stop.abort();
      },
    });
    await expect(building).rejects.toThrow("aborted");
    expect(await names(join(root, "kf"))).toEqual([]);
  });
});

describe("a KfDef with stacks", () => {
  const stack = {
    "stacks/kubernetes/kustomization.yaml": kustomization("resources:\n- ../../some/app/base\n"),
    "dex/kustomization.yaml": kustomization("resources:\n- a.yaml\n"),
    "dex/a.yaml": "kind: ConfigMap\n",
    ...base,
  };
  const apps = [
    { name: "kubeflow-apps", path: "stacks/kubernetes" },
    { name: "dex", path: "dex" },
  ];
  const plugin = `  plugins:
  - kind: KfAwsPlugin
    metadata:
      name: aws
    spec:
      auth:
        basicAuth:
          username: admin@example.org
          password: {name: password}
      region: us-west-2
`;

  it("builds on the folders in the cache", async () => {
    const root = await folder();
    await writeFile(
      join(root, "repo.tar.gz"),
      await tarGz(Object.entries(stack).map(([path, content]) => ({ name: `m-1.2/${path}`, content }))),
    );
    const { applications } = await build(kfdefText(apps, "../repo.tar.gz"), root);
    expect(applications.map(({ name }) => name)).toEqual(["kubeflow-apps", "dex"]);
    const files = await readFiles(join(root, "kf", "kustomize"));
    expect(Object.keys(files).sort()).toEqual(["dex/kustomization.yaml", "kubeflow-apps/kustomization.yaml"]);
    expect(parse(files["kubeflow-apps/kustomization.yaml"] ?? "")).toEqual({
      apiVersion: "kustomize.config.k8s.io/v1beta1",
      kind: "Kustomization",
      resources: ["../../.cache/manifests/m-1.2/stacks/kubernetes"],
    });
  });

  it("takes what a plugin sets as a patch, and keeps what is in kustomize already", async () => {
    const root = await folder();
    await writeFiles(join(root, "repo"), stack);
    await build(kfdefText(apps, "../repo", plugin), root);
    const dex = join(root, "kf/kustomize/dex");
    expect(parse(await readFile(join(dex, "kustomization.yaml"), "utf8"))).toEqual({
      apiVersion: "kustomize.config.k8s.io/v1beta1",
      kind: "Kustomization",
      patchesStrategicMerge: ["dex-config.yaml"],
      resources: ["../../.cache/manifests/dex"],
    });
    expect(parse(await readFile(join(dex, "dex-config.yaml"), "utf8"))).toEqual({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { creationTimestamp: null, name: "dex-config" },
      data: { static_email: "admin@example.org", static_password_hash: "flowdeck-secret.password.hash" },
    });
    await writeFile(join(dex, "mine.yaml"), "mine\n");
    await build(await readFile(join(root, "kf/kfdef.yaml"), "utf8"), root);
    expect(await readFile(join(dex, "mine.yaml"), "utf8")).toBe("mine\n");
    expect(parse(await readFile(join(dex, "kustomization.yaml"), "utf8")).resources).toEqual([
      "../../.cache/manifests/dex",
    ]);
  });

  it("says that overlays and parameters don't count", async () => {
    const root = await folder();
    await writeFiles(join(root, "repo"), stack);
    const { warnings } = await build(
      kfdefText([{ ...apps[0], name: "kubeflow-apps", path: "stacks/kubernetes", parameters: { a: "b" } }], "../repo"),
      root,
    );
    expect(warnings[0]?.message).toContain("does not support overlays and parameters");
  });
});
