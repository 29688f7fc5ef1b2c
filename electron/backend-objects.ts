import type { BrowserDeps, Part } from "./backend-parts.ts";
import type { objectsContract } from "./contract/index.ts";

export function objectsPart(_deps: BrowserDeps): Part<typeof objectsContract> {
  return { methods: {}, close: async () => undefined };
}
