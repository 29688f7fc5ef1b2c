import { expect, test } from "vitest";
import { verbatim } from "../../../../common/words/index.ts";
import { readinessOf } from "../../../../electron/install/run/readiness.ts";
import { object } from "../objects-support.ts";

const condition = (type: string, status: string, more: object = {}) => ({ type, status, ...more });
const apps = (kind: string, spec: object, status: object, generation = 1) =>
  object("apps/v1", kind, "x", { metadata: { generation }, spec, status });

const full = { observedGeneration: 1, replicas: 2, updatedReplicas: 2, availableReplicas: 2, readyReplicas: 2 };
const daemons = {
  observedGeneration: 1,
  desiredNumberScheduled: 2,
  currentNumberScheduled: 2,
  updatedNumberScheduled: 2,
  numberAvailable: 2,
  numberReady: 2,
};

test.each([
  [
    "a Deployment with all pods",
    apps("Deployment", { replicas: 2 }, { ...full, conditions: [condition("Available", "True")] }),
    "current",
  ],
  ["one its controller has not seen", apps("Deployment", { replicas: 2 }, {}), "in-progress"],
  ["one changed since", apps("Deployment", { replicas: 2 }, full, 2), "in-progress"],
  ["one pod not available", apps("Deployment", { replicas: 2 }, { ...full, availableReplicas: 1 }), "in-progress"],
  ["an old pod still there", apps("Deployment", { replicas: 2 }, { ...full, replicas: 3 }), "in-progress"],
  [
    "no progress in time",
    apps(
      "Deployment",
      {},
      { ...full, conditions: [condition("Progressing", "False", { reason: "ProgressDeadlineExceeded" })] },
    ),
    "failed",
  ],
  [
    "a StatefulSet with all pods",
    apps("StatefulSet", { replicas: 2 }, { ...full, currentRevision: "a", updateRevision: "a" }),
    "current",
  ],
  [
    "a StatefulSet in an update",
    apps("StatefulSet", { replicas: 2 }, { ...full, currentRevision: "a", updateRevision: "b" }),
    "in-progress",
  ],
  [
    "a StatefulSet whose pods are replaced by hand",
    apps(
      "StatefulSet",
      { updateStrategy: { type: "OnDelete" } },
      { ...full, currentRevision: "a", updateRevision: "b" },
    ),
    "current",
  ],
  ["one of those without its pods", apps("StatefulSet", { updateStrategy: { type: "OnDelete" } }, {}), "in-progress"],
  ["a DaemonSet on all nodes", apps("DaemonSet", {}, daemons), "current"],
  ["a DaemonSet not on all", apps("DaemonSet", {}, { ...daemons, numberReady: 1 }), "in-progress"],
  ["a new DaemonSet", apps("DaemonSet", {}, {}), "in-progress"],
  [
    "a Job that is done",
    object("batch/v1", "Job", "x", { status: { conditions: [condition("Complete", "True")] } }),
    "current",
  ],
  [
    "a Job that failed",
    object("batch/v1", "Job", "x", { status: { conditions: [condition("Failed", "True")] } }),
    "failed",
  ],
  ["a Job not started", object("batch/v1", "Job", "x", {}), "in-progress"],
  ["a bound claim", object("v1", "PersistentVolumeClaim", "x", { status: { phase: "Bound" } }), "current"],
  ["a pending claim", object("v1", "PersistentVolumeClaim", "x", { status: { phase: "Pending" } }), "in-progress"],
  [
    "a ready pod",
    object("v1", "Pod", "x", { status: { phase: "Running", conditions: [condition("Ready", "True")] } }),
    "current",
  ],
  [
    "a pod that is not ready",
    object("v1", "Pod", "x", { status: { phase: "Running", conditions: [condition("Ready", "False")] } }),
    "in-progress",
  ],
  ["a completed pod", object("v1", "Pod", "x", { status: { phase: "Succeeded" } }), "current"],
  ["a failed pod", object("v1", "Pod", "x", { status: { phase: "Failed" } }), "failed"],
  [
    "a definition in use",
    object("apiextensions.k8s.io/v1", "CustomResourceDefinition", "x", {
      status: { conditions: [condition("Established", "True")] },
    }),
    "current",
  ],
  [
    "a definition whose names are taken",
    object("apiextensions.k8s.io/v1", "CustomResourceDefinition", "x", {
      status: { conditions: [condition("NamesAccepted", "False")] },
    }),
    "failed",
  ],
  ["a namespace that ends", object("v1", "Namespace", "x", { status: { phase: "Terminating" } }), "in-progress"],
  [
    "an object being deleted",
    object("v1", "ConfigMap", "x", { metadata: { deletionTimestamp: "now" } }),
    "terminating",
  ],
  [
    "a custom resource that is ready",
    object("a.example/v1", "A", "x", { status: { conditions: [condition("Ready", "True")] } }),
    "current",
  ],
  [
    "a custom resource that is not",
    object("a.example/v1", "A", "x", { status: { conditions: [condition("Ready", "Unknown")] } }),
    "in-progress",
  ],
  ["a custom resource without conditions", object("a.example/v1", "A", "x"), "current"],
  [
    "a stalled custom resource",
    object("a.example/v1", "A", "x", { status: { conditions: [condition("Stalled", "True")] } }),
    "failed",
  ],
])("%s", (_name, given, status) => {
  expect(readinessOf(given).status).toBe(status);
});

test("a kind whose controller reports Ready is not current before it has", () => {
  expect(readinessOf(object("cert-manager.io/v1", "Certificate", "x"), true).status).toBe("in-progress");
});

test("pods that can't be created are told in the server's words", () => {
  const status = {
    observedGeneration: 1,
    conditions: [condition("ReplicaFailure", "True", { message: "exceeded quota" })],
  };
  expect(readinessOf(apps("Deployment", { replicas: 1 }, status)).lacks).toEqual(verbatim("exceeded quota"));
});
