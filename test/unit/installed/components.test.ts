import { describe, expect, test } from "vitest";
import type { KubeObject } from "../../../electron/cluster/index.ts";
import { addressOf } from "../../../electron/installed/address.ts";
import { type RunningWorkload, seeComponents } from "../../../electron/installed/components.ts";
import { doorsOf } from "../../../electron/installed/doors.ts";
import { findKubeflow } from "../../../electron/installed/found.ts";
import { makerOf, signOfPod } from "../../../electron/installed/workload-pods.ts";

const now = Date.parse("2026-11-01T12:00:00Z");

function named(apiVersion: string, kind: string, name: string, namespace: string, rest: object = {}): KubeObject {
  return { apiVersion, kind, metadata: { name, namespace }, ...rest };
}

function deployment(name: string, ready = 1, wanted = 1, image = "web:1"): KubeObject {
  const available = ready >= wanted ? "True" : "False";
  const of = named("apps/v1", "Deployment", name, "kubeflow", {
    spec: { replicas: wanted, template: { spec: { containers: [{ name: "main", image }] } } },
    status: {
      ...{ replicas: wanted, readyReplicas: ready, updatedReplicas: wanted, availableReplicas: ready },
      unavailableReplicas: wanted - ready,
      conditions: [{ type: "Available", status: available, lastTransitionTime: "2026-11-01T11:30:00Z" }],
      observedGeneration: 1,
    },
  });
  return { ...of, metadata: { ...of.metadata, generation: 1 } };
}

function pod(of: string, name: string, status: object): KubeObject {
  const ownerReferences = [
    { apiVersion: "apps/v1", kind: "ReplicaSet", name: `${of}-7d9`, uid: "u", controller: true },
  ];
  const labels = { "pod-template-hash": "7d9" };
  return {
    ...{ apiVersion: "v1", kind: "Pod", spec: { nodeName: "n", containers: [{ name: "main" }] } },
    metadata: { name, namespace: "kubeflow", labels, ownerReferences, creationTimestamp: "2026-11-01T11:00:00Z" },
    status,
  };
}

const runs = {
  phase: "Running",
  conditions: [{ type: "Ready", status: "True", lastTransitionTime: "2026-11-01T11:10:00Z" }],
};
const crashes = {
  phase: "Running",
  conditions: [{ type: "Ready", status: "False", lastTransitionTime: "2026-11-01T11:40:00Z" }],
  containerStatuses: [
    { name: "main", restartCount: 9, state: { waiting: { reason: "CrashLoopBackOff", message: "back-off" } } },
  ],
};

function workload(component: string, live: KubeObject | undefined, name = live?.metadata.name ?? ""): RunningWorkload {
  return { component, live, ref: { apiVersion: "apps/v1", kind: "Deployment", namespace: "kubeflow", name } };
}

function see(workloads: RunningWorkload[], pods: KubeObject[], level: "warn" | "bad" = "bad", components = ["a", "b"]) {
  return seeComponents(
    components.map((id) => ({ id, title: id })),
    {
      ...{ workloads, pods, now },
      causeOf: () => ({ id: "crash", params: { container: "main", code: "1" }, level, help: ["logs"] }) as never,
      linkTo: ({ ref }) => ({ group: "apps", version: "v1", plural: "deployments", kind: ref.kind, name: ref.name }),
    },
  );
}

