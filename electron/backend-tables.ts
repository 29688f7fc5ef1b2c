import type { resourcesContract, tablesContract } from "../common/contract/index.ts";
import type { BrowserDeps, Part } from "./backend-parts.ts";
import { Finder, Tables, watchCounts, watchNamespaces, watchResources } from "./tables/index.ts";

/** Lists of objects, and what there is to list; its tables are what the pulse counts in, too. */
export function tablesPart(
  deps: BrowserDeps,
): Part<typeof tablesContract & typeof resourcesContract> & { tables: Tables } {
  const { connections, kubeconfigs, preferences, log } = deps;
  const favourites = async (context: string) => (await preferences.get()).browse?.favouriteNamespaces[context] ?? [];
  const tables = new Tables({ connections, kubeconfigs, favourites, log });
  const known = (context: string) => tables.knownNamespaces(context);
  const finder = new Finder(connections, (input) => tables.find(input), known);
  return {
    tables,
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
