import { describe, expect, it } from "vitest";
import { textOf } from "../../../../common/words/index.ts";
import { goneImageRules, goneImages } from "../../../../electron/kfdef/migration/index.ts";
import { object } from "./support.ts";

const gone = (...images: string[]) => {
  const containers = images.map((image) => ({ image }));
  return goneImages([
    { id: "app", objects: [object("apps/v1", "Deployment", { spec: { template: { spec: { containers } } } })] },
  ]);
};

describe("images that are gone", () => {
  it("are told once each, in order, with why", () => {
    const kfserving = "gcr.io/kfserving/kfserving-controller:0.2.2";
    const pipelines = "gcr.io/ml-pipeline/api-server:0.2.0";
    const told = gone(kfserving, "mysql:8", pipelines, kfserving);
    expect(told.map(({ image }) => image)).toEqual([kfserving, pipelines]);
    for (const { because } of told)
      for (const text of (["en", "ko"] as const).map((language) => textOf(because, language)))
        expect(text).toMatch(/gcr\.io/);
  });

  it.each([
    ["gcr.io/kubebuilder/kube-rbac-proxy:v0.4.0", "quay.io/brancz/kube-rbac-proxy:v0.4.0"],
    ["gcr.io/google_containers/spartakus-amd64:v1.1.0", "registry.k8s.io/spartakus-amd64:v1.1.0"],
    ["gcr.io/google-containers/pause:2.0", "registry.k8s.io/pause:2.0"],
    ["k8s.gcr.io/pause@sha256:12", "registry.k8s.io/pause@sha256:12"],
    ["gcr.io/istio-release/proxyv2:1.3.1", "docker.io/istio/proxyv2:1.3.1"],
    ["gcr.io/istio-release/proxyv2:release-1.3-latest-daily", undefined],
    ["gcr.io/arrikto/kubeflow/oidc-authservice:e236439", "docker.io/kubeflowmanifestswg/oidc-authservice:e236439"],
    ["gcr.io/arrikto/kubeflow/oidc-authservice:28c59ef", undefined],
    ["gcr.io/arrikto/dexidp/dex:4bede5eb80822fc3a7fc9edca0ed2605cd339d17", undefined],
    ["gcr.io/kubeflow-images-public/centraldashboard:v1.0.0-g3ec0de71", undefined],
  ])("%s may be taken from %s", (image, instead) => {
    const [told] = gone(image);
    expect(told?.image).toBe(image);
    expect(told?.instead).toBe(instead);
  });

  it.each([
    "gcr.io/kfservingother/a:1",
    "gcr.io/knative-releases/knative.dev/serving/cmd/queue@sha256:1",
    "example.org/gcr.io/kfserving/a:1",
    "gcr.io/tfx-oss-public/ml_metadata_store_server:v0.21.1",
    "",
  ])("%j is not among them", (image) => {
    expect(gone(image)).toEqual([]);
  });

  it("are looked for in every object but definitions, which only describe images", () => {
    const image = "gcr.io/kfserving/storage-initializer:0.2.2";
    const custom = object("serving.kubeflow.org/v1", "Thing", { spec: { parts: [{ image }] } });
    const definition = object("apiextensions.k8s.io/v1", "CustomResourceDefinition", { spec: { image } });
    expect(goneImages([{ id: "app", objects: [definition] }])).toEqual([]);
    expect(goneImages([{ id: "app", objects: [definition, custom] }])).toHaveLength(1);
  });

  it("say no more than is known: short, with a source", () => {
    for (const { because, source, prefixes } of goneImageRules) {
      for (const text of (["en", "ko"] as const).map((language) => textOf(because, language)))
        expect(text.length).toBeLessThan(120);
      expect(source).toMatch(/^https:\/\//);
      expect(prefixes.length).toBeGreaterThan(0);
    }
  });
});
