import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Cause } from "../../common/contract/index.ts";
import { serveObjects } from "../../electron/objects/index.ts";
import { causesOf, describeOnRealNodes, web } from "./support.ts";

/** What a registry answers for an image of that name. */
const registryAnswers: Record<string, [status: number, body: object]> = {
  absent: [404, { errors: [{ code: "MANIFEST_UNKNOWN", message: "manifest unknown" }] }],
  private: [401, { errors: [{ code: "UNAUTHORIZED", message: "authentication required" }] }],
  limited: [429, { errors: [{ code: "TOOMANYREQUESTS", message: "rate limit exceeded" }] }],
};

async function registry(): Promise<{ server: Server; host: string }> {
  const server = createServer((request, response) => {
    const name = /^\/v2\/([^/]+)\//.exec(request.url ?? "")?.[1] ?? "";
    // Never answered: its image is being pulled for as long as the tests run.
    if (name === "slow") return;
    const [status, body] = registryAnswers[name] ?? [200, {}];
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, host: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const fails = { exec: { command: ["false"] }, periodSeconds: 1, failureThreshold: 1 };
const ends = (code: number) => ["sh", "-c", `sleep 1; exit ${code}`];

describeOnRealNodes("what is wrong, by real kubelets' words", (nodes) => {
  const { kubectl } = nodes.room;
  let objects: ReturnType<typeof serveObjects>;
  let images: Awaited<ReturnType<typeof registry>> | undefined;

  const claim = (name: string, spec: object) =>
    nodes.manifest("v1", "PersistentVolumeClaim", name, {
      spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Mi" } }, ...spec },
    });
  const claimed = (name: string) => ({ volumes: [{ name: "data", persistentVolumeClaim: { claimName: name } }] });

  /** Pods, by the cause that is to be told of each. */
  const pods: { cause: Cause["id"]; name: string; make: (name: string) => object; words?: RegExp }[] = [
    {
      cause: "initRunning",
      name: "init",
      make: (name) => nodes.pod(name, {}, { initContainers: [{ name: "prep", image: web }] }),
    },
    {
      cause: "imageUnreachable",
      name: "no-such-host",
      make: (name) => nodes.pod(name, { image: "registry.invalid/x:1" }),
      words: /^Failed to pull image "registry\.invalid\/x:1"/,
    },
    {
      cause: "imageNotFound",
      name: "absent",
      make: (name) => nodes.pod(name, { image: `${images?.host}/absent:1` }),
      words: /^Failed to pull image/,
    },
    {
      cause: "imageCredentials",
      name: "private",
      make: (name) => nodes.pod(name, { image: `${images?.host}/private:1` }),
      words: /^Failed to pull image/,
    },
    {
      cause: "imageLimit",
      name: "limited",
      make: (name) => nodes.pod(name, { image: `${images?.host}/limited:1` }),
      words: /^Failed to pull image/,
    },
    { cause: "pulling", name: "slow", make: (name) => nodes.pod(name, { image: `${images?.host}/slow:1` }) },
    { cause: "crash", name: "crash", make: (name) => nodes.pod(name, { command: ends(3) }) },
    {
      cause: "outOfMemory",
      name: "memory",
      make: (name) =>
        nodes.pod(name, {
          command: ["sh", "-c", "x=a; while :; do x=$x$x; done"],
          resources: { limits: { memory: "32Mi" } },
        }),
    },
    { cause: "endedRestarts", name: "ends", make: (name) => nodes.pod(name, { command: ends(0) }) },
    {
      cause: "livenessFailed",
      name: "liveness",
      make: (name) => nodes.pod(name, { livenessProbe: fails }),
      words: /Liveness probe failed/,
    },
    {
      cause: "startupFailed",
      name: "startup",
      make: (name) => nodes.pod(name, { startupProbe: fails }),
      words: /Startup probe failed/,
    },
    {
      cause: "hookFailed",
      name: "hook",
      make: (name) => nodes.pod(name, { lifecycle: { postStart: { exec: { command: ["false"] } } } }),
    },
    {
      cause: "probeFailed",
      name: "readiness",
      make: (name) => nodes.pod(name, { readinessProbe: { ...fails, failureThreshold: 3 } }),
      words: /Readiness probe failed/,
    },
    {
      cause: "readinessGate",
      name: "gate",
      make: (name) => nodes.pod(name, {}, { readinessGates: [{ conditionType: "example.org/balancer" }] }),
    },
    {
      cause: "schedulingGated",
      name: "held",
      make: (name) => nodes.pod(name, {}, { schedulingGates: [{ name: "example.org/queue" }] }),
    },
    { cause: "otherScheduler", name: "other", make: (name) => nodes.pod(name, {}, { schedulerName: "example" }) },
    {
      cause: "unschedulable",
      name: "huge",
      make: (name) => nodes.pod(name, { resources: { requests: { cpu: "500" } } }),
      words: /Insufficient cpu/,
    },
    { cause: "claimMissing", name: "no-claim", make: (name) => nodes.pod(name, {}, claimed("nowhere")) },
    {
      cause: "inputMissing",
      name: "no-secret",
      make: (name) => nodes.pod(name, { envFrom: [{ secretRef: { name: "nowhere" } }] }),
    },
    {
      cause: "inputMissing",
      name: "no-config",
      make: (name) =>
        nodes.pod(
          name,
          { volumeMounts: [{ name: "v", mountPath: "/v" }] },
          { volumes: [{ name: "v", configMap: { name: "nowhere" } }] },
        ),
    },
    { cause: "containerStart", name: "no-command", make: (name) => nodes.pod(name, { command: ["/no/such"] }) },
    {
      cause: "claimPending",
      name: "shared-claim",
      make: (name) => nodes.pod(name, {}, claimed("many")),
    },
  ];

  beforeAll(async () => {
    objects = serveObjects(nodes.room);
    images = await registry();
    await kubectl.apply(
      claim("many", { accessModes: ["ReadWriteMany"] }),
      claim("used", {}),
      claim("by-hand", { storageClassName: "" }),
      nodes.pod("user", { volumeMounts: [{ name: "data", mountPath: "/data" }] }, claimed("used")),
      ...pods.map(({ name, make }) => make(name)),
    );
  });
  afterAll(async () => {
    images?.server.closeAllConnections();
    images?.server.close();
    await objects?.close?.();
  });

  describe.concurrent("of pods", () => {
    it.each(pods)("$cause: $name", async ({ cause, name, words }) => {
      await causesOf(objects, nodes.target("Pod", name), (causes) =>
        causes.some(
          (one) => one.id === cause && (words === undefined || words.test(one.words ?? String(one.params.words ?? ""))),
        ),
      );
    });
  });

  it("counts only the pulls that were tried", async () => {
    const target = nodes.target("Pod", "no-such-host");
    const causes = await causesOf(objects, target, ([first]) => (first?.tries ?? 0) > 1);
    const events = JSON.parse(
      await kubectl.text(
        ...["get", "events", "-n", nodes.namespace, "-o", "json"],
        "--field-selector=involvedObject.name=no-such-host,reason=Failed",
      ),
    ) as { items: { message: string; count: number }[] };
    const pulls = events.items.filter(({ message }) => message.startsWith("Failed to pull image"));
    const tries = causes[0]?.tries;
    const counted = pulls.reduce((sum, { count }) => sum + count, 0);
    expect(tries).toBeLessThanOrEqual(counted);
    expect(tries).toBeGreaterThanOrEqual(counted - 1);
  });

  it("names the pods that keep a deleted claim", async () => {
    await kubectl.wait("pod/user", "condition=Ready", "-n", nodes.namespace);
    await kubectl.text("delete", "pvc", "used", "-n", nodes.namespace, "--wait=false");
    const [cause] = await causesOf(objects, nodes.target("PersistentVolumeClaim", "used"), (causes) =>
      causes.some(({ id }) => id === "claimInUse"),
    );
    expect(cause?.params.pods).toContain("user");
  });

  it("says that nobody makes a volume for a claim without a class", async () => {
    await causesOf(objects, nodes.target("PersistentVolumeClaim", "by-hand"), (causes) =>
      causes.some(({ id }) => id === "claimByHand"),
    );
  });
});
