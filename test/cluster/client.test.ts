import { createSign } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { contextId, type FlowdeckError } from "../../common/contract/index.ts";
import type { ClusterEntry, ResolvedContext, UserEntry } from "../../electron/cluster/context.ts";
import { Credentials } from "../../electron/cluster/credentials.ts";
import {
  type ClusterClient,
  ClusterConnections,
  isRetryable,
  Kubeconfigs,
  type KubeObject,
  type WatchEvent,
} from "../../electron/cluster/index.ts";
import { systemClock } from "../../electron/cluster/reflector/clock.ts";
import { ObjectReader } from "../../electron/cluster/reflector/object-reader.ts";
import { SharedWatches } from "../../electron/cluster/reflector/shared-watches.ts";
import { Transport } from "../../electron/cluster/transport.ts";
import { CutProxy } from "./cut-proxy.ts";
import { eventually } from "./kubectl.ts";
import { describeWithCluster } from "./support.ts";

/** Reads a watch in the background, so that a test can wait for what it is about. */
class Seen {
  readonly events: string[] = [];
  readonly ended: Promise<unknown>;

  constructor(events: AsyncIterable<WatchEvent>) {
    this.ended = this.#read(events).then(
      () => undefined,
      (error: unknown) => error,
    );
  }

  async #read(events: AsyncIterable<WatchEvent>): Promise<void> {
    for await (const { type, object } of events) {
      this.events.push(object === undefined ? type : `${type} ${object.metadata.name}`);
    }
  }

  async untilSeen(event: string, count = 1): Promise<void> {
    await eventually(async () => (this.events.filter((seen) => seen === event).length >= count ? true : undefined));
  }
}

function configMap(name: string, data: Record<string, string> = {}): KubeObject {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "default" }, data };
}

function ref(kind: string, name: string, apiVersion = "v1") {
  return { apiVersion, kind, name, namespace: "default" };
}

/** The same claims with another end, signed as the cluster signs them. */
function tokenUntil(end: number, token: string, privateKey: string): string {
  const [header = "", payload = ""] = token.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as Record<string, unknown>;
  const exp = Math.floor(end / 1000);
  const signed = `${header}.${Buffer.from(JSON.stringify({ ...claims, iat: exp - 7200, nbf: exp - 7200, exp })).toString("base64url")}`;
  const signature = createSign("SHA256")
    .update(signed)
    .sign({ key: privateKey, dsaEncoding: "ieee-p1363" }, "base64url");
  return `${signed}.${signature}`;
}

async function failure(attempt: Promise<unknown>): Promise<FlowdeckError> {
  try {
    await attempt;
  } catch (error) {
    return error as FlowdeckError;
  }
  throw new Error("It did not fail.");
}

