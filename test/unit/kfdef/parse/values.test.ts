import { describe, expect, it } from "vitest";
import { readKustomization } from "../../../../electron/kfdef/build/kustomization.ts";
import { inside } from "../../../../electron/kfdef/migration/json.ts";
import { parseKfDef } from "../../../../electron/kfdef/parse/index.ts";
import { kfdefText } from "../support.ts";

const large = "9007199254740993";

describe("values that JavaScript would change", () => {
  it("stay what they are in a KfDef: whole numbers beyond 2^53, and names that every object has", () => {
    const plugin = `  plugins:\n  - kind: Other\n    spec: {limit: ${large}, small: 5, part: 1.5}\n`;
    const text = kfdefText([{ name: "app", path: "app" }], "../repo", plugin).replace(
      "metadata:\n",
      `metadata:\n  labels: {build: ${large}, constructor: a, __proto__: b}\n`,
    );
    const { kfdef } = parseKfDef(text, "kfdef.yaml");
    expect(Object.entries(kfdef.metadata.labels)).toEqual([
      ["build", large],
      ["constructor", "a"],
      ["__proto__", "b"],
    ]);
    expect(kfdef.spec.plugins[0]?.spec).toEqual({ limit: 9007199254740993n, small: 5, part: 1.5 });
  });

  it("stay what they are in a kustomization", () => {
    expect(readKustomization(`commonLabels: {build: ${large}}\n`, "kustomization.yaml")).toEqual({
      commonLabels: { build: large },
    });
  });

  it("are not found in objects that do not have them", () => {
    expect(inside({ spec: {} }, "spec", "__proto__")).toBeUndefined();
    expect(inside({ spec: {} }, "constructor", "prototype")).toBeUndefined();
  });
});
