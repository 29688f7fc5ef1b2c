import { describe, expect, it } from "vitest";
import type { KubeObject } from "../../../../electron/cluster/index.ts";
import { definition, oddDefinitions } from "./odd-definitions.ts";
import { becomes } from "./support.ts";

const open = { "x-kubernetes-preserve-unknown-fields": true };
type Version = { name: string; schema: { openAPIV3Schema: Record<string, unknown> } & object } & Record<
  string,
  unknown
>;

function v1(given: KubeObject) {
  const { result, notes } = becomes(given, "apiextensions.k8s.io/v1");
  const spec = result.spec as { versions: Version[] } & Record<string, unknown>;
  const schema = (version = 0) => spec.versions[version]?.schema.openAPIV3Schema;
  /** The schema of a field of spec. */
  const field = (name: string) => {
    const properties = schema()?.properties as { spec: { properties: Record<string, unknown> } } | undefined;
    return properties?.spec.properties[name];
  };
  return { result, notes, spec, schema, field };
}

function odd(name: string) {
  const found = oddDefinitions.find(({ metadata }) => metadata.name.startsWith(`${name}s.`));
  if (found === undefined) throw new Error(`no definition ${name}`);
  return v1(found);
}

/** A field of `spec` whose schema is `given`, in a definition that keeps unknown fields or drops them. */
const fieldOf = (given: unknown, preserveUnknownFields = true) =>
  v1(
    definition("one", {
      preserveUnknownFields,
      validation: {
        openAPIV3Schema: { type: "object", properties: { spec: { type: "object", properties: { a: given } } } },
      },
    }),
  );

