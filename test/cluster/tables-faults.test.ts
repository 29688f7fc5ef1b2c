import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { parse } from "yaml";
import { watchNamespaces, watchResources } from "../../electron/tables/index.ts";
import { CutProxy } from "./cut-proxy.ts";
import { eventually, Kubectl } from "./kubectl.ts";
import { describeWithCluster } from "./support.ts";
import { widgetDefinition } from "./tables.objects.ts";
import { kubeconfigLike, openTables, type SeenTable, type TablesRoom } from "./tables-support.ts";

const configMap = (name: string, namespace = "default") => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace },
});

await describeWithCluster("tables in trouble", (test) => {
  const kubectl = new Kubectl(test.tools, () => test.kubeconfig);
  const rooms: TablesRoom[] = [];
  let proxy: CutProxy;

  /** A room behind a kubeconfig of its own. */
  async function roomWith(name: string, change: Parameters<typeof kubeconfigLike>[2]): Promise<TablesRoom> {
    const room = await openTables(await kubeconfigLike(test.kubeconfig, join(test.dataDir, name), change));
    rooms.push(room);
    return room;
  }

  async function tokenOf(account: string, ...more: string[]): Promise<string> {
    return (await kubectl.text("create", "token", account, "-n", "default", ...more)).trim();
  }

  beforeAll(async () => {
    const { clusters } = parse(await readFile(test.kubeconfig, "utf8")) as {
      clusters: { cluster: { server: string } }[];
    };
    proxy = await CutProxy.to(clusters[0]?.cluster.server ?? "");
  });
  afterEach(async () => {
    for (const room of rooms.splice(0)) await room.close();
  });
  afterAll(async () => {
    await proxy?.close();
  });

  const has = (seen: SeenTable, key: string) => seen.until(({ rows }) => rows.some((row) => row.key === key), 60_000);

  it("go on where they were when their watch is cut, without losing a row", async () => {
    const room = await roomWith("cut", { server: proxy.url });
    const seen = room.see({ plural: "configmaps", namespaces: ["default"] });
    await seen.live();
    for (const name of ["cut-1", "cut-2", "cut-3"]) {
      proxy.cut();
      await kubectl.apply(configMap(name));
      await has(seen, `default/${name}`);
    }
    await seen.live();
    // No state in between showed less than what there was.
    const full = seen.items.filter(({ total }) => total > 0);
    for (const [index, item] of full.entries()) expect(item.total).toBeGreaterThanOrEqual(full[index - 1]?.total ?? 0);
  });

  it("say that nothing is heard of a server that stands still, and go on with it", async () => {
    const room = await roomWith("stopped", { server: proxy.url });
    const seen = room.see({ plural: "configmaps", namespaces: ["default"] });
    await seen.live();
    proxy.hold(true);
    const silent = await seen.until(({ state }) => state === "reconnecting", 60_000);
    expect(silent.problem).toMatchObject({
      code: "cluster-unreachable",
      message: expect.stringMatching(/^No response from the API server 127\.0\.0\.1:\d+ of context \S+ for 2\d s\.$/),
    });
    await kubectl.apply(configMap("while-it-stood"));
    const accepted = proxy.accepted;
    proxy.hold(false);
    await has(seen, "default/while-it-stood");
    await seen.live();
    expect(seen.last).not.toHaveProperty("problem");
    // The same watch goes on: only the question whether it is there may have taken another connection.
    expect(proxy.accepted - accepted).toBeLessThanOrEqual(1);
  }, 90_000);

  it("say that the server can't be reached, keep their rows, and come back", async () => {
    const room = await roomWith("away", { server: proxy.url });
    const seen = room.see({ plural: "configmaps" });
    const before = await seen.live();
    const stop = new AbortController();
    const known: { namespaces?: string[]; kinds?: string[] } = {};
    const following = Promise.all([
      (async () => {
        const options = { connections: room.connections, known: async () => [] };
        for await (const { names } of watchNamespaces(options, room.context, stop.signal)) known.namespaces = names;
      })(),
      (async () => {
        for await (const kinds of watchResources(room.connections, room.context, stop.signal)) {
          known.kinds = kinds.map(({ plural }) => plural);
        }
      })(),
    ]);
    await eventually(async () => (known.namespaces && known.kinds ? true : undefined));
    await test.cluster.stop();
    const away = await seen.until(({ state, problem }) => state === "reconnecting" && problem !== undefined);
    expect(away.problem?.code).toBe("cluster-unreachable");
    expect(away.rows.map(({ key }) => key)).toEqual(before.rows.map(({ key }) => key));
    await test.cluster.start();
    // A server that was started anew remembers no older events: everything is listed again.
    await eventually(() => kubectl.apply(configMap("after-restart")).then(() => true));
    await has(seen, "default/after-restart");
    await seen.live();
    expect(seen.last).not.toHaveProperty("problem");
    await kubectl.text("create", "namespace", "after-restart");
    await kubectl.apply(widgetDefinition("latecomers"));
    await eventually(async () => (known.namespaces?.includes("after-restart") ? true : undefined), 60_000);
    await eventually(async () => (known.kinds?.includes("latecomers") ? true : undefined), 60_000);
    stop.abort();
    await following;
  });

  it("wait for a server that is not there yet", async () => {
    const late = await CutProxy.to("https://127.0.0.1:9");
    const { port } = late;
    await late.close();
    const room = await roomWith("late", { server: `https://127.0.0.1:${port}` });
    const seen = room.see({ plural: "namespaces" });
    // Without discovery it is not even known what to list: that is told at once.
    expect(await seen.ended).toMatchObject({ code: "cluster-unreachable" });
  });

  it("show the namespaces where the user may list, and say which", async () => {
    for (const name of ["open-1", "open-2", "closed-1"]) {
      await kubectl.text("create", "namespace", name);
      await kubectl.apply(configMap("here", name));
    }
    await kubectl.text("create", "serviceaccount", "limited", "-n", "default");
    for (const namespace of ["open-1", "open-2"]) {
      await kubectl.text(
        "create",
        "rolebinding",
        "limited",
        "--clusterrole=view",
        "--serviceaccount=default:limited",
        "-n",
        namespace,
      );
    }
    await kubectl.text("create", "clusterrole", "see-namespaces", "--verb=get,list,watch", "--resource=namespaces");
    await kubectl.text(
      "create",
      "clusterrolebinding",
      "see-namespaces",
      "--clusterrole=see-namespaces",
      "--serviceaccount=default:limited",
    );
    const user = { token: await tokenOf("limited") };
    const room = await roomWith("limited", { user });
    const seen = room.see({ plural: "configmaps" }, { filter: "name=here" });
    const view = await seen.until(({ state, limitedTo }) => state === "live" && limitedTo?.length === 2);
    expect(view.limitedTo).toEqual(["open-1", "open-2"]);
    expect(view.rows.map(({ key }) => key)).toEqual(["open-1/here", "open-2/here"]);
    await kubectl.apply(configMap("also", "open-2"));
    await kubectl.text("delete", "configmap", "here", "-n", "open-1");
    await seen.until(({ rows, total }) => rows.length === 1 && total > 2);
    const nodes = room.see({ plural: "nodes" });
    expect(await nodes.ended).toMatchObject({ code: "forbidden" });

    // Without the right to list namespaces there are those the user names.
    await kubectl.text("delete", "clusterrolebinding", "see-namespaces");
    const blind = await roomWith("blind", { user, namespace: "open-1" });
    const own = await blind.see({ plural: "configmaps" }).live();
    expect(own.limitedTo).toEqual(["open-1"]);
    const marked = await openTables(blind.kubeconfig, { favourites: async () => ["open-2", "closed-1"] });
    rooms.push(marked);
    const both = await marked.see({ plural: "configmaps" }).until(({ limitedTo }) => limitedTo?.length === 2);
    expect(both.limitedTo).toEqual(["open-1", "open-2"]);
    const chosen = blind.see({ plural: "configmaps", namespaces: ["open-2", "closed-1"] });
    const part = await chosen.until(({ limitedTo }) => limitedTo !== undefined);
    expect(part.limitedTo).toEqual(["open-2"]);
    const refused = blind.see({ plural: "configmaps", namespaces: ["closed-1"] });
    expect(await refused.ended).toMatchObject({ code: "forbidden" });
  });

  it("keep what they show when the user's rights are taken, and go on when they are given back", async () => {
    await kubectl.text("create", "serviceaccount", "fickle", "-n", "default");
    const grant = () =>
      kubectl.text("create", "clusterrolebinding", "fickle", "--clusterrole=view", "--serviceaccount=default:fickle");
    await grant();
    // A watch that is open stays open: it is cut to make the server look again.
    const room = await roomWith("fickle", { server: proxy.url, user: { token: await tokenOf("fickle") } });
    const seen = room.see({ plural: "configmaps", namespaces: ["default"] });
    const before = await seen.live();
    await kubectl.text("delete", "clusterrolebinding", "fickle");
    const refused = await eventually(async () => {
      proxy.cut();
      return await seen.until(({ problem }) => problem?.code === "forbidden", 1_000);
    }, 60_000);
    expect(refused.total).toBe(before.total);
    await grant();
    await kubectl.apply(configMap("given-back"));
    await has(seen, "default/given-back");
    await seen.live();
  });

  it("take up credentials that were renewed in the kubeconfig", async () => {
    await kubectl.text("create", "serviceaccount", "renewed", "-n", "default");
    await kubectl.text(
      "create",
      "clusterrolebinding",
      "renewed",
      "--clusterrole=view",
      "--serviceaccount=default:renewed",
    );
    const token = await tokenOf("renewed");
    const room = await roomWith("renewed", { server: proxy.url, user: { token } });
    const seen = room.see({ plural: "configmaps", namespaces: ["default"] });
    await seen.live();
    await kubeconfigLike(test.kubeconfig, room.kubeconfig, { server: proxy.url, user: { token: "expired" } });
    // The token of a deleted account is no longer accepted.
    await kubectl.text("delete", "serviceaccount", "renewed", "-n", "default");
    await kubectl.text("create", "serviceaccount", "renewed", "-n", "default");
    await eventually(async () => {
      proxy.cut();
      return await seen.until(({ problem }) => problem?.code === "credentials-rejected", 1_000);
    }, 60_000);
    await kubeconfigLike(test.kubeconfig, room.kubeconfig, {
      server: proxy.url,
      user: { token: await tokenOf("renewed") },
    });
    await kubectl.apply(configMap("with-new-token"));
    await has(seen, "default/with-new-token");
    await seen.live();
  });

  it("poll what can't be watched", async () => {
    const room = await roomWith("polled", {});
    const seen = room.see({ plural: "componentstatuses" });
    expect((await seen.live()).state).toBe("polling");
  });
});
