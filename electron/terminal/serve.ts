import type { shellsContract } from "../../common/contract/index.ts";
import type { ClusterConnections } from "../cluster/index.ts";
import type { Served } from "../host/index.ts";
import type { Installer } from "../install/index.ts";
import type { Tools } from "../tools/index.ts";
import type { TerminalInstallation } from "./local.ts";
import { ShellSessions } from "./sessions.ts";

/** Shells in pods and terminals on this machine behind the contract. */
export function serveTerminal({
  connections,
  tools,
  dataDir,
  version,
  installer,
}: {
  connections: ClusterConnections;
  tools: Tools;
  dataDir: string;
  version: string;
  installer: Installer;
}): Served<typeof shellsContract> {
  async function installation(kfDir: string): Promise<TerminalInstallation | undefined> {
    const [entries, releases] = await Promise.all([installer.list(), installer.releases()]);
    const known = entries.find((entry) => entry.kfDir === kfDir);
    if (known?.settings === undefined) return undefined;
    const { name, baseDir, release } = known.settings;
    return { name, baseDir, kfDir, configUri: releases.find(({ id }) => id === release)?.configUri };
  }

  const shells = new ShellSessions({ connections, tools, dataDir, version, installation });
  return {
    methods: {
      "shells.open": ({ request, cols, rows }, signal) => shells.open(request, { cols, rows }, signal),
      "shells.list": (_input, signal) => shells.list(signal),
      "shells.attach": ({ session, from }, signal) => shells.attach(session, from, signal),
      "shells.write": async ({ session, writer, order, data, binary }) => {
        shells.write(session, writer, order, Buffer.from(data, binary ? "latin1" : "utf8"));
        return {};
      },
      "shells.resize": async ({ session, cols, rows }) => {
        shells.resize(session, { cols, rows });
        return {};
      },
      "shells.ack": async ({ session, upTo }) => {
        shells.acknowledge(session, upTo);
        return {};
      },
      "shells.close": async ({ session }) => {
        await shells.closeSession(session);
        return {};
      },
    },
    close: () => shells.close(),
  };
}