await describeWithCluster("cluster client", (test) => {
  let kubeconfigs: Kubeconfigs;
  let connections: ClusterConnections;
  let practice: ResolvedContext;
  let kube: ClusterClient;
  let proxy: CutProxy;
  const abort = new AbortController();
  const opened: ClusterClient[] = [];

  beforeAll(async () => {
    kubeconfigs = new Kubeconfigs({
      dataDir: test.dataDir,
      environment: { PATH: process.env.PATH, KUBECONFIG: join(test.dataDir, "none") },
      home: test.dataDir,
      practice: test.kubeconfig,
    });
    connections = new ClusterConnections({ kubeconfigs, environment: test.tools.environment(), lingerMs: 100 });
    const { contexts } = await kubeconfigs.list();
    practice = await kubeconfigs.resolve(contextId.parse(contexts[0]?.id));
    kube = await connections.client(practice.id);
    proxy = await CutProxy.to(practice.cluster.server);
  });
  afterEach(async () => {
    for (const client of opened.splice(0)) await client.close();
  });
  afterAll(async () => {
    abort.abort();
    await kube?.close();
    await connections?.close();
    await proxy?.close();
  });

  /** A client whose cluster or user differs from the practice cluster's admin, by way of a kubeconfig of its own. */
  async function variant(name: string, cluster: Partial<ClusterEntry>, user?: UserEntry): Promise<ClusterClient> {
    const file = join(test.dataDir, "variants", name);
    await mkdir(join(test.dataDir, "variants"), { recursive: true });
    const changed = { ...practice.cluster, ...cluster };
    const admin = practice.user;
    const shown: UserEntry = user ?? admin;
    const content = {
      kind: "Config",
      clusters: [
        {
          name: "c",
          cluster: {
            server: changed.server,
            "certificate-authority": changed.caFile,
            "certificate-authority-data": changed.caData,
          },
        },
      ],
      users: [
        {
          name: "u",
          user: {
            token: shown.token,
            tokenFile: shown.tokenFile,
            "client-certificate": shown.certFile,
            "client-certificate-data": shown.certData,
            "client-key": shown.keyFile,
            "client-key-data": shown.keyData,
          },
        },
      ],
      contexts: [{ name, context: { cluster: "c", user: "u" } }],
    };
    await writeFile(file, JSON.stringify(content));
    const { contexts } = await kubeconfigs.addFile(file);
    const client = await connections.client(contextId.parse(contexts.find((context) => context.file === file)?.id));
    opened.push(client);
    return client;
  }

  async function tokenOf(serviceAccount: string): Promise<string> {
    await kube.apply({
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata: { name: serviceAccount, namespace: "default" },
    });
    const answer = await kube.raw(`/api/v1/namespaces/default/serviceaccounts/${serviceAccount}/token`, {
      method: "POST",
      body: JSON.stringify({ apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} }),
    });
    return (JSON.parse(answer) as { status: { token: string } }).status.token;
  }

  it("tells what it found when a context is chosen", async () => {
    const info = await connections.connect(practice.id);
    expect(info).toMatchObject({
      context: practice.id,
      name: "practice",
      practice: true,
      version: "v1.36.3",
      supported: true,
      nodes: { total: 3, ready: 3 },
      canInstall: true,
      missing: [],
      warnings: [],
    });
    expect(info.defaultStorageClass).toBeTruthy();
    expect(info.allocatable?.cpu).toBeGreaterThan(0);
    expect(info.allocatable?.memoryBytes).toBeGreaterThan(1e9);
    expect(info.architectures.length).toBe(1);
  });

  it("warns of a cluster without a default StorageClass", async () => {
    const [storageClass] = await kube.list("storage.k8s.io/v1", "StorageClass");
    const target = { apiVersion: "storage.k8s.io/v1", kind: "StorageClass", name: storageClass?.metadata.name ?? "" };
    const annotation = "storageclass.kubernetes.io/is-default-class";
    await kube.mergePatch(target, { metadata: { annotations: { [annotation]: "false" } } });
    const info = await connections.connect(practice.id);
    await kube.mergePatch(target, { metadata: { annotations: { [annotation]: "true" } } });
    expect(info.defaultStorageClass).toBeUndefined();
    expect(info.warnings.map(({ message }) => message)).toEqual([expect.stringContaining("no default StorageClass")]);
  });

  it("finds kinds by discovery", async () => {
    expect(await kube.resourceFor("apps/v1", "Deployment")).toMatchObject({ plural: "deployments", namespaced: true });
    expect(await kube.resourceFor("v1", "Namespace")).toMatchObject({ group: "", namespaced: false });
    const found = await kube.resources();
    expect(found.filter(({ kind }) => kind === "HorizontalPodAutoscaler").map(({ version }) => version)).toEqual([
      "v2",
    ]);
    expect(await failure(kube.resourceFor("shop.example/v1", "Widget"))).toMatchObject({
      code: "kind-unknown",
      message: "The API server of practice does not serve Widget in shop.example/v1.",
    });
  });

  it("uses a kind as soon as its CRD is Established, and says when it is gone again", async () => {
    const crd: KubeObject = {
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinition",
      metadata: { name: "widgets.shop.example" },
      spec: {
        group: "shop.example",
        scope: "Cluster",
        names: { kind: "Widget", plural: "widgets" },
        versions: [
          {
            name: "v1",
            served: true,
            storage: true,
            schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
          },
        ],
      },
    };
    await kube.apply(crd);
    for await (const { object } of kube.watch(crd.apiVersion, crd.kind, {
      fieldSelector: "metadata.name=widgets.shop.example",
    })) {
      const conditions = (object?.status as { conditions?: { type: string; status: string }[] } | undefined)
        ?.conditions;
      if (conditions?.some(({ type, status }) => type === "Established" && status === "True")) break;
    }
    // A namespace on a cluster-scoped object is dropped, as discovery knows better.
    const widget = { apiVersion: "shop.example/v1", kind: "Widget", metadata: { name: "w", namespace: "default" } };
    await eventually(() => kube.apply(widget));
    expect((await kube.get({ ...widget, name: "w" }))?.metadata.namespace).toBeUndefined();

    const seen = new Seen(kube.watch("shop.example/v1", "Widget"));
    await seen.untilSeen("synced");
    await kube.delete(
      { apiVersion: crd.apiVersion, kind: crd.kind, name: crd.metadata.name },
      { propagation: "foreground" },
    );
    expect(await seen.ended).toMatchObject({ code: "kind-unknown" });
    expect(seen.events).toEqual(["added w", "synced", "deleted w"]);
    expect(await kube.get({ ...widget, name: "w" })).toBeUndefined();
    expect(await kube.delete({ ...widget, name: "w" })).toBe(false);
  });

  it("applies, keeps others' fields unless told whose to take", async () => {
    const stored = await kube.apply(configMap("owned", { a: "1" }), { fieldManager: "kubectl-client-side-apply" });
    expect(stored.metadata.uid).toBeTruthy();
    const dry = await kube.apply(configMap("dry"), { dryRun: true });
    expect(dry.metadata.name).toBe("dry");
    expect(await kube.get(ref("ConfigMap", "dry"))).toBeUndefined();

    const change = configMap("owned", { a: "2" });
    for (const forceOver of [[], ["helm", "flowdeck"]]) {
      const error = await failure(kube.apply(change, { forceOver }));
      expect(error).toMatchObject({
        code: "conflict",
        message:
          "Cannot apply ConfigMap default/owned: its fields belong to other managers: kubectl-client-side-apply (.data.a).",
      });
      expect(error.detail).toContain('conflict with "kubectl-client-side-apply"');
      expect(isRetryable(error)).toBe(false);
    }
    expect((await kube.apply(change, { forceOver: ["kubectl*"] })).data).toEqual({ a: "2" });
    // Copies read from the cluster may be applied as they are.
    const copy = await kube.get(ref("ConfigMap", "owned"));
    if (copy !== undefined) expect((await kube.apply(copy)).data).toEqual({ a: "2" });
  });

  it("forces over no one when only some of the owners are given up", async () => {
    await kube.apply(configMap("shared", { a: "1" }), { fieldManager: "kubectl" });
    await kube.apply(configMap("shared", { b: "1" }), { fieldManager: "argocd" });
    const error = await failure(kube.apply(configMap("shared", { a: "2", b: "2" }), { forceOver: ["kubectl*"] }));
    expect(error.message).toContain("argocd (.data.b)");
    expect((await kube.get(ref("ConfigMap", "shared")))?.data).toEqual({ a: "1", b: "1" });
  });

  it("explains what is invalid, missing or already there", async () => {
    const deployment = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "x" } };
    const cases: [() => Promise<unknown>, string, string][] = [
      [() => kube.apply({ ...deployment, spec: { replicas: -1 } }), "object-invalid", "spec.replicas"],
      [
        () => kube.apply({ ...deployment, spec: { foo: 1 } }),
        "object-invalid",
        "does not match the schema of its kind",
      ],
      [
        () => kube.apply({ ...configMap("x"), metadata: { name: "x", namespace: "gone" } }),
        "object-not-found",
        "namespace gone does not exist",
      ],
      [
        () => kube.create({ apiVersion: "v1", kind: "Namespace", metadata: { name: "default" } }),
        "conflict",
        "already exists",
      ],
      [() => kube.mergePatch(ref("ConfigMap", "gone"), {}), "object-not-found", "configmaps gone does not exist"],
      [() => kube.raw("/nowhere"), "kind-unknown", "does not serve this path"],
    ];
    for (const [attempt, code, words] of cases) {
      const error = await failure(attempt());
      expect(error).toMatchObject({ code, message: expect.stringContaining(words) });
      expect(isRetryable(error)).toBe(false);
    }
  });

  it("names a webhook that cannot be called, which may be tried again", async () => {
    const configuration = {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingWebhookConfiguration",
      metadata: { name: "absent" },
      webhooks: [
        {
          name: "absent.shop.example",
          clientConfig: { service: { name: "absent", namespace: "default" } },
          rules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["configmaps"] }],
          objectSelector: { matchLabels: { checked: "yes" } },
          failurePolicy: "Fail",
          sideEffects: "None",
          admissionReviewVersions: ["v1"],
        },
      ],
    };
    await kube.apply(configuration);
    const checked = configMap("checked");
    checked.metadata.labels = { checked: "yes" };
    const error = await eventually(async () => {
      try {
        await kube.apply(checked, { dryRun: true });
        return undefined;
      } catch (thrown) {
        return thrown as FlowdeckError;
      }
    });
    expect(error).toMatchObject({ code: "webhook-failed", message: expect.stringContaining("absent.shop.example") });
    expect(isRetryable(error)).toBe(true);
    expect(await kube.delete({ ...configuration, name: "absent" })).toBe(true);
  });

  it("lists in pages, and selects", async () => {
    await kube.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: "many" } });
    const names = Array.from({ length: 1_050 }, (_, index) => `m-${index}`);
    const labels = { many: "yes" };
    await Promise.all(
      names.map((name) =>
        kube.apply({ apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "many", labels } }),
      ),
    );
    const found = await kube.list("v1", "ConfigMap", { labelSelector: "many=yes" });
    expect(found.map(({ metadata }) => metadata.name).toSorted()).toEqual(names.toSorted());
    expect(found[0]).toMatchObject({ apiVersion: "v1", kind: "ConfigMap" });
    const one = await kube.list("v1", "ConfigMap", { namespace: "many", fieldSelector: "metadata.name=m-7" });
    expect(one).toHaveLength(1);
    await kube.delete({ apiVersion: "v1", kind: "Namespace", name: "many" });
  });

  it("deletes with the propagation asked for, and only the object that was meant", async () => {
    const pod = {
      metadata: { labels: { app: "prop" } },
      spec: { containers: [{ name: "c", image: "registry.example/c:1" }] },
    };
    const spec = { replicas: 1, selector: { matchLabels: { app: "prop" } }, template: pod };
    const deployment = {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "prop", namespace: "default" },
      spec,
    };
    const target = ref("Deployment", "prop", "apps/v1");
    const replicaSets = async (): Promise<KubeObject[]> =>
      kube.list("apps/v1", "ReplicaSet", { namespace: "default", labelSelector: "app=prop" });
    await kube.apply(deployment);
    const [replicaSet] = await eventually(async () => ((await replicaSets()).length === 1 ? replicaSets() : undefined));
    expect(await kube.delete(target, { uid: "00000000-0000-0000-0000-000000000000" })).toBe(false);
    expect(await kube.get(target)).toBeDefined();
    expect(await kube.delete(target, { propagation: "orphan" })).toBe(true);
    await eventually(async () => ((await kube.get(target)) === undefined ? true : undefined));
    await eventually(async () => ((await replicaSets())[0]?.metadata.ownerReferences === undefined ? true : undefined));
    expect((await replicaSets())[0]?.metadata.uid).toBe(replicaSet?.metadata.uid);

    await kube.apply(deployment);
    await eventually(async () => ((await replicaSets())[0]?.metadata.ownerReferences?.length === 1 ? true : undefined));
    expect(await kube.delete(target, { propagation: "foreground" })).toBe(true);
    await eventually(async () => ((await kube.get(target)) === undefined ? true : undefined));
    // Foreground: the dependents went first.
    expect(await replicaSets()).toEqual([]);
    expect(await kube.delete(target)).toBe(false);
  });

  it("keeps a watch alive over cut connections without losing or repeating anything", async () => {
    const through = await variant("proxied", { server: proxy.url });
    const states: string[] = [];
    const seen = new Seen(
      through.watch("v1", "ConfigMap", {
        namespace: "default",
        labelSelector: "cut=yes",
        signal: abort.signal,
        onConnection: (state) => states.push(state),
      }),
    );
    const labelled = (name: string): KubeObject => {
      const object = configMap(name);
      object.metadata.labels = { cut: "yes" };
      return object;
    };
    await seen.untilSeen("synced");
    await kube.apply(labelled("before"));
    await seen.untilSeen("added before");
    const connectionsBefore = proxy.accepted;
    for (const name of ["one", "two", "three"]) {
      proxy.cut();
      await kube.apply(labelled(name));
      await seen.untilSeen(`added ${name}`);
    }
    proxy.cut();
    await kube.delete(ref("ConfigMap", "before"));
    await seen.untilSeen("deleted before");
    expect(seen.events).toEqual(["synced", "added before", "added one", "added two", "added three", "deleted before"]);
    expect(proxy.accepted).toBeGreaterThanOrEqual(connectionsBefore + 4);
    expect(states).toContain("reconnecting");
    // Requests go on as well, over new connections.
    proxy.cut();
    expect(await through.version()).toBe("v1.36.3");
  });

  it("notices a connection that died without a word", async () => {
    const transport = new Transport(
      { ...practice, cluster: { ...practice.cluster, server: proxy.url } },
      new Credentials(practice, { fetch: () => Promise.reject(new Error("not asked for")) }),
      {},
    );
    const ended = new AbortController();
    const resource = await kube.resourceFor("v1", "ConfigMap");
    const options = { namespace: "default", fieldSelector: "metadata.name=quiet" };
    // Its patience passes quickly.
    const clock = {
      ...systemClock,
      after: (ms: number, then: () => void) => systemClock.after(Math.min(ms, 1_000), then),
    };
    const watches = new SharedWatches(transport, clock);
    const source = { transport, watches, resource: async () => resource, onGone: () => undefined, options };
    const seen = new Seen(new ObjectReader(source).events(ended.signal));
    await seen.untilSeen("synced");
    await eventually(async () => (proxy.accepted > 0 ? true : undefined));
    proxy.silence(true);
    await kube.apply(configMap("quiet"));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(seen.events).toEqual(["synced"]);
    proxy.silence(false);
    await seen.untilSeen("added quiet");
    ended.abort();
    await seen.ended;
    await transport.close();
  });

  it("says what a limited user may not do, and asks beforehand", async () => {
    const limited = await variant("limited", {}, { name: "u", token: await tokenOf("limited") });
    const who = "system:serviceaccount:default:limited";
    expect(await failure(limited.list("v1", "Node"))).toMatchObject({
      code: "forbidden",
      message: `User ${who} does not have permission to list nodes in the whole cluster.`,
    });
    expect(await failure(limited.apply(configMap("no")))).toMatchObject({
      code: "forbidden",
      message: `User ${who} does not have permission to patch configmaps in namespace default.`,
    });
    expect(await new Seen(limited.watch("v1", "Secret")).ended).toMatchObject({ code: "forbidden" });
    expect(await limited.mayI({ verb: "create", group: "", resource: "namespaces" })).toMatchObject({ allowed: false });
    expect(await kube.mayI({ verb: "create", group: "", resource: "namespaces" })).toMatchObject({ allowed: true });

    const { contexts } = await kubeconfigs.list();
    const info = await connections.connect(contextId.parse(contexts.find(({ name }) => name === "limited")?.id));
    expect(info.canInstall).toBe(false);
    expect(info.missing).toContain("create customresourcedefinitions.apiextensions.k8s.io");
    expect(info.missing).toContain("patch deployments.apps");
    expect(info.nodes).toBeUndefined();
    expect(info.warnings).toEqual([]);
  });

  it("says when credentials are rejected, and takes a renewed token without a word", async () => {
    const privateKey = await readFile(join(test.dataDir, "practice/pki/service-account.key"), "utf8");
    const issued = await tokenOf("late");
    const inTime = { name: "u", token: tokenUntil(Date.now() + 3_600_000, issued, privateKey) };
    expect(await (await variant("in-time", {}, inTime)).raw("/api")).toContain("APIVersions");
    const token = tokenUntil(Date.now() - 3_600_000, issued, privateKey);
    const late = await variant("late", {}, { name: "u", token });
    const error = await failure(late.raw("/api"));
    expect(error).toMatchObject({ code: "credentials-rejected", message: expect.stringContaining("context late") });
    expect(JSON.stringify(error)).not.toContain(token);
    expect(isRetryable(error)).toBe(false);

    const tokenFile = join(test.dataDir, "token");
    await writeFile(tokenFile, "not.a.token");
    const renewed = await variant("renewed", {}, { name: "u", tokenFile });
    expect(await failure(renewed.raw("/api"))).toMatchObject({ code: "credentials-rejected" });
    await writeFile(tokenFile, await tokenOf("staying"));
    expect(JSON.parse(await renewed.raw("/api"))).toMatchObject({ kind: "APIVersions" });
  });

  it("does not talk to a server that its kubeconfig does not vouch for", async () => {
    const caData = Buffer.from(await readFile(new URL("./wrong-ca.pem", import.meta.url))).toString("base64");
    const { caFile: _caFile, ...cluster } = practice.cluster;
    const wrong = await variant("wrong-ca", { ...cluster, caData });
    const error = await failure(wrong.version());
    expect(error).toMatchObject({
      code: "cluster-untrusted",
      message: expect.stringContaining("certificate authority"),
    });
    expect(isRetryable(error)).toBe(false);
    const seen = new Seen(wrong.watch("v1", "Pod"));
    expect(await seen.ended).toMatchObject({ code: "cluster-untrusted" });
  });

  it("says why a server cannot be reached", async () => {
    const gone = await CutProxy.to(practice.cluster.server);
    const { port, url } = gone;
    await gone.close();
    const down = await failure((await variant("down", { server: url })).version());
    expect(down).toMatchObject({
      code: "cluster-unreachable",
      message: `Cannot reach the API server 127.0.0.1:${port} of context down: nothing is listening there (connection refused).`,
    });
    expect(isRetryable(down)).toBe(true);

    const plain: Server = createServer((_, response) => response.end("no TLS")).listen(0, "127.0.0.1");
    await eventually(async () => plain.address() ?? undefined);
    const server = `https://127.0.0.1:${(plain.address() as AddressInfo).port}`;
    const error = await failure((await variant("plain", { server })).version());
    plain.close();
    expect(error).toMatchObject({
      code: "cluster-unreachable",
      message: expect.stringContaining("does not use TLS"),
    });
  });

  it("takes a kubeconfig that changed at the next call for a client", async () => {
    const first = await variant("moving", { server: "https://127.0.0.1:1" });
    await failure(first.version());
    const second = await variant("moving", {});
    expect(await second.version()).toBe("v1.36.3");
  });

  it("goes on after the API server was restarted", async () => {
    const seen = new Seen(
      kube.watch("v1", "ConfigMap", {
        namespace: "default",
        fieldSelector: "metadata.name=restarted",
        signal: abort.signal,
      }),
    );
    await seen.untilSeen("synced");
    await test.cluster.stop();
    expect(await failure(kube.version())).toMatchObject({ code: "cluster-unreachable" });
    await test.cluster.start();
    await eventually(() => kube.apply(configMap("restarted")));
    await seen.untilSeen("added restarted");
    expect(seen.events.filter((event) => event === "added restarted")).toHaveLength(1);
  });

  // After a restart the server remembers no older events.
  it("lists again when it would go on from a resourceVersion that is too old", async () => {
    const transport = new Transport(
      practice,
      new Credentials(practice, { fetch: () => Promise.reject(new Error("not asked for")) }),
      {},
    );
    const ended = new AbortController();
    const resource = await kube.resourceFor("v1", "Namespace");
    const states: string[] = [];
    const options = { fieldSelector: "metadata.name=default", onConnection: (state: string) => states.push(state) };
    const watches = new SharedWatches(transport);
    const source = { transport, watches, resource: async () => resource, onGone: () => undefined, options, from: "1" };
    const seen = new Seen(new ObjectReader(source).events(ended.signal));
    await seen.untilSeen("synced");
    await eventually(async () => (states.at(-1) === "live" ? true : undefined));
    expect(seen.events).toEqual(["added default", "synced"]);
    expect(states).toEqual(["live", "listing", "live"]);
    ended.abort();
    await seen.ended;
    await transport.close();
  });
});
