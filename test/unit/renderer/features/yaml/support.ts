import type { KindSchema, SchemaNode } from "../../../../../common/contract/index.ts";

const text: SchemaNode = { type: "string", value: "string" };
const whole: SchemaNode = { type: "integer", value: "integer" };

/** A small Deployment: lists, maps, definitions, enums and required fields. */
export const deployment: KindSchema = {
  group: "apps",
  version: "v1",
  kind: "Deployment",
  root: {
    type: "Object",
    value: "object",
    fields: {
      apiVersion: text,
      kind: text,
      metadata: { type: "ObjectMeta", value: "object", ref: "ObjectMeta" },
      spec: { type: "DeploymentSpec", value: "object", ref: "DeploymentSpec", description: "What is wanted." },
      status: { type: "Object", value: "object", fields: {} },
    },
  },
  definitions: {
    ObjectMeta: {
      type: "Object",
      value: "object",
      fields: { name: text, labels: { type: "map[string]string", value: "map", item: text } },
    },
    DeploymentSpec: {
      type: "Object",
      value: "object",
      required: ["containers"],
      fields: {
        replicas: { ...whole, description: "How many." },
        paused: { type: "boolean", value: "boolean" },
        containers: {
          type: "[]Container",
          value: "list",
          item: { type: "Container", value: "object", ref: "Container" },
        },
        maxSurge: { type: "IntOrString", value: "int-or-string" },
        anything: { type: "Object", value: "object", open: true },
      },
    },
    Container: {
      type: "Object",
      value: "object",
      required: ["name"],
      fields: {
        name: text,
        image: text,
        imagePullPolicy: { ...text, enum: ["Always", "IfNotPresent", "Never"], default: '"Always"' },
        args: { type: "[]string", value: "list", item: text },
        env: {
          type: "[]EnvVar",
          value: "list",
          item: { type: "EnvVar", value: "object", required: ["name"], fields: { name: text, value: text } },
        },
      },
    },
  },
};
