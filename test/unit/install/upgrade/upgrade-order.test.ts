import { describe, expect, test } from "vitest";
import type { CatalogueRelease } from "../../../../electron/install/types.ts";
import { fixedFieldChanged } from "../../../../electron/install/upgrade/immutable-fields.ts";
import { stepOf, stepsOf } from "../../../../electron/install/upgrade/release-steps.ts";
import { orderOf, type ShownUpgrade } from "../../../../electron/install/upgrade/upgrade-order.ts";

const deployment = { apiVersion: "apps/v1", kind: "Deployment", namespace: "kubeflow", name: "controller" };
const old = { apiVersion: "v1", kind: "Service", namespace: "kubeflow", name: "old" };
const definition = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  name: "things.example.com",
};
const shown: ShownUpgrade = {
  from: "1",
  deletions: [
    { object: deployment, uid: "a", when: "before", stage: 1, recreate: true, registered: false, stays: false },
    { object: old, uid: "b", when: "after", stage: 2, recreate: false, registered: false, stays: false },
    { object: definition, uid: "c", when: "after", stage: 3, recreate: false, registered: false, stays: true },
  ],
};
const at = new Date("2026-01-02T03:04:05.678Z");

describe("what an upgrade may delete", () => {
  test("nothing is recreated without consent for it, and the objects are named", () => {
    expect(() => orderOf(shown, { consents: ["/Service/kubeflow/old"], prune: [] }, at)).toThrow(
      /1 object would be deleted .*: Deployment kubeflow\/controller\./,
    );
  });

  test("what holds data stays unless it is chosen", () => {
    const consents = ["apps/Deployment/kubeflow/controller"];
    const order = orderOf(shown, { consents, prune: [] }, at);
    expect(order.deletions.map(({ object }) => object)).toEqual([deployment, old]);
    expect(order.kept).toBe("2026-01-02T03-04-05Z");
    const key = "apiextensions.k8s.io/CustomResourceDefinition//things.example.com";
    const chosen = orderOf(shown, { consents, prune: [key] }, at);
    expect(chosen.deletions.map(({ object }) => object)).toEqual([deployment, old, definition]);
  });
});

describe("fields that never change, where the API server can't be asked", () => {
  const workload = (labels: Record<string, string>) => ({
    ...{ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "a" } },
    spec: { replicas: 1, selector: { matchLabels: labels } },
  });
  const binding = (name: string) => ({
    ...{ apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRoleBinding", metadata: { name: "a" } },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
  });

  test("another selector, also one with a label more, or another role", () => {
    expect(fixedFieldChanged(workload({ app: "a" }), workload({ app: "a", part: "b" }))).toBe("spec.selector");
    expect(fixedFieldChanged(workload({ app: "a", part: "b" }), workload({ app: "a" }))).toBe("spec.selector");
    expect(fixedFieldChanged(binding("old"), binding("new"))).toBe("roleRef");
  });

  test("the same, and what the server filled in, is no reason", () => {
    expect(
      fixedFieldChanged(workload({ app: "a" }), { ...workload({ app: "a" }), spec: { replicas: 2 } }),
    ).toBeUndefined();
    expect(fixedFieldChanged(binding("old"), binding("old"))).toBeUndefined();
    const service = { apiVersion: "v1", kind: "Service", metadata: { name: "a" } };
    expect(
      fixedFieldChanged({ ...service, spec: { clusterIP: "10.0.0.1" } }, { ...service, spec: {} }),
    ).toBeUndefined();
  });

  test("of a set, the templates of its claims", () => {
    const set = (storage: string, filled = {}) => ({
      ...{ apiVersion: "apps/v1", kind: "StatefulSet", metadata: { name: "a" } },
      spec: {
        volumeClaimTemplates: [
          { metadata: { name: "data" }, spec: { resources: { requests: { storage } }, ...filled } },
        ],
      },
    });
    expect(fixedFieldChanged(set("1Gi", { volumeMode: "Filesystem" }), set("1Gi"))).toBeUndefined();
    expect(fixedFieldChanged(set("1Gi"), set("2Gi"))).toBe("spec.volumeClaimTemplates");
  });
});

describe("the release's own steps", () => {
  const words = { en: "a", ko: "a" };
  const step = (kind: string, names: string[], namespace?: string) => ({
    ...{ title: words, because: words },
    objects: [{ group: "apps", kind, names, ...(namespace ? { namespace } : {}) }],
  });
  const release = {
    upgrades: [
      { from: "1", steps: [step("Deployment", ["other"], "kubeflow"), step("Deployment", ["controller"], "kubeflow")] },
    ],
  } as Partial<CatalogueRelease> as CatalogueRelease;

  test("are those for the release that is installed, and name objects by kind, namespace and name", () => {
    expect(stepsOf(release, "0")).toEqual([]);
    const steps = stepsOf(release, "1");
    expect(stepOf(steps, deployment)).toBe(1);
    expect(stepOf(steps, { ...deployment, namespace: "elsewhere" })).toBe(-1);
    expect(stepOf(steps, { ...deployment, apiVersion: "v1" })).toBe(-1);
  });
});
