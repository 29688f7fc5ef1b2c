import { describe, expect, it } from "vitest";
import { rolloutOf } from "../../../common/kube/index.ts";
import { chooseUndo, revisionsOf, undoneAnnotations } from "../../../electron/actions/rollout-history.ts";
import type { KubeObject } from "../../../electron/cluster/index.ts";

const template = (image: string, hash?: string) => ({
  metadata: { labels: { app: "web", ...(hash === undefined ? {} : { "pod-template-hash": hash }) } },
  spec: { containers: [{ name: "web", image }] },
});

function deployment(image: string, revision = "3"): KubeObject {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", uid: "d", annotations: { "deployment.kubernetes.io/revision": revision } },
    spec: { template: template(image) },
  };
}

function replicaSet(revision: string, image: string, owner = "d"): KubeObject {
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: {
      name: `web-${revision}`,
      annotations: { "deployment.kubernetes.io/revision": revision, "kubernetes.io/change-cause": `to ${image}` },
      ownerReferences: [{ apiVersion: "apps/v1", kind: "Deployment", name: "web", uid: owner, controller: true }],
    },
    spec: { template: template(image, `h${revision}`) },
  };
}

const keepers = [replicaSet("10", "c"), replicaSet("2", "a"), replicaSet("9", "b"), replicaSet("11", "x", "other")];

describe("the history of a Deployment", () => {
  const revisions = revisionsOf(deployment("c", "10"), keepers);

  it("is in the order of numbers, of its own ReplicaSets, with the current one marked", () => {
    expect(revisions.map(({ revision, current, changeCause }) => [revision, current, changeCause])).toEqual([
      [2, false, "to a"],
      [9, false, "to b"],
      [10, true, "to c"],
    ]);
    expect(revisions[0]?.template).not.toContain("pod-template-hash");
  });

  it("leads back to the one before, or to a wanted one", () => {
    const to = (wanted?: number) => chooseUndo(deployment("c", "10"), revisions, wanted);
    expect(to()).toMatchObject({ kind: "revision", to: { revision: 9 } });
    expect(to(2)).toMatchObject({ kind: "revision", to: { revision: 2 } });
    expect(to(10)).toMatchObject({ kind: "same" });
    expect(to(7)).toEqual({ kind: "unknown", wanted: 7, known: [2, 9, 10] });
    expect(chooseUndo(deployment("c"), revisions.slice(2))).toEqual({ kind: "first" });
  });

  it("keeps what belongs to the Deployment and takes the rest from the revision", () => {
    const now = deployment("c", "10");
    now.metadata.annotations = {
      "deployment.kubernetes.io/revision": "10",
      "kubectl.kubernetes.io/last-applied-configuration": "applied",
      note: "of today",
    };
    expect(undoneAnnotations(now, replicaSet("2", "a"))).toEqual({
      "deployment.kubernetes.io/revision": "10",
      "kubectl.kubernetes.io/last-applied-configuration": "applied",
      "kubernetes.io/change-cause": "to a",
    });
  });
});

describe("the status of a rollout", () => {
  const at = (status: object, spec: object = { replicas: 3 }, kind = "Deployment", generation = 2) =>
    rolloutOf({
      apiVersion: "apps/v1",
      kind,
      metadata: { name: "web", generation },
      spec,
      status: { observedGeneration: 2, ...status },
    });

  it.each([
    ["waiting observe", at({ observedGeneration: 1 })],
    ["waiting update", at({ updatedReplicas: 1, replicas: 3 })],
    ["waiting terminate", at({ updatedReplicas: 3, replicas: 4 })],
    ["waiting available", at({ updatedReplicas: 3, replicas: 3, availableReplicas: 2 })],
    ["done done", at({ updatedReplicas: 3, replicas: 3, availableReplicas: 3 })],
    [
      "failed deadline",
      at({ conditions: [{ type: "Progressing", reason: "ProgressDeadlineExceeded" }], updatedReplicas: 1 }),
    ],
    ["unsupported on-delete", at({}, { updateStrategy: { type: "OnDelete" } }, "StatefulSet")],
    ["waiting ready", at({ readyReplicas: 2 }, { replicas: 3 }, "StatefulSet")],
    [
      "waiting update",
      at({ readyReplicas: 3, updateRevision: "b", currentRevision: "a" }, { replicas: 3 }, "StatefulSet"),
    ],
    [
      "done done",
      at(
        { readyReplicas: 3, updatedReplicas: 1, updateRevision: "b", currentRevision: "a" },
        { replicas: 3, updateStrategy: { rollingUpdate: { partition: 2 } } },
        "StatefulSet",
      ),
    ],
    [
      "waiting available",
      at({ desiredNumberScheduled: 2, updatedNumberScheduled: 2, numberAvailable: 1 }, {}, "DaemonSet"),
    ],
  ])("%s", (expected, { state, step }) => {
    expect(`${state} ${step}`).toBe(expected);
  });
});
