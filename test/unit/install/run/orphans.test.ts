import { expect, test } from "vitest";
import { leftovers } from "../../../../electron/install/run/orphans.ts";

test("leftovers are looked for only where their controllers were ours", () => {
  const istiod = { apiVersion: "apps/v1", kind: "Deployment", namespace: "istio-system", name: "istiod" };
  expect(leftovers([], ["default"])).toEqual([]);
  expect(leftovers([istiod], ["default"])).toEqual([
    { apiVersion: "v1", kind: "ConfigMap", namespace: "default", name: "istio-ca-root-cert" },
  ]);
});

test("what Dex and cert-manager leave outside their namespaces is known", () => {
  const left = leftovers(
    [
      { apiVersion: "apps/v1", kind: "Deployment", namespace: "auth", name: "dex" },
      { apiVersion: "apps/v1", kind: "Deployment", namespace: "cert-manager", name: "cert-manager" },
    ],
    ["default"],
  ).map(({ kind, name }) => `${kind} ${name}`);
  expect(left).toContain("CustomResourceDefinition passwords.dex.coreos.com");
  expect(left).toContain("ConfigMap cert-manager-controller");
  expect(leftovers([], ["default"])).toEqual([]);
});
