import type { BrowserDeps, Part } from "./backend-parts.ts";
import type { logsContract } from "./contract/index.ts";

export function logsPart(_deps: BrowserDeps): Part<typeof logsContract> {
  return { methods: {}, close: async () => undefined };
}
