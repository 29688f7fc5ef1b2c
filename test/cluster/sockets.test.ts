import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type ContextId, contextId } from "../../common/contract/index.ts";
import { message } from "../../common/words/index.ts";
import type { ClusterClient, KubeObject } from "../../electron/cluster/index.ts";
import { runInPod } from "../../electron/exec/index.ts";
import { Forwards } from "../../electron/forwards/index.ts";
import { clusterRoom } from "./cluster-room.ts";
import { eventually } from "./kubectl.ts";
import { connectProxy, socksProxy } from "./proxies.ts";
import { describeWithCluster } from "./support.ts";

const stdin = 0;
const stdout = 1;
const status = 3;

/** Collects what a socket of the channel protocol brings: the first byte of each message names the channel. */
class Channels {
  readonly bytes = new Map<number, Buffer>();
  readonly ended: Promise<number>;

  constructor(socket: WebSocket) {
    socket.on("message", (data: Buffer) => {
      const channel = data[0] ?? 255;
      this.bytes.set(channel, Buffer.concat([this.bytes.get(channel) ?? Buffer.alloc(0), data.subarray(1)]));
    });
    this.ended = new Promise((resolve) => socket.on("close", resolve));
  }

  async untilText(channel: number, text: string): Promise<void> {
    await eventually(async () => (this.text(channel).includes(text) ? true : undefined));
  }

  text(channel: number): string {
    return (this.bytes.get(channel) ?? Buffer.alloc(0)).toString("utf8");
  }
}

async function first<T>(items: AsyncIterable<T>): Promise<T | undefined> {
  for await (const item of items) return item;
  return undefined;
}

function toStdin(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([stdin]), bytes]);
}

