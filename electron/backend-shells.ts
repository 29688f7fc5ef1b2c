import type { BrowserDeps, Part } from "./backend-parts.ts";
import type { shellsContract } from "./contract/index.ts";

export function shellsPart(_deps: BrowserDeps): Part<typeof shellsContract> {
  return { methods: {}, close: async () => undefined };
}
