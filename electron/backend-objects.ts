import type { BrowserDeps, Part } from "./backend-parts.ts";
import type { objectsContract } from "./contract/index.ts";
import { LiveLists, watchObject } from "./objects/index.ts";

export function objectsPart({ connections }: BrowserDeps): Part<typeof objectsContract> {
  const lists = new LiveLists(connections);
  return {
    methods: {
      "object.watch": (target, signal) => watchObject(lists, target, signal),
    },
    close: () => lists.close(),
  };
}