await describeWithCluster("sockets to the API server, and writes", (test) => {
  const room = clusterRoom(test);
  const { kubectl } = room;
  const never = new AbortController().signal;
  let kube: ClusterClient;

  beforeAll(async () => {
    kube = await room.connections.client(room.context);
    await kubectl.apply({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "web", namespace: "default" },
      spec: { containers: [{ name: "c", image: "registry.example/web:1" }] },
    });
    await kubectl.wait("pod/web", "condition=Ready");
  });
  afterAll(async () => {
    await kube?.close();
  });

  const exec = (client: ClusterClient, words: readonly string[], more: { pod?: string; signal?: AbortSignal } = {}) =>
    client.socket({
      path: `/api/v1/namespaces/default/pods/${more.pod ?? "web"}/exec`,
      query: [
        ["container", "c"],
        ["stdout", "true"],
        ["stderr", "true"],
        ["stdin", "true"],
        ...words.map((word) => ["command", word] as const),
      ],
      protocols: ["v5.channel.k8s.io", "v4.channel.k8s.io"],
      what: message("request.run", { command: "true", pod: `default/${more.pod ?? "web"}` }),
      signal: more.signal ?? never,
    });

  /** A client of a kubeconfig that differs from the practice cluster's by these parts. */
  async function variant(name: string, cluster: object, user?: object): Promise<ClusterClient> {
    return (await variantWithId(name, cluster, user)).client;
  }

  async function variantWithId(
    name: string,
    cluster: object,
    user?: object,
  ): Promise<{ id: ContextId; client: ClusterClient }> {
    const context = await room.kubeconfigs.resolve(room.context);
    const file = join(test.dataDir, `${name}.json`);
    const { server, caFile, caData } = context.cluster;
    const admin = {
      "client-certificate": context.user.certFile,
      "client-certificate-data": context.user.certData,
      "client-key": context.user.keyFile,
      "client-key-data": context.user.keyData,
    };
    const shared = { server, "certificate-authority": caFile, "certificate-authority-data": caData };
    await writeFile(
      file,
      JSON.stringify({
        kind: "Config",
        clusters: [{ name: "c", cluster: { ...shared, ...cluster } }],
        users: [{ name: "u", user: user ?? admin }],
        contexts: [{ name, context: { cluster: "c", user: "u" } }],
      }),
    );
    const { contexts } = await room.kubeconfigs.addFile(file);
    const id = contextId.parse(contexts.find((context) => context.name === name)?.id);
    return { id, client: await room.connections.client(id) };
  }

  it("run a command, and bring what it writes and how it ended from the first byte", async () => {
    const socket = await exec(kube, ["sh", "-c", "echo one; echo 둘"]);
    expect(socket.protocol).toBe("v5.channel.k8s.io");
    const seen = new Channels(socket);
    await seen.ended;
    expect(seen.text(stdout)).toBe("one\n둘\n");
    expect(JSON.parse(seen.text(status))).toMatchObject({ status: "Success" });
  });

  it("carry any bytes both ways, and end the input as v5 does", async () => {
    const socket = await exec(kube, ["cat"]);
    const seen = new Channels(socket);
    const sent = Buffer.alloc(300_000, Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)));
    for (let at = 0; at < sent.length; at += 30_000) socket.send(toStdin(sent.subarray(at, at + 30_000)));
    socket.send(Buffer.from([255, stdin]));
    await seen.ended;
    const digest = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");
    expect(digest(seen.bytes.get(stdout) ?? Buffer.alloc(0))).toBe(digest(sent));
  });

  it("say in the server's words why there is none", async () => {
    await expect(exec(kube, ["true"], { pod: "absent" })).rejects.toMatchObject({
      code: "object-not-found",
      message: "Cannot run true in Pod default/absent: pods absent does not exist.",
    });
    const stranger = await variant("stranger", {}, { token: "not.a.token" });
    await expect(exec(stranger, ["true"])).rejects.toMatchObject({ code: "credentials-rejected" });
    await stranger.close();
    const down = await variant("down", { server: "https://127.0.0.1:1" });
    await expect(exec(down, ["true"])).rejects.toMatchObject({ code: "cluster-unreachable" });
    await down.close();
  });

  it("try once more with renewed credentials", async () => {
    await kubectl.text("create", "serviceaccount", "runner");
    await kubectl.text(
      "create",
      "clusterrolebinding",
      "runner",
      "--clusterrole=edit",
      "--serviceaccount=default:runner",
    );
    const tokenFile = join(test.dataDir, "token");
    await writeFile(tokenFile, "not.a.token");
    const renewed = await variant("renewed", {}, { tokenFile });
    await expect(exec(renewed, ["true"])).rejects.toMatchObject({ code: "credentials-rejected" });
    await writeFile(tokenFile, await kubectl.text("create", "token", "runner"));
    // The rejected token was forgotten, but within the minute a good one is kept: so it is read once, then trusted.
    const seen = new Channels(await exec(renewed, ["echo", "again"]));
    await seen.ended;
    expect(seen.text(stdout)).toBe("again\n");
    await writeFile(tokenFile, "not.a.token");
    await new Channels(await exec(renewed, ["true"])).ended;
    await renewed.close();
  });

  it("end when aborted, and with their client", async () => {
    const abort = new AbortController();
    const aborted = new Channels(await exec(kube, ["cat"], { signal: abort.signal }));
    abort.abort();
    expect(await aborted.ended).toBe(1006);
    await expect(exec(kube, ["cat"], { signal: abort.signal })).rejects.toMatchObject({ name: "AbortError" });

    const other = await room.connections.client(room.context);
    const socket = await exec(other, ["cat"]);
    const seen = new Channels(socket);
    socket.send(toStdin(Buffer.from("here\n")));
    await seen.untilText(stdout, "here");
    await other.close();
    expect(await seen.ended).toBe(1006);
    expect(socket.readyState).toBe(WebSocket.CLOSED);
  });

  describe("go through the kubeconfig's proxy, as requests, watches, forwards and copies do:", () => {
    const ada = { user: "ada", password: "p@ss word" };
    const inUrl = "ada:p%40ss%20word";

    // client-go takes no socks5h here (clientcmd, parseProxyURL); its socks5 asks the proxy for names as well.
    it.each([{ kind: "http" }, { kind: "https" }, { kind: "socks5" }])("$kind", async ({ kind }) => {
      const { user } = await room.kubeconfigs.resolve(room.context);
      const read = async (file: string | undefined, data: string | undefined) =>
        data === undefined ? await readFile(file ?? "") : Buffer.from(data, "base64");
      // Any certificate does: this cluster is one whose certificates are not verified.
      const certificate = {
        cert: await read(user.certFile, user.certData),
        key: await read(user.keyFile, user.keyData),
      };
      const proxy = kind.startsWith("socks")
        ? await socksProxy(ada)
        : await connectProxy(ada, kind === "https" ? certificate : undefined);
      // A name that only the proxy knows: whatever is dialled directly fails.
      const host = `api.internal.test:${new URL(kube.server).port}`;
      const { id, client } = await variantWithId(`through-${kind}`, {
        server: `https://${host}`,
        "proxy-url": `${kind}://${inUrl}@127.0.0.1:${proxy.port}`,
        ...(kind === "https"
          ? {
              "insecure-skip-tls-verify": true,
              "certificate-authority": undefined,
              "certificate-authority-data": undefined,
            }
          : { "tls-server-name": "localhost" }),
      });
      const forwards = new Forwards(room.connections);
      try {
        expect(await client.version()).toMatch(/^v1\./);
        expect(await first(client.watch("v1", "Node"))).toMatchObject({ object: { kind: "Node" } });
        const seen = new Channels(await exec(client, ["echo", "through"]));
        await seen.ended;
        expect(seen.text(stdout)).toBe("through\n");
        const place = { namespace: "default", pod: "web", container: "c", signal: never };
        const copied = await runInPod(client, { ...place, command: ["cat", "/etc/hostname"] });
        expect(copied.stdout.length).toBeGreaterThan(0);
        const before = proxy.asked.length;
        const pod = {
          context: id,
          group: "",
          version: "v1",
          plural: "pods",
          kind: "Pod",
          namespace: "default",
          name: "web",
        };
        const forward = await forwards.start({ target: pod, port: 80 });
        expect((await fetch(forward.url, { headers: { connection: "close" } })).status).toBe(200);
        expect(proxy.asked.length).toBeGreaterThan(before);
        expect(new Set(proxy.asked)).toEqual(new Set([host]));
        // A request, a watch, a command, a copy and a forward.
        expect(proxy.asked.length).toBeGreaterThanOrEqual(5);
      } finally {
        await forwards.close();
        await client.close();
        await proxy.close();
      }
    });

    it("whose refusal is told as its own", async () => {
      const proxy = await connectProxy(ada);
      const client = await variant("refused", { "proxy-url": `http://eve:secret@127.0.0.1:${proxy.port}` });
      const { host } = new URL(kube.server);
      const refused = {
        code: "cluster-unreachable",
        message: `Cannot reach the API server ${host} of context refused through the proxy 127.0.0.1:${proxy.port}: it responded with 407 Proxy Authentication Required.`,
      };
      await expect(client.version()).rejects.toMatchObject(refused);
      await expect(exec(client, ["true"])).rejects.toMatchObject(refused);
      await client.close();
      await proxy.close();
    });
  });

  function configMap(name: string, data: Record<string, string>): KubeObject {
    return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "default" }, data };
  }
  const refOf = (kind: string, name: string) => ({
    apiVersion: kind === "Deployment" ? "apps/v1" : "v1",
    kind,
    name,
    namespace: "default",
  });

  it("replaces an object only as it was read", async () => {
    const first = await kube.create(configMap("replaced", { a: "1" }));
    const tried = await kube.replace({ ...first, data: { a: "tried" } }, { dryRun: true });
    expect(tried.data).toEqual({ a: "tried" });
    expect(tried.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
    const second = await kube.replace({ ...first, data: { a: "2" } }, { fieldManager: "replacer" });
    expect(second.data).toEqual({ a: "2" });
    expect(second.metadata.managedFields).toMatchObject([{}, { manager: "replacer", operation: "Update" }]);
    await expect(kube.replace({ ...first, data: { a: "3" } })).rejects.toMatchObject({
      code: "conflict",
      message: "Cannot replace ConfigMap default/replaced: someone else changed it at the same time.",
    });
    await expect(kube.replace(configMap("nowhere", {}))).rejects.toMatchObject({ code: "object-not-found" });
  });

  it("patches by JSON patch, subresources too, and tries without keeping", async () => {
    await kube.apply(configMap("patched", { a: "1", b: "2" }));
    const target = refOf("ConfigMap", "patched");
    const tried = await kube.jsonPatch(target, [{ op: "remove", path: "/data/b" }], { dryRun: true });
    expect(tried.data).toEqual({ a: "1" });
    expect((await kube.get(target))?.data).toEqual({ a: "1", b: "2" });
    const patched = await kube.jsonPatch(target, [
      { op: "test", path: "/data/a", value: "1" },
      { op: "move", from: "/data/b", path: "/data/c" },
    ]);
    expect(patched.data).toEqual({ a: "1", c: "2" });
    await expect(kube.jsonPatch(target, [{ op: "test", path: "/data/a", value: "x" }])).rejects.toMatchObject({
      code: "object-invalid",
    });

    await kubectl.text("create", "deployment", "scaled", "--image=registry.example/web:1", "--replicas=1");
    const scale = { spec: { replicas: 3 } };
    const deployment = refOf("Deployment", "scaled");
    expect(await kube.mergePatch(deployment, scale, { subresource: "scale" })).toMatchObject({
      kind: "Scale",
      ...scale,
    });
    const two = [{ op: "replace", path: "/spec/replicas", value: 2 }] as const;
    expect(await kube.jsonPatch(deployment, two, { subresource: "scale" })).toMatchObject({ spec: { replicas: 2 } });
    expect(await kubectl.text("get", "deployment", "scaled", "-o=jsonpath={.spec.replicas}")).toBe("2");
  });

  it("deletes as asked: tried only, at once, leaving dependents", async () => {
    await kube.apply(configMap("deleted", {}));
    expect(await kube.delete(refOf("ConfigMap", "deleted"), { dryRun: true })).toBe(true);
    expect(await kube.get(refOf("ConfigMap", "deleted"))).toBeDefined();

    await kubectl.apply({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "slow", namespace: "default" },
      // Only a grace period of 0 removes a pod whose node does not exist.
      spec: { nodeName: "nowhere", containers: [{ name: "c", image: "registry.example/web:1" }] },
    });
    expect(await kube.delete(refOf("Pod", "slow"), { gracePeriodSeconds: 0 })).toBe(true);
    await eventually(async () => ((await kube.get(refOf("Pod", "slow"))) === undefined ? true : undefined));

    await kubectl.text("create", "deployment", "parent", "--image=registry.example/web:1");
    const replicaSet = await eventually(async () => {
      const name = await kubectl.text("get", "replicasets", "-l=app=parent", "-o=name");
      return name === "" ? undefined : name.trim();
    });
    expect(await kube.delete(refOf("Deployment", "parent"), { propagation: "orphan" })).toBe(true);
    await eventually(async () => ((await kube.get(refOf("Deployment", "parent"))) === undefined ? true : undefined));
    expect(await kubectl.text("get", replicaSet, "-o=jsonpath={.metadata.ownerReferences}")).toBe("");
  });
});
