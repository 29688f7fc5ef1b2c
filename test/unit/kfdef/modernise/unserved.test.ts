import { describe, expect, it } from "vitest";
import { FlowdeckError } from "../../../../electron/contract/index.ts";
import { askServed, modernise, unserved } from "../../../../electron/kfdef/modernise/index.ts";
import { object, servesOnly, today } from "./support.ts";

const crd = object("apiextensions.k8s.io/v1beta1", "CustomResourceDefinition", {
  spec: { group: "example.org", version: "v1alpha1", names: { kind: "Thing", plural: "things" } },
});
const thing = object("example.org/v1alpha1", "Thing");
const budget = object("policy/v1beta1", "PodDisruptionBudget", { spec: {} });

describe("what a cluster would not serve", () => {
  it("is listed, with the version that removed it; custom resources count by their definitions", () => {
    const components = [{ id: "app", objects: [crd, thing, budget, object("route.openshift.io/v1", "Route")] }];
    expect(unserved(components, today)).toEqual([
      expect.objectContaining({ component: "app", removedIn: "1.22" }),
      expect.objectContaining({ object: expect.objectContaining({ kind: "PodDisruptionBudget" }), removedIn: "1.25" }),
      { component: "app", object: { apiVersion: "route.openshift.io/v1", kind: "Route", name: "one" } },
    ]);
  });

  it("is nothing after conversion", () => {
    const { components } = modernise([{ id: "app", title: "App", objects: [crd, thing, budget] }], today);
    expect(unserved(components, today)).toEqual([]);
    expect(components[0]?.title).toBe("App");
  });

  it("knows a definition's versions", () => {
    const other = object("example.org/v1", "Thing");
    expect(
      unserved(
        [{ id: "app", objects: [crd, other] }],
        servesOnly("apiextensions.k8s.io/v1beta1 CustomResourceDefinition"),
      ),
    ).toEqual([{ component: "app", object: { apiVersion: "example.org/v1", kind: "Thing", name: "one" } }]);
  });
});

describe("asking a cluster", () => {
  const client = (served: string[], asked: string[] = []) => ({
    resourceFor: async (apiVersion: string, kind: string) => {
      asked.push(`${apiVersion} ${kind}`);
      if (!served.includes(`${apiVersion} ${kind}`)) throw new FlowdeckError("kind-unknown", "not served");
      return {
        group: "",
        version: "",
        kind,
        plural: "",
        namespaced: true,
        verbs: [],
        singular: "",
        shortNames: [],
        categories: [],
      };
    },
  });

  it("asks once for each kind in the versions that matter", async () => {
    const asked: string[] = [];
    const components = [{ id: "app", objects: [budget, budget, thing] }];
    const served = await askServed(client(["policy/v1 PodDisruptionBudget"], asked), components);
    expect(served.serves("policy/v1", "PodDisruptionBudget")).toBe(true);
    expect(served.serves("policy/v1beta1", "PodDisruptionBudget")).toBe(false);
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked).toContain("example.org/v1alpha1 Thing");
  });

  it("passes on what is no answer", async () => {
    const failing = { resourceFor: () => Promise.reject(new FlowdeckError("cluster-unreachable", "gone")) };
    await expect(askServed(failing, [{ id: "app", objects: [budget] }])).rejects.toMatchObject({
      code: "cluster-unreachable",
    });
  });
});
