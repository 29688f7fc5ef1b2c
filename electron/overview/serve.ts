import type { pulseContract } from "../../common/contract/index.ts";
import type { ClusterConnections } from "../cluster/index.ts";
import type { HostLog, Served } from "../host/index.ts";
import type { Tables } from "../tables/index.ts";
import { watchPulse } from "./overview-watch.ts";

/** How a cluster is doing at a glance. */
export function serveOverview(deps: {
  connections: ClusterConnections;
  tables: Tables;
  log: HostLog;
}): Served<typeof pulseContract> {
  return {
    methods: { "pulse.watch": (input, signal) => watchPulse(deps, input, signal) },
  };
}
