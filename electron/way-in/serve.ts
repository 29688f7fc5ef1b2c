import type { wayInContract } from "../../common/contract/index.ts";
import { checkCertificate, readPem } from "../certificates/index.ts";
import type { ClusterConnections } from "../cluster/index.ts";
import type { Served } from "../host/index.ts";
import type { Installer } from "../install/index.ts";
import { choicesIn } from "./choices.ts";
import type { LookOptions } from "./look.ts";
import { watchWayIn } from "./watch-way-in.ts";

export interface WayInDeps {
  connections: ClusterConnections;
  installer: Installer;
  /** In place of this computer's DNS servers and the usual time-outs. */
  options?: Omit<LookOptions, "signal">;
}

/** How people reach an installation, behind the contract. */
export function serveWayIn({ connections, installer, options = {} }: WayInDeps): Served<typeof wayInContract> {
  return {
    methods: {
      "wayIn.check": async ({ host, ...given }) => {
        const { usable: _usable, ...checked } = checkCertificate({ ...(await readPem(given)), host });
        return checked;
      },
      "wayIn.choices": ({ context }, signal) => connections.use(context, (client) => choicesIn(client, signal)),
      "wayIn.watch": (input, signal) => watchWayIn({ connections, installer, options }, input, signal),
      "wayIn.plan": (request, signal) => installer.access.plan(request, signal),
      "wayIn.apply": (request, signal) => installer.access.apply(request, signal),
    },
  };
}
