import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ClusterOverview } from "../../common/contract/index.ts";
import { at } from "../../common/json/index.ts";
import { serveObjects } from "../../electron/objects/index.ts";
import { watchOverview } from "../../electron/overview/index.ts";
import { eventually, Kubectl } from "./kubectl.ts";
import { describeWithCluster } from "./support.ts";
import { kubeconfigLike, openTables, type TablesRoom } from "./tables-support.ts";

await describeWithCluster("overview", (test) => {
  const kubectl = new Kubectl(test.tools, () => test.kubeconfig);
  const logged: string[] = [];
  let room: TablesRoom;

  beforeAll(async () => {
    room = await openTables(test.kubeconfig);
    await test.cluster.setFaults([{ id: "pull", image: "registry.example/missing*", kind: "image-pull" }]);
    const pod = (name: string, namespace: string, image: string, requests: object) => ({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, namespace },
      spec: { containers: [{ name: "main", image: `registry.example/${image}:1`, resources: { requests } }] },
    });
    await kubectl.apply(
      { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } },
      pod("well", "shop", "main", { cpu: "250m", memory: "1Gi" }),
      pod("broken", "shop", "missing", { cpu: "500m", memory: "512Mi" }),
      pod("other", "default", "main", { cpu: "1", memory: "128Mi" }),
    );
  });

  afterAll(async () => {
    await room.close();
  });

  /** Looks until the overview is as wanted, then looks away: everything behind it has ended when this is over. */
  async function seen(
    namespaces: string[],
    wanted: (overview: ClusterOverview) => boolean,
    through = room,
    meanwhile: () => Promise<void> = async () => undefined,
  ): Promise<ClusterOverview> {
    const ended = new AbortController();
    const options = {
      connections: through.connections,
      tables: through.tables,
      log: (line: string) => logged.push(line),
    };
    const late = setTimeout(() => ended.abort(), 40_000);
    let last: ClusterOverview | undefined;
    try {
      for await (last of watchOverview(options, { context: through.context, namespaces }, ended.signal)) {
        if (!wanted(last)) continue;
        await meanwhile();
        return last;
      }
    } finally {
      clearTimeout(late);
    }
    throw new Error(`The overview is not as wanted: ${JSON.stringify(last)}`);
  }

  const settled = (overview: ClusterOverview) =>
    overview.kinds.every(({ state }) => state === "live") &&
    overview.nodes.state === "live" &&
    overview.requests.state === "live" &&
    overview.usage.state !== "waiting";
  /** How many watches of a resource the API server answers now, its own controllers' included. */
  async function watches(resource: string): Promise<number> {
    const metrics = await kubectl.text("get", "--raw", "/metrics");
    const counts = metrics
      .split("\n")
      .filter((line) => line.startsWith("apiserver_longrunning_requests{") && line.includes(`resource="${resource}"`))
      .map((line) => Number(line.slice(line.lastIndexOf(" "))));
    return counts.reduce((sum, count) => sum + count, 0);
  }
  const of = (overview: ClusterOverview, plural: string) => overview.kinds.find((kind) => kind.plural === plural);

  async function lines(...args: string[]): Promise<string[]> {
    const { stdout } = await kubectl.run(["get", ...args, "--no-headers"]);
    return stdout.split("\n").filter((line) => line !== "");
  }

  it("counts as kubectl does, and knows what is broken", async () => {
    await eventually(async () => {
      const [line = ""] = await lines("pod", "broken", "-n", "shop");
      if (!/ImagePull/.test(line)) throw new Error(`Not broken yet: ${line}`);
      return true;
    });
    await kubectl.wait("pod/well", "condition=Ready", "-n", "shop");
    const overview = await seen([], (now) => settled(now) && of(now, "pods")?.bad === 1);
    for (const { plural, group, total, problem } of overview.kinds) {
      const wanted = (await lines(group === "" ? plural : `${plural}.${group}`, "-A")).length;
      expect({ plural, total, problem }).toEqual({ plural, total: wanted, problem: undefined });
    }
    const failing = (await lines("pods", "-A")).filter((line) => /ImagePull|CrashLoop|Error/.test(line));
    expect(of(overview, "pods")?.bad).toBe(failing.length);
    expect(of(overview, "nodes")).toMatchObject({ bad: 0, warn: 0, total: overview.nodes.count });
  });

  it("adds up nodes and requests, of the namespaces that are looked at", async () => {
    const { nodes, requests } = await seen(["shop"], settled);
    const { stdout } = await kubectl.run(["get", "nodes", "-o", "jsonpath={.items[*].status.allocatable.cpu}"]);
    expect(nodes.allocatable.cpu).toBe(
      stdout
        .trim()
        .split(" ")
        .reduce((sum, cpu) => sum + Number(cpu), 0),
    );
    expect(nodes.capacity.memory).toBeGreaterThan(0);
    expect(requests).toMatchObject({ pods: 2, sum: { cpu: 0.75, memory: 1.5 * 2 ** 30 } });
  });

  it("says that there are no metrics", async () => {
    const { usage } = await seen([], settled);
    expect(usage.state).toBe("absent");
  });

  it("tells of the newest warnings, and what they are about", async () => {
    await kubectl.apply({
      apiVersion: "v1",
      kind: "Event",
      metadata: { name: "broken.warning", namespace: "shop" },
      involvedObject: { apiVersion: "v1", kind: "Pod", namespace: "shop", name: "broken" },
      type: "Warning",
      reason: "Crumbling",
      message: "It crumbles.",
      count: 4,
      firstTimestamp: "2199-01-01T00:00:00Z",
      lastTimestamp: "2199-01-01T00:00:00Z",
    });
    const { warnings } = await seen(["shop"], (now) =>
      now.warnings.newest.some(({ reason }) => reason === "Crumbling"),
    );
    expect(warnings.newest[0]).toMatchObject({
      reason: "Crumbling",
      count: 4,
      object: { group: "", kind: "Pod", namespace: "shop", name: "broken" },
    });
    expect(warnings.newest.length).toBeLessThanOrEqual(10);
  });

  it("tells a user who may not look that they may not, part by part", async () => {
    await kubectl.text("create", "serviceaccount", "stranger", "-n", "default");
    const token = (await kubectl.text("create", "token", "stranger", "-n", "default")).trim();
    const folder = await mkdtemp(join(tmpdir(), "flowdeck-overview-"));
    const file = await kubeconfigLike(test.kubeconfig, join(folder, "stranger.yaml"), { user: { token } });
    const stranger = await openTables(file);
    try {
      const parts = (overview: ClusterOverview) => [
        ...overview.kinds,
        overview.nodes,
        overview.requests,
        overview.warnings,
      ];
      const all = (overview: ClusterOverview) => parts(overview).every(({ state }) => state === "forbidden");
      const overview = await seen([], all, stranger);
      expect(overview.nodes.problem).toMatchObject({ code: "forbidden" });
      expect(overview.kinds.map(({ total }) => total)).toEqual(overview.kinds.map(() => 0));
    } finally {
      await stranger.close();
      await rm(folder, { recursive: true, force: true });
    }
  });

  it.each([["the table first"], ["the pod first"]])(
    "watches pods once for their table, a pod and itself: %s",
    async (order) => {
      const others = await watches("pods");
      const ended = new AbortController();
      const objects = serveObjects(room);
      const target = {
        ...{ context: room.context, group: "", version: "v1", plural: "pods", kind: "Pod" },
        ...{ namespace: "shop", name: "well" },
      };
      const labels: unknown[] = [];
      const readers: Promise<void>[] = [];
      const open = {
        table: async () => {
          await room.see({ plural: "pods" }).live();
        },
        pod: async () => {
          const shown = async () => {
            for await (const { object } of objects.methods["object.watch"](target, ended.signal)) {
              labels.push(at(object, "metadata", "labels", "seen"));
            }
          };
          const told = async () => {
            for await (const _ of objects.methods["object.insight"](target, ended.signal)) {
              // It asks for whatever it needs.
            }
          };
          readers.push(shown(), told());
          await eventually(async () => (labels.length > 0 ? true : undefined));
        },
      };
      try {
        await (order === "the table first" ? open.table() : open.pod());
        await (order === "the table first" ? open.pod() : open.table());
        await seen([], settled, room, async () => {
          await eventually(async () => expect((await watches("pods")) - others).toBe(1));
          // What happens still comes to all of them.
          await kubectl.text("label", "pod/well", "-n", "shop", `seen=${order.replaceAll(" ", "-")}`, "--overwrite");
          await eventually(async () => expect(labels.at(-1)).toBe(order.replaceAll(" ", "-")));
        });
      } finally {
        ended.abort();
        await Promise.all(readers);
        await objects.close();
        await room.closeTables();
      }
      await eventually(async () => expect(await watches("pods")).toBe(others));
    },
  );

  it("has nothing to complain about when it ends", () => {
    expect(logged).toEqual([]);
  });
});
