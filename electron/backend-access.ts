import type { BrowserDeps, Part } from "./backend-parts.ts";
import type { accessContract } from "./contract/index.ts";

export function accessPart(_deps: BrowserDeps): Part<typeof accessContract> {
  return { methods: {}, close: async () => undefined };
}
