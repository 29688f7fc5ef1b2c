import { describe, expect, it } from "vitest";
import { FlowdeckError } from "../../../../common/contract/index.ts";
import { verbatim } from "../../../../common/words/index.ts";
import { askServed, migrate, unserved } from "../../../../electron/kfdef/migration/index.ts";
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
    const { components } = migrate([{ id: "app", title: "App", objects: [crd, thing, budget] }], today);
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
  const resource = {
    group: "",
    version: "",
    plural: "",
    namespaced: true,
    verbs: [],
    singular: "",
    shortNames: [],
    categories: [],
  };
  const schemas = {
    "io.k8s.api.policy.v1.PodDisruptionBudget": {
      type: "object",
      properties: {
        apiVersion: { type: "string" },
        kind: { type: "string" },
        metadata: { type: "object" },
        spec: { type: "object" },
      },
      "x-kubernetes-group-version-kind": [{ group: "policy", version: "v1", kind: "PodDisruptionBudget" }],
    },
  };
  const paths = { "apis/policy/v1": { serverRelativeURL: "/openapi/v3/apis/policy/v1?hash=1" } };

  /** A cluster that serves these, and publishes the schemas of policy/v1 unless `openApi` fails. */
  function client(served: string[], openApi?: FlowdeckError) {
    const asked: string[] = [];
    return {
      asked,
      server: "https://one",
      resourceFor: async (apiVersion: string, kind: string) => {
        asked.push(`${apiVersion} ${kind}`);
        if (!served.includes(`${apiVersion} ${kind}`)) throw new FlowdeckError("kind-unknown", verbatim("not served"));
        return { ...resource, kind };
      },
      request: async ({ path }: { path: string }) => {
        if (openApi !== undefined) throw openApi;
        const body = JSON.stringify(path === "/openapi/v3" ? { paths } : { components: { schemas } });
        return { status: 200, headers: {}, body };
      },
    };
  }

  it("asks once for each kind in the versions that matter", async () => {
    const cluster = client(["policy/v1 PodDisruptionBudget"]);
    const served = await askServed(cluster, [{ id: "app", objects: [budget, budget, thing] }]);
    expect(served.serves("policy/v1", "PodDisruptionBudget")).toBe(true);
    expect(served.serves("policy/v1beta1", "PodDisruptionBudget")).toBe(false);
    expect(new Set(cluster.asked).size).toBe(cluster.asked.length);
    expect(cluster.asked).toContain("example.org/v1alpha1 Thing");
  });

  it("learns the fields of Kubernetes' own kinds, and drops others", async () => {
    const typo = object("policy/v1", "PodDisruptionBudget", { spec: {}, sepc: {} });
    const components = [{ id: "app", objects: [typo] }];
    const served = await askServed(client(["policy/v1 PodDisruptionBudget"]), components);
    const { components: converted, changes } = migrate(components, served);
    expect(converted[0]?.objects[0]).not.toHaveProperty("sepc");
    expect(changes).toMatchObject([
      { to: "policy/v1", notes: [{ id: "conversion.undeclared", params: { fields: "sepc" } }] },
    ]);
  });

  it.each(["object-not-found", "forbidden", "kind-unknown"] as const)("does without them: %s", async (code) => {
    const cluster = client(["policy/v1 PodDisruptionBudget"], new FlowdeckError(code, verbatim("no")));
    const served = await askServed(cluster, [{ id: "app", objects: [budget] }]);
    expect(served.serves("policy/v1", "PodDisruptionBudget")).toBe(true);
    expect(served.schemaOf?.("policy/v1", "PodDisruptionBudget")).toBeUndefined();
  });

  it("passes on what is no answer", async () => {
    const gone = new FlowdeckError("cluster-unreachable", verbatim("gone"));
    const failing = { ...client([]), resourceFor: () => Promise.reject(gone) };
    await expect(askServed(failing, [{ id: "app", objects: [budget] }])).rejects.toBe(gone);
    const later = client(["policy/v1 PodDisruptionBudget"], gone);
    await expect(askServed(later, [{ id: "app", objects: [budget] }])).rejects.toBe(gone);
  });
});
