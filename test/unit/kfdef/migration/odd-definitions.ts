import type { KubeObject } from "../../../../electron/cluster/index.ts";

/** A v1beta1 definition of its own group, named after what is odd about it. */
export function definition(name: string, spec: Record<string, unknown>): KubeObject {
  const kind = name.charAt(0).toUpperCase() + name.slice(1);
  const group = `${name}.odd.example.org`;
  return {
    apiVersion: "apiextensions.k8s.io/v1beta1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${name}s.${group}` },
    spec: { group, version: "v1", names: { kind, plural: `${name}s` }, ...spec },
  };
}

const schemaOf = (properties: unknown, more: object = {}) => ({
  validation: { openAPIV3Schema: { properties: { spec: properties }, ...more } },
});

/** What v1beta1 took, or let pass, and v1 refuses as it stands. */
export const oddDefinitions: readonly KubeObject[] = [
  definition("bare", {}),
  definition("empty", { validation: { openAPIV3Schema: {} }, scope: "Cluster", additionalPrinterColumns: null }),
  definition("typeless", schemaOf({ properties: { a: { description: "anything" }, list: { items: {} } } })),
  definition("noitems", schemaOf({ properties: { list: { type: "array" } }, type: "object" })),
  definition("either", schemaOf({ properties: { a: { anyOf: [{ type: "string" }, { type: "integer" }] } } })),
  definition("oneofboth", schemaOf({ properties: { a: { oneOf: [{ type: "string" }, { type: "integer" }] } } })),
  definition("numbers", schemaOf({ properties: { a: { anyOf: [{ type: "string" }, { type: "number" }] } } })),
  definition("branches", {
    ...schemaOf({
      oneOf: [
        { properties: { a: { type: "object", description: "first" } }, required: ["a"] },
        { properties: { b: { type: "array", items: { type: "string" } } }, required: ["b"] },
      ],
    }),
    subresources: { status: {} },
  }),
  definition(
    "nested",
    schemaOf({ allOf: [{ anyOf: [{ required: ["a"] }, { not: { properties: { c: { enum: ["x"] } } } }] }] }),
  ),
  definition(
    "sametype",
    schemaOf({
      properties: {
        a: {
          anyOf: [
            { type: "string", pattern: "^a" },
            { type: "string", format: "date" },
          ],
        },
      },
    }),
  ),
  definition(
    "nottype",
    schemaOf({ properties: { a: { not: { type: "string" } }, b: { type: "string", not: { enum: ["no"] } } } }),
  ),
  definition(
    "maps",
    schemaOf({
      properties: {
        a: { additionalProperties: { type: "string" } },
        b: { additionalProperties: true, properties: { c: { type: "string" } } },
        d: { type: "object", additionalProperties: false, properties: { e: {} } },
      },
    }),
  ),
  definition("rootmap", {
    validation: { openAPIV3Schema: { additionalProperties: { type: "object" }, nullable: true } },
  }),
  definition("metadata", {
    validation: {
      openAPIV3Schema: {
        properties: {
          apiVersion: { description: "v" },
          kind: {},
          metadata: { required: ["name"], properties: { name: { maxLength: 63 }, labels: { type: "object" } } },
        },
      },
    },
  }),
  definition(
    "keywords",
    schemaOf(
      {
        properties: {
          a: { type: "array", uniqueItems: true, items: { type: "string" } },
          b: { $ref: "#/definitions/x" },
          c: { readOnly: true, type: "string" },
        },
      },
      { definitions: { x: {} }, $schema: "http://json-schema.org/draft-04/schema#" },
    ),
  ),
  definition(
    "wrongtype",
    schemaOf({ properties: { a: { type: "any" }, b: { type: "int" }, c: { items: [{ type: "string" }] } } }),
  ),
  definition("defaults", schemaOf({ properties: { a: { type: "integer", default: 3 } } })),
  definition("pruned", {
    preserveUnknownFields: false,
    validation: {
      openAPIV3Schema: {
        type: "object",
        properties: {
          spec: {
            type: "object",
            properties: {
              good: { type: "integer", default: 3 },
              bad: { type: "integer", default: "three" },
              odd: { type: "string", enum: ["a"], default: "b" },
              deep: { type: "object", default: { unknown: 1 }, properties: { a: { type: "string" } } },
              ports: {
                type: "array",
                "x-kubernetes-list-type": "map",
                "x-kubernetes-list-map-keys": ["port", "protocol"],
                items: {
                  type: "object",
                  required: ["port"],
                  properties: { port: { type: "integer" }, protocol: { type: "string" } },
                },
              },
              template: { type: "object", "x-kubernetes-embedded-resource": true },
              open: { "x-kubernetes-preserve-unknown-fields": true },
              size: { "x-kubernetes-int-or-string": true, type: "string" },
            },
          },
        },
      },
    },
  }),
  definition("manyversions", {
    version: "v1",
    versions: [
      { name: "v1", served: true, storage: true },
      { name: "v1beta1", served: true, storage: false, schema: { openAPIV3Schema: { properties: { old: {} } } } },
      { name: "v1alpha1", served: false },
    ],
    conversion: {
      strategy: "Webhook",
      webhookClientConfig: { service: { name: "s", namespace: "default", path: "/convert" }, caBundle: "Cg==" },
    },
    additionalPrinterColumns: [
      { name: "Age", type: "date", JSONPath: ".metadata.creationTimestamp" },
      { name: "Odd", type: "object", JSONPath: ".spec.a", fieldOfNobody: 1 },
    ],
    subresources: { status: {}, scale: { specReplicasPath: ".spec.replicas", statusReplicasPath: ".status.replicas" } },
  }),
  {
    ...definition("community", {}),
    metadata: { name: "communitys.test.k8s.io" },
    spec: {
      group: "test.k8s.io",
      version: "v1",
      names: { kind: "Community", plural: "communitys" },
      unknownField: true,
    },
    status: { acceptedNames: { kind: "", plural: "" }, conditions: null, storedVersions: [] },
  },
];
