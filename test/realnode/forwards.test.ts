import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Forwards } from "../../electron/forwards/index.ts";
import { describeOnRealNodes, web } from "./support.ts";

/** What comes back for `sent` followed by the end of what is sent, as `nc -N` does. */
async function halfClosed(port: number, sent: string): Promise<string> {
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  socket.end(sent);
  let answer = "";
  socket.setEncoding("utf8").on("data", (text: string) => {
    answer += text;
  });
  await once(socket, "close");
  return answer;
}

describeOnRealNodes("forwards into real containers", (nodes) => {
  const { kubectl } = nodes.room;
  let forwards: Forwards;

  beforeAll(async () => {
    forwards = new Forwards(nodes.room.connections);
    await kubectl.apply(
      nodes.pod("web", { image: web, command: undefined, ports: [{ name: "http", containerPort: 8080 }] }),
      nodes.pod("never", { image: "127.0.0.1:9/none:1" }),
      nodes.manifest("v1", "Service", "web", {
        spec: { selector: { app: "web" }, ports: [{ port: 80, targetPort: "http" }] },
      }),
    );
    await kubectl.wait("pod/web", "condition=Ready", "-n", nodes.namespace);
  });
  afterAll(() => forwards?.close());

  it("lead to a Service's named target port, 20 connections at once", async () => {
    const forward = await forwards.start({ target: nodes.target("Service", "web"), port: 80 });
    const answers = await Promise.all(Array.from({ length: 20 }, async () => (await fetch(forward.url)).status));
    expect(answers).toEqual(Array.from({ length: 20 }, () => 200));
    await forwards.stop(forward.id);
  });

  it("bring the answer to whoever has ended sending", async () => {
    const http = await forwards.start({ target: nodes.target("Pod", "web"), port: 8080 });
    for (let time = 0; time < 3; time++) {
      expect(await halfClosed(http.localPort, "GET / HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1\.\d 200/);
    }
    await forwards.stop(http.id);
  });

  it("say that nothing listens on a port", async () => {
    const forward = await forwards.start({ target: nodes.target("Pod", "web"), port: 9999 });
    await expect(fetch(forward.url)).rejects.toThrow();
    let last: string | undefined;
    for await (const list of forwards.watch(AbortSignal.timeout(20_000))) {
      last = list.find(({ id }) => id === forward.id)?.problem?.message;
      if (last !== undefined) break;
    }
    expect(last).toContain("did not respond on port 9999");
    await forwards.stop(forward.id);
  });

  it("say why they wait", async () => {
    const forward = await forwards.start({ target: nodes.target("Pod", "never"), port: 80 });
    expect(forward).toMatchObject({ state: "waiting", problem: { message: expect.stringContaining("not ready") } });
    await forwards.stop(forward.id);
  });

  it("go on with the pod that comes after a Deployment's rollout", async () => {
    await kubectl.apply(
      nodes.manifest("apps/v1", "Deployment", "site", {
        spec: {
          selector: { matchLabels: { app: "site" } },
          template: {
            metadata: { labels: { app: "site" } },
            spec: { containers: [{ name: "c", image: web, readinessProbe: { httpGet: { port: 8080 } } }] },
          },
        },
      }),
    );
    await kubectl.wait("deployment/site", "condition=Available", "-n", nodes.namespace);
    const forward = await forwards.start({ target: nodes.target("Deployment", "site"), port: 8080 });
    expect((await fetch(forward.url)).status).toBe(200);
    await kubectl.text("rollout", "restart", "deployment/site", "-n", nodes.namespace);
    await kubectl.text("rollout", "status", "deployment/site", "-n", nodes.namespace, "--timeout=60s");
    await expect.poll(async () => (await fetch(forward.url)).status).toBe(200);
    await forwards.stop(forward.id);
  });
});
