import type { installedContract } from "../../common/contract/index.ts";
import type { ClusterConnections } from "../cluster/index.ts";
import type { Served } from "../host/index.ts";
import type { Installer } from "../install/index.ts";
import { LiveLists } from "../objects/index.ts";
import { countInstallations } from "./count-installations.ts";
import { watchInstalled } from "./watch-installed.ts";

/** What is installed in a cluster, as it is now. */
export function serveInstalled(deps: {
  connections: ClusterConnections;
  installer: Installer;
}): Served<typeof installedContract> {
  const lists = new LiveLists(deps.connections);
  return {
    methods: {
      "installed.find": async ({ context }, signal) => ({
        installations: await countInstallations(deps, context, signal),
      }),
      "installed.watch": ({ context }, signal) => watchInstalled({ ...deps, lists }, context, signal),
    },
    close: () => lists.close(),
  };
}
