import { describe, expect, it } from "vitest";
import { readPath } from "../../../electron/tables/json-path.ts";

const object = {
  metadata: { name: "web", labels: { app: "shop", "example.org/team": "blue" } },
  spec: {
    replicas: 0,
    paused: false,
    nothing: null,
    containers: [
      { name: "a", image: "x:1" },
      { name: "b", image: "y:2" },
    ],
  },
  status: {
    conditions: [
      { type: "Available", status: "True" },
      { type: "Ready", status: "False", reason: "It's late" },
    ],
  },
};

describe("columns of one's own", () => {
  it.each([
    [".metadata.name", "web"],
    ["{.metadata.name}", "web"],
    ["metadata.name", "web"],
    ["$.metadata.name", "web"],
    [".metadata.labels.example\\.org/team", "blue"],
    [".metadata.labels['example.org/team']", "blue"],
    [".spec.containers[0].image", "x:1"],
    [".spec.containers[-1:].image", "y:2"],
    [".spec.containers[*].name", "a,b"],
    ["..image", "x:1,y:2"],
    ['.status.conditions[?(@.type=="Ready")].status', "False"],
    ["{.status.conditions[?(@.type=='Available')].status}", "True"],
    ['.status.conditions[?(@.type=="Other")].status', null],
    [".spec.replicas", 0],
    [".spec.paused", false],
    [".spec.nothing", null],
    [".spec.absent.deeper", null],
    [".metadata.labels", '{"app":"shop","example.org/team":"blue"}'],
  ])("%s reads %j", (path, value) => {
    expect(readPath(path)(object)).toBe(value);
  });

  it.each(["", "{}", ".", ".a[", ".a b[", ".a.['b']x"])("%j is no path", (path) => {
    expect(() => readPath(path)(object)).toThrow(expect.objectContaining({ code: "invalid-input" }));
  });

  it("runs no code", () => {
    const reader = (path: string) => {
      try {
        return readPath(path)(object);
      } catch {
        return null;
      }
    };
    for (const path of [
      ".spec.containers[?(@.name.constructor.constructor('globalThis.ran = true')())]",
      ".spec.containers[?(globalThis.ran = true)]",
      ".spec.containers[(globalThis.ran = true)]",
    ]) {
      reader(path);
      expect(globalThis).not.toHaveProperty("ran");
    }
  });
});
