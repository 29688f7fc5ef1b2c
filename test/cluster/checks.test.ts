import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { type CheckId, type CheckRow, type ChecksView, type Platform, saidOf } from "../../common/contract/index.ts";
import { textOf } from "../../common/words/index.ts";
import { serveChecks } from "../../electron/checks/index.ts";
import type { KubeObject } from "../../electron/cluster/index.ts";
import { Catalogue, type PlanNode } from "../../electron/install/index.ts";
import { readKernelLimits } from "../../electron/platforms/index.ts";
import { RegistryStore, serveRegistries } from "../../electron/registries/index.ts";
import { assetsDir, settings } from "../unit/install/support.ts";
import { clusterRoom, type OpenConnections, openConnections } from "./cluster-room.ts";
import { startRegistry } from "./registry-server.ts";
import { Shell } from "./shell.ts";
import { describeWithCluster } from "./support.ts";

const claim = (storage = "20Gi"): KubeObject => ({
  apiVersion: "v1",
  kind: "PersistentVolumeClaim",
  metadata: { name: "mysql", namespace: "kubeflow" },
  spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage } } },
});

const deployment = (podSpec: object = {}, requests: object = {}): KubeObject => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "server", namespace: "kubeflow" },
  spec: {
    selector: { matchLabels: { app: "server" } },
    template: {
      metadata: { labels: { app: "server" } },
      spec: { ...podSpec, containers: [{ name: "main", image: "example.org/a:1", resources: { requests } }] },
    },
  },
});

const cniPlugin: KubeObject = {
  ...deployment({ volumes: [{ name: "cni-net-dir", hostPath: { path: "/etc/cni/net.d" } }] }),
  kind: "DaemonSet",
  metadata: { name: "istio-cni-node", namespace: "kube-system" },
};

const nodeOf = (object: KubeObject, more: Partial<PlanNode> = {}): PlanNode => {
  const { name, namespace } = object.metadata;
  return {
    ...{ id: `${object.kind}/${name}`, component: "pipelines", object, wave: "workloads", gates: [], priority: 0 },
    ...{
      foreign: false,
      ref: { apiVersion: object.apiVersion, kind: object.kind, name, ...(namespace ? { namespace } : {}) },
    },
    ...more,
  };
};

