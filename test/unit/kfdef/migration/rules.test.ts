import { describe, expect, it } from "vitest";
import { rules } from "../../../../electron/kfdef/migration/index.ts";
import { converted, object, servesOnly, today } from "./support.ts";

const cases = rules.flatMap((rule) => rule.kinds.flatMap((kind) => rule.from.map((from) => ({ rule, kind, from }))));

describe("every rule", () => {
  it.each(cases)("$from $kind leads to what the cluster serves, or says why it is left out", ({ rule, kind, from }) => {
    // Nothing but a CertificateSigningRequest depends on its fields for being kept.
    const given = object(from, kind, kind === "CertificateSigningRequest" ? { spec: { signerName: "a.io/b" } } : {});
    const { result, change, notes } = converted(given);
    if (rule.to.length === 0) {
      expect(result).toBeUndefined();
      expect(change?.to).toBeUndefined();
      expect(notes).toContain("Left out");
    } else {
      expect(result?.apiVersion).toBe(rule.to[0]);
      expect(change).toMatchObject({
        component: "app",
        to: rule.to[0],
        object: { apiVersion: from, kind, name: "one" },
      });
    }
  });

  it.each(cases)("$from $kind stays as it is where the cluster serves it", ({ kind, from }) => {
    const given = object(from, kind);
    const { result, change } = converted(given, servesOnly(`${from} ${kind}`, ...anyOf(kind)));
    expect(result).toBe(given);
    expect(change).toBeUndefined();
  });

  it("has a source, and a Kubernetes version", () => {
    for (const { source, removedIn } of rules) {
      expect(source).toMatch(/^https:\/\/(kubernetes\.io|github\.com\/kubernetes)\//);
      expect(removedIn).toMatch(/^1\.\d\d$/);
    }
  });

  it("stands once for a kind and version", () => {
    const keys = cases.map(({ kind, from }) => `${from} ${kind}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("what no rule is about", () => {
  it.each([
    ["app.k8s.io/v1beta1", "Application"],
    ["cert-manager.io/v1alpha2", "Issuer"],
    ["networking.istio.io/v1alpha3", "VirtualService"],
    ["rbac.istio.io/v1alpha1", "ServiceRole"],
    ["v1", "ConfigMap"],
  ])("%s %s stays as it is", (apiVersion, kind) => {
    const given = object(apiVersion, kind, { spec: { backend: {} } });
    expect(converted(given).result).toBe(given);
  });

  it("keeps the old version where the cluster serves neither", () => {
    const given = object("policy/v1beta1", "PodDisruptionBudget", { spec: { selector: {} } });
    expect(converted(given, servesOnly()).result).toBe(given);
  });
});

describe("fields that kinds of today no longer have", () => {
  const deployment = () =>
    object("apps/v1", "Deployment", {
      spec: { template: { metadata: { labels: { a: "b" }, initializers: { pending: [] } }, spec: {} } },
    });

  it("are dropped, at every metadata", () => {
    const { result, change, notes } = converted(deployment());
    expect(result?.spec).toEqual({ template: { metadata: { labels: { a: "b" } }, spec: {} } });
    expect(change?.to).toBe("apps/v1");
    expect(notes).toContain('"initializers"');
    const job = object("batch/v1", "CronJob", { spec: { jobTemplate: { metadata: { clusterName: "x" } } } });
    expect(converted(job).result?.spec).toEqual({ jobTemplate: { metadata: {} } });
    const service = object("v1", "Service", { spec: { topologyKeys: ["*"], ports: [] } });
    expect(converted(service).result?.spec).toEqual({ ports: [] });
  });

  it("stay where the cluster is old enough to know them, and in custom resources", () => {
    const old = deployment();
    expect(converted(old, servesOnly("apps/v1 Deployment", "extensions/v1beta1 Deployment")).result).toBe(old);
    const custom = object("example.org/v1", "Thing", { spec: { template: { metadata: { clusterName: "x" } } } });
    expect(converted(custom, today).result).toBe(custom);
  });
});

/** So that the cluster counts as old. */
function anyOf(kind: string): string[] {
  return rules.filter((rule) => rule.kinds.includes(kind)).flatMap((rule) => rule.to.map((to) => `${to} ${kind}`));
}
