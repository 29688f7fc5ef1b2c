import type { logsContract } from "../../common/contract/index.ts";
import type { ClusterConnections } from "../cluster/index.ts";
import type { Served } from "../host/index.ts";
import { Logs } from "./logs.ts";

/** Logs of pods and workloads, kept and searched beside the page. */
export function serveLogs({ connections }: { connections: ClusterConnections }): Served<typeof logsContract> {
  const logs = new Logs(connections);
  return {
    methods: {
      "logs.open": (input, signal) => logs.open(input, signal),
      "logs.query": async ({ view, query }) => {
        logs.session(view).query = query;
        return {};
      },
      "logs.match": async ({ view, row, backwards }) => logs.session(view).match(row, backwards),
      "logs.locate": async ({ view, line }) => ({ row: logs.session(view).locate(line) }),
      "logs.read": async ({ view, ...options }) => logs.session(view).read(options),
      "logs.line": async ({ view, line }) => logs.session(view).line(line),
      "logs.clear": async ({ view }) => {
        logs.session(view).clear();
        return {};
      },
    },
    close: async () => logs.close(),
  };
}
