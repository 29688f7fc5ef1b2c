import { describe, expect, it } from "vitest";
import { type DrainOptions, drainOptions } from "../../../common/contract/index.ts";
import { drainPlan } from "../../../electron/actions/drain-plan.ts";
import type { KubeObject } from "../../../electron/cluster/index.ts";

interface Shape {
  owner?: string;
  emptyDir?: boolean;
  phase?: string;
  mirror?: boolean;
  endingSince?: string;
}

function pod({ owner, emptyDir = false, phase = "Running", mirror = false, endingSince }: Shape): KubeObject {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name: "p",
      namespace: "n",
      uid: "u",
      labels: { app: "web" },
      ...(mirror ? { annotations: { "kubernetes.io/config.mirror": "x" } } : {}),
      ...(endingSince === undefined ? {} : { deletionTimestamp: endingSince }),
      ...(owner === undefined
        ? {}
        : { ownerReferences: [{ apiVersion: "apps/v1", kind: owner, name: "o", uid: "ou", controller: true }] }),
    },
    spec: { volumes: emptyDir ? [{ name: "tmp", emptyDir: {} }] : [] },
    status: { phase },
  };
}

const now = Date.parse("2026-01-01T00:10:00Z");

function outcome(shape: Shape, options: Partial<DrainOptions> = {}, daemonSets = ["n/o"]): string {
  const facts = { pods: [pod(shape)], daemonSets: new Set(daemonSets), budgets: [], now };
  const [planned] = drainPlan("node", facts, drainOptions.parse(options));
  return [planned?.outcome, planned?.reason].filter(Boolean).join(" ");
}

describe("what a drain does with a pod", () => {
  it.each<[string, Shape, Partial<DrainOptions>]>([
    ["go", { owner: "ReplicaSet" }, {}],
    ["stay daemonset", { owner: "DaemonSet" }, {}],
    ["block daemonset", { owner: "DaemonSet" }, { ignoreDaemonSets: false }],
    ["go finished", { owner: "DaemonSet", phase: "Succeeded" }, {}],
    ["stay mirror", { mirror: true }, {}],
    ["block empty-dir", { owner: "ReplicaSet", emptyDir: true }, {}],
    ["go empty-dir", { owner: "ReplicaSet", emptyDir: true }, { deleteEmptyDirData: true }],
    ["block unmanaged", {}, {}],
    ["go unmanaged", {}, { force: true }],
    ["go finished", { phase: "Failed" }, {}],
    ["block unmanaged", { emptyDir: true }, { deleteEmptyDirData: true }],
    ["stay ending", { endingSince: "2026-01-01T00:00:00Z" }, { skipWaitForDeleteTimeoutSeconds: 60 }],
    ["block unmanaged", { endingSince: "2026-01-01T00:00:00Z" }, { skipWaitForDeleteTimeoutSeconds: 600 }],
  ])("%s: %j with %j", (expected, shape, options) => {
    expect(outcome(shape, options)).toBe(expected);
  });

  it("needs force for pods whose DaemonSet is gone", () => {
    expect(outcome({ owner: "DaemonSet" }, {}, [])).toBe("block daemonset-missing");
    expect(outcome({ owner: "DaemonSet" }, { force: true }, [])).toBe("go daemonset-missing");
  });

  it("names the budgets of the same namespace that select the pod", () => {
    const budget = (name: string, namespace: string, app: string): KubeObject => ({
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: { name, namespace },
      spec: { selector: { matchLabels: { app } } },
      status: { disruptionsAllowed: 2 },
    });
    const budgets = [budget("mine", "n", "web"), budget("elsewhere", "m", "web"), budget("other", "n", "api")];
    const facts = { pods: [pod({ owner: "ReplicaSet" })], daemonSets: new Set<string>(), budgets, now };
    expect(drainPlan("node", facts, drainOptions.parse({}))[0]?.budgets).toEqual([{ name: "mine", allowed: 2 }]);
    expect(drainPlan("node", facts, drainOptions.parse({ disableEviction: true }))[0]?.budgets).toEqual([]);
  });
});
