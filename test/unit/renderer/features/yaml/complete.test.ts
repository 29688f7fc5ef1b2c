import { describe, expect, it } from "vitest";
import { suggestionsAt } from "../../../../../renderer/ui/yaml/complete.ts";
import { cursorPlace, keyPath } from "../../../../../renderer/ui/yaml/cursor-path.ts";
import { deployment } from "./support.ts";

/** A text with `|` where the cursor is. */
function at(marked: string) {
  const before = marked.slice(0, marked.indexOf("|")).split("\n");
  return { lines: marked.replace("|", "").split("\n"), line: before.length - 1, column: before.at(-1)?.length ?? 0 };
}

const place = (marked: string) => {
  const { lines, line, column } = at(marked);
  return cursorPlace(lines, line, column);
};

describe("the place of the cursor", () => {
  it.each([
    ["|", [], "key"],
    ["kind: Deployment\nsp|", [], "key"],
    ["spec:\n  |", ["spec"], "key"],
    ["spec:\n  replicas: |", ["spec", "replicas"], "value"],
    ["spec:\n  replicas: 3|", ["spec", "replicas"], "value"],
    ["spec:\n  containers:\n  - |", ["spec", "containers", 0], "key"],
    ["spec:\n  containers:\n    - na|", ["spec", "containers", 0], "key"],
    ["spec:\n  containers:\n  - name: a\n    |", ["spec", "containers", 0], "key"],
    ["spec:\n  containers:\n  - name: a\n  - name: b\n    im|", ["spec", "containers", 0], "key"],
    [
      "spec:\n  containers:\n  - name: a\n    env:\n    - name: A\n      value: |",
      ["spec", "containers", 0, "env", 0, "value"],
      "value",
    ],
    ["spec:\n  containers:\n  - name: a\n  |", ["spec"], "key"],
    ["spec:\n  containers:\n  - name: a\n|", [], "key"],
    ["metadata:\n  labels:\n    a: b\n  # a remark\n\n  |", ["metadata"], "key"],
    ['metadata:\n  annotations:\n    "a/b: c": |', ["metadata", "annotations", "a/b: c"], "value"],
    ["kind: A\nspec:\n  x: 1\n---\nkind: B\nspec:\n  |", ["spec"], "key"],
    ["spec:\n  a:\n    - - b: 1\n      - |", ["spec", "a", 0, 0], "key"],
  ])("is found in %j", (marked, path, where) => {
    expect(place(marked)).toMatchObject({ path, at: where });
  });

  it.each([
    ["a comment", "spec: # what|"],
    ["block text", "data:\n  script: |-\n    if x:\n      y|".replace("|-", ">-")],
    ["a flow collection", "spec: {repl|"],
    ["a dash", "spec:\n  containers:\n  -|"],
    ["right after a key", "spec:|"],
  ])("is none in %s", (_name, marked) => {
    expect(place(marked)).toBeUndefined();
  });

  it("is told for a key that is pointed at", () => {
    const lines = "spec:\n  containers:\n  - name: a\n    image: b".split("\n");
    expect(keyPath(lines, 2)).toEqual({ path: ["spec", "containers", 0, "name"], from: 4, to: 8 });
    expect(keyPath(lines, 3)?.path).toEqual(["spec", "containers", 0, "image"]);
    expect(keyPath(["# nothing"], 0)).toBeUndefined();
  });
});

describe("what can stand at the cursor", () => {
  const labels = (marked: string) => {
    const { lines, line, column } = at(marked);
    return suggestionsAt(deployment, lines, line, column)?.suggestions.map(({ label }) => label);
  };

  it("is the fields that are not there yet, above and below", () => {
    expect(labels("spec:\n  replicas: 1\n  |\n  paused: true\nstatus: {}")).toEqual([
      "containers",
      "maxSurge",
      "anything",
    ]);
    expect(labels("spec:\n  containers:\n  - name: a\n    |\n  - image: b")).toEqual([
      "image",
      "imagePullPolicy",
      "args",
      "env",
    ]);
    expect(labels("spec:\n  containers:\n  - name: a\n  - |")).toContain("name");
  });

  it("is the values that the schema names", () => {
    expect(labels("spec:\n  containers:\n  - imagePullPolicy: |")).toEqual(["Always", "IfNotPresent", "Never"]);
    expect(labels("spec:\n  paused: |")).toEqual(["true", "false"]);
    expect(labels("metadata:\n  labels:\n    |")).toEqual([]);
    expect(labels("spec:\n  unknown:\n    |")).toBeUndefined();
  });

  it("is written so that its value can be typed at once", () => {
    const text = (marked: string, wanted: string) => {
      const { lines, line, column } = at(marked);
      return suggestionsAt(deployment, lines, line, column)?.suggestions.find(({ label }) => label === wanted)?.text;
    };
    expect(text("spec:\n  |", "replicas")).toBe("replicas: ");
    expect(text("spec:\n  |", "containers")).toBe("containers:\n  - ");
    expect(text("|", "metadata")).toBe("metadata:\n  ");
    expect(text("spec:\n  containers:\n  |", "image")).toBeUndefined();
    expect(text("spec:\n  containers:\n    |", "image")).toBe("- image: ");
  });
});
