import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import {
  dropRepeatedFields,
  namedPaths,
  renamePaths,
  translateConfiguration,
  translateTransformers,
} from "../../../../electron/kfdef/render/translate.ts";

describe("a transformer configuration", () => {
  it("loses the paths that step into lists by number, which changed nothing, and keeps all others", () => {
    const text = `varReference:
- path: metadata/annotations/getambassador.io\\/config
  kind: Service
- path: spec/template/spec/containers/0/env/0/value
  kind: Deployment
- path: spec/template/spec/containers/1/args/5
  kind: Deployment
- path: data/v1
  kind: ConfigMap
images:
- path: spec/0/image
nameReference:
- kind: Thing
  fieldSpecs:
  - path: spec/name
`;
    expect(parse(translateConfiguration(text) ?? "")).toEqual({
      varReference: [
        { path: "metadata/annotations/getambassador.io\\/config", kind: "Service" },
        { path: "data/v1", kind: "ConfigMap" },
      ],
      images: [],
      nameReference: [{ kind: "Thing", fieldSpecs: [{ path: "spec/name" }] }],
    });
  });

  it.each(["varReference:\n- path: spec/a1/b\n", "varReference: [", "- a", "", "varReference: 3"])(
    "stays: %j",
    (text) => {
      expect(translateConfiguration(text)).toBeUndefined();
    },
  );
});

describe("a kustomization's namespace and images", () => {
  const transformersOf = (text: string | undefined) => {
    const { transformers = [], ...rest } = parse(text ?? "{}") as { transformers?: string[] };
    return { transformers: transformers.map((inline) => parse(inline) as unknown), rest };
  };

  it("become transformers with kustomize 3's rules, after those that are there", () => {
    const text = translateTransformers(`transformers: [mine.yaml]
namespace: kubeflow
namePrefix: a-
images:
- name: a/b
  newName: c/d
  newTag: "1"
- name: e
  digest: sha256:1
`);
    const image = { apiVersion: "builtin", kind: "ImageTagTransformer", fieldSpecs: [] };
    expect(transformersOf(text)).toEqual({
      rest: { namePrefix: "a-" },
      transformers: [
        "mine.yaml",
        {
          apiVersion: "builtin",
          kind: "NamespaceTransformer",
          metadata: { name: "namespace", namespace: "kubeflow" },
          fieldSpecs: [],
        },
        { ...image, metadata: { name: "images-1" }, imageTag: { name: "a/b", newName: "c/d", newTag: "1" } },
        { ...image, metadata: { name: "images-2" }, imageTag: { name: "e", digest: "sha256:1" } },
      ],
    });
  });

  it.each(["images: []", 'namespace: ""', "resources: [a]", "images: [", ""])("stay: %j", (text) => {
    expect(translateTransformers(text)).toBeUndefined();
  });
});

describe("fields that stand twice", () => {
  it("count as their last", () => {
    expect(parse(dropRepeatedFields("namespace: a\nresources: [x]\nnamespace: b\n") ?? "")).toEqual({
      resources: ["x"],
      namespace: "b",
    });
    expect(dropRepeatedFields("namespace: a\n")).toBeUndefined();
  });

  it("do so in configurations, and where images are", () => {
    expect(parse(translateConfiguration("varReference: []\nvarReference:\n- path: a\n") ?? "")).toEqual({
      varReference: [{ path: "a" }],
    });
    const twice = "namespace: a\nnamespace: b\nimages:\n- name: c\n  newTag: d\n";
    expect(translateTransformers(twice)).toContain("namespace: b");
  });
});

describe("a kustomization's paths", () => {
  const text = `resources:
- ../a.yaml
configMapGenerator:
- name: one
  envs: [params.env]
  files: [key=../b.txt]
patchesStrategicMerge:
- |-
  kind: Inline
  metadata: {}
patches:
- path: ../c.yaml
`;

  it("are found with the field they stand in, without generators' keys and inline texts", () => {
    expect(namedPaths(text)).toEqual([
      { field: "resources", path: "../a.yaml" },
      { field: "configMapGenerator", path: "one" },
      { field: "configMapGenerator", path: "params.env" },
      { field: "configMapGenerator", path: "../b.txt" },
      { field: "patches", path: "../c.yaml" },
    ]);
    expect(namedPaths("[")).toEqual([]);
  });

  it("can be renamed, keys kept", () => {
    const names = new Map([
      ["../a.yaml", "x/a.yaml"],
      ["../b.txt", "x/b.txt"],
    ]);
    expect(parse(renamePaths(text, names))).toMatchObject({
      resources: ["x/a.yaml"],
      configMapGenerator: [{ name: "one", envs: ["params.env"], files: ["key=x/b.txt"] }],
      patches: [{ path: "../c.yaml" }],
    });
  });
});
