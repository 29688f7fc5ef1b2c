import { describe, expect, it } from "vitest";
import type { KindSchema, SchemaNode } from "../../../common/contract/index.ts";
import { parseJson } from "../../../common/json/index.ts";
import { changesBetween } from "../../../electron/edit/field-changes.ts";
import { SchemaPlace } from "../../../electron/edit/list-shapes.ts";
import { mergeChanges } from "../../../electron/edit/merge.ts";

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
    expect(changesBetween([{ name: "a" }, { name: "b" }], [{ name: "b" }, { name: "a" }])).toHaveLength(1);
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

const text: SchemaNode = { type: "string", value: "string" };

/** The schema of an object with one field called `list`. */
function placeOf(node: Partial<SchemaNode>, item: SchemaNode = text): SchemaPlace {
  const list: SchemaNode = { type: "[]Item", value: "list", item, ...node };
  const root: SchemaNode = { type: "Object", value: "object", fields: { list } };
  const schema: KindSchema = { group: "", version: "v1", kind: "A", root, definitions: {} };
  return new SchemaPlace(schema);
}

describe("lists as their schema says", () => {
  const port: SchemaNode = {
    type: "Port",
    value: "object",
    fields: { port: { type: "integer", value: "integer" }, protocol: { ...text, default: '"TCP"' } },
  };
  const ports = placeOf({ listType: "map", listKeys: ["port", "protocol"] }, port);

  it("are matched by all of their keys, with what a key is where it is left out", () => {
    const was = { list: [{ port: 53 }, { port: 53, protocol: "UDP" }] };
    const theirs = {
      list: [
        { port: 53, protocol: "TCP", node: 1 },
        { port: 53, protocol: "UDP" },
      ],
    };
    const mine = { list: [{ port: 53 }, { port: 53, protocol: "UDP", node: 2 }] };
    expect(mergeChanges(was, theirs, mine, "mine", ports)).toEqual({
      clashes: [],
      value: {
        list: [
          { port: 53, protocol: "TCP", node: 1 },
          { port: 53, protocol: "UDP", node: 2 },
        ],
      },
    });
    expect(changesBetween(was, mine, ports)).toEqual([{ path: "list[port=53,protocol=UDP].node", becomes: "2" }]);
  });

  it("are one value where they are atomic", () => {
    const atomic = placeOf({ listType: "atomic" });
    const merged = mergeChanges({ list: ["a", "b"] }, { list: ["x", "b"] }, { list: ["a", "y"] }, "mine", atomic);
    expect(merged).toEqual({ clashes: ["list"], value: { list: ["a", "y"] } });
  });

  it("are joined where they are sets", () => {
    const set = placeOf({ listType: "set" });
    const merged = mergeChanges(
      { list: ["a", "b", "c"] },
      { list: ["b", "c", "d"] },
      { list: ["a", "c", "e"] },
      "mine",
      set,
    );
    expect(merged).toEqual({ clashes: [], value: { list: ["c", "d", "e"] } });
  });

  it("clash where a key is missing or there twice", () => {
    const map = placeOf({ listType: "map", listKeys: ["id"] });
    const merged = mergeChanges(
      { list: [{ id: 1 }] },
      { list: [{ id: 1, a: 1 }] },
      { list: [{ a: 2 }] },
      "theirs",
      map,
    );
    expect(merged.clashes).toEqual(["list"]);
  });
});

describe("fields called as what every JavaScript object has", () => {
  const names = ["constructor", "toString", "valueOf", "hasOwnProperty", "__proto__"];
  const data = (entries: [string, unknown][]) => ({ data: Object.fromEntries(entries) });

  it.each(names)("%s is a field like any other", (name) => {
    const [none, one, two] = [data([]), data([[name, "1"]]), data([[name, "2"]])];
    const path = `data.${name}`;
    expect(changesBetween(none, one)).toEqual([{ path, becomes: '"1"' }]);
    expect(changesBetween(one, two)).toEqual([{ path, was: '"1"', becomes: '"2"' }]);
    expect(changesBetween(one, none)).toEqual([{ path, was: '"1"' }]);
    const mine = data([["mine", "3"]]);
    const merged = mergeChanges(none, one, mine, "mine");
    expect(Object.entries(Object(Object(merged.value).data))).toEqual([
      [name, "1"],
      ["mine", "3"],
    ]);
    expect(
      mergeChanges(
        one,
        data([
          [name, "1"],
          ["theirs", "3"],
        ]),
        two,
        "mine",
      ).clashes,
    ).toEqual([]);
  });
});

describe("whole numbers beyond 2^53", () => {
  const big = (number: string) => parseJson(`{"n":${number}}`);

  it("differ where one digit does", () => {
    expect(changesBetween(big("9007199254740992"), big("9007199254740993"))).toEqual([
      { path: "n", was: "9007199254740992", becomes: "9007199254740993" },
    ]);
    expect(mergeChanges(big("9007199254740993"), big("9007199254740993"), big("1"), "theirs").value).toEqual({ n: 1 });
  });
});
