import { describe, expect, it } from "vitest";
import type { KindSchema, SchemaNode } from "../../../../common/contract/index.ts";
import type { Message } from "../../../../common/words/index.ts";
import { dropUndeclared } from "../../../../electron/kfdef/migration/unknown-fields.ts";
import { object, wordsOf } from "./support.ts";

const text: SchemaNode = { type: "string", value: "string" };
const open: SchemaNode = { type: "Object", value: "object", open: true, fields: { known: text } };
const port: SchemaNode = { type: "Port", value: "object", fields: { name: text } };
const schema: KindSchema = {
  group: "",
  version: "v1",
  kind: "Service",
  root: {
    type: "Service",
    value: "object",
    fields: {
      apiVersion: text,
      kind: text,
      metadata: { type: "ObjectMeta", value: "object", ref: "Meta" },
      spec: {
        type: "Spec",
        value: "object",
        fields: {
          ports: { type: "[]Port", value: "list", item: port },
          byName: { type: "map[string]Port", value: "map", item: port },
          any: open,
          loose: { type: "Object", value: "any" },
        },
      },
    },
  },
  definitions: {
    Meta: {
      type: "ObjectMeta",
      value: "object",
      fields: { name: text, labels: { type: "map", value: "map", item: text } },
    },
  },
};

function dropped(given: Record<string, unknown>) {
  const notes: Message[] = [];
  const service = object("v1", "Service", given);
  const before = structuredClone(service);
  const result = dropUndeclared(service, schema, (said) => notes.push(said));
  expect(service).toEqual(before);
  return { service, result, notes: wordsOf(notes) };
}

describe("fields that a kind does not have", () => {
  it("are dropped wherever they stand, and told", () => {
    const { result, notes } = dropped({
      metadata: { name: "one", labels: { anything: "goes" }, lables: {} },
      spec: { ports: [{ name: "a" }, { name: "b", targePort: 1 }], byName: { x: { nane: "c" } }, selectr: null },
      sepc: 1,
    });
    expect(result).toEqual({
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "one", labels: { anything: "goes" } },
      spec: { ports: [{ name: "a" }, { name: "b" }], byName: { x: {} } },
    });
    for (const words of ["metadata.lables", "spec.ports[1].targePort", "spec.byName.x.nane"])
      expect(notes).toContain(words);
    expect(notes).toContain("and 1 more");
  });

  it("stay where the schema lets anything stand", () => {
    const { service, result, notes } = dropped({
      spec: { any: { a: { b: 1 } }, loose: { c: [2] }, ports: "not a list" },
    });
    expect(result).toBe(service);
    expect(notes).toBe("");
  });

  it("are not mistaken for what every object inherits", () => {
    expect(dropped({ spec: { toString: "x" } }).result.spec).toEqual({});
  });
});
