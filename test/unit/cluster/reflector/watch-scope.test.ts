import { describe, expect, it } from "vitest";
import { labelsSelectedBy } from "../../../../common/kube/index.ts";
import { matcherWithin, nameIn } from "../../../../electron/cluster/reflector/watch-scope.ts";
import type { KubeObject, WatchScope } from "../../../../electron/cluster/types.ts";

const pods = {
  ...{ group: "", version: "v1", kind: "Pod", plural: "pods", namespaced: true },
  ...{ verbs: ["list", "watch"], singular: "pod", shortNames: [], categories: [] },
};
const scope = (more: Partial<WatchScope> = {}): WatchScope => ({ resource: pods, as: "objects", ...more });
const pod = (name: string, namespace: string, labels: Record<string, string> = {}): KubeObject => ({
  ...{ apiVersion: "v1", kind: "Pod", metadata: { name, namespace, labels } },
  ...{ spec: { nodeName: "n1" }, status: { phase: "Running" } },
});

describe("a watch of everything", () => {
  it.each<[string, Partial<WatchScope>, KubeObject, KubeObject]>([
    ["a namespace", { namespace: "a" }, pod("x", "a"), pod("x", "b")],
    ["one object", { namespace: "a", fieldSelector: "metadata.name=x" }, pod("x", "a"), pod("y", "a")],
    [
      "a node's pods",
      { fieldSelector: "spec.nodeName=n1,status.phase!=Failed" },
      pod("x", "a"),
      {
        ...pod("x", "a"),
        spec: {},
      },
    ],
    [
      "labels",
      { labelSelector: "app=web,!old" },
      pod("x", "a", { app: "web" }),
      pod("x", "a", { app: "web", old: "" }),
    ],
  ])("brings %s, and tells what belongs to it", (_, narrow, inside, outside) => {
    const matches = matcherWithin(scope(), scope(narrow));
    expect(matches?.(inside)).toBe(true);
    expect(matches?.(outside)).toBe(false);
  });

  it.each<[string, Partial<WatchScope>]>([
    ["another resource", { resource: { ...pods, plural: "services" } }],
    ["another version", { resource: { ...pods, version: "v2" } }],
    ["fields that only the server knows", { fieldSelector: "status.podIP=10.0.0.1" }],
    ["a selector that cannot be read", { labelSelector: "app = = web" }],
    ["fields with escapes", { fieldSelector: "metadata.name=a\\,b" }],
  ])("does not stand for %s", (_, narrow) => {
    expect(matcherWithin(scope(), scope(narrow))).toBeUndefined();
  });
});

describe("a narrow watch", () => {
  it("stands for the same question", () => {
    const narrow = scope({ namespace: "a", labelSelector: "app=web", fieldSelector: "status.podIP=1" });
    expect(matcherWithin(narrow, { ...narrow })?.(pod("x", "a"))).toBe(true);
    expect(matcherWithin(scope({ as: "metadata" }), scope({ as: "metadata" }))).toBeDefined();
  });

  it.each<[string, Partial<WatchScope>, Partial<WatchScope>]>([
    ["everything", { namespace: "a" }, {}],
    ["another namespace", { namespace: "a" }, { namespace: "b" }],
    ["what other labels select", { labelSelector: "app=web" }, { labelSelector: "app=db" }],
    ["what no labels select", { labelSelector: "app=web" }, {}],
    ["what other fields select", { fieldSelector: "metadata.name=x" }, { fieldSelector: "metadata.name=y" }],
    ["whole objects, where it has metadata", { as: "metadata" }, {}],
    ["fields, where it has metadata", { as: "metadata" }, { as: "metadata", fieldSelector: "spec.nodeName=n1" }],
  ])("does not stand for %s", (_, wide, narrow) => {
    expect(matcherWithin(scope(wide), scope(narrow))).toBeUndefined();
  });
});

it.each([
  ["a=b", { a: "b" }, true],
  ["a==b", { a: "c" }, false],
  ["a!=b", {}, true],
  ["a!=b", { a: "b" }, false],
  ["a", { a: "" }, true],
  ["!a", { a: "" }, false],
  ["a in (x, y),c", { a: "y", c: "1" }, true],
  ["a in (x,y)", {}, false],
  ["a notin (x,y)", { a: "x" }, false],
  ["a notin (x,y)", {}, true],
  ["app.kubernetes.io/name=web", { "app.kubernetes.io/name": "web" }, true],
])("the labels that %s selects", (selector, labels, selected) => {
  expect(labelsSelectedBy(selector)?.(labels)).toBe(selected);
});

it("a name is read from a field selector", () => {
  expect(nameIn("metadata.name=web")).toBe("web");
  expect(nameIn("type=Warning,metadata.name=web,a=b")).toBe("web");
  expect(nameIn("metadata.name!=web")).toBeUndefined();
  expect(nameIn("involvedObject.metadata.name=web")).toBeUndefined();
  expect(nameIn(undefined)).toBeUndefined();
});
