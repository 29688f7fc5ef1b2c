import type { BrowserDeps, Part } from "./backend-parts.ts";
import type { pulseContract } from "./contract/index.ts";
import { watchPulse } from "./pulse/index.ts";
import type { Tables } from "./tables/index.ts";

/** How a cluster is doing at a glance. */
export function pulsePart({ connections, log }: BrowserDeps, tables: Tables): Part<typeof pulseContract> {
  return {
    methods: { "pulse.watch": (input, signal) => watchPulse({ connections, tables, log }, input, signal) },
    // Every stream ends with its reader.
    async close() {},
  };
}
