import { describe, expect, it } from "vitest";
import { changesBetween, mergeChanges } from "../../../electron/edit/merge.ts";

const base = {
  replicas: 1,
  labels: { a: "1", b: "2" } as Record<string, string>,
  containers: [
    { name: "app", image: "a:1", args: ["x", "y"] },
    { name: "side", image: "s:1" },
  ],
};

/** A copy with some of it changed. */
function but(change: (copy: typeof base & Record<string, unknown>) => void): typeof base {
  const copy = structuredClone(base);
  change(copy);
  return copy;
}

const [app, side] = base.containers;

describe("the changes between two objects", () => {
  it("are told field by field, list items by what they are known by", () => {
    const after = but((copy) => {
      copy.replicas = 2;
      copy.labels = { a: "1", c: "3" };
      copy.containers = [...(side ? [side] : []), { name: "app", image: "a:2", args: ["x", "z"] }];
    });
    expect(changesBetween(base, after)).toEqual([
      { path: "replicas", was: "1", becomes: "2" },
      { path: "labels.b", was: '"2"' },
      { path: "labels.c", becomes: '"3"' },
      { path: "containers[name=app].image", was: '"a:1"', becomes: '"a:2"' },
      { path: "containers[name=app].args[1]", was: '"y"', becomes: '"z"' },
    ]);
  });

  it("are none for the same, and the whole list for another order", () => {
    expect(changesBetween(base, structuredClone(base))).toEqual([]);
    expect(changesBetween([{ name: "a" }, { name: "b" }], [{ name: "b" }, { name: "a" }], "env")).toHaveLength(1);
    expect(changesBetween({ a: [1, 2] }, { a: [1] })).toEqual([{ path: "a", was: "[1,2]", becomes: "[1]" }]);
  });
});

describe("putting one's changes onto somebody else's", () => {
  it("keeps both where they are different fields", () => {
    const theirs = but((copy) => {
      copy.replicas = 5;
      copy.containers.push({ name: "new", image: "n:1" });
    });
    const mine = but((copy) => {
      copy.containers = copy.containers.filter(({ name }) => name !== "side");
      copy.containers[0] = { name: "app", image: "a:2", args: ["x", "y"] };
    });
    expect(mergeChanges(base, theirs, mine, "mine")).toEqual({
      clashes: [],
      value: {
        ...base,
        replicas: 5,
        containers: [
          { ...app, image: "a:2" },
          { name: "new", image: "n:1" },
        ],
      },
    });
  });

  it("tells where both changed the same, and lets the preferred side win", () => {
    const theirs = but((copy) => {
      copy.replicas = 5;
      copy.labels.a = "same";
    });
    const mine = but((copy) => {
      copy.replicas = 7;
      copy.labels.a = "same";
    });
    const asMine = mergeChanges(base, theirs, mine, "mine");
    expect(asMine.clashes).toEqual(["replicas"]);
    expect(asMine.value).toMatchObject({ replicas: 7, labels: { a: "same" } });
    expect(mergeChanges(base, theirs, mine, "theirs").value).toMatchObject({ replicas: 5 });
  });

  it("takes a deletion on one side and a change on the other for a clash", () => {
    const theirs = but((copy) => {
      copy.containers = app ? [app] : [];
    });
    const mine = but((copy) => {
      copy.containers[1] = { name: "side", image: "s:2" };
    });
    expect(mergeChanges(base, theirs, mine, "mine").clashes).toEqual(["containers[name=side]"]);
    expect(mergeChanges(base, theirs, mine, "theirs").value).toEqual(theirs);
  });

  it("clashes over lists whose items nobody can tell apart", () => {
    const merged = mergeChanges({ args: ["a"] }, { args: ["a", "b"] }, { args: ["c", "a"] }, "mine");
    expect(merged).toEqual({ value: { args: ["c", "a"] }, clashes: ["args"] });
  });
});
