import type { BrowserDeps, Part } from "./backend-parts.ts";
import type { editContract } from "./contract/index.ts";

export function editPart(_deps: BrowserDeps): Part<typeof editContract> {
  return { methods: {}, close: async () => undefined };
}