describe("a definition", () => {
  it("without schema and versions gets both, and its default scope", () => {
    const { spec, notes } = odd("bare");
    expect(spec).toMatchObject({ scope: "Namespaced", group: "bare.odd.example.org" });
    expect(spec.versions).toEqual([
      { name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object", ...open } } },
    ]);
    expect(spec).not.toHaveProperty("version");
    for (const word of ["scope", "spec.versions", "There was no schema"]) expect(notes).toContain(word);
  });

  it("spreads over its versions what stood once, but not over what a version has itself", () => {
    const { spec, schema, notes } = odd("manyversions");
    expect(spec.versions.map(({ name, served, storage }) => [name, served, storage])).toEqual([
      ["v1", true, true],
      ["v1beta1", true, false],
      ["v1alpha1", false, false],
    ]);
    for (const version of spec.versions) expect(version.subresources).toHaveProperty("scale");
    expect(schema(0)).toEqual({ type: "object", ...open });
    expect(schema(1)?.properties).toEqual({ old: open });
    for (const name of ["validation", "subresources", "additionalPrinterColumns", "version"])
      expect(spec).not.toHaveProperty(name);
    expect(notes).toContain("spec.subresources");
  });

  it("has one version that is stored", () => {
    const versions = [
      { name: "a", served: true, storage: false },
      { name: "b", served: true, storage: false },
    ];
    expect(v1(definition("stored", { versions })).spec.versions.map(({ storage }) => storage)).toEqual([true, false]);
  });

  it("has printer columns of known types, with jsonPath", () => {
    const { spec, notes } = odd("manyversions");
    expect(spec.versions[0]?.additionalPrinterColumns).toEqual([
      { name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp" },
      { name: "Odd", type: "string", jsonPath: ".spec.a" },
    ]);
    expect(notes).toContain("jsonPath");
    expect(notes).toContain('"Odd" now has the type string');
    expect(notes).toContain('"fieldOfNobody"');
  });

  it("keeps its conversion webhook, without a bundle that holds nothing", () => {
    const { spec, notes } = odd("manyversions");
    expect(spec.conversion).toEqual({
      strategy: "Webhook",
      webhook: {
        clientConfig: { service: { name: "s", namespace: "default", path: "/convert" } },
        conversionReviewVersions: ["v1beta1"],
      },
    });
    expect(notes).toContain("caBundle");
    const caBundle = Buffer.from("-----BEGIN CERTIFICATE-----\n").toString("base64");
    const webhookClientConfig = { url: "https://a", caBundle };
    const own = v1(
      definition("own", { conversion: { strategy: "Webhook", webhookClientConfig, conversionReviewVersions: ["v1"] } }),
    );
    expect(own.spec.conversion).toEqual({
      strategy: "Webhook",
      webhook: { clientConfig: webhookClientConfig, conversionReviewVersions: ["v1"] },
    });
    const none = v1(definition("none", { conversion: { strategy: "None", conversionReviewVersions: ["v1"] } }));
    expect(none.spec.conversion).toEqual({ strategy: "None" });
  });

  it("of a community group says that nobody approved it; unknown fields and status go", () => {
    const { result, spec, notes } = odd("community");
    expect(result.metadata.annotations?.["api-approved.kubernetes.io"]).toMatch(/^unapproved/);
    expect(result).not.toHaveProperty("status");
    expect(spec).not.toHaveProperty("unknownField");
    for (const word of ["api-approved", "unknownField", "status"]) expect(notes).toContain(word);
    const said = { ...definition("said", {}), spec: { group: "a.k8s.io", version: "v1", names: {} } };
    said.metadata = {
      name: "x",
      annotations: { "api-approved.kubernetes.io": "https://github.com/kubernetes/x/pull/1" },
    };
    expect(v1(said).result.metadata.annotations).toEqual(said.metadata.annotations);
    expect(odd("bare").result.metadata.annotations).toBeUndefined();
  });
});

describe("unknown fields", () => {
  it("were kept by default, at every level, and are", () => {
    const { schema, spec, notes } = v1(
      definition("kept", {
        validation: {
          openAPIV3Schema: {
            properties: { spec: { properties: { a: { type: "object", properties: { b: { type: "string" } } } } } },
          },
        },
      }),
    );
    expect(spec).not.toHaveProperty("preserveUnknownFields");
    expect(schema()).toEqual({
      type: "object",
      ...open,
      properties: {
        spec: {
          type: "object",
          ...open,
          properties: { a: { type: "object", ...open, properties: { b: { type: "string" } } } },
        },
      },
    });
    expect(notes).toContain("Unknown fields are kept as before");
  });

  it("were dropped where it said so, and are", () => {
    const { schema, spec } = fieldOf({ type: "string" }, false);
    expect(spec.preserveUnknownFields).toBe(false);
    expect(JSON.stringify(schema())).not.toContain("preserve");
  });

  it("that were refused are dropped now", () => {
    const { field, notes } = odd("maps");
    expect(field("d")).toEqual({ type: "object", properties: { e: open } });
    expect(notes).toContain("rejected");
  });
});

describe("a schema becomes structural", () => {
  it("with types that other fields imply, and without any where all is allowed", () => {
    const { schema, field, notes } = odd("typeless");
    expect(schema()?.properties).toMatchObject({ spec: { type: "object" } });
    expect(field("a")).toEqual({ description: "anything", ...open });
    expect(field("list")).toEqual({ type: "array", items: open });
    expect(notes).toContain('"type: object" is added');
    expect(odd("noitems").field("list")).toEqual({ type: "array", items: open });
  });

  it.each(["either", "oneofboth"])("with integer or text in v1's form (%s)", (name) => {
    const { field, notes } = odd(name);
    expect(field("a")).toEqual({
      anyOf: [{ type: "integer" }, { type: "string" }],
      "x-kubernetes-int-or-string": true,
    });
    expect(notes).toContain("x-kubernetes-int-or-string");
  });

  it("leaving open what told other types apart", () => {
    const { field, notes } = odd("numbers");
    expect(field("a")).toEqual(open);
    expect(notes).toContain('"anyOf" is removed');
    const { field: not } = odd("nottype");
    expect(not("a")).toEqual(open);
    expect(not("b")).toEqual({ type: "string", not: { enum: ["no"] } });
  });

  it("with branches that only check values, of fields that stand outside too", () => {
    const { schema, notes } = odd("branches");
    expect(schema()?.properties).toEqual({
      spec: {
        type: "object",
        ...open,
        properties: { a: open, b: { ...open, items: open } },
        allOf: [
          {
            anyOf: [
              { properties: { a: {} }, required: ["a"] },
              { properties: { b: { items: {} } }, required: ["b"] },
            ],
          },
        ],
      },
    });
    expect(notes).toContain('"oneOf" became "anyOf"');
  });

  it("keeping branches that need no change", () => {
    const required = { type: "object", oneOf: [{ required: ["b"] }, { required: ["c"] }] };
    expect(fieldOf(required, false).field("a")).toEqual(required);
    const { schema } = odd("nested");
    expect(schema()?.properties).toMatchObject({
      spec: {
        properties: { c: open },
        allOf: [{ anyOf: [{ required: ["a"] }, { not: { properties: { c: { enum: ["x"] } } } }] }],
      },
    });
  });

  it("with a type that all branches agree on outside of them", () => {
    expect(odd("sametype").field("a")).toEqual({ type: "string", anyOf: [{ pattern: "^a" }, { format: "date" }] });
  });

  it("with maps", () => {
    const { field } = odd("maps");
    expect(field("a")).toEqual({ type: "object", additionalProperties: { type: "string" } });
    expect(field("b")).toEqual({ type: "object", ...open, properties: { c: { type: "string" } } });
    expect(odd("rootmap").schema()).toEqual({ type: "object", ...open });
  });

  it("saying of metadata only how names look", () => {
    const { schema, notes } = odd("metadata");
    expect(schema()?.properties).toEqual({
      apiVersion: { type: "string", description: "v" },
      kind: { type: "string" },
      metadata: { type: "object", properties: { name: { type: "string", maxLength: 63 } } },
    });
    expect(notes).toContain("metadata");
  });

  it("without keywords and types that it does not know", () => {
    const { schema, field, notes } = odd("keywords");
    expect(field("a")).toEqual({ type: "array", items: { type: "string" } });
    expect(field("b")).toEqual(open);
    expect(field("c")).toEqual({ type: "string" });
    expect(schema()).not.toHaveProperty("definitions");
    expect(schema()).not.toHaveProperty("$schema");
    for (const word of ['"uniqueItems"', '"$ref"', '"readOnly"']) expect(notes).toContain(word);
    const { field: wrong } = odd("wrongtype");
    expect([wrong("a"), wrong("b"), wrong("c")]).toEqual([open, open, { type: "array", items: open }]);
  });

  it("without defaults that were not applied", () => {
    expect(odd("defaults").field("a")).toEqual({ type: "integer" });
    expect(odd("defaults").notes).toContain('"default" is removed');
  });

  it("with defaults that its own schema takes, and no others", () => {
    const { field, notes } = odd("pruned");
    expect(field("good")).toEqual({ type: "integer", default: 3 });
    for (const name of ["bad", "odd", "deep"]) expect(field(name)).not.toHaveProperty("default");
    expect(notes).toContain('"default" is removed');
  });

  it("with lists told apart by keys that are always there", () => {
    const { field } = odd("pruned");
    expect(field("ports")).toMatchObject({ "x-kubernetes-list-type": "atomic" });
    expect(field("ports")).not.toHaveProperty("x-kubernetes-list-map-keys");
    const items = { type: "object", required: ["port"], properties: { port: { type: "integer" } } };
    const list = { type: "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["port"], items };
    expect(fieldOf(list, false).field("a")).toEqual(list);
  });

  it("with embedded objects, open ones, and integer or text", () => {
    const { field } = odd("pruned");
    expect(field("template")).toEqual({ type: "object", "x-kubernetes-embedded-resource": true, ...open });
    expect(field("open")).toEqual(open);
    expect(field("size")).toEqual({ "x-kubernetes-int-or-string": true });
  });

  it.each([
    [{ type: "string", nullable: true }, null, true],
    [{ type: "string" }, null, false],
    [{ type: "number", minimum: 1 }, 0, false],
    [{ type: "number", maximum: 1 }, 2, false],
    [{ type: "boolean" }, false, true],
    [{ type: "array", items: { type: "string" } }, ["a", 1], false],
    [{ type: "array", items: { type: "string" } }, ["a"], true],
    [{ type: "object", additionalProperties: { type: "integer" } }, { a: 1 }, true],
    [{ type: "object", additionalProperties: { type: "integer" } }, { a: "b" }, false],
    [{ type: "object", required: ["a"], properties: { a: { type: "string" } } }, {}, false],
    [{ type: "object", ...open }, { a: 1 }, true],
    [{ "x-kubernetes-int-or-string": true }, "80", true],
    [{ "x-kubernetes-int-or-string": true }, true, false],
  ])("%j takes the default %j: %s", (schema, value, takes) => {
    expect(Object.hasOwn(fieldOf({ ...schema, default: value }, false).field("a") as object, "default")).toBe(takes);
  });
});
