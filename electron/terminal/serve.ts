import type { terminalContract } from "../../common/contract/index.ts";
import type { ClusterConnections } from "../cluster/index.ts";
import type { Served } from "../host/index.ts";
import type { Installer } from "../install/index.ts";
import type { Tools } from "../tools/index.ts";
import type { TerminalInstallation } from "./local.ts";
import { TerminalSessions } from "./sessions.ts";

/** The app's terminals, for {@link serveTerminal} and for rooms that run programs in one. */
export function terminalSessions({
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
}): TerminalSessions {
  async function installation(kfDir: string): Promise<TerminalInstallation | undefined> {
    const [entries, releases] = await Promise.all([installer.list(), installer.releases()]);
    const known = entries.find((entry) => entry.kfDir === kfDir);
    if (known?.settings === undefined) return undefined;
    const { name, baseDir, release } = known.settings;
    return { name, baseDir, kfDir, configUri: releases.find(({ id }) => id === release)?.configUri };
  }

  return new TerminalSessions({ connections, tools, dataDir, version, installation });
}

/** Shells in pods and terminals on this machine behind the contract. */
export function serveTerminal({ terminals }: { terminals: TerminalSessions }): Served<typeof terminalContract> {
  return {
    methods: {
      "terminal.open": ({ request, cols, rows }, signal) => terminals.open(request, { cols, rows }, signal),
      "terminal.list": (_input, signal) => terminals.list(signal),
      "terminal.attach": ({ session, from }, signal) => terminals.attach(session, from, signal),
      "terminal.write": async ({ session, writer, order, data, binary }) => {
        terminals.write(session, writer, order, Buffer.from(data, binary ? "latin1" : "utf8"));
        return {};
      },
      "terminal.resize": async ({ session, cols, rows }) => {
        terminals.resize(session, { cols, rows });
        return {};
      },
      "terminal.ack": async ({ session, upTo }) => {
        terminals.acknowledge(session, upTo);
        return {};
      },
      "terminal.close": async ({ session }) => {
        await terminals.closeSession(session);
        return {};
      },
    },
    close: () => terminals.close(),
  };
}
