import { expect, it } from "vitest";
import { mapMembers } from "../../../../common/json/index.ts";

const upper = (member: unknown) => (typeof member === "string" ? member.toUpperCase() : member);

it("copies only what changes", () => {
  const same = { a: "A", b: [1] };
  expect(mapMembers(same, upper)).toBe(same);
  const list = ["A", "b"];
  expect(mapMembers(list, upper)).toEqual(["A", "B"]);
  expect(list).toEqual(["A", "b"]);
});

it("gives the field's name, and none in an array", () => {
  const names: unknown[] = [];
  const note = (member: unknown, name?: string) => {
    names.push(name);
    return member;
  };
  mapMembers({ a: 1, b: 2 }, note);
  mapMembers([1], note);
  expect(names).toEqual(["a", "b", undefined]);
});

it("keeps a field that is called __proto__ a field", () => {
  const value = JSON.parse('{"__proto__": "a", "b": "c"}') as object;
  const changed = mapMembers(value, upper);
  expect(JSON.stringify(changed)).toBe('{"__proto__":"A","b":"C"}');
  expect(Object.getPrototypeOf(changed)).toBe(Object.prototype);
});
