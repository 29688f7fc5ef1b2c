import { describe, expect, it } from "vitest";
import { holdsResources, requestsOf, sumOfMetrics } from "../../../electron/overview/amounts.ts";

const gi = 2 ** 30;
const mi = 2 ** 20;
const container = (cpu: string | undefined, memory?: string, more: object = {}) => ({
  name: "c",
  resources: { requests: { ...(cpu ? { cpu } : {}), ...(memory ? { memory } : {}) } },
  ...more,
});

describe("requests of a pod", () => {
  it("adds its containers up; one without requests counts as nothing", () => {
    const spec = { containers: [container("250m", "1.5Gi"), container("1", "512Mi"), { name: "bare" }] };
    expect(requestsOf({ spec })).toEqual({ cpu: 1.25, memory: 2 * gi });
  });

  it("takes an init container that needs more than all that run later, resource by resource", () => {
    const spec = { initContainers: [container("2", "64Mi")], containers: [container("500m", "256Mi")] };
    expect(requestsOf({ spec })).toEqual({ cpu: 2, memory: 256 * mi });
  });

  it("adds sidecars to the containers, and to the init containers after them only", () => {
    const sidecar = container("100m", "100Mi", { restartPolicy: "Always" });
    const before = { initContainers: [container("1"), sidecar], containers: [container("500m")] };
    const after = { initContainers: [sidecar, container("1")], containers: [container("500m")] };
    expect(requestsOf({ spec: before })).toEqual({ cpu: 1, memory: 100 * mi });
    expect(requestsOf({ spec: after })).toEqual({ cpu: 1.1, memory: 100 * mi });
  });

  it("prefers what the pod itself asks for, and adds the overhead", () => {
    const spec = {
      containers: [container("500m", "256Mi")],
      resources: { requests: { cpu: "3" } },
      overhead: { cpu: "250m", memory: "120Mi" },
    };
    expect(requestsOf({ spec })).toEqual({ cpu: 3.25, memory: 376 * mi });
  });

  it("leaves pods out that are over, and those that fit nowhere", () => {
    const holds = (phase: string, nodeName?: string) => holdsResources({ spec: { nodeName }, status: { phase } });
    expect(["Running", "Pending", "Succeeded", "Failed"].map((phase) => holds(phase, "n1"))).toEqual([
      ...[true, true, false, false],
    ]);
    expect(holds("Pending")).toBe(false);
  });
});

describe("metrics", () => {
  it("adds nodes up, as metrics-server writes them", () => {
    const item = (name: string, cpu: string, memory: string) => ({
      metadata: { name, creationTimestamp: "2025-01-01T00:00:00Z", labels: { "kubernetes.io/hostname": name } },
      timestamp: "2025-01-01T00:00:00Z",
      window: "20.041s",
      usage: { cpu, memory },
    });
    const items = [item("node-1", "156340063n", "1048576Ki"), item("node-2", "43659937n", "2097152Ki")];
    const sum = sumOfMetrics({ kind: "NodeMetricsList", apiVersion: "metrics.k8s.io/v1beta1", metadata: {}, items });
    expect(sum.cpu).toBeCloseTo(0.2, 9);
    expect(sum.memory).toBe(3 * gi);
  });

  it("adds the containers of pods up", () => {
    const pod = (...usage: object[]) => ({
      metadata: { name: "web", namespace: "shop" },
      containers: usage.map((one, at) => ({ name: `c${at}`, usage: one })),
    });
    const items = [pod({ cpu: "1m", memory: "10Mi" }, { cpu: "250u", memory: "6Mi" }), pod({ cpu: "0", memory: "0" })];
    const sum = sumOfMetrics({ kind: "PodMetricsList", items });
    expect(sum.cpu).toBeCloseTo(0.00125, 9);
    expect(sum.memory).toBe(16 * mi);
  });

  it("takes an answer without items as nothing", () => {
    expect(sumOfMetrics({ items: null })).toEqual({ cpu: 0, memory: 0 });
  });
});
