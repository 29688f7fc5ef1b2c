import { describe, expect, it } from "vitest";
import { type ClusterOverview, contextId, FlowdeckError, type TableView } from "../../../common/contract/index.ts";
import { verbatim } from "../../../common/words/index.ts";
import type { ClientRequest, WatchEvent } from "../../../electron/cluster/index.ts";
import { type OverviewOptions, watchOverview } from "../../../electron/overview/index.ts";

const gi = 2 ** 30;

const view = (total: number): TableView => ({
  ...{ columns: [], state: "live", updatedAt: 0, total, matched: total, warn: 0, bad: 0, done: 0, offset: 0, rows: [] },
});

function untilAborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve();
    signal?.addEventListener("abort", () => resolve());
  });
}

/** A cluster of so many pods, whose metrics answer as told. */
function clusterOf(pods: number, metrics: (request: ClientRequest) => string) {
  const open = { clients: 0, views: 0, watches: new Set<string>() };
  const asked: string[] = [];
  async function* watch(_version: string, kind: string, more?: { signal?: AbortSignal }): AsyncGenerator<WatchEvent> {
    open.watches.add(kind);
    try {
      if (kind === "Node") {
        const allocatable = { cpu: "4", memory: "8Gi" };
        const metadata = { name: "n1", uid: "n1" };
        yield { type: "added", object: { apiVersion: "v1", kind, metadata, status: { allocatable } } };
      }
      yield { type: "synced" };
      await untilAborted(more?.signal);
    } finally {
      open.watches.delete(kind);
    }
  }
  const options: OverviewOptions = {
    connections: {
      async use(_context, work) {
        open.clients++;
        try {
          await work({
            server: "https://api.example",
            watch,
            async request(request) {
              asked.push(request.path);
              return { status: 200, headers: {}, body: metrics(request) };
            },
          });
        } finally {
          open.clients--;
        }
      },
    },
    tables: {
      async *open({ source }, signal) {
        open.views++;
        try {
          yield view(source.plural === "pods" ? pods : 1);
          await untilAborted(signal);
        } finally {
          open.views--;
        }
      },
    },
    log: (line) => {
      throw new Error(line);
    },
  };
  return { options, open, asked };
}

async function seen(
  options: OverviewOptions,
  namespaces: string[],
  wanted: (overview: ClusterOverview) => boolean,
): Promise<ClusterOverview> {
  for await (const overview of watchOverview(
    options,
    { context: contextId.parse("c"), namespaces },
    new AbortController().signal,
  )) {
    if (wanted(overview)) return overview;
  }
  throw new Error("It ended.");
}

const settled = ({ usage, requests, nodes }: ClusterOverview) =>
  usage.state !== "waiting" && requests.state !== "waiting" && nodes.state !== "waiting";

const served = JSON.stringify({
  kind: "NodeMetricsList",
  items: [{ metadata: { name: "n1" }, usage: { cpu: "500m", memory: "2Gi" } }],
});

describe("the overview of a cluster", () => {
  it("tells usage where metrics are served, of all nodes or of the namespaces' pods", async () => {
    const { options, asked } = clusterOf(3, () => served);
    const all = await seen(options, [], settled);
    expect(all.usage).toMatchObject({ state: "served", sum: { cpu: 0.5, memory: 2 * gi } });
    expect(all.nodes).toMatchObject({ count: 1, allocatable: { cpu: 4, memory: 8 * gi } });
    await seen(options, ["a", "b"], settled);
    expect(asked).toEqual(
      ["nodes", "namespaces/a/pods", "namespaces/b/pods"].map((path) => `/apis/metrics.k8s.io/v1beta1/${path}`),
    );
  });

  it("tells apart metrics that are absent, forbidden, and broken", async () => {
    const cases = [
      ["kind-unknown", "absent"],
      ["forbidden", "forbidden"],
      ["server-error", "failed"],
    ] as const;
    for (const [code, state] of cases) {
      const { options } = clusterOf(3, () => {
        throw new FlowdeckError(code, verbatim("No."));
      });
      expect((await seen(options, [], settled)).usage.state).toBe(state);
    }
  });

  it("does not fetch the pods of a large cluster", async () => {
    const { options, open } = clusterOf(5_001, () => served);
    let watched = false;
    const { requests } = await seen(options, [], (overview) => {
      watched ||= open.watches.has("Pod");
      return settled(overview);
    });
    expect(requests).toMatchObject({ state: "leftOut", pods: 5_001 });
    expect(watched).toBe(false);
  });

  it("leaves nothing open when nobody looks any more", async () => {
    const { options, open } = clusterOf(3, () => served);
    await seen(options, [], settled);
    expect({ ...open, watches: [...open.watches] }).toEqual({ clients: 0, views: 0, watches: [] });
  });
});
