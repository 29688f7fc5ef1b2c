import { describe, expect, it } from "vitest";
import { aliasClash, aliasLine } from "../../../../../renderer/features/browse/alias/aliases.ts";
import { parseSelector } from "../../../../../renderer/features/browse/head/selector-text.ts";
import { lineCommands, parseGoTo } from "../../../../../renderer/features/browse/parse-command-line.ts";
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

  it.each(["", ":", "   ", "nothing", "nothing kube-system", "constructor", "__proto__"])("names nothing: %j", (line) =>
    expect(parseGoTo(line, served)).toBeUndefined(),
  );
});

describe("an alias of the user's own", () => {
  const alias = (name: string, resource: string, namespaces: string[] = [], filter = "") => ({
    ...{ name, resource, namespaces, filter },
  });
  const own = [alias("web", "po", ["team-a"], "web"), alias("everything", "pods", ["*"]), alias("po", "deploy")];

  it.each([
    ["web", kind("pods", { namespaces: ["team-a"], filter: "web" })],
    ["web team-b", kind("pods", { namespaces: ["team-b"], filter: "web" })],
    ["web /other -l", kind("pods", { namespaces: ["team-a"], filter: "other -l" })],
    ["web -l app=x", kind("pods", { namespaces: ["team-a"], filter: "web", labels: "app=x" })],
    ["everything", kind("pods", { namespaces: [] })],
    ["po", kind("deployments.apps")],
    ["pods", kind("pods")],
  ])("%s", (line, goal) => expect(parseGoTo(line, served, own)).toEqual(goal));

  it("names nothing where its kind is not served", () => {
    expect(parseGoTo("x", served, [alias("x", "gone.example.com")])).toBeUndefined();
  });

  it("is written as a line would say it", () => {
    expect(own.map(aliasLine)).toEqual(["po team-a /web", "pods *", "deploy"]);
  });

  it("is told to clash with commands of lines, names of kinds, and other aliases", () => {
    const clash = (name: string) => aliasClash(name, served, own);
    expect(clash("q")).toEqual({ with: "command" });
    expect(clash("ctx")).toEqual({ with: "command" });
    expect(clash("deploy")).toMatchObject({ with: "kind", info: { kind: "Deployment" } });
    expect(clash("dp")).toMatchObject({ with: "kind", info: { kind: "Deployment" } });
    expect(clash("web")).toEqual({ with: "alias" });
    expect(clash("mine")).toBeUndefined();
    expect(clash("")).toBeUndefined();
  });

  it("can't be called like a command of lines: that would hide it", () => {
    for (const word of lineCommands) expect(parseGoTo(word, served, [alias(word, "po")])?.to).not.toBe("kind");
  });
});

describe("a selector in the filter box", () => {
  it("is told from a filter", () => {
    expect(parseSelector("-l app=web, tier in (a, b)")).toBe("app=web, tier in (a, b)");
    expect(parseSelector("-l")).toBe("");
    expect(parseSelector("-load")).toBeUndefined();
    expect(parseSelector("web -l")).toBeUndefined();
  });
});
