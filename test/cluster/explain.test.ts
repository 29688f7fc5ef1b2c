import { beforeAll, expect, it } from "vitest";
import type { KindSchema } from "../../common/contract/index.ts";
import { findResource, OpenApiSchemas } from "../../electron/edit/index.ts";
import { explainField, fieldsOf } from "../../renderer/ui/yaml/schema.ts";
import { clusterRoom } from "./cluster-room.ts";
import { eventually } from "./kubectl.ts";
import { orders } from "./orders.ts";
import { describeWithCluster } from "./support.ts";

await describeWithCluster("explanations", (test) => {
  const room = clusterRoom(test);
  const { kubectl } = room;
  const { signal } = new AbortController();
  const schemas = new OpenApiSchemas();

  beforeAll(async () => {
    await kubectl.apply(orders);
    await kubectl.wait("crd/orders.shop.example", "condition=Established");
    // The schema of a new definition is published a moment later.
    await eventually(() => kubectl.text("explain", "orders.spec"));
  });

  it.each([
    ["pods", []],
    ["pods", ["spec"]],
    ["pods", ["spec", "containers"]],
    ["po", ["spec", "containers", "imagePullPolicy"]],
    ["pods", ["spec", "containers", "resources", "limits"]],
    ["pods", ["spec", "volumes", "emptyDir"]],
    ["pods", ["spec", "affinity"]],
    ["pods", ["status", "phase"]],
    ["pods", ["metadata", "ownerReferences"]],
    ["pods", ["metadata", "creationTimestamp"]],
    ["services", ["spec", "ports"]],
    ["svc", ["spec", "ports", "targetPort"]],
    ["svc", ["spec", "type"]],
    ["deploy", ["spec", "strategy", "rollingUpdate"]],
    ["deployments.apps", ["spec", "template", "spec", "tolerations"]],
    ["cronjobs", ["spec", "jobTemplate", "spec"]],
    ["cronjobs.batch", ["spec", "concurrencyPolicy"]],
    ["configmaps", ["data"]],
    ["secrets", ["type"]],
    ["pvc", ["spec", "accessModes"]],
    ["nodes", ["spec", "taints"]],
    ["ingresses", ["spec", "rules", "http", "paths"]],
    ["networkpolicies", ["spec", "ingress"]],
    ["customresourcedefinitions", ["spec", "versions", "schema", "openAPIV3Schema", "properties"]],
    ["horizontalpodautoscalers", ["spec", "metrics"]],
    ["orders", []],
    ["orders.shop.example", ["spec"]],
    ["orders", ["spec", "lines"]],
    ["orders", ["spec", "colour"]],
    ["orders", ["metadata"]],
  ])("explains %s %j as kubectl does", async (resource, path) => {
    const asked = [resource, ...path].join(".");
    const { schema, fields } = await explain(asked);
    expect(fields).toEqual(path);
    const explanation = explainField(schema, fields);
    if (explanation === undefined) throw new Error(`${asked} is not explained.`);
    expect(facts(schema, fields, explanation)).toEqual(kubectlFacts(await kubectl.text("explain", asked)));
  });

  it("lists the fields of all levels as kubectl does", async () => {
    const { schema } = await explain("orders");
    const names = (node: KindSchema["root"], level: number): string[] =>
      fieldsOf(schema, node).flatMap(({ name, node: field, required }) => [
        `${"  ".repeat(level)}${name}\t<${field.type}>${required ? " -required-" : ""}`,
        ...names(field, level + 1),
      ]);
    const theirs = (await kubectl.text("explain", "orders", "--recursive")).split("FIELDS:\n")[1] ?? "";
    expect(names(schema.root, 1)).toEqual(theirs.split("\n").filter((line) => line.includes("\t")));
  });

  async function explain(asked: string): Promise<{ schema: KindSchema; fields: string[] }> {
    const client = await room.connections.client(room.context);
    try {
      const found = findResource(await client.resources(), asked);
      if (found === undefined) throw new Error(`${asked} is not found.`);
      return { schema: await schemas.schemaOf(client, found.resource, signal), fields: found.fields };
    } finally {
      await client.close();
    }
  }
});

interface Facts {
  kind: string;
  version: string;
  group: string;
  field: string;
  enums: string[];
  description: string;
  fields: { name: string; type: string; required: boolean; enum: string; description: string }[];
}

const words = (text: string) => text.replaceAll(/\s+/g, " ").trim();
const enumWords = (values: readonly unknown[]) => values.map((value) => (value === "" ? '""' : String(value)));

function facts(schema: KindSchema, path: string[], explanation: NonNullable<ReturnType<typeof explainField>>): Facts {
  const { node, descriptions, fields } = explanation;
  const name = path.at(-1);
  return {
    kind: schema.kind,
    version: schema.version,
    group: schema.group,
    field: name === undefined ? "" : `${name} <${node.type}>`,
    enums: name === undefined ? [] : enumWords(node.enum ?? []),
    description: words(descriptions.join("\n")) || "<empty>",
    fields: fields.map(({ name, node, required }) => ({
      name,
      type: node.type,
      required,
      enum:
        node.enum === undefined
          ? ""
          : enumWords(node.enum).slice(0, 4).join(", ") + (node.enum.length > 4 ? ", ...." : ""),
      description: words(node.description ?? "<no description>"),
    })),
  };
}

/** Reads what `kubectl explain` prints. */
function kubectlFacts(text: string): Facts {
  const [head = "", rest = ""] = text.split("DESCRIPTION:\n");
  const [description = "", list = ""] = rest.split(/^FIELDS:\n/m);
  const line = (name: string) => new RegExp(`^${name}:\\s+(.*)$`, "m").exec(head)?.[1]?.trim() ?? "";
  const fields = list.split(/^(?= {2}\S+\t<)/m).flatMap((part) => {
    const found = /^ {2}(\S+)\t<([^>]*)>( -required-)?\n(?: {2}enum: (.*)\n)?/.exec(part);
    if (found === null) return [];
    const [all, name = "", type = "", required, allowed = ""] = found;
    return [
      { name, type, required: required !== undefined, enum: allowed, description: words(part.slice(all.length)) },
    ];
  });
  const enums = /^ENUM:\n((?: {4}.*\n)*)/m.exec(head)?.[1] ?? "";
  return {
    kind: line("KIND"),
    version: line("VERSION"),
    group: line("GROUP"),
    field: line("FIELD"),
    enums: enums
      .split("\n")
      .map((each) => each.trim())
      .filter(Boolean),
    description: words(description),
    fields,
  };
}
