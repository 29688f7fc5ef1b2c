import type { pulseContract } from "../common/contract/index.ts";
import type { BrowserDeps, Part } from "./backend-parts.ts";
import { watchPulse } from "./overview/index.ts";
import type { Tables } from "./tables/index.ts";

/** How a cluster is doing at a glance. */
export function pulsePart({ connections, log }: BrowserDeps, tables: Tables): Part<typeof pulseContract> {
  return {
    methods: { "pulse.watch": (input, signal) => watchPulse({ connections, tables, log }, input, signal) },
    // Every stream ends with its reader.
    async close() {},
  };
}