await describeWithCluster("what is looked at before an installation", (test) => {
  const room = clusterRoom(test);
  const { kubectl } = room;
  let registries: ReturnType<typeof serveRegistries>;
  let inotify: string;

  /** Runs all checks on these objects of a plan; the server, the nodes and the registry are real. */
  function open(
    planned: readonly PlanNode[],
    more: { platform?: Platform; images?: string[]; at?: OpenConnections; minimum?: string } = {},
  ) {
    const { connections, context } = more.at ?? room;
    const served = serveChecks({
      connections,
      planned: async () => {
        const release = await new Catalogue(assetsDir).get("26.03.1");
        return {
          nodes: planned,
          release: { ...release, kubernetesMin: more.minimum ?? release.kubernetesMin },
          platform: more.platform ?? "existing",
          capacity: { version: "", nodes: 3, storageClasses: [] },
          summary: {
            ...{ images: more.images ?? [], goneImages: [], warnings: [] },
            totals: {
              cpu: 0,
              memoryBytes: 0,
              storageBytes: 0,
              pods: 0,
              objects: 0,
              images: 0,
              customResourceDefinitions: 0,
            },
          },
        };
      },
      addPracticeNodes: async (nodes) => {
        await test.cluster.start({ nodes });
      },
      readKernelLimits: () => readKernelLimits(inotify),
      inspectImages: (images, signal) =>
        registries.methods["images.inspect"]({ images: [...images], head: true }, signal),
    });
    const { methods } = served;
    return {
      methods,
      async view(): Promise<ChecksView> {
        const signal = AbortSignal.timeout(60_000);
        await methods["checks.start"](
          { context, settings: settings({ components: [] }), adopt: false, images: true },
          signal,
        );
        let last: ChecksView = { state: "idle", rows: [] };
        for await (last of methods["checks.watch"]({}, signal)) if (last.state !== "running") break;
        return last;
      },
      close: () => served.close?.(),
    };
  }

  async function look(...given: Parameters<typeof open>): Promise<ChecksView> {
    const opened = open(...given);
    try {
      return await opened.view();
    } finally {
      await opened.close();
    }
  }

  const rowOf = ({ rows }: ChecksView, id: CheckId): CheckRow => {
    const row = rows.find((one) => one.id === id);
    if (row === undefined) throw new Error(`no row ${id} in ${JSON.stringify(rows)}`);
    return row;
  };
  const said = (row: CheckRow) => (row.finding === undefined ? "" : textOf(row.finding, "en"));

  beforeAll(async () => {
    registries = serveRegistries({
      ...{ ...room, tools: test.tools, dataDir: test.dataDir, assetsDir },
      store: new RegistryStore(test.dataDir, undefined),
      recordPullSecrets: async () => [],
    });
    inotify = await mkdtemp(join(test.dataDir, "inotify-"));
    await kubectl.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: "kubeflow" } });
  });

  it("passes on a cluster that can take the plan, and leaves out what does not apply", async () => {
    const { state, rows } = await look([nodeOf(claim()), nodeOf(deployment())]);
    expect(state).toBe("done");
    expect(rows.filter((row) => row.state !== "passed").map((row) => [row.id, said(row)])).toEqual([]);
    const ids = rows.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(["kubernetes", "permissions", "storage", "room", "admission"]));
    expect(ids).not.toContain("ebs-driver");
    expect(ids).not.toContain("network");
  });

  it("misses a default StorageClass, and makes one of those there the default", async () => {
    await kubectl.text("annotate", "storageclass", "standard", "storageclass.kubernetes.io/is-default-class-");
    const checks = open([nodeOf(claim())]);
    const row = rowOf(await checks.view(), "storage");
    expect([row.state, row.level, said(row)]).toEqual(["failed", "must", "There is no default StorageClass"]);
    expect(row.fix?.lines).toEqual([
      "kubectl annotate storageclass standard storageclass.kubernetes.io/is-default-class=true --overwrite",
    ]);
    const after = rowOf(await checks.methods["checks.fix"]({ id: "storage" }, AbortSignal.timeout(30_000)), "storage");
    expect([after.state, said(after)]).toEqual(["passed", expect.stringContaining("standard")]);
    await checks.close();
  });

  it("installs one where there is none, and does so again without harm", async () => {
    await kubectl.text("delete", "storageclass", "standard");
    const checks = open([nodeOf(claim())]);
    expect(rowOf(await checks.view(), "storage").fix?.lines.join("\n")).toContain("kind: StorageClass");
    const signal = AbortSignal.timeout(30_000);
    const after = rowOf(await checks.methods["checks.fix"]({ id: "storage" }, signal), "storage");
    expect(said(after)).toContain("local-path (rancher.io/local-path)");
    await kubectl.wait("deployment/local-path-provisioner", "condition=Available", "-n", "local-path-storage");
    await expect(checks.methods["checks.fix"]({ id: "storage" }, signal)).rejects.toMatchObject({ code: "not-found" });
    await checks.close();
  });

  it("says what the cluster lacks in CPU, and adds nodes to a practice cluster", async () => {
    const nodes = [nodeOf(deployment({}, { cpu: "50" }))];
    const onCloud = rowOf(await look(nodes, { platform: "gke" }), "room");
    expect([onCloud.level, onCloud.fix?.run]).toEqual(["must", false]);
    expect(onCloud.fix?.lines[0]).toContain("--num-nodes 4");
    const two = [
      nodeOf(deployment({}, { cpu: "15" }), { id: "a" }),
      nodeOf(deployment({}, { cpu: "15" }), { id: "b" }),
    ];
    const four = [...two, ...two, nodeOf(deployment({}, { cpu: "10" }))];
    const checks = open(four, { platform: "practice" });
    const row = rowOf(await checks.view(), "room");
    expect(said(row)).toContain("70.0 CPU");
    const after = rowOf(await checks.methods["checks.fix"]({ id: "room" }, AbortSignal.timeout(30_000)), "room");
    expect([after.state, said(after)]).toEqual(["passed", expect.stringMatching(/^80\.0 CPU/)]);
    await checks.close();
  });

  it("shows what holds a namespace that is being deleted", async () => {
    await kubectl.apply(
      { apiVersion: "v1", kind: "Namespace", metadata: { name: "knative-serving" } },
      {
        ...{ apiVersion: "v1", kind: "ConfigMap" },
        metadata: { name: "held", namespace: "knative-serving", finalizers: ["example.org/hold"] },
      },
    );
    await kubectl.text("delete", "namespace", "knative-serving", "--wait=false");
    await kubectl.wait("namespace/knative-serving", "condition=NamespaceFinalizersRemaining");
    const own = nodeOf({ ...claim(), metadata: { name: "c", namespace: "knative-serving" } });
    const row = rowOf(await look([own]), "namespaces");
    expect(said(row)).toBe("The namespace knative-serving is still being deleted");
    expect(row.detail).toContain("example.org/hold");
    const patch = JSON.stringify({ metadata: { finalizers: null } });
    await kubectl.text("patch", "configmap", "held", "-n", "knative-serving", "--type=merge", "-p", patch);
    await kubectl.wait("namespace/knative-serving", "delete");
    expect(rowOf(await look([own]), "namespaces").state).toBe("passed");
  });

  it("finds webhooks that nothing answers, unless the plan brings them or they ask about something else", async () => {
    const configuration = (name: string, resources: string[]) => ({
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingWebhookConfiguration",
      metadata: { name },
      webhooks: [
        {
          ...{
            name: `${name}.example.org`,
            sideEffects: "None",
            admissionReviewVersions: ["v1"],
            failurePolicy: "Fail",
          },
          clientConfig: { service: { name: "gone", namespace: "kubeflow" } },
          rules: [{ apiGroups: [""], apiVersions: ["v1"], resources, operations: ["CREATE"] }],
        },
      ],
    });
    await kubectl.apply(
      configuration("left-over", ["persistentvolumeclaims"]),
      configuration("elsewhere", ["limitranges"]),
    );
    const row = rowOf(await look([nodeOf(claim())]), "webhooks");
    expect(said(row)).toContain("left-over");
    expect(said(row)).not.toContain("elsewhere");
    expect(row.evidence.map((one) => textOf(one, "en")).join()).toContain("kubeflow/gone");
    expect(row.fix?.lines).toEqual(["kubectl delete validatingwebhookconfiguration left-over"]);
    const brought = nodeOf(configuration("left-over", []));
    expect(rowOf(await look([nodeOf(claim()), brought]), "webhooks").state).toBe("passed");
    await kubectl.text("delete", "validatingwebhookconfiguration", "left-over", "elsewhere");
  });

  it("tries pods in a dry run against Pod Security", async () => {
    await kubectl.text("label", "namespace", "kubeflow", "pod-security.kubernetes.io/enforce=restricted");
    const privileged = nodeOf(deployment({ hostNetwork: true }));
    const row = rowOf(await look([privileged]), "admission");
    expect([row.level, said(row)]).toEqual([
      "must",
      "A policy of this cluster rejects pods of Deployment kubeflow/server",
    ]);
    expect(row.detail).toContain("hostNetwork");
    await kubectl.text("label", "namespace", "kubeflow", "pod-security.kubernetes.io/enforce-");
    expect(rowOf(await look([privileged]), "admission").state).toBe("passed");
    expect((await kubectl.text("get", "pods", "-n", "kubeflow")).trim()).toBe("");
  });

  it("finds quotas that are too small for what is added", async () => {
    await kubectl.apply({
      ...{ apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "small", namespace: "kubeflow" } },
      spec: { hard: { "requests.cpu": "1", pods: "10" } },
    });
    const row = rowOf(await look([nodeOf(deployment({}, { cpu: "2" }))]), "quota");
    expect(said(row)).toContain("requests.cpu is 1, of which 0 are used");
    expect(rowOf(await look([nodeOf(deployment({}, { cpu: "0.5" }))]), "quota").state).toBe("passed");
    await kubectl.text("delete", "resourcequota", "small", "-n", "kubeflow");
  });

  it("asks for each permission that the plan needs, and writes the request for the rest", async () => {
    const { at, close } = await restricted();
    try {
      const row = rowOf(await look([nodeOf(claim()), nodeOf(deployment())], { at }), "permissions");
      expect(said(row)).toBe("You are not allowed to create or change deployments.apps");
      const [role] = (row.fix?.lines.join("\n") ?? "").split("---");
      expect(parse(role ?? "")).toMatchObject({
        kind: "ClusterRole",
        rules: [
          { apiGroups: ["apps"], resources: ["deployments"], verbs: ["create", "patch", "get", "list", "watch"] },
        ],
      });
      await kubectl.apply(parse(role ?? "") as object);
      await kubectl.text("create", "clusterrolebinding", "more", "--clusterrole=kubeflow-installer", "--user=learner");
      expect(rowOf(await look([nodeOf(deployment())], { at }), "permissions").state).toBe("passed");
      await kubectl.text(
        "create",
        "clusterrole",
        "roles",
        "--verb=create,patch,get,list,watch",
        "--resource=clusterroles",
      );
      await kubectl.text("create", "clusterrolebinding", "roles", "--clusterrole=roles", "--user=learner");
      const grants = nodeOf({
        ...{ apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name: "all" } },
        rules: [{ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }],
      });
      const escalates = rowOf(await look([grants], { at }), "permissions");
      expect([escalates.state, said(escalates)]).toEqual(["failed", expect.stringContaining("grants more than")]);
      expect(escalates.detail).toContain("attempting to grant RBAC permissions not currently held");
    } finally {
      await close();
    }
  });

  it("looks at nodes: down, of another architecture, K3s beside Istio's plugin; keeps pods off them", async () => {
    const status = (patch: object) =>
      kubectl.text(
        "patch",
        "node",
        "practice-1",
        "--subresource=status",
        "--type=merge",
        "-p",
        JSON.stringify({ status: patch }),
      );
    await status({ nodeInfo: { architecture: "arm64", kubeletVersion: "v1.34.1+k3s1" } });
    const checks = open([nodeOf(deployment()), nodeOf(cniPlugin)]);
    const view = await checks.view();
    const row = rowOf(view, "architecture");
    expect([row.level, said(row)]).toEqual([
      "should",
      expect.stringContaining("practice-1: the architecture is arm64"),
    ]);
    const network = rowOf(view, "network");
    expect([network.level, said(network)]).toEqual([
      "must",
      expect.stringContaining("/var/lib/rancher/k3s/agent/etc/cni/net.d"),
    ]);
    const signal = AbortSignal.timeout(30_000);
    expect(rowOf(await checks.methods["checks.fix"]({ id: "architecture" }, signal), "architecture").state).toBe(
      "passed",
    );
    expect(await kubectl.text("get", "node", "practice-1", "-o", "jsonpath={.spec.unschedulable}")).toBe("true");
    await checks.close();
    await kubectl.text("uncordon", "practice-1");
    await status({ nodeInfo: { architecture: "amd64", kubeletVersion: "v1.36.3" } });
    await kubectl.apply({
      ...{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "cilium-config", namespace: "kube-system" } },
      data: { "cni-exclusive": "true" },
    });
    expect(said(rowOf(await look([nodeOf(cniPlugin)]), "network"))).toContain("Cilium removes");
    await kubectl.text("delete", "configmap", "cilium-config", "-n", "kube-system");
  });

  it("asks registries for images, and the kernel for its limits", async () => {
    const registry = await startRegistry(test.tools, { images: [{ name: "kubeflow/there:1" }] });
    try {
      const there = `${registry.host}/kubeflow/there:1`;
      await writeFile(join(inotify, "max_user_instances"), "128\n");
      const gone = await look([nodeOf(deployment())], {
        platform: "kind",
        images: [there, `${registry.host}/kubeflow/gone:1`],
      });
      const row = rowOf(gone, "images");
      expect([row.level, said(row)]).toEqual(["must", "1 of 2 images no longer exists: kubeflow/gone"]);
      const limits = rowOf(gone, "inotify");
      expect(said(limits)).toBe("fs.inotify.max_user_instances is 128; Kubeflow needs 2280");
      expect(limits.fix?.lines).toEqual(["sudo sysctl fs.inotify.max_user_instances=2280"]);
      expect(said(rowOf(await look([nodeOf(deployment())], { images: [there] }), "images"))).toBe("1 image answers");
      const dead = rowOf(await look([nodeOf(deployment())], { images: ["127.0.0.1:1/a:1"] }), "images");
      expect([dead.state, dead.level]).toEqual(["failed", "should"]);
    } finally {
      await registry.stop();
    }
  });

  it("sees an old Kubernetes, a missing driver on EKS, DNS that is down, and what others installed", async () => {
    await kubectl.apply({
      ...deployment(),
      metadata: { name: "coredns", namespace: "kube-system", labels: { "k8s-app": "kube-dns" } },
      spec: { ...(deployment().spec as object), replicas: 0 },
    });
    const live = {
      uid: "1",
      annotations: {},
      labels: { "app.kubernetes.io/version": "1.18.2", "app.kubernetes.io/managed-by": "Helm" },
    };
    const view = await look([nodeOf(claim(), { foreign: true, live, component: "cert-manager" })], {
      platform: "eks",
      minimum: "1.99",
    });
    expect([rowOf(view, "kubernetes").level, said(rowOf(view, "kubernetes"))]).toEqual([
      "should",
      expect.stringContaining("1.99"),
    ]);
    expect(said(rowOf(view, "dns"))).toContain("no pod of coredns is ready");
    expect(said(rowOf(view, "parts"))).toBe("cert-manager 1.18.2 is here already, installed by Helm (1 object)");
    await kubectl.text("delete", "deployment", "coredns", "-n", "kube-system");
  });

  it("gives way to a newer run, ends when it is cancelled, and says why there is no plan", async () => {
    const checks = open([nodeOf(claim())]);
    const { context } = room;
    const asked = { context, settings: settings({ components: [] }), adopt: false, images: false };
    const signal = AbortSignal.timeout(30_000);
    await checks.methods["checks.start"](asked, signal);
    expect((await checks.methods["checks.cancel"]({}, signal)).state).toBe("cancelled");
    await expect(checks.methods["checks.again"]({ ids: ["dns"] }, signal)).rejects.toMatchObject({ code: "not-found" });
    await checks.close();
    const { connections } = room;
    const served = serveChecks({
      connections,
      planned: () => Promise.reject(new Error("no sources")),
      addPracticeNodes: async () => undefined,
      readKernelLimits: async () => [],
      inspectImages: async function* () {},
    });
    await served.methods["checks.start"](asked, signal);
    let last: ChecksView = { state: "idle", rows: [] };
    for await (last of served.methods["checks.watch"]({}, signal)) if (last.state !== "running") break;
    expect([last.state, last.problem && saidOf(last.problem)]).toEqual(["failed", expect.anything()]);
    expect(last.rows.map(({ id }) => id).toSorted()).toEqual(["api-server", "nodes"]);
    await served.close?.();
  });

  it("does the same from the command line, and ends with 1 where a check has to pass", async () => {
    const shell = new Shell(test.dataDir, test.kubeconfig);
    const check = (...more: string[]) =>
      shell.run(test.dataDir, [
        "check",
        "--release",
        "starter",
        "--context",
        "practice",
        "--base-dir",
        test.dataDir,
        ...more,
      ]);
    const good = await check();
    expect([good.code, good.text]).toEqual([0, expect.stringContaining("✓ Permissions: administrator")]);
    await kubectl.text("delete", "storageclass", "--all");
    const bad = await check("--no-images");
    expect([bad.code, bad.text]).toEqual([1, expect.stringContaining("✗ Storage: There is no default StorageClass")]);
    const mended = await check("--no-images", "--fix", "storage");
    expect([mended.code, mended.text]).toEqual([0, expect.stringContaining("✓ Storage: local-path")]);
    const wrong = await check("--fix", "nothing");
    expect([wrong.code, wrong.text]).toEqual([1, expect.stringContaining("There is no such check")]);
  });

  /** The same cluster for someone who may do nothing but work with claims. */
  async function restricted() {
    await kubectl.text("create", "clusterrole", "claims", "--verb=*", "--resource=persistentvolumeclaims");
    await kubectl.text("create", "clusterrolebinding", "claims", "--clusterrole=claims", "--user=learner");
    const config = parse(await readFile(test.kubeconfig, "utf8")) as { users: { user: Record<string, string> }[] };
    for (const { user } of config.users) user.as = "learner";
    const folder = await mkdtemp(join(test.dataDir, "learner-"));
    await writeFile(join(folder, "kubeconfig"), stringify(config));
    const at = await openConnections(join(folder, "kubeconfig"), folder);
    return { at, close: () => at.connections.close() };
  }

  afterAll(() => registries.close?.());
});
