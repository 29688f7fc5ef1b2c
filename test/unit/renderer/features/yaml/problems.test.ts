import { describe, expect, it } from "vitest";
import { findProblems } from "../../../../../renderer/ui/yaml/problems.ts";
import { deployment } from "./support.ts";

function problems(text: string) {
  return findProblems(text, deployment).map(({ kind, from, to, params }) => ({
    kind,
    at: text.slice(from, to),
    ...params,
  }));
}

describe("what does not fit a kind's schema", () => {
  const good = "kind: Deployment\nspec:\n  containers:\n  - name: a\n";

  it("is nothing in a good text", () => {
    expect(
      problems(`${good}    args: ["1"]\n    image:\n  anything:\n    x: 1\n  maxSurge: 25%\nstatus:\n  what: ever`),
    ).toEqual([]);
  });

  it("is told with its place", () => {
    expect(problems(`${good}    imagee: x`)).toEqual([
      { kind: "unknownField", at: "imagee", field: "spec.containers[0].imagee" },
    ]);
    expect(problems(`${good}  replicas: many`)).toEqual([
      { kind: "wrongType", at: "many", field: "spec.replicas", type: "integer" },
    ]);
    expect(problems(`${good}    args: [1]`)).toEqual([
      { kind: "wrongType", at: "1", field: "spec.containers[0].args[0]", type: "string" },
    ]);
    expect(problems(`${good}    imagePullPolicy: Sometimes`)).toMatchObject([{ kind: "notAllowed", at: "Sometimes" }]);
    expect(problems("spec:\n  containers:\n    name: a")).toMatchObject([
      { kind: "wrongType", field: "spec.containers" },
    ]);
    expect(problems("spec:\n  replicas: 1")).toEqual([
      { kind: "missingField", at: "replicas", field: "spec.containers" },
    ]);
  });

  it("reads values as kubectl does", () => {
    expect(problems("spec:\n  paused: yes\n  replicas: 010\n  containers: []")).toEqual([]);
    expect(problems("spec:\n  containers:\n  - name: on")).toMatchObject([{ kind: "wrongType", at: "on" }]);
    expect(problems("spec:\n  containers:\n  - name: 2020-01-01")).toEqual([]);
  });

  it("is only what is wrong with the YAML, if something is", () => {
    expect(problems("spec: [\nfoo: 1")).toMatchObject([{ kind: "syntax" }]);
    expect(problems("a: 1\na: 2")).toMatchObject([{ kind: "syntax", at: "a" }]);
    expect(findProblems("foo: 1", undefined)).toEqual([]);
  });
});
