import { describe, expect, it } from "vitest";
import { at, fields, list } from "../../../../common/json/index.ts";
import type { KubeObject } from "../../../../electron/cluster/index.ts";
import { prefixImages } from "../../../../electron/install/render/image-prefix.ts";
import { withPullSecret } from "../../../../electron/install/render/pull-secret.ts";

const digest = `sha256:${"b".repeat(64)}`;
const configMap = (data: Record<string, string>): KubeObject => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "config", namespace: "kubeflow" },
  data,
});
const deployment: KubeObject = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace: "kubeflow" },
  spec: {
    template: {
      spec: {
        containers: [
          {
            image: `ghcr.io/a/web@${digest}`,
            args: ["--sidecar=quay.io/a/sidecar:1", "--url=https://ghcr.io/a/web", "--name=web"],
            env: [
              { name: "LAUNCHER_IMAGE", value: "a/launcher:2" },
              { name: "PATH", value: "/usr/bin:/bin" },
            ],
          },
        ],
        initContainers: [{ image: "busybox" }],
      },
    },
  },
};
const prefixed = (objects: KubeObject[], images: Record<string, string> = {}) => {
  const { components, changes } = prefixImages([{ id: "part", objects }], { imagePrefix: "r.example/kf", images });
  return { objects: components.flatMap((component) => component.objects), changes };
};

describe("a prefix for all images", () => {
  it("reaches containers, arguments and environment variables, and nothing else", () => {
    const { objects, changes } = prefixed([deployment]);
    const [container] = list(at(objects[0], "spec", "template", "spec", "containers"));
    expect(container).toEqual({
      image: `r.example/kf/ghcr.io_a_web@${digest}`,
      args: ["--sidecar=r.example/kf/quay.io_a_sidecar:1", "--url=https://ghcr.io/a/web", "--name=web"],
      env: [
        { name: "LAUNCHER_IMAGE", value: "r.example/kf/docker.io_a_launcher:2" },
        { name: "PATH", value: "/usr/bin:/bin" },
      ],
    });
    expect(changes.map(({ from }) => from)).toEqual([
      "a/launcher:2",
      "busybox",
      `ghcr.io/a/web@${digest}`,
      "quay.io/a/sidecar:1",
    ]);
    expect(changes[1]?.places).toEqual(["part: Deployment kubeflow/web"]);
  });

  it("reaches the texts of ConfigMaps: fields called image, and names that the release has", () => {
    const text =
      'runtime: {"image" : "a/python:3", "other": "a/b:c"}\nlist:\n- ghcr.io/a/note:1\ncommand: ghcr.io/a/web';
    const { objects } = prefixed([deployment, configMap({ "x.yaml": text, cacheImage: "quay.io/a/cache" })]);
    expect(objects[1]?.data).toEqual({
      "x.yaml":
        'runtime: {"image" : "r.example/kf/docker.io_a_python:3", "other": "a/b:c"}\nlist:\n- r.example/kf/ghcr.io_a_note:1\ncommand: r.example/kf/ghcr.io_a_web',
      cacheImage: "r.example/kf/quay.io_a_cache",
    });
  });

  it("keeps the registry and the images of Istio's values apart, so that they make the same name together", () => {
    const values = {
      global: { hub: "gcr.io/istio", tag: "1", proxy: { image: "proxyv2" } },
      pilot: { image: "pilot" },
    };
    const { objects, changes } = prefixed([configMap({ values: JSON.stringify(values, null, 2) })]);
    expect(JSON.parse(String(fields(objects[0]?.data).values))).toEqual({
      global: { hub: "r.example/kf", tag: "1", proxy: { image: "gcr.io_istio_proxyv2" } },
      pilot: { image: "gcr.io_istio_pilot" },
    });
    expect(changes).toEqual([]);
  });

  it("leaves what was chosen for one image, and definitions", () => {
    const definition: KubeObject = {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: "a" },
      spec: { description: "ghcr.io/a/web:1", image: "ghcr.io/a/web:1" },
    };
    const { objects } = prefixed([deployment, definition], { busybox: "mine.example/busybox:2" });
    expect(objects[1]).toBe(definition);
    expect(JSON.stringify(objects[0])).toContain('"image":"mine.example/busybox:2"');
  });

  it("changes nothing where there is none", () => {
    const components = [{ id: "part", objects: [deployment] }];
    expect(prefixImages(components, { images: {} }).components).toEqual(components);
  });
});

describe("a pull secret", () => {
  it("is named in ServiceAccounts and pod templates once, beside those that are there", () => {
    const account = {
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: "a" },
      imagePullSecrets: [{ name: "x" }],
    };
    const once = withPullSecret([{ id: "part", objects: [deployment, account] }], { name: "pull" });
    const [{ objects } = { objects: [] }] = withPullSecret(once, { name: "pull" });
    expect(objects[0]).toMatchObject({ spec: { template: { spec: { imagePullSecrets: [{ name: "pull" }] } } } });
    expect(objects[1]?.imagePullSecrets).toEqual([{ name: "x" }, { name: "pull" }]);
    expect(withPullSecret([{ id: "part", objects: [account] }], { name: undefined })[0]?.objects[0]).toBe(account);
  });

  it("comes itself once into each namespace that uses it, in the first component there", () => {
    const account = (name: string, namespace?: string) => ({
      ...{ apiVersion: "v1", kind: "ServiceAccount" },
      metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    });
    const settings = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "s", namespace: "quiet" } };
    const components = [
      { id: "one", objects: [account("a", "kubeflow"), settings] },
      { id: "two", objects: [account("b", "kubeflow"), account("c", "auth"), account("d")] },
    ];
    const made = withPullSecret(components, { name: "pull", config: "{}", namespace: "usual" });
    const secrets = made.map(({ objects }) =>
      objects.filter(({ kind }) => kind === "Secret").map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
    );
    expect(secrets).toEqual([["kubeflow/pull"], ["auth/pull", "usual/pull"]]);
    expect(made[0]?.objects[0]).toMatchObject({
      data: { ".dockerconfigjson": Buffer.from("{}").toString("base64") },
    });
  });
});
