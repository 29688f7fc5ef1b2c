import type { ContextId, resourcesContract, tablesContract } from "../../common/contract/index.ts";
import type { ClusterConnections } from "../cluster/index.ts";
import type { Served } from "../host/index.ts";
import { watchCounts } from "./counts.ts";
import { watchResources } from "./discovery.ts";
import { Finder } from "./find.ts";
import { watchNamespaces } from "./namespaces.ts";
import type { Tables } from "./tables.ts";

/** Lists of objects, and what there is to list. */
export function serveTables({
  connections,
  tables,
}: {
  connections: ClusterConnections;
  tables: Tables;
}): Served<typeof tablesContract & typeof resourcesContract> {
  const known = (context: ContextId) => tables.knownNamespaces(context);
  const finder = new Finder(connections, (input) => tables.find(input), known);
  return {
    methods: {
      "resources.watch": ({ context }, signal) => {
        tables.warmUp();
        return watchResources(connections, context, signal);
      },
      "resources.counts": (input, signal) => watchCounts(connections, input, signal, known),
      "namespaces.watch": ({ context }, signal) => watchNamespaces({ connections, known }, context, signal),
      "table.open": (input, signal) => tables.open(input, signal),
      "table.query": async (input) => {
        await tables.query(input);
        return {};
      },
      "table.keys": async (input) => ({ keys: await tables.keys(input) }),
      "table.export": async (input) => ({ text: await tables.export(input) }),
      "objects.find": async (input) => ({
        found: (await finder.find(input)).map(({ rank: _, namespace, ...row }) => ({
          context: input.context,
          ...row,
          ...(namespace === "" ? {} : { namespace }),
        })),
      }),
    },
    async close() {
      finder.close();
      await tables.close();
    },
  };
}
