import type { BrowserDeps, Part } from "./backend-parts.ts";
import { FlowdeckError, type resourcesContract, type tablesContract } from "./contract/index.ts";

const notYet = (): never => {
  throw new FlowdeckError("internal", "Not made yet.");
};

export function tablesPart(_deps: BrowserDeps): Part<typeof tablesContract & typeof resourcesContract> {
  return {
    methods: {
      "resources.watch": notYet,
      "resources.counts": notYet,
      "namespaces.watch": notYet,
      "table.open": notYet,
      "table.query": notYet,
      "table.keys": notYet,
      "table.export": notYet,
      "objects.find": notYet,
    },
    close: async () => undefined,
  };
}
