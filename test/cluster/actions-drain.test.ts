import { beforeAll, expect, it } from "vitest";
import { type DrainOptions, type DrainProgress, drainOptions, errorDetail } from "../../common/contract/index.ts";
import { textOf } from "../../common/words/index.ts";
import { actionsOn } from "./actions-support.ts";
import { eventually } from "./kubectl.ts";
import { describeWithCluster } from "./support.ts";

const containers = [{ name: "c", image: "registry.example/c:1" }];

await describeWithCluster("drain", (test) => {
  const on = actionsOn(test);
  const { kubectl } = on;
  const node = "practice-2";

  const options = (change: Partial<DrainOptions>): DrainOptions => drainOptions.parse(change);
  const plan = async (change: Partial<DrainOptions>) =>
    (await on.methods()["drain.plan"]({ context: on.context(), nodes: [node], options: options(change) }, on.never))
      .pods;
  const fates = async (change: Partial<DrainOptions>) =>
    Object.fromEntries(
      (await plan(change))
        .filter(({ namespace }) => namespace === "default")
        .map(({ name, outcome, reason }) => [
          name.replace(/-[a-z0-9]{5}$/, ""),
          [outcome, reason].filter(Boolean).join(" "),
        ]),
    );
  const start = async (change: Partial<DrainOptions>) =>
    (await on.methods()["drain.start"]({ context: on.context(), nodes: [node], options: options(change) }, on.never))
      .id;
  const progress = async (id: string): Promise<DrainProgress> => {
    for await (const all of on.methods()["drain.watch"]({}, on.never)) {
      const found = all.find((one) => one.id === id);
      if (found !== undefined) return found;
    }
    throw new Error("This drain is not listed.");
  };
  const until = (id: string, good: (seen: DrainProgress) => boolean) =>
    eventually(async () => {
      const seen = await progress(id);
      return good(seen) ? seen : undefined;
    }, 40_000);
  const onNode = async () =>
    (await kubectl.text("get", "pods", "--field-selector", `spec.nodeName=${node}`, "-o", "name")).trim();

  beforeAll(async () => {
    const pinned = { nodeName: node, containers };
    await kubectl.apply(
      {
        apiVersion: "apps/v1",
        kind: "DaemonSet",
        metadata: { name: "everywhere", namespace: "default" },
        spec: {
          selector: { matchLabels: { app: "d" } },
          template: { metadata: { labels: { app: "d" } }, spec: { containers } },
        },
      },
      ...["guarded", "free"].map((name) => ({
        apiVersion: "apps/v1",
        kind: "ReplicaSet",
        metadata: { name, namespace: "default" },
        spec: {
          replicas: 1,
          selector: { matchLabels: { app: name } },
          template: {
            metadata: { labels: { app: name } },
            spec: { containers, nodeSelector: { "kubernetes.io/hostname": node } },
          },
        },
      })),
      {
        apiVersion: "policy/v1",
        kind: "PodDisruptionBudget",
        metadata: { name: "guard", namespace: "default" },
        spec: { minAvailable: 1, selector: { matchLabels: { app: "guarded" } } },
      },
      {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "alone", namespace: "default", labels: { app: "alone" } },
        spec: pinned,
      },
      {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "scratch", namespace: "default", labels: { app: "scratch" } },
        spec: { ...pinned, volumes: [{ name: "tmp", emptyDir: {} }] },
      },
    );
    await kubectl.wait("pod", "condition=Ready", "--all");
    await kubectl.wait("pdb/guard", "jsonpath={.status.currentHealthy}=1");
  });

  it("plans as kubectl would refuse", async () => {
    expect(await fates({ ignoreDaemonSets: false })).toEqual({
      everywhere: "block daemonset",
      guarded: "go",
      free: "go",
      alone: "block unmanaged",
      scratch: "block empty-dir",
    });
    const refused = await kubectl.run(["drain", node, "--dry-run=client"]);
    for (const name of ["everywhere", "alone", "scratch"]) expect(refused.stderr).toContain(`default/${name}`);
    for (const name of ["guarded", "free"]) expect(refused.stderr).not.toContain(`default/${name}`);
    expect(await fates({ force: true, deleteEmptyDirData: true })).toEqual({
      everywhere: "stay daemonset",
      guarded: "go",
      free: "go",
      alone: "go unmanaged",
      scratch: "go unmanaged",
    });
    expect(await fates({ podSelector: "app=free" })).toEqual({ free: "go" });
    const guarded = (await plan({ force: true })).find(({ name }) => name.startsWith("guarded"));
    expect(guarded?.budgets).toEqual([{ name: "guard", allowed: 0 }]);
  });

  it("cordons but touches nothing when pods block it", async () => {
    const before = await onNode();
    const seen = await until(await start({}), ({ state }) => state !== "running");
    expect(seen).toMatchObject({ state: "failed", error: { code: "not-allowed" }, pods: [] });
    expect(seen.error && errorDetail(seen.error, "en")).toContain("default/alone");
    expect(await kubectl.text("get", "node", node)).toContain("SchedulingDisabled");
    expect(await onNode()).toBe(before);
  });

  it("takes what may go, is refused by a budget, stops when told, and leaves what it says", async () => {
    const id = await start({ force: true, deleteEmptyDirData: true });
    const refused = await until(id, ({ pods }) => pods.some(({ state }) => state === "refused"));
    const guarded = refused.pods.find(({ name }) => name.startsWith("guarded"));
    expect(guarded?.said && textOf(guarded.said, "en")).toContain("disruption budget");
    await until(id, ({ pods }) => pods.filter(({ state }) => state === "gone").length === 3);
    // A refused eviction does not hold up the page's other requests.
    await on.known(on.node(node));
    expect((await progress(id)).state).toBe("running");
    await on.methods()["drain.stop"]({ id }, on.never);
    const stopped = await progress(id);
    expect(stopped.state).toBe("stopped");
    expect(stopped.pods.find(({ name }) => name.startsWith("guarded"))?.state).toBe("left");
    expect((await kubectl.run(["get", "pod/alone"])).code).toBe(1);
    expect(await kubectl.text("get", "pods", "-l", "app=guarded")).toContain("Running");
    await on.methods()["drain.forget"]({ id }, on.never);
  });

  it("goes on when the budget allows it, and leaves only DaemonSet pods, as kubectl sees it", async () => {
    const id = await start({ force: true, deleteEmptyDirData: true });
    await until(id, ({ pods }) => pods.some(({ state }) => state === "refused"));
    await kubectl.text("delete", "pdb/guard");
    const done = await until(id, ({ state }) => state !== "running");
    expect(done.state).toBe("done");
    expect(done.pods.map(({ state }) => state)).toEqual(["gone"]);
    expect(await onNode()).toMatch(/^pod\/everywhere-\w+$/);
    const kubectlToo = await kubectl.run(["drain", node, "--ignore-daemonsets"]);
    expect(kubectlToo).toMatchObject({ code: 0 });
    expect(kubectlToo.stdout).toContain(`node/${node} drained`);
  });

  it("gives up after its time, and says how many are left", async () => {
    await kubectl.text("uncordon", node);
    await kubectl.apply({
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: { name: "guard", namespace: "default" },
      spec: { minAvailable: 1, selector: { matchLabels: { app: "guarded" } } },
    });
    await kubectl.wait("pod", "condition=Ready", "-l", "app in (guarded,free)");
    await kubectl.wait("pdb/guard", "jsonpath={.status.currentHealthy}=1");
    const seen = await until(await start({ timeoutSeconds: 3 }), ({ state }) => state !== "running");
    expect(seen).toMatchObject({ state: "failed", error: { code: "gate-timeout" } });
    const left = seen.pods.filter(({ state }) => state !== "gone");
    expect(left.map(({ name }) => name)).toContainEqual(expect.stringMatching(/^guarded-/));
    expect(seen.error?.message).toContain(`${left.length} pods`);
  });

  it("deletes past the budget when told not to evict", async () => {
    const done = await until(
      await start({ disableEviction: true, gracePeriodSeconds: 0 }),
      ({ state }) => state !== "running",
    );
    expect(done.state).toBe("done");
    // The one that takes its place finds no node.
    await eventually(async () =>
      (await kubectl.text("get", "pods", "-l", "app=guarded")).includes("Pending") ? true : undefined,
    );
    await kubectl.text("uncordon", node);
  });
});
