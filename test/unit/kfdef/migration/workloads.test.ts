import { describe, expect, it } from "vitest";
import { becomes, object } from "./support.ts";

const template = { metadata: { labels: { app: "web", tier: "front" } }, spec: { containers: [] } };
const selector = { matchLabels: { app: "web", tier: "front" } };

describe("Deployment", () => {
  it("of extensions/v1beta1 gets its selector and old defaults written", () => {
    const { result, notes } = becomes(
      object("extensions/v1beta1", "Deployment", { spec: { template, rollbackTo: { revision: 1 } }, status: {} }),
      "apps/v1",
    );
    expect(result.spec).toEqual({
      template,
      selector,
      progressDeadlineSeconds: 2_147_483_647,
      revisionHistoryLimit: 2_147_483_647,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } },
    });
    expect(result.status).toBeUndefined();
    for (const field of ["selector", "rollbackTo", "progressDeadlineSeconds", "revisionHistoryLimit", "rollingUpdate"])
      expect(notes).toContain(field);
  });

  it("keeps what it says itself", () => {
    const spec = {
      template,
      selector: { matchLabels: { app: "web" } },
      progressDeadlineSeconds: 5,
      revisionHistoryLimit: 0,
      strategy: { type: "Recreate" },
    };
    const { result, notes } = becomes(object("extensions/v1beta1", "Deployment", { spec }), "apps/v1");
    expect(result.spec).toEqual(spec);
    expect(notes).toBe("");
  });

  it("fills only the half of a rolling update that is missing", () => {
    const spec = { template, selector, strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "50%" } } };
    const { result } = becomes(object("extensions/v1beta1", "Deployment", { spec }), "apps/v1");
    expect(result.spec).toMatchObject({ strategy: { rollingUpdate: { maxSurge: "50%", maxUnavailable: 1 } } });
  });

  it("of apps/v1beta1 kept two old replica sets, of apps/v1beta2 what apps/v1 keeps", () => {
    const { result } = becomes(object("apps/v1beta1", "Deployment", { spec: { template } }), "apps/v1");
    expect(result.spec).toEqual({ template, selector, revisionHistoryLimit: 2 });
    const later = becomes(object("apps/v1beta2", "Deployment", { spec: { template, selector } }), "apps/v1");
    expect(later.result.spec).toEqual({ template, selector });
  });

  it("takes an empty selector for none, and stays without one where the pods have no labels", () => {
    const empty = becomes(object("apps/v1beta1", "Deployment", { spec: { template, selector: {} } }), "apps/v1");
    expect(empty.result.spec).toMatchObject({ selector });
    const none = becomes(object("apps/v1beta2", "Deployment", { spec: { template: {} } }), "apps/v1");
    expect(none.result.spec).toEqual({ template: {} });
  });
});

it("DaemonSet of extensions/v1beta1 was updated on delete, and its templateGeneration goes", () => {
  const spec = { template, templateGeneration: 3 };
  const { result, notes } = becomes(object("extensions/v1beta1", "DaemonSet", { spec }), "apps/v1");
  expect(result.spec).toEqual({ template, selector, updateStrategy: { type: "OnDelete" } });
  expect(notes).toContain("OnDelete");
  const later = becomes(object("apps/v1beta2", "DaemonSet", { spec: { template } }), "apps/v1");
  expect(later.result.spec).toEqual({ template, selector });
});

it("StatefulSet of apps/v1beta1 was updated on delete", () => {
  const { result } = becomes(object("apps/v1beta1", "StatefulSet", { spec: { template } }), "apps/v1");
  expect(result.spec).toEqual({ template, selector, updateStrategy: { type: "OnDelete" } });
  const spec = { template, updateStrategy: { type: "RollingUpdate" } };
  const kept = becomes(object("apps/v1beta1", "StatefulSet", { spec }), "apps/v1");
  expect(kept.result.spec).toMatchObject({ updateStrategy: { type: "RollingUpdate" } });
});

it("ReplicaSet gets its selector", () => {
  const { result } = becomes(object("extensions/v1beta1", "ReplicaSet", { spec: { template } }), "apps/v1");
  expect(result.spec).toEqual({ template, selector });
});
