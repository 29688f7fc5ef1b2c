import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Forward, ObjectTarget } from "../../common/contract/index.ts";
import { backingOf } from "../../electron/forwards/endpoint-resolution.ts";
import { Forwards } from "../../electron/forwards/index.ts";
import { clusterRoom } from "./cluster-room.ts";
import { eventually } from "./kubectl.ts";
import { describeWithCluster } from "./support.ts";

await describeWithCluster("forwarded ports", (test) => {
  const room = clusterRoom(test);
  const { kubectl } = room;
  const watching = new AbortController();
  let forwards: Forwards;
  let list: Forward[] = [];

  const container = { name: "web", image: "registry.example/web:1", ports: [{ name: "http", containerPort: 8080 }] };
  const labels = { app: "web" };
  const service = (name: string): ObjectTarget => target("Service", "services", name);

  function target(kind: string, plural: string, name: string, group = ""): ObjectTarget {
    return { context: room.context, group, version: "v1", plural, kind, namespace: "default", name };
  }

  async function follow(): Promise<void> {
    for await (const item of forwards.watch(watching.signal)) list = item;
  }

  const shown = (id: string) => list.find((forward) => forward.id === id);
  const status = async (url: string) => (await fetch(url, { headers: { connection: "close" } })).status;

  beforeAll(async () => {
    forwards = new Forwards(room.connections);
    follow().catch(() => undefined);
    await kubectl.apply(
      {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: "web", namespace: "default" },
        spec: {
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: [container] } },
        },
      },
      {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "web", namespace: "default" },
        spec: { selector: labels, ports: [{ name: "http", port: 80, targetPort: "http" }] },
      },
      {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "elsewhere", namespace: "default" },
        spec: { type: "ExternalName", externalName: "example.com" },
      },
    );
    await kubectl.wait("deployment/web", "condition=Available");
  });

  afterAll(async () => {
    watching.abort();
    await forwards.close();
  });

  it("tells the ports that a Service and a Deployment name", async () => {
    expect(await forwards.ports(service("web"))).toEqual([{ port: 80, name: "http" }]);
    const deployment = target("Deployment", "deployments", "web", "apps");
    expect(await forwards.ports(deployment)).toEqual([{ port: 8080, name: "http", container: "web" }]);
  });

  it("leads to what kubectl's own port-forward leads to, by the Service's named target port", async () => {
    const forward = await forwards.start({ target: service("web"), port: 80 });
    expect(forward).toMatchObject({ state: "ready", port: 80, url: `http://127.0.0.1:${forward.localPort}` });
    const child = await kubectl.spawn(["port-forward", "service/web", ":80"]);
    const [line] = child.stdout ? await once(child.stdout, "data") : [];
    const port = /127\.0\.0\.1:(\d+)/.exec(String(line))?.[1];
    const read = async (url: string) => {
      const answer = await fetch(url);
      return { status: answer.status, text: await answer.text() };
    };
    const ours = await read(forward.url);
    const theirs = await read(`http://127.0.0.1:${port}`);
    child.kill();
    expect(ours).toEqual(theirs);
    // Several at once, each a connection of its own.
    expect(await Promise.all(Array.from({ length: 20 }, () => status(forward.url)))).toEqual(
      Array.from({ length: 20 }, () => ours.status),
    );
    await forwards.stop(forward.id);
    expect(shown(forward.id)).toBeUndefined();
    await expect(fetch(forward.url)).rejects.toThrow();
  });

  it("goes on with the pod that replaces the one it led to, on the same port", async () => {
    const pods = async () =>
      (await kubectl.text("get", "pods", "-l", "app=web", "-o", "name")).trim().split("\n").filter(Boolean);
    const [first = ""] = await pods();
    const name = first.replace("pod/", "");
    const forward = await forwards.start({ target: target("Pod", "pods", name), port: 8080 });
    expect(forward.pod).toBe(name);
    const before = await status(forward.url);
    await kubectl.text("delete", "pod", name, "--wait=true");
    const after = await eventually(async () => {
      const now = shown(forward.id);
      return now?.state === "ready" && now.pod !== name ? now : undefined;
    });
    expect(after.localPort).toBe(forward.localPort);
    expect(await status(forward.url)).toBe(before);
    await forwards.stop(forward.id);
  });

  it("waits where no pod is ready, and answers when one is", async () => {
    await kubectl.text("scale", "deployment/web", "--replicas=0");
    await kubectl.text("wait", "pod", "-l", "app=web", "--for=delete", "--timeout=30s");
    const forward = await forwards.start({ target: service("web"), port: 80 });
    expect(forward.state).toBe("waiting");
    const answer = status(forward.url);
    await kubectl.text("scale", "deployment/web", "--replicas=1");
    expect(await answer).toBeLessThan(600);
    expect(await eventually(async () => (shown(forward.id)?.state === "ready" ? true : undefined))).toBe(true);
    await forwards.stop(forward.id);
  });

  it("says why it cannot start", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    await expect(forwards.start({ target: service("web"), port: 80, localPort: port })).rejects.toMatchObject({
      code: "busy",
      message: expect.stringContaining(String(port)),
    });
    taken.close();
    await expect(forwards.start({ target: service("absent"), port: 80 })).rejects.toMatchObject({
      code: "object-not-found",
      message: "Service default/absent no longer exists.",
    });
    await expect(forwards.start({ target: service("elsewhere"), port: 80 })).rejects.toMatchObject({
      code: "not-allowed",
    });
    expect(list).toEqual([]);
  });

  it("takes the TCP port where a Service has a UDP port of the same number before it", async () => {
    const ports = [
      { name: "dns", containerPort: 5353, protocol: "UDP" },
      { name: "dns-tcp", containerPort: 5354 },
    ];
    const dns = (targetPorts: [number | string, number | string]) => [
      { name: "dns", port: 53, protocol: "UDP", targetPort: targetPorts[0] },
      { name: "dns-tcp", port: 53, protocol: "TCP", targetPort: targetPorts[1] },
    ];
    const metadata = (name: string) => ({ name, namespace: "default" });
    const pod = {
      apiVersion: "v1",
      kind: "Pod",
      metadata: metadata("dns"),
      spec: { containers: [{ name: "c", image: "registry.example/dns:1", ports }] },
    } as const;
    const services = [dns(["dns", "dns-tcp"]), dns([5353, 5354])].map((servicePorts, at) => ({
      apiVersion: "v1",
      kind: "Service",
      metadata: metadata(`udp-first-${at}`),
      spec: { selector: { app: "dns" }, ports: servicePorts },
    }));
    await kubectl.apply(...services);
    const client = await room.connections.client(room.context);
    try {
      for (const { metadata } of services) {
        const backing = await backingOf(client, service(metadata.name), 53);
        expect(backing.portIn(pod)).toBe(5354);
      }
    } finally {
      await client.close();
    }
  });

  it("says what a forward waits for, and forgets it when a pod answers", async () => {
    const broken = { fault: "image-pull" };
    await kubectl.apply({
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "later", namespace: "default" },
      spec: { selector: { app: "later" }, ports: [{ port: 80, targetPort: 8080 }] },
    });
    const forward = await forwards.start({ target: service("later"), port: 80 });
    expect(forward).toMatchObject({ state: "waiting", problem: { message: "It has no pod to forward to." } });
    const pod = (annotations: Record<string, string>) => ({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "later", namespace: "default", labels: { app: "later" }, annotations },
      spec: { containers: [{ name: "c", image: "registry.example/later:1" }] },
    });
    await kubectl.apply(
      pod({ "practice.flowdeck.dev/fault": broken.fault, "practice.flowdeck.dev/fault-container": "c" }),
    );
    await expect
      .poll(() => shown(forward.id)?.problem)
      .toMatchObject({
        message: "Pod default/later is not ready.",
        advice: [{ id: expect.stringMatching(/^pod\.image/), params: { image: "registry.example/later:1" } }],
      });
    await kubectl.text(
      "annotate",
      "pod",
      "later",
      "practice.flowdeck.dev/fault-",
      "practice.flowdeck.dev/fault-container-",
    );
    await expect.poll(() => shown(forward.id)).toMatchObject({ state: "ready" });
    expect(shown(forward.id)?.problem).toBeUndefined();
    await forwards.stop(forward.id);
  });

  it("names its own forward that holds a local port", async () => {
    const first = await forwards.start({ target: service("web"), port: 80 });
    const second = forwards.start({
      target: target("Deployment", "deployments", "web", "apps"),
      port: 8080,
      localPort: first.localPort,
    });
    await expect(second).rejects.toMatchObject({
      code: "busy",
      message: `Port ${first.localPort} on this computer is already forwarded to Service default/web, port 80.`,
    });
    await forwards.stop(first.id);
  });

  it("ends every forward with the app", async () => {
    const one = await forwards.start({ target: service("web"), port: 80 });
    expect(forwards.owns(new URL(`${one.url}/path`))).toBe(true);
    expect(forwards.owns(new URL("http://127.0.0.1:1/"))).toBe(false);
    await forwards.close();
    await expect(fetch(one.url)).rejects.toThrow();
  });
});
