import { type editContract, FlowdeckError } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterConnections } from "../cluster/index.ts";
import type { Served } from "../host/index.ts";
import { ObjectCreator } from "./creator.ts";
import { ObjectEditor } from "./editor.ts";
import { findResource } from "./find-resource.ts";
import { OpenApiSchemas } from "./openapi.ts";

/** Objects as text, and the schemas that say what may stand in them. */
export function serveEdit({ connections }: { connections: ClusterConnections }): Served<typeof editContract> {
  const schemas = new OpenApiSchemas();
  const editor = new ObjectEditor(connections, schemas);
  const creator = new ObjectCreator(connections);
  return {
    methods: {
      "yaml.get": (target, signal) => editor.text(target, signal),
      "yaml.check": (input, signal) => editor.check(input, signal),
      "yaml.save": (input, signal) => editor.save(input, signal),
      "yaml.create": (input, signal) => creator.create(input, signal),
      "schema.get": async ({ context, ...kind }, signal) => {
        return await connections.use(context, async (client) => {
          return await schemas.schemaOf(client, kind, signal);
        });
      },
      "schema.find": async ({ context, text }, signal) => {
        return await connections.use(context, async (client) => {
          const found = findResource(await client.resources(signal), text);
          if (found === undefined) {
            throw new FlowdeckError(
              "kind-unknown",
              message("edit.resourceUnknown", { name: text.split(".")[0] ?? text }),
            );
          }
          const { group, version, plural, kind } = found.resource;
          return { resource: { context, group, version, plural }, kind, fields: found.fields };
        });
      },
    },
  };
}
