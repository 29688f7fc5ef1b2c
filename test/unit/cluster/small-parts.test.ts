import { describe, expect, it } from "vitest";
import { applyBody, jsonBody } from "../../../electron/cluster/apply-object.ts";
import { isSupported } from "../../../electron/cluster/cluster-info.ts";
import { parseAggregated, parseResourceList } from "../../../electron/cluster/discovery.ts";
import { matchesGlob } from "../../../electron/cluster/glob.ts";
import { collectionPath, objectPath, parseApiVersion } from "../../../electron/cluster/paths.ts";

describe("globs of field managers", () => {
  it("match a whole name or a prefix", () => {
    expect(matchesGlob("kubectl*", "kubectl-client-side-apply")).toBe(true);
    expect(matchesGlob("kubectl*", "kubectl")).toBe(true);
    expect(matchesGlob("kubectl", "kubectl-edit")).toBe(false);
    expect(matchesGlob("flowdeck", "flowdeck")).toBe(true);
    expect(matchesGlob("kubectl*", "my-kubectl")).toBe(false);
  });
});

describe("paths", () => {
  const pods = { group: "", version: "v1", kind: "Pod", plural: "pods", namespaced: true, verbs: [] };
  const nodes = { ...pods, kind: "Node", plural: "nodes", namespaced: false };
  const deployments = { ...pods, group: "apps", kind: "Deployment", plural: "deployments" };

  it("are those of the API", () => {
    expect(collectionPath(pods)).toBe("/api/v1/pods");
    expect(collectionPath(deployments, "a")).toBe("/apis/apps/v1/namespaces/a/deployments");
    expect(objectPath(nodes, "n", "ignored")).toBe("/api/v1/nodes/n");
    expect(objectPath(pods, "../x", "a")).toBe("/api/v1/namespaces/a/pods/..%2Fx");
    expect(parseApiVersion("apps/v1")).toEqual({ group: "apps", version: "v1" });
    expect(parseApiVersion("v1")).toEqual({ group: "", version: "v1" });
  });
});

describe("discovery documents", () => {
  const names = { singular: "deployment", shortNames: ["deploy"], categories: ["all"] };
  const expected = [
    {
      group: "apps",
      version: "v1",
      kind: "Deployment",
      plural: "deployments",
      namespaced: true,
      verbs: ["get"],
      ...names,
    },
  ];
  const { singular, ...others } = names;

  it("aggregated", () => {
    const subresources = [{ subresource: "scale", responseKind: { kind: "Scale" }, verbs: ["get"] }];
    const responseKind = { group: "", version: "", kind: "Deployment" };
    const resource = {
      resource: "deployments",
      singularResource: singular,
      ...others,
      responseKind,
      scope: "Namespaced",
      verbs: ["get"],
      subresources,
    };
    const body = { items: [{ metadata: { name: "apps" }, versions: [{ version: "v1", resources: [resource] }] }] };
    expect(parseAggregated(body)).toEqual([{ group: "apps", versions: [{ version: "v1", resources: expected }] }]);
  });

  it("classic, without subresources", () => {
    const resources = [
      // Old servers leave the singular name out.
      { name: "deployments", singularName: "", ...others, kind: "Deployment", namespaced: true, verbs: ["get"] },
      { name: "deployments/scale", kind: "Scale", namespaced: true, verbs: ["get"] },
    ];
    expect(parseResourceList({ resources }, { group: "apps", version: "v1" })).toEqual(expected);
  });
});

describe("server versions", () => {
  it.each([
    ["v1.25.0", true],
    ["v1.36.3", true],
    ["v1.30.1-eks-036c24b", true],
    ["v1.24.17", false],
    ["v1.37.0", false],
    ["v2.30.0", false],
    ["unknown", false],
  ])("%s: %s", (version, supported) => {
    expect(isSupported(version)).toBe(supported);
  });
});

describe("an object to apply", () => {
  it("loses what only the server may set, and takes the namespace it goes to", () => {
    const metadata = {
      name: "a",
      namespace: "b",
      uid: "u",
      resourceVersion: "1",
      managedFields: [],
      labels: { x: "y" },
    };
    const object = { apiVersion: "v1", kind: "ConfigMap", metadata, data: {} };
    expect(JSON.parse(applyBody(object)).metadata).toEqual({ name: "a", namespace: "b", labels: { x: "y" } });
  });

  it("is YAML of the same text for every character there is", () => {
    const apply = (text: string) => applyBody({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, text });
    for (let code = 0; code <= 0xffff; code++) {
      const text = `a${String.fromCharCode(code)}b`;
      if (!text.isWellFormed()) {
        expect(() => apply(text)).toThrow("half of a surrogate pair");
        continue;
      }
      const body = apply(text);
      expect(JSON.parse(body).text).toBe(text);
      // What libyaml takes as it is: https://yaml.org/spec/1.1/#c-printable without breaks and marks.
      expect(body).toMatch(/^[\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/);
    }
    expect(jsonBody({ emoji: "😀", backslash: "\\ud800", name: "\ud83d\ude00" })).toContain("😀");
  });
});
