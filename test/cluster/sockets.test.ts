import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { WebSocket } from "ws";
import { type ClusterClient, ClusterConnections, Kubeconfigs } from "../../electron/cluster/index.ts";
import { Kubectl } from "./kubectl.ts";
import { describeWithCluster } from "./support.ts";

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

  text(channel: number): string {
    return (this.bytes.get(channel) ?? Buffer.alloc(0)).toString("utf8");
  }
}

await describeWithCluster("sockets to the API server", (test) => {
  const kubectl = new Kubectl(test.tools, () => test.kubeconfig);
  const never = new AbortController().signal;
  let connections: ClusterConnections;
  let kube: ClusterClient;
  let practice: string;

  beforeAll(async () => {
    const kubeconfigs = new Kubeconfigs({
      dataDir: test.dataDir,
      environment: { KUBECONFIG: join(test.dataDir, "none") },
      home: test.dataDir,
      practice: test.kubeconfig,
    });
    connections = new ClusterConnections({ kubeconfigs, environment: {}, lingerMs: 100 });
    practice = (await kubeconfigs.list()).contexts[0]?.id ?? "";
    kube = await connections.client(practice);
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
    await connections?.close();
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
      what: "run a command in Pod default/web",
      signal: more.signal ?? never,
    });

  it("run a command, and bring what it writes and how it ended from the first byte", async () => {
    const socket = await exec(kube, ["sh", "-c", "echo one; echo 둘"]);
    expect(socket.protocol).toBe("v5.channel.k8s.io");
    const seen = new Channels(socket);
    await seen.ended;
    expect(seen.text(stdout)).toBe("one\n둘\n");
    expect(JSON.parse(seen.text(status))).toMatchObject({ status: "Success" });
  });
});
