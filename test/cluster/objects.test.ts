import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Contract, ObjectTarget, RelatedNode, StreamItem } from "../../common/contract/index.ts";
import { printedLevel, signOf } from "../../common/kube/index.ts";
import { message } from "../../common/words/index.ts";
import { serveObjects } from "../../electron/objects/index.ts";
import { readTable } from "../../electron/tables/table-json.ts";
import { clusterRoom, openConnections } from "./cluster-room.ts";
import { namespace, objects } from "./described.objects.ts";
import { eventually, Kubectl } from "./kubectl.ts";
import { describeWithCluster } from "./support.ts";

type ObjectStream = Extract<keyof Contract, "object.watch" | "object.insight" | "object.events" | "object.related">;

await describeWithCluster("one object as the page sees it", (test) => {
  const room = clusterRoom(test);
  const { kubectl } = room;
  let part: ReturnType<typeof serveObjects>;

  beforeAll(async () => {
    part = serveObjects(room);
    await test.cluster.setFaults([{ id: "pull", image: "registry.example/missing*", kind: "image-pull" }]);
    await kubectl.apply(namespace);
    await kubectl.apply(...objects);
    await kubectl.wait("deployment/web", "condition=Available", "-n", "shop");
  });
  afterAll(async () => {
    await part?.close();
  });

  const target = (group: string, version: string, plural: string, kind: string, name: string): ObjectTarget => ({
    context: room.context,
    group,
    version,
    plural,
    kind,
    namespace: "shop",
    name,
  });
  const core = (kind: string, name: string) => target("", "v1", `${kind.toLowerCase()}s`, kind, name);
  const deployment = (name: string) => target("apps", "v1", "deployments", "Deployment", name);

  /** Reads a stream until one item is as wanted; the last one is told when none came. */
  async function until<K extends ObjectStream>(
    name: K,
    of: ObjectTarget,
    wanted: (item: StreamItem<K>) => boolean,
    begin: () => Promise<unknown> = async () => undefined,
  ): Promise<StreamItem<K>> {
    const stop = AbortSignal.timeout(20_000);
    let last: unknown;
    let begun: Promise<unknown> | undefined;
    // The methods' types are one function each; which one K stands for is only known here.
    const open = part.methods[name] as (input: ObjectTarget, signal: AbortSignal) => AsyncIterable<StreamItem<K>>;
    for await (const item of open(of, stop)) {
      last = item;
      begun ??= begin();
      if (wanted(item)) {
        await begun;
        return item;
      }
    }
    throw new Error(`It never came; last: ${JSON.stringify(last)}`);
  }

  describe("object.watch", () => {
    it("follows changes, its end, and another one made under its name", async () => {
      const map = (value: string) => ({
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "watched", namespace: "shop" },
        data: { value },
      });
      await kubectl.apply(map("one"));
      const changed = await until(
        "object.watch",
        core("ConfigMap", "watched"),
        ({ object }) => JSON.stringify(object?.data) === '{"value":"two"}',
        () => kubectl.apply(map("two")),
      );
      expect(changed).toMatchObject({ deleted: false, anew: false, state: "live" });
      expect(JSON.stringify(changed)).not.toContain("managedFields");

      const uid = await kubectl.text("get", "configmap", "watched", "-n", "shop", "-o", "jsonpath={.metadata.uid}");
      const gone = await until(
        "object.watch",
        { ...core("ConfigMap", "watched"), uid },
        ({ deleted }) => deleted,
        () => kubectl.text("delete", "configmap", "watched", "-n", "shop"),
      );
      expect(gone.object).toMatchObject({ data: { value: "two" } });

      await kubectl.apply(map("three"));
      const anew = await until("object.watch", { ...core("ConfigMap", "watched"), uid }, (item) => !item.deleted);
      expect(anew).toMatchObject({ anew: true, object: { data: { value: "three" } } });
    });

    it("tells that there is no such object, and fails for a kind that is not served", async () => {
      expect(await until("object.watch", core("ConfigMap", "never"), () => true)).toEqual({
        deleted: true,
        anew: false,
        state: "live",
      });
      const unserved = target("example.org", "v9", "things", "Thing", "x");
      await expect(until("object.watch", unserved, () => true)).rejects.toMatchObject({ code: "kind-unknown" });
    });

    it("brings no value of a Secret, nor of what was applied", async () => {
      const { object } = await until("object.watch", core("Secret", "keys"), () => true);
      const words = JSON.stringify(object);
      expect(words).toContain("(12 bytes)");
      expect(words).toContain("last-applied-configuration");
      expect(words).not.toMatch(/s3cr3t|czNjcjN0/);
    });
  });

  it("shows an object to who may only get it, and says so of one that may not be seen", async () => {
    const getter = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "getter", namespace: "shop" } };
    await kubectl.apply(getter);
    const rule = ["--verb=get", "--resource=configmaps", "--resource-name=settings", "-n", "shop"];
    await kubectl.text("create", "role", "getter", ...rule);
    await kubectl.text(
      "create",
      "rolebinding",
      "getter",
      "--role=getter",
      "--serviceaccount=shop:getter",
      "-n",
      "shop",
    );
    const token = (await kubectl.text("create", "token", "getter", "-n", "shop")).trim();
    const asGetter = join(test.dataDir, "getter.kubeconfig");
    const whole = await kubectl.text("config", "view", "--raw", "--minify", "--flatten");
    await writeFile(asGetter, whole, { mode: 0o600 });
    const theirs = new Kubectl(test.tools, () => asGetter);
    await theirs.text("config", "set-credentials", "getter", `--token=${token}`);
    await theirs.text("config", "set-context", "--current", "--user=getter");
    const own = await openConnections(asGetter, join(test.dataDir, "getter"));
    const limited = serveObjects(own);
    try {
      const first = async (name: string) => {
        const input = { ...core("ConfigMap", name), context: own.context };
        for await (const item of limited.methods["object.watch"](input, AbortSignal.timeout(15_000))) return item;
        return undefined;
      };
      expect(await first("settings")).toMatchObject({ deleted: false, object: { data: { mode: "fast" } } });
      await expect(first("other")).rejects.toMatchObject({ code: "forbidden" });
    } finally {
      await limited.close();
      await own.connections.close();
    }
  });

  describe("object.insight", () => {
    it("says why a pod does not run, and with its owners where it comes from; then that it is well", async () => {
      const broken = {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: "broken", namespace: "shop" },
        spec: {
          selector: { matchLabels: { app: "broken" } },
          template: {
            metadata: { labels: { app: "broken" } },
            spec: {
              containers: [
                {
                  name: "main",
                  image: "registry.example/missing:1",
                  resources: { requests: { cpu: "10m" }, limits: { cpu: "20m" } },
                },
              ],
            },
          },
        },
      };
      await kubectl.apply(broken);
      const found = await until("object.insight", deployment("broken"), ({ causes }) => causes[0]?.level === "bad");
      const pod = (await kubectl.text("get", "pods", "-n", "shop", "-l", "app=broken", "-o", "name")).trim();
      expect(found.causes[0]).toMatchObject({
        id: "imageNotFound",
        params: { container: "main", image: "registry.example/missing:1" },
        about: { kind: "Pod", name: pod.replace("pod/", "") },
      });
      expect(found).toMatchObject({ health: "bad", status: "0/1 ready", owners: [] });

      const ofPod = await until(
        "object.insight",
        core("Pod", pod.replace("pod/", "")),
        ({ owners }) => owners.length === 2,
      );
      expect(ofPod.owners.map(({ kind, plural }) => `${kind} ${plural}`)).toEqual([
        "Deployment deployments",
        "ReplicaSet replicasets",
      ]);
      expect(ofPod.status).toBe((await kubectl.text("get", pod, "-n", "shop", "--no-headers")).split(/\s+/)[2] ?? "");

      const cured = await until(
        "object.insight",
        deployment("broken"),
        ({ health, status }) => health === "ok" && status === "1/1 ready",
        () => kubectl.text("set", "image", "deployment/broken", "main=registry.example/web:1", "-n", "shop"),
      );
      expect(cured.causes).toEqual([]);
    });

    it("says what a claim waits for, and what an Ingress leads nowhere", async () => {
      const claim = await until("object.insight", core("PersistentVolumeClaim", "waiting"), () => true);
      expect(claim.causes).toMatchObject([{ id: "claimClassMissing", params: { class: "none-such" } }]);
      const ingress = await until(
        "object.insight",
        target("networking.k8s.io", "v1", "ingresses", "Ingress", "web"),
        () => true,
      );
      expect(ingress.causes).toMatchObject([{ id: "backendMissing", params: { service: "shop/gone" } }]);
    });
  });

  describe("how objects are", () => {
    const conditions = (...all: [string, string][]) => all.map(([type, status]) => ({ type, status }));
    const state = (name: string, now: object, more: object = {}) => ({
      ...{ name, image: "i", imageID: "", ready: false, restartCount: 0, state: now },
      ...more,
    });
    const running = { running: { startedAt: "2026-01-01T00:00:00Z" } };
    const ended = (exitCode: number, reason: string) => ({
      terminated: { exitCode, reason, startedAt: "2026-01-01T00:00:00Z", finishedAt: "2026-01-01T00:01:00Z" },
    });
    const placed: [string, string] = ["PodScheduled", "True"];
    /** Pods that no scheduler takes, with statuses as kubelets write them; what the page says of each. */
    const pods: [string, object, object | undefined, string | undefined][] = [
      ["gated", { schedulingGates: [{ name: "example.com/queue" }] }, undefined, "schedulingGated"],
      ["elsewhere", {}, undefined, "otherScheduler"],
      [
        "gate",
        { readinessGates: [{ conditionType: "example.com/lb" }] },
        {
          phase: "Running",
          conditions: conditions(placed, ["Ready", "False"], ["ContainersReady", "True"], ["example.com/lb", "False"]),
          containerStatuses: [state("main", running, { ready: true, started: true })],
        },
        "readinessGate",
      ],
      [
        "init",
        { initContainers: ["a", "b", "c"].map((name) => ({ name, image: "i" })) },
        {
          phase: "Pending",
          conditions: conditions(placed, ["Initialized", "False"]),
          initContainerStatuses: [state("a", running, { started: true })],
        },
        "initRunning",
      ],
      [
        "sidecar",
        { restartPolicy: "Never", initContainers: [{ name: "side", image: "i", restartPolicy: "Always" }] },
        {
          phase: "Succeeded",
          conditions: conditions(placed, ["Initialized", "True"], ["Ready", "False"]),
          initContainerStatuses: [state("side", ended(137, "Error"), { started: false })],
          containerStatuses: [state("main", ended(0, "Completed"))],
        },
        undefined,
      ],
      [
        "again",
        {},
        {
          phase: "Running",
          conditions: conditions(placed, ["Ready", "False"]),
          containerStatuses: [state("main", ended(0, "Completed"), { restartCount: 1 })],
        },
        "endedRestarts",
      ],
      [
        "crash",
        {},
        {
          phase: "Running",
          conditions: conditions(placed, ["Ready", "False"]),
          containerStatuses: [
            state(
              "main",
              { waiting: { reason: "CrashLoopBackOff" } },
              { lastState: ended(1, "Error"), restartCount: 3 },
            ),
          ],
        },
        "crash",
      ],
      [
        "creating",
        {},
        {
          phase: "Pending",
          conditions: conditions(placed),
          containerStatuses: [state("main", { waiting: { reason: "ContainerCreating" } })],
        },
        "creating",
      ],
      ["silent", {}, { phase: "Running", conditions: conditions(placed, ["Ready", "False"]) }, "unexplained"],
    ];

    it("say why in the pane, and are shown there as kubectl and their rows show them", async () => {
      const name = (own: string) => `how-${own}`;
      const pod = (own: string, spec: object) => ({
        ...{ apiVersion: "v1", kind: "Pod", metadata: { name: name(own), namespace: "how" } },
        spec: { schedulerName: "none", containers: [{ name: "main", image: "i" }], ...spec },
      });
      await kubectl.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: "how" } });
      await kubectl.apply(...pods.map(([own, spec]) => pod(own, spec)));
      for (const [own, , status] of pods) {
        const patch = ["--type=merge", "-p", JSON.stringify({ status })];
        if (status) await kubectl.text("patch", "pod", name(own), "-n", "how", "--subresource=status", ...patch);
      }
      const printed = await room.connections.use(room.context, async (client) => {
        const accept = "application/json;as=Table;v=v1;g=meta.k8s.io";
        const path = "/api/v1/namespaces/how/pods";
        const asked = { path, headers: { accept }, what: message("request.list", { kind: "pods" }) };
        return readTable(JSON.parse((await client.request(asked)).body));
      });
      const index = new Map((printed.columns ?? []).map((column, at) => [column.name, at]));
      for (const [own, , , id] of pods) {
        const row = printed.rows.find(({ metadata }) => metadata?.name === name(own));
        const cell = (column: string) => row?.cells[index.get(column) ?? -1];
        const level = printedLevel({ group: "", plural: "pods", cell, controller: row?.metadata?.controller });
        const shown = await until(
          "object.insight",
          { ...core("Pod", name(own)), namespace: "how" },
          ({ causes }) => causes[0]?.id === id,
        );
        expect([own, shown.status, shown.health]).toEqual([own, cell("Status"), signOf(level)]);
      }
    });

    it("of kinds that share a built-in kind's name say what they say themselves", async () => {
      const group = "odd.example";
      const kinds = ["Job", "Node", "Deployment", "Pod"].map((kind) => ({ kind, plural: `${kind.toLowerCase()}s` }));
      const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
      await kubectl.apply(
        ...kinds.map(({ kind, plural }) => ({
          ...{ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" },
          metadata: { name: `${plural}.${group}` },
          spec: {
            ...{ group, scope: "Namespaced", names: { kind, plural } },
            versions: [{ name: "v1", served: true, storage: true, schema }],
          },
        })),
      );
      const odd: Record<string, [object, string, string]> = {
        Job: [{ state: { phase: "Completed" } }, "Completed", "done"],
        Node: [{ conditions: { Ready: { type: "Ready", status: "True" } } }, "Ready", "ok"],
        Deployment: [{ conditions: conditions(["Ready", "True"]) }, "Ready", "ok"],
        Pod: [{ phase: "Ready", conditions: conditions(["Ready", "True"]) }, "Ready", "ok"],
      };
      for (const { kind, plural } of kinds) {
        await kubectl.wait(`crd/${plural}.${group}`, "condition=Established");
        const [status, word, level] = odd[kind] ?? [{}, "", ""];
        const metadata = { name: "odd", namespace: "shop" };
        await eventually(async () => {
          await kubectl.apply({ apiVersion: `${group}/v1`, kind, metadata, spec: {}, status });
          return true;
        });
        const seen = await until("object.insight", target(group, "v1", plural, kind, "odd"), () => true);
        expect([kind, seen.status, seen.health, seen.causes]).toEqual([kind, word, level, []]);
      }
    });

    it("whose pods are refused say so in the words of who refuses them", async () => {
      const containers = [{ name: "m", image: "registry.example/web:1" }];
      const labels = { app: "refused" };
      const template = { metadata: { labels }, spec: { containers } };
      const metadata = { name: "refused", namespace: "refused" };
      await kubectl.apply(
        { apiVersion: "v1", kind: "Namespace", metadata: { name: "refused" } },
        { apiVersion: "v1", kind: "ResourceQuota", metadata, spec: { hard: { pods: "0" } } },
        {
          ...{ apiVersion: "apps/v1", kind: "StatefulSet", metadata },
          spec: { serviceName: "s", selector: { matchLabels: labels }, template },
        },
        {
          ...{ apiVersion: "batch/v1", kind: "Job", metadata },
          spec: { template: { spec: { restartPolicy: "Never", containers } } },
        },
      );
      for (const [group, plural, kind] of [
        ["apps", "statefulsets", "StatefulSet"],
        ["batch", "jobs", "Job"],
      ] as const) {
        const of = { ...target(group, "v1", plural, kind, "refused"), namespace: "refused" };
        const seen = await until("object.insight", of, ({ causes }) => causes[0]?.id === "podsRefused");
        expect(seen).toMatchObject({ health: "bad", causes: [{ words: expect.stringContaining("exceeded quota") }] });
      }
    });
  });

  it("object.events has the events of an object and of what it made, as the server has them", async () => {
    const seen = await eventually(async () => {
      const { events } = await until("object.events", deployment("web"), () => true);
      const raw: unknown = JSON.parse(await kubectl.text("get", "events", "-n", "shop", "-o", "json"));
      const items = (raw as { items: { involvedObject: { name: string; kind: string }; metadata: { uid: string } }[] })
        .items;
      const uids = items
        .filter(({ involvedObject: { kind, name } }) =>
          kind === "Deployment" ? name === "web" : ["ReplicaSet", "Pod"].includes(kind) && /^web-/.test(name),
        )
        .map(({ metadata }) => metadata.uid);
      expect(events.map(({ key }) => key).toSorted()).toEqual(uids.toSorted());
      return events;
    });
    expect(seen.length).toBeGreaterThan(3);
    expect(seen.map(({ last }) => last)).toEqual(seen.map(({ last }) => last).toSorted((a, b) => b - a));
    expect(new Set(seen.map(({ about }) => about?.kind))).toEqual(new Set([undefined, "ReplicaSet", "Pod"]));
  });

  describe("object.related", () => {
    const named = (nodes: readonly RelatedNode[]): string[] =>
      nodes.flatMap(({ link, children }) => [`${link.kind}/${link.name}`, ...named(children)]);
    const groupsOf = async (of: ObjectTarget) => {
      const { groups } = await until("object.related", of, ({ looking }) => !looking);
      return new Map(groups.map(({ relation, nodes }) => [relation, named(nodes).toSorted()]));
    };
    const names = async (...args: string[]) =>
      (await kubectl.text("get", ...args, "-n", "shop", "-o", "name")).trim().split("\n").filter(Boolean);

    it("has the children of a Deployment that kubectl finds by their labels", async () => {
      const expected = await names("replicasets,pods", "-l", "app=shop");
      const groups = await groupsOf(deployment("web"));
      expect(groups.get("children")).toEqual(
        expected.map((name) => name.replace("replicaset.apps/", "ReplicaSet/").replace("pod/", "Pod/")).toSorted(),
      );
      expect(groups.get("services")).toEqual(["Service/web"]);
      expect(groups.get("scaling")).toEqual(["HorizontalPodAutoscaler/web"]);
      expect(groups.get("guards")).toEqual(["NetworkPolicy/web", "PodDisruptionBudget/web"]);
    });

    it("has who uses a Secret and a claim, and what stands behind a Service", async () => {
      expect((await groupsOf(core("Secret", "keys"))).get("usedBy")).toEqual(["Deployment/web"]);
      const claim = await groupsOf(core("PersistentVolumeClaim", "disk"));
      expect(claim.get("usedBy")).toEqual(["Pod/alone"]);
      expect(claim.get("storage")).toContain("StorageClass/standard");
      const pods = await names("pods", "-l", "app=shop");
      expect((await groupsOf(core("Service", "web"))).get("pods")).toEqual(
        pods.map((name) => name.replace("pod/", "Pod/")),
      );
    });
  });
});