describe("the components of an installation", () => {
  test("are well with pods that run, since the last of them became ready", () => {
    const seen = see([workload("a", deployment("web"))], [pod("web", "web-1", runs)]);
    expect(seen).toMatchObject({ health: "ok", since: Date.parse("2026-11-01T11:10:00Z"), attention: [] });
    expect(seen.components).toEqual([
      { id: "a", title: "a", health: "ok", pods: ["running"], podsTotal: 1, podsReady: 1, namespaces: ["kubeflow"] },
      // of definitions and roles alone
      { id: "b", title: "b", health: "ok", pods: [], podsTotal: 0, podsReady: 0, namespaces: [] },
    ]);
  });

  test("need attention with the cause, since when and after how many restarts", () => {
    const pods = [pod("web", "web-1", runs), pod("web", "web-2", crashes), pod("other", "other-1", crashes)];
    const seen = see([workload("a", deployment("web", 1, 2)), workload("b", deployment("fine"))], pods);
    expect(seen).toMatchObject({ health: "bad", since: undefined });
    expect(seen.components).toMatchObject([
      { health: "bad", pods: ["running", "bad"], podsReady: 1, podsTotal: 2 },
      { health: "ok" },
    ]);
    expect(seen.attention).toMatchObject([
      { component: "a", level: "bad", cause: { id: "crash" }, since: Date.parse("2026-11-01T11:30:00Z"), restarts: 9 },
    ]);
  });

  test("that only start are told once it takes long", () => {
    const starting = deployment("web", 0);
    expect(see([workload("a", starting)], [], "warn").attention).toMatchObject([{ level: "warn" }]);
    const since = new Date(now - 60_000).toISOString();
    const fresh = {
      ...starting,
      status: {
        ...(starting.status as object),
        conditions: [{ type: "Available", status: "False", lastTransitionTime: since }],
      },
    };
    const seen = see([workload("a", fresh)], [], "warn");
    expect(seen).toMatchObject({ health: "progressing", attention: [] });
  });

  test("miss what was deleted", () => {
    const seen = see([workload("a", undefined, "web")], []);
    expect(seen).toMatchObject({
      health: "bad",
      attention: [{ component: "a", level: "bad", object: { name: "web" } }],
    });
    expect(seen.attention[0]).not.toHaveProperty("cause");
  });

  test("of very many pods those that are not well are never left out", () => {
    const pods = Array.from({ length: 60 }, (_, index) => pod("web", `web-${index}`, index === 0 ? crashes : runs));
    const [component] = see([workload("a", deployment("web", 59, 60))], pods).components;
    expect(component).toMatchObject({ podsTotal: 60, podsReady: 59 });
    expect(component?.pods).toHaveLength(40);
    expect(component?.pods.at(-1)).toBe("bad");
  });

  test("know nothing where nothing of them may be seen", () => {
    expect(see([], []).health).toBe("unknown");
  });
});

test("a pod belongs to the Deployment behind its ReplicaSet, and one that is over to nobody's squares", () => {
  expect(makerOf(pod("web", "web-1", runs))).toBe("Deployment/kubeflow/web");
  expect(signOfPod(pod("web", "web-1", { phase: "Succeeded" }))).toBeUndefined();
  expect(signOfPod(pod("web", "web-1", crashes))).toBe("bad");
  expect(signOfPod(pod("web", "web-1", { phase: "Pending" }))).toBe("starting");
});

test("doors are the pages that are installed, each with whether it answers", () => {
  const found = doorsOf([workload("p", deployment("ml-pipeline-ui")), workload("k", undefined, "katib-ui")]);
  expect(found).toEqual([
    { id: "pipelines", path: "/_/pipeline/", ready: true },
    { id: "experiments", path: "/_/katib/", ready: false },
  ]);
});

describe("the dashboard's address", () => {
  const service = (spec: object, status: object = {}) =>
    named("v1", "Service", "gateway", "istio-system", { spec, status });
  const node = named("v1", "Node", "n", "", { status: { addresses: [{ type: "InternalIP", address: "10.0.0.7" }] } });

  test("is a forward, a port of the nodes, or a load balancer's once it has one", () => {
    expect(addressOf(service({ type: "ClusterIP" }), 80, () => [])).toEqual({ way: "forward" });
    const ports = [{ port: 80, nodePort: 31380 }];
    expect(addressOf(service({ type: "NodePort", ports }), 80, () => [node])).toEqual({
      way: "nodePort",
      url: "http://10.0.0.7:31380",
    });
    const balanced = (ingress: object[]) =>
      addressOf(service({ type: "LoadBalancer" }, { loadBalancer: { ingress } }), 80, () => []);
    expect(balanced([])).toEqual({ way: "loadBalancer" });
    expect(balanced([{ hostname: "lb.example.com" }])).toEqual({ way: "loadBalancer", url: "http://lb.example.com" });
    expect(balanced([{ ip: "fd00::1" }])).toEqual({ way: "loadBalancer", url: "http://[fd00::1]" });
  });
});

describe("a Kubeflow that something else installed", () => {
  test("is found by the names of its workloads, with the version of its images", () => {
    const found = findKubeflow([
      deployment("centraldashboard", 1, 1, "ghcr.io/kubeflow/kubeflow/central-dashboard:v1.10.0"),
      deployment("ml-pipeline"),
      deployment("somebody-elses"),
      named("apps/v1", "Deployment", "controller", "kubeflow"),
    ]);
    expect(found?.version).toBe("1.10.0");
    expect(found?.components.map(({ id }) => id)).toEqual(["central-dashboard", "pipelines"]);
    expect(found?.workloads.map(({ ref }) => ref.name)).toEqual(["centraldashboard", "ml-pipeline"]);
  });

  test("is not what Kubeflow only stands on", () => {
    expect(findKubeflow([deployment("istiod"), deployment("cert-manager"), deployment("dex")])).toBeUndefined();
    expect(findKubeflow([])).toBeUndefined();
  });
});
