import { describe, expect, it } from "vitest";
import { contextId, type ObjectText } from "../../../../../common/contract/index.ts";
import { kindOfText } from "../../../../../renderer/features/yaml/kind-of-text.ts";
import { isStillAs } from "../../../../../renderer/features/yaml/same-object.ts";
import { searchFields } from "../../../../../renderer/features/yaml/search-fields.ts";
import { starterNames, starters } from "../../../../../renderer/features/yaml/starters.ts";
import { explainField, nodeAt } from "../../../../../renderer/ui/yaml/schema.ts";
import { smallestChange } from "../../../../../renderer/ui/yaml/use-code-mirror.ts";
import { deployment } from "./support.ts";

describe("a kind's schema", () => {
  it("is followed through definitions, lists and maps", () => {
    expect(nodeAt(deployment, ["spec", "containers", 0, "imagePullPolicy"])?.enum).toContain("Never");
    expect(nodeAt(deployment, ["metadata", "labels", "any.thing/at-all"])?.type).toBe("string");
    expect(nodeAt(deployment, ["spec", "containers", "image"])).toBeUndefined();
    expect(nodeAt(deployment, ["spec", "nothing"])).toBeUndefined();
  });

  it("is explained by names alone", () => {
    const explained = explainField(deployment, ["spec", "containers", "env"]);
    expect(explained?.node.type).toBe("[]EnvVar");
    expect(explained?.fields.map(({ name, required }) => ({ name, required }))).toEqual([
      { name: "name", required: true },
      { name: "value", required: false },
    ]);
    expect(explainField(deployment, ["spec", "containers"])?.required).toBe(true);
    expect(explainField(deployment, ["spec", "none"])).toBeUndefined();
  });

  it("is searched by names, and by paths where a dot is typed", () => {
    expect(searchFields(deployment, "NAME").paths.map((path) => path.join("."))).toEqual([
      "metadata.name",
      "spec.containers.name",
      "spec.containers.env.name",
    ]);
    expect(searchFields(deployment, "env.val").total).toBe(1);
    expect(searchFields(deployment, " ").total).toBe(0);
  });

  it("is not searched again inside itself", () => {
    const node = { type: "Props", value: "object", ref: "Props" } as const;
    const recursive = {
      ...deployment,
      root: node,
      definitions: { Props: { ...node, ref: undefined, fields: { inner: node } } },
    };
    expect(searchFields(recursive, "inner").paths).toEqual([["inner"]]);
  });
});

describe("whether an object is still as its text", () => {
  const yaml = "kind: A\nmetadata:\n  name: a\n  resourceVersion: '1'\nspec:\n  a: 1\n  b: 2\nstatus:\n  x: 1\n";
  const text: ObjectText = { yaml, uid: "u", resourceVersion: "1", masked: false };
  const object = (change: object) => ({
    kind: "A",
    metadata: { name: "a", resourceVersion: "2", generation: 3 },
    spec: { b: 2, a: 1 },
    status: { x: 2 },
    ...change,
  });

  it("counts what people write, not its status", () => {
    expect(isStillAs(object({}), text)).toBe(true);
    expect(isStillAs(object({ spec: { a: 1, b: 3 } }), text)).toBe(false);
    expect(isStillAs(object({ metadata: { name: "a", labels: {} } }), text)).toBe(false);
  });

  it("is told by the version alone where values are hidden", () => {
    expect(isStillAs(object({}), { ...text, masked: true })).toBe(false);
    expect(isStillAs(object({}), { ...text, masked: true, resourceVersion: "2" })).toBe(true);
  });
});

describe("texts", () => {
  it("are told apart by what they are about", () => {
    const of = (text: string) => kindOfText(contextId.parse("c"), text);
    expect(of(starters.Deployment)).toEqual({ context: "c", group: "apps", version: "v1", kind: "Deployment" });
    expect(of(`---\n${starters.Pod}`)).toMatchObject({ group: "", version: "v1", kind: "Pod" });
    expect(of(`${starters.Pod}---\n${starters.Service}`)).toBeUndefined();
    expect(of("kind: Pod\n")).toBeUndefined();
    expect(starterNames.map((name) => of(starters[name])?.kind)).toEqual(starterNames);
  });

  it("are changed where they differ only", () => {
    const change = (before: string, after: string) => {
      const { from, to, insert } = smallestChange(before, after);
      expect(before.slice(0, from) + insert + before.slice(to)).toBe(after);
      return { from, to, insert };
    };
    expect(change("a: 1\nb: 2\n", "a: 1\nb: 33\n")).toEqual({ from: 8, to: 9, insert: "33" });
    expect(change("aa", "aaa").insert).toBe("a");
    expect(change("abc", "").to).toBe(3);
  });
});
