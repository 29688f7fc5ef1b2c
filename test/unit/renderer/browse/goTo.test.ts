import { describe, expect, it } from "vitest";
import { parseGoTo } from "../../../../renderer/browse/goTo.ts";
import { parseSelector } from "../../../../renderer/browse/head/selectorText.ts";
import { served } from "./served.ts";

const none = { namespaces: undefined, filter: undefined, labels: undefined };
const kind = (resource: string, more: object = {}) => ({ to: "kind", resource, ...none, ...more });

describe("a line after the colon", () => {
  it.each([
    ["po", kind("pods")],
    [":po", kind("pods")],
    ["deploy", kind("deployments.apps")],
    ["dp", kind("deployments.apps")],
    ["po kube-system", kind("pods", { namespaces: ["kube-system"] })],
    ["po -n kube-system", kind("pods", { namespaces: ["kube-system"] })],
    ["po a,b", kind("pods", { namespaces: ["a", "b"] })],
    ["po all", kind("pods", { namespaces: [] })],
    ["po -A", kind("pods", { namespaces: [] })],
    ["po kube-system /rx", kind("pods", { namespaces: ["kube-system"], filter: "rx" })],
    ["po /two words", kind("pods", { filter: "two words" })],
    ["po /", kind("pods")],
    ["po -l app=web,tier!=db", kind("pods", { labels: "app=web,tier!=db" })],
    ["po team -l app=web /x", kind("pods", { namespaces: ["team"], labels: "app=web", filter: "x" })],
    ["ns", kind("namespaces")],
    ["ns /team", kind("namespaces", { filter: "team" })],
    ["ns kubeflow", { to: "namespace", name: "kubeflow" }],
    ["ctx", { to: "context", name: "" }],
    ["ctx my cluster", { to: "context", name: "my cluster" }],
    ["q", { to: "quit" }],
    ["help", { to: "help" }],
  ])("%s", (line, goal) => expect(parseGoTo(line, served)).toEqual(goal));

  it.each(["", ":", "   ", "nothing", "nothing kube-system"])("names nothing: %j", (line) =>
    expect(parseGoTo(line, served)).toBeUndefined(),
  );
});

describe("a selector in the filter box", () => {
  it("is told from a filter", () => {
    expect(parseSelector("-l app=web, tier in (a, b)")).toBe("app=web, tier in (a, b)");
    expect(parseSelector("-l")).toBe("");
    expect(parseSelector("-load")).toBeUndefined();
    expect(parseSelector("web -l")).toBeUndefined();
  });
});
