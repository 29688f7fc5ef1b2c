import { join } from "node:path";
import type { InstallSettings, sdkTokenContract } from "../../common/contract/index.ts";
import { isSecure } from "../../common/contract/index.ts";
import type { ClusterConnections } from "../cluster/index.ts";
import type { Served } from "../host/index.ts";
import type { Installer } from "../install/index.ts";
import { createToken, profileNames } from "./sdk-token.ts";
import { TokenFiles } from "./token-files.ts";

export interface SdkTokenDeps {
  connections: Pick<ClusterConnections, "use">;
  installer: Pick<Installer, "recorded">;
  dataDir: string;
}

/** Tokens for programs that use Kubeflow, behind the contract. */
export function serveSdkTokens({ connections, installer, dataDir }: SdkTokenDeps): Served<typeof sdkTokenContract> {
  const files = new TokenFiles(join(dataDir, "tokens"));
  return {
    methods: {
      "sdkToken.profiles": ({ context }, signal) =>
        connections.use(context, async (client) => ({ profiles: await profileNames(client, signal) })),
      "sdkToken.create": async ({ context, kfDir, profile, hours }, signal) => {
        const known = (await installer.recorded()).find((one) => one.kfDir === kfDir);
        const address = known && addressOf(known.settings);
        return connections.use(context, (client) =>
          createToken({ client, context, profile, hours, files, address, signal }),
        );
      },
    },
  };
}

/** The address that people use from elsewhere; undefined where it is no name of its own. */
function addressOf({ access }: InstallSettings): string | undefined {
  if (access?.host === undefined || access.way === "forward" || access.way === "nodePort") return undefined;
  return `${isSecure(access) ? "https" : "http"}://${access.host}`;
}
