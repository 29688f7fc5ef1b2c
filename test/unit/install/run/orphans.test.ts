import { expect, test } from "vitest";
import { makesOrphans, orphansToRemove } from "../../../../electron/install/run/orphans.ts";
import { object } from "../objects-support.ts";

const definition = object("apiextensions.k8s.io/v1", "CustomResourceDefinition", "passwords.dex.coreos.com");
const root = (namespace: string) => object("v1", "ConfigMap", "istio-ca-root-cert", { metadata: { namespace } });
const key = "apiextensions.k8s.io/CustomResourceDefinition//passwords.dex.coreos.com";

test("controllers that leave something are known by name and namespace", () => {
  const dex = { apiVersion: "apps/v1", kind: "Deployment", namespace: "auth", name: "dex" };
  expect(makesOrphans(dex)).toBe(true);
  expect(makesOrphans({ ...dex, namespace: "elsewhere" })).toBe(false);
});

test("what was there before stays, what came since goes, what goes with its namespace needs no deletion", () => {
  const found = [definition, root("user"), root("kubeflow")];
  const { remove, unknown } = orphansToRemove(found, new Set([key]), new Set(["kubeflow"]));
  expect(remove).toEqual([root("user")]);
  expect(unknown).toEqual([]);
});

test("where nobody noted what was there before, nothing is removed", () => {
  expect(orphansToRemove([definition], undefined, new Set())).toEqual({ remove: [], unknown: [definition] });
});
