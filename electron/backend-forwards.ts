import type { BrowserDeps, Part } from "./backend-parts.ts";
import type { forwardsContract } from "./contract/index.ts";

export function forwardsPart(_deps: BrowserDeps): Part<typeof forwardsContract> {
  return { methods: {}, close: async () => undefined };
}
