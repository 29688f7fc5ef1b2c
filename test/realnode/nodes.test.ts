import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ClusterOverview, type DrainProgress, drainOptions } from "../../common/contract/index.ts";
import { watchOverview } from "../../electron/overview/index.ts";
import { TerminalSessions } from "../../electron/terminal/index.ts";
import { eventually } from "../cluster/kubectl.ts";
import { openTables, type TablesRoom } from "../cluster/tables-support.ts";
import { TerminalPage } from "../cluster/terminal-support.ts";
import { busybox, describeOnRealNodes } from "./support.ts";

const size = { cols: 100, rows: 30 };

describeOnRealNodes("real nodes", (nodes) => {
  const { on } = nodes;
  const { kubectl } = nodes.room;
  const here = ["-n", nodes.namespace];

  beforeAll(async () => {
    await kubectl.apply(
      nodes.pod("target", { command: ["sleep", "77777"] }),
      nodes.manifest("apps/v1", "Deployment", "guarded", {
        spec: {
          selector: { matchLabels: { app: "guarded" } },
          template: {
            metadata: { labels: { app: "guarded" } },
            spec: {
              terminationGracePeriodSeconds: 0,
              nodeSelector: { "kubernetes.io/hostname": "real-2" },
              containers: [{ name: "c", image: busybox, command: ["sleep", "100000"] }],
            },
          },
        },
      }),
      nodes.manifest("policy/v1", "PodDisruptionBudget", "guard", {
        spec: { minAvailable: 1, selector: { matchLabels: { app: "guarded" } } },
      }),
    );
    await kubectl.wait("pod/target", "condition=Ready", ...here);
    await kubectl.wait("deployment/guarded", "condition=Available", ...here);
    await kubectl.wait("pdb/guard", "jsonpath={.status.currentHealthy}=1", ...here);
  });

  describe("are looked into", () => {
    let terminals: TerminalSessions;
    beforeEach(() => {
      terminals = new TerminalSessions({
        ...{ connections: nodes.room.connections, tools: nodes.tools, dataDir: nodes.dataDir, version: "1.2.3" },
        installation: async () => undefined,
      });
    });
    afterEach(() => terminals.close());

    async function typedAtOnce(target: ReturnType<typeof nodes.target>, container: string, line: string) {
      const { id } = await terminals.open({ kind: "exec", target, container }, size, on.never);
      const page = new TerminalPage(terminals, id);
      for (const letter of `${line}; exit 5\r`) page.type(letter);
      expect(await page.end(), page.text).toEqual({ reason: "exited", code: 5 });
      return page.text;
    }

    it("by an ephemeral container that sees another's processes", async () => {
      const target = nodes.target("Pod", "target");
      const { container } = await on
        .methods()
        ["debug.container"]({ target, beside: "c", image: busybox, profile: "general" }, on.never);
      expect(await typedAtOnce(target, container, "ps -o args")).toContain("sleep 77777");
    });

    it("by a pod on the node, which goes with its shell", async () => {
      const { target, container } = await on.methods()["debug.node"](
        {
          ...{ context: on.context(), node: "real-2", namespace: nodes.namespace, image: busybox },
          profile: "sysadmin",
        },
        on.never,
      );
      expect(await typedAtOnce(target, container, "ls /host")).toContain("usr");
      await on.methods()["debug.end"]({ target }, on.never);
      await kubectl.text("wait", `pod/${target.name}`, "--for=delete", "--timeout=40s", ...here);
    });
  });

  it("are drained of what budgets allow, and only once they do", async () => {
    const options = drainOptions.parse({ podSelector: "app=guarded", force: true });
    const { id } = await on.methods()["drain.start"]({ context: on.context(), nodes: ["real-2"], options }, on.never);
    const until = (good: (seen: DrainProgress) => boolean) =>
      eventually(async () => {
        for await (const all of on.methods()["drain.watch"]({}, on.never)) {
          const seen = all.find((one) => one.id === id);
          return seen !== undefined && good(seen) ? seen : undefined;
        }
        return undefined;
      }, 60_000);
    try {
      const refused = await until(({ pods }) => pods.some(({ state }) => state === "refused"));
      expect(refused.pods[0]?.said?.params.text).toContain("disruption budget");
      await kubectl.text("delete", "pdb/guard", ...here);
      const done = await until(({ state }) => state !== "running");
      expect(done).toMatchObject({ state: "done", pods: [{ state: "gone" }] });
    } finally {
      await kubectl.text("uncordon", "real-2");
    }
  });

  describe("are measured", () => {
    let tables: TablesRoom;
    beforeAll(async () => {
      tables = await openTables(nodes.kubeconfig);
    });
    afterAll(() => tables.close());

    it("by metrics-server, and a pod that fits nowhere is not counted as requested", async () => {
      await kubectl.apply(nodes.pod("huge", { resources: { requests: { cpu: "500" } } }));
      await kubectl.wait("pod/huge", "condition=PodScheduled=false", ...here);
      const { connections, context } = tables;
      const looks = watchOverview(
        { connections, tables: tables.tables, log: () => undefined },
        { context, namespaces: [] },
        AbortSignal.timeout(60_000),
      );
      let seen: ClusterOverview | undefined;
      for await (seen of looks) {
        if (seen.usage.state === "served" && seen.requests.state === "live" && seen.nodes.state === "live") break;
      }
      expect(seen?.usage.sum.memory).toBeGreaterThan(0);
      expect(seen?.requests.sum.cpu).toBeLessThan(100);
    });
  });
});
