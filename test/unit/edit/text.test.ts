import { describe, expect, it } from "vitest";
import { FlowdeckError } from "../../../common/contract/index.ts";
import { verbatim } from "../../../common/words/index.ts";
import { fieldPath, parseFieldPath } from "../../../electron/edit/field-path.ts";
import { findResource } from "../../../electron/edit/find-resource.ts";
import { compareKeys } from "../../../electron/edit/key-order.ts";
import { readRefusal } from "../../../electron/edit/server-validation-errors.ts";
import { readYaml, toYaml } from "../../../electron/edit/yaml-text.ts";

describe("field paths", () => {
  it.each([
    ["spec.ports[0].port", ["spec", "ports", 0, "port"]],
    ["data[a.b/c]", ["data", "a.b/c"]],
    ['.spec.containers[name="app"].image', ["spec", "containers", { match: { name: "app" } }, "image"]],
    ['spec.ports[port=80,protocol="TCP"]', ["spec", "ports", { match: { port: "80", protocol: "TCP" } }]],
    ["metadata.annotations[example.com/a]", ["metadata", "annotations", "example.com/a"]],
  ])("are read: %s", (path, steps) => {
    expect(parseFieldPath(path)).toEqual(steps);
  });

  it("are written in the form that is read", () => {
    const steps = ["spec", "containers", { match: { name: "app" } }, "env", 2, "a.b/c"];
    expect(parseFieldPath(steps.reduce(fieldPath, ""))).toEqual(steps);
  });
});

describe("YAML as kubectl has it", () => {
  it("is read with 1.1's booleans and octals, and without dates", () => {
    const text = "a: yes\nb: 0644\nc: 12:30:45\nd: 2020-01-01\ne: 'on'\nf: ~";
    expect(readYaml(text).documents[0]?.value).toEqual({
      a: true,
      b: 420,
      c: "12:30:45",
      d: "2020-01-01",
      e: "on",
      f: null,
    });
  });

  it("comes back the same, with its keys sorted", () => {
    const value = { b: ["x", "1", { c: null }], a10: "yes", a2: "0644", text: "one\n two\n", z: "null", y: "" };
    const text = toYaml(value);
    expect(readYaml(text).documents[0]?.value).toEqual(value);
    expect(text.match(/^[a-z]\w*/gm)).toEqual(["a2", "a10", "b", "text", "z"]);
  });

  it("orders keys as kubectl does", () => {
    const keys = ["b", "a10", "app.kubernetes.io/x", "a2", "app", "a-b", "B", "a", "1"];
    expect(keys.toSorted(compareKeys)).toEqual(["1", "B", "a", "a-b", "a2", "a10", "app", "app.kubernetes.io/x", "b"]);
  });

  it("says where it is broken", () => {
    expect(readYaml("a: 1\na: 2").problems).toMatchObject([{ kind: "syntax", from: { line: 2, column: 1 } }]);
    expect(readYaml("a:\n\t- b").problems).toMatchObject([{ kind: "syntax", from: { line: 2 } }]);
    expect(readYaml("a: *b").problems).toHaveLength(1);
  });

  it("knows where each document and field stands", () => {
    const { documents } = readYaml("---\n# nothing\n---\na:\n- name: x\n  image: y\n---\nk.l: 1\n");
    expect(documents.map(({ line }) => line)).toEqual([4, 8]);
    expect(documents[0]?.placeOf(parseFieldPath("a[0].image"))).toEqual({
      from: { line: 6, column: 3 },
      to: { line: 6, column: 8 },
    });
    expect(documents[0]?.placeOf(parseFieldPath("a[name=x].gone"))?.from).toEqual({ line: 5, column: 3 });
    expect(documents[1]?.placeOf(["k", "l"])?.from).toEqual({ line: 8, column: 1 });
    expect(documents[0]?.placeOf(["nowhere"])).toBeUndefined();
  });
});

describe("what explain is asked", () => {
  const resource = (plural: string, group: string, kind: string, shortNames: string[] = []) => ({
    group,
    version: "v1",
    kind,
    plural,
    namespaced: true,
    verbs: [],
    singular: kind.toLowerCase(),
    shortNames,
    categories: [],
  });
  const served = [
    resource("services", "", "Service", ["svc"]),
    resource("pods", "", "Pod", ["po"]),
    resource("services", "serving.knative.dev", "Service", ["kservice"]),
  ];

  it.each([
    ["pods", "", []],
    ["po.spec.containers", "", ["spec", "containers"]],
    ["Service.spec", "", ["spec"]],
    ["services.serving.knative.dev", "serving.knative.dev", []],
    ["services.serving.knative.dev.spec", "serving.knative.dev", ["spec"]],
    ["kservice.spec.", "serving.knative.dev", ["spec"]],
  ])("is found: %s", (text, group, fields) => {
    const found = findResource(served, text);
    expect(found?.resource.group).toBe(group);
    expect(found?.fields).toEqual(fields);
  });

  it("is nothing that is not served", () => {
    expect(findResource(served, "frobs.spec")).toBeUndefined();
  });
});

it("does not take an error that is not about the text for a refusal", () => {
  const [document] = readYaml("a: 1").documents;
  if (document === undefined) throw new Error("no document");
  expect(readRefusal(new FlowdeckError("cluster-unreachable", verbatim("gone")), document)).toBeUndefined();
});
