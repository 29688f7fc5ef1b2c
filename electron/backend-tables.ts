import type { BrowserDeps, Part } from "./backend-parts.ts";
import { FlowdeckError, type resourcesContract, type tablesContract } from "./contract/index.ts";
import { Tables, watchNamespaces, watchResources } from "./tables/index.ts";

const notYet = (): never => {
  throw new FlowdeckError("internal", "Not made yet.");
};

/** Lists of objects, and what there is to list. */
export function tablesPart(deps: BrowserDeps): Part<typeof tablesContract & typeof resourcesContract> {
  const { connections, kubeconfigs, log } = deps;
  const tables = new Tables({ connections, kubeconfigs, log });
  const known = (context: string) => tables.knownNamespaces(context);
  return {
    methods: {
      "resources.watch": ({ context }, signal) => watchResources(connections, context, signal),
      "resources.counts": notYet,
      "namespaces.watch": ({ context }, signal) => watchNamespaces({ connections, known }, context, signal),
      "table.open": (input, signal) => tables.open(input, signal),
      "table.query": async (input) => {
        await tables.query(input);
        return {};
      },
      "table.keys": async (input) => ({ keys: await tables.keys(input) }),
      "table.export": async (input) => ({ text: await tables.export(input) }),
      "objects.find": notYet,
    },
    close: () => tables.close(),
  };
}
