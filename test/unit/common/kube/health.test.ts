import { describe, expect, it, test } from "vitest";
import {
  containerHealth,
  containersOf,
  groupKindOf,
  health,
  isKind,
  printedLevel,
  signOf,
} from "../../../../common/kube/index.ts";

const condition = (type: string, status: string, more: object = {}) => ({ type, status, ...more });
const make = (apiVersion: string, kind: string, rest: object) => ({
  apiVersion,
  kind,
  metadata: { name: "x" },
  ...rest,
});
const container = (name: string, state: object, more: object = {}) => ({
  name,
  ready: false,
  restartCount: 0,
  state,
  ...more,
});
const running = { running: { startedAt: "2026-01-01T00:00:00Z" } };
const ended = (exitCode: number, reason: string) => ({ terminated: { exitCode, reason } });

test("a kind is told by its group, too", () => {
  expect(groupKindOf({ apiVersion: "apps/v1", kind: "Deployment" })).toBe("apps/Deployment");
  expect(groupKindOf({ apiVersion: "v1", kind: "Pod" })).toBe("/Pod");
  expect(groupKindOf({ group: "", kind: "Service" })).toBe("/Service");
  expect(isKind({ apiVersion: "serving.knative.dev/v1", kind: "Service" }, "/Service")).toBe(false);
});

describe("how a pod is", () => {
  const pod = (spec: object, status: object) => make("v1", "Pod", { spec, status });

  it("counts init containers as its spec has them", () => {
    const given = pod(
      { initContainers: [{ name: "a" }, { name: "b" }, { name: "c" }], containers: [{ name: "main" }] },
      {
        phase: "Pending",
        conditions: [condition("Initialized", "False")],
        initContainerStatuses: [container("a", running)],
      },
    );
    expect(health(given)).toMatchObject({ printed: "Init:0/3", level: "progressing", stage: "in-progress" });
  });

  it("does not take a sidecar that was ended after the work for an init container that failed", () => {
    const given = pod(
      {
        restartPolicy: "Never",
        initContainers: [{ name: "side", restartPolicy: "Always" }],
        containers: [{ name: "m" }],
      },
      {
        phase: "Succeeded",
        conditions: [condition("Initialized", "True")],
        initContainerStatuses: [container("side", ended(137, "Error"), { started: false })],
        containerStatuses: [container("m", ended(0, "Completed"))],
      },
    );
    expect(health(given)).toMatchObject({ printed: "Completed", level: "done", stage: "current" });
  });

  it("is not well while a readiness gate is closed or its node makes it unready", () => {
    const status = {
      phase: "Running",
      conditions: [condition("Ready", "False"), condition("ContainersReady", "True")],
      containerStatuses: [container("m", running, { ready: true, started: true })],
    };
    const gated = pod({ readinessGates: [{ conditionType: "example.com/lb" }], containers: [{ name: "m" }] }, status);
    expect(health(gated)).toMatchObject({ printed: "Running", level: "progressing" });
    expect(health(pod({ containers: [{ name: "m" }] }, status)).level).toBe("progressing");
  });

  it("is not over while what ended is started again", () => {
    const status = { phase: "Running", containerStatuses: [container("m", ended(0, "Completed"))] };
    expect(health(pod({ containers: [{ name: "m" }] }, status))).toMatchObject({
      printed: "Completed",
      level: "progressing",
    });
    const row = { group: "", plural: "pods", cell: (name: string) => ({ Status: "Completed", Ready: "0/1" })[name] };
    expect(printedLevel({ ...row, controller: "apps/ReplicaSet" })).toBe("progressing");
    expect(printedLevel({ ...row, controller: "batch/Job" })).toBe("done");
    expect(printedLevel(row)).toBe("done");
  });
});

describe("how a container is", () => {
  const only = (state: object, more: object = {}) => {
    const [first] = containersOf({ containers: [{ name: "m" }] }, { containerStatuses: [container("m", state, more)] });
    if (first === undefined) throw new Error("no container");
    return first;
  };
  it.each([
    [only(running, { ready: true }), true, { level: "ok", state: "running" }],
    [only(running), true, { level: "progressing", state: "unready" }],
    [only(ended(0, "Completed")), false, { level: "done", state: "completed" }],
    [only(ended(0, "Completed")), true, { level: "progressing", state: "ended" }],
    [only(ended(137, "OOMKilled")), true, { level: "bad", state: "ended", printed: "OOMKilled" }],
    [only({ waiting: { reason: "ContainerCreating" } }), true, { level: "progressing", state: "waiting" }],
    [only({ waiting: { reason: "ErrImagePull" } }), true, { level: "bad", state: "waiting", printed: "ErrImagePull" }],
    [only({}), true, { level: "progressing", state: "none" }],
  ])("%#", (given, restarts, expected) => {
    expect(containerHealth(given, restarts)).toEqual(expected);
  });
});

test.each([
  [
    "Volcano's Job",
    make("batch.volcano.sh/v1alpha1", "Job", { status: { state: { phase: "Completed" } } }),
    "Completed",
    "done",
  ],
  [
    "Longhorn's Node, whose conditions are a map",
    make("longhorn.io/v1", "Node", { status: { conditions: { Ready: condition("Ready", "True") } } }),
    "Ready",
    "ok",
  ],
  [
    "a Deployment of another group",
    make("odd.example/v1", "Deployment", { spec: {}, status: { phase: "Failed" } }),
    "Failed",
    "bad",
  ],
  ["a Pod of another group", make("odd.example/v1", "Pod", { status: {} }), "", "ok"],
  [
    "a workflow that failed",
    make("argoproj.io/v1alpha1", "Workflow", { status: { phase: "Failed" } }),
    "Failed",
    "bad",
  ],
])("%s is read by what it says itself", (_, object, printed, level) => {
  expect(health(object)).toMatchObject({ printed, level });
});

test("an object that is as its spec says is never called broken, and one that failed always is", () => {
  const workload = (kind: string, status: object, spec: object = { replicas: 2 }) =>
    make("apps/v1", kind, {
      metadata: { name: "x", generation: 1 },
      spec,
      status: { observedGeneration: 1, ...status },
    });
  const all = [
    workload("Deployment", { replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2 }),
    workload("Deployment", { replicas: 2, updatedReplicas: 2 }),
    workload("Deployment", { conditions: [condition("Progressing", "False", { reason: "ProgressDeadlineExceeded" })] }),
    workload("StatefulSet", { replicas: 2, readyReplicas: 2 }),
    workload("StatefulSet", {}, { updateStrategy: { type: "OnDelete" } }),
    workload("DaemonSet", { desiredNumberScheduled: 2, numberReady: 1 }),
    workload("DaemonSet", { desiredNumberScheduled: 0 }),
    make("batch/v1", "Job", { status: { conditions: [condition("Failed", "True")] } }),
    make("batch/v1", "Job", { spec: { suspend: true }, status: {} }),
    make("v1", "PersistentVolumeClaim", { status: { phase: "Pending" } }),
    make("v1", "Node", { status: { conditions: [condition("Ready", "Unknown")] } }),
  ];
  for (const object of all) {
    const { level, stage } = health(object);
    if (stage === "current") expect(["ok", "done", "warn"]).toContain(level);
    if (stage === "failed") expect(signOf(level)).toBe("bad");
    if (level === "ok") expect(stage).toBe("current");
  }
});
