import { setTimeout as sleep } from "node:timers/promises";
import { Agent, type Dispatcher } from "undici";

export interface FillTarget {
  server: string;
  ca: Buffer;
  token: string;
}

export interface FillSize {
  pods: number;
  nodes: number;
  namespaces: number;
}

const atOnce = 48;

/** Writes straight to an API server, many requests at a time. */
export class Writer {
  readonly #target: FillTarget;
  readonly #agent: Agent;

  constructor(target: FillTarget) {
    this.#target = target;
    this.#agent = new Agent({ connect: { ca: target.ca }, connections: atOnce, pipelining: 1 });
  }

  async close(): Promise<void> {
    await this.#agent.close();
  }

  /** The status of the answer; a refusal for being too many is answered by waiting. */
  async send(
    method: Dispatcher.HttpMethod,
    path: string,
    body: object | undefined,
    contentType?: string,
  ): Promise<number> {
    for (;;) {
      const response = await this.#agent.request({
        origin: this.#target.server,
        path,
        method,
        headers: {
          authorization: `Bearer ${this.#target.token}`,
          "content-type": contentType ?? "application/json",
          "user-agent": "fill",
          // The answer is not read: the smallest form of it will do.
          accept: "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io,application/json",
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const words = response.statusCode >= 400 ? await response.body.text() : undefined;
      await response.body.dump();
      if (response.statusCode === 429) await sleep(200);
      else if (words !== undefined && response.statusCode !== 409) throw new Error(`${method} ${path}: ${words}`);
      else return response.statusCode;
    }
  }
}

/** Nodes, namespaces and pods on those nodes, without a scheduler; every tenth pod is left pending, the others run. */
export async function fill(
  target: FillTarget,
  size: FillSize,
  say: (line: string) => void = () => undefined,
): Promise<void> {
  const writer = new Writer(target);
  const began = Date.now();
  try {
    await inParallel(size.namespaces, (index) =>
      writer.send("POST", "/api/v1/namespaces", { metadata: { name: namespaceName(index) } }),
    );
    await inParallel(size.nodes, (index) => writer.send("POST", "/api/v1/nodes", node(index)));
    let done = 0;
    await inParallel(size.pods, async (index) => {
      const { namespace, name } = podPlace(index, size);
      const path = `/api/v1/namespaces/${namespace}/pods`;
      await writer.send("POST", path, pod(index, size));
      if (index % 10 !== 0) {
        await writer.send("PATCH", `${path}/${name}/status`, runningStatus(index), "application/merge-patch+json");
      }
      if (++done % 10_000 === 0) say(`  ${done} pods after ${Math.round((Date.now() - began) / 1000)} s`);
    });
  } finally {
    await writer.close();
  }
}

/** Runs `count` tasks, `lanes` at a time. */
export async function inParallel(
  count: number,
  task: (index: number) => Promise<unknown>,
  lanes = atOnce,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) await task(next++);
  };
  await Promise.all(Array.from({ length: Math.min(count, lanes) }, lane));
}

export function namespaceName(index: number): string {
  return `team-${String(index).padStart(2, "0")}`;
}

export function podPlace(index: number, size: Pick<FillSize, "namespaces">): { namespace: string; name: string } {
  const set = Math.floor(index / 20);
  const hash = ((set * 2654435761) >>> 0).toString(36).padStart(7, "0");
  const tail = ((index * 40503 + 7) >>> 0).toString(36).padStart(5, "x");
  return { namespace: namespaceName(set % size.namespaces), name: `worker-${set}-${hash}-${tail}` };
}

function node(index: number): object {
  return {
    metadata: { name: `node-${String(index).padStart(3, "0")}`, labels: { "kubernetes.io/os": "linux" } },
    spec: { podCIDR: `10.${Math.floor(index / 256)}.${index % 256}.0/24` },
  };
}

function pod(index: number, size: FillSize): object {
  const { namespace, name } = podPlace(index, size);
  const app = `worker-${Math.floor(index / 20)}`;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name,
      namespace,
      labels: { app, "pod-template-hash": name.split("-")[2], tier: index % 2 === 0 ? "web" : "batch" },
      annotations: { "prometheus.io/scrape": "true", "prometheus.io/port": "8080" },
    },
    spec: {
      nodeName: `node-${String(index % size.nodes).padStart(3, "0")}`,
      terminationGracePeriodSeconds: 0,
      automountServiceAccountToken: false,
      containers: [
        {
          name: "main",
          image: `registry.example/${app}:1.${index % 7}`,
          ports: [{ name: "http", containerPort: 8080 }],
          env: [
            { name: "LOG_LEVEL", value: "info" },
            { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
          ],
          resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
          readinessProbe: { httpGet: { path: "/healthz", port: 8080 }, periodSeconds: 10 },
        },
      ],
    },
  };
}

/** @param round changes what the pod's line shows: its restarts */
export function runningStatus(index: number, round = 0): object {
  const at = new Date(Date.now() - 60_000).toISOString().replace(/\.\d+Z/, "Z");
  const ip = `10.${128 + (index >> 16)}.${(index >> 8) & 255}.${index & 255}`;
  return {
    status: {
      phase: "Running",
      podIP: ip,
      podIPs: [{ ip }],
      startTime: at,
      conditions: ["Initialized", "Ready", "ContainersReady", "PodScheduled"].map((type) => ({
        type,
        status: "True",
        lastTransitionTime: at,
      })),
      containerStatuses: [
        {
          name: "main",
          ready: true,
          restartCount: round,
          image: "registry.example/main:1",
          imageID: "registry.example/main@sha256:0",
          state: { running: { startedAt: at } },
        },
      ],
    },
  };
}
