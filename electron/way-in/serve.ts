import type { wayInContract } from "../../common/contract/index.ts";
import { checkCertificate, readPem } from "../certificates/index.ts";
import type { ClusterConnections } from "../cluster/index.ts";
import type { Served } from "../host/index.ts";
import type { Installer } from "../install/index.ts";
import { changeWayIn } from "./change-way-in.ts";
import { choicesIn } from "./choices.ts";
import { expiriesNow, lookAtCertificates, watchExpiries } from "./expiries.ts";
import type { LookOptions } from "./look.ts";
import { SeenCertificates } from "./seen-certificates.ts";
import { watchWayIn } from "./watch-way-in.ts";

export interface WayInDeps {
  connections: ClusterConnections;
  installer: Installer;
  /** Where the app keeps until when certificates are valid. */
  dataDir: string;
  onDamaged?: (file: string, kept: string) => void;
  /** In place of this computer's DNS servers and the usual time-outs. */
  options?: Omit<LookOptions, "signal">;
}

/** How people reach an installation, behind the contract. */
export function serveWayIn({
  connections,
  installer,
  dataDir,
  onDamaged,
  options = {},
}: WayInDeps): Served<typeof wayInContract> {
  const seen = new SeenCertificates(dataDir, onDamaged);
  const expiryDeps = { connections, installer, seen };
  return {
    methods: {
      "wayIn.check": async ({ host, ...given }) => {
        const { usable: _usable, ...checked } = checkCertificate({ ...(await readPem(given)), host });
        return checked;
      },
      "wayIn.choices": ({ context }, signal) => connections.use(context, (client) => choicesIn(client, signal)),
      "wayIn.watch": (input, signal) => watchWayIn({ connections, installer, seen, options }, input, signal),
      "wayIn.expiries": async ({ context }, signal) => {
        if (context !== undefined) await lookAtCertificates(expiryDeps, context, signal);
        return expiriesNow(expiryDeps);
      },
      "wayIn.watchExpiries": (input, signal) => watchExpiries(expiryDeps, input, signal),
      "wayIn.plan": (request, signal) => installer.access.plan(request, signal),
      "wayIn.apply": (request, signal) => {
        // A new certificate counts from now on.
        const onChanged = () => lookAtCertificates(expiryDeps, request.context, signal);
        return changeWayIn({ connections, installer, options, onChanged }, request, signal);
      },
    },
  };
}
