import type { overviewContract } from "../../common/contract/index.ts";
import type { ClusterConnections } from "../cluster/index.ts";
import type { HostLog, Served } from "../host/index.ts";
import type { Tables } from "../tables/index.ts";
import { watchOverview } from "./overview-watch.ts";

/** How a cluster is doing at a glance. */
export function serveOverview(deps: {
  connections: ClusterConnections;
  tables: Tables;
  log: HostLog;
}): Served<typeof overviewContract> {
  return {
    methods: { "overview.watch": (input, signal) => watchOverview(deps, input, signal) },
  };
}
