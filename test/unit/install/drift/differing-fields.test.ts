import { describe, expect, test } from "vitest";
import type { KubeObject } from "../../../../electron/cluster/index.ts";
import { differingFields } from "../../../../electron/install/drift/differing-fields.ts";
import { deployment, object } from "../objects-support.ts";

const ours = ({ manager }: { manager: string }) => manager === "flowdeck";

interface Manager {
  manager: string;
  fields: object;
  at?: string;
  subresource?: string;
  operation?: string;
}

function managed(of: KubeObject, ...managers: Manager[]): KubeObject {
  const managedFields = managers.map(
    ({ manager, fields, at = "2026-11-01T10:00:00Z", operation = "Update", ...rest }) => ({
      ...{ manager, operation, time: at, fieldsType: "FieldsV1", fieldsV1: fields },
      ...rest,
    }),
  );
  return { ...of, metadata: { ...of.metadata, managedFields } };
}

const web = deployment(
  "kubeflow",
  "web",
  { app: "web" },
  {
    containers: [{ name: "main", image: "main:1", ports: [{ containerPort: 80 }], env: [{ name: "A", value: "1" }] }],
  },
);
const port = { 'k:{"containerPort":80,"protocol":"TCP"}': { ".": {}, "f:containerPort": {} } };

/** The Deployment as it is stored: with a port's protocol filled in, and with these changes to its container. */
function stored(container: object, ...managers: Manager[]): KubeObject {
  const main = {
    ...{ name: "main", image: "main:1", imagePullPolicy: "IfNotPresent" },
    ports: [{ containerPort: 80, protocol: "TCP" }],
    env: [{ name: "A", value: "1" }],
    ...container,
  };
  return managed(deployment("kubeflow", "web", { app: "web" }, { containers: [main] }), ...managers);
}

/** FieldsV1 of fields of the container. */
function inContainer(fields: object): object {
  return { "f:spec": { "f:template": { "f:spec": { "f:containers": { 'k:{"name":"main"}': fields } } } } };
}

const own = { "f:env": { 'k:{"name":"A"}': { ".": {}, "f:name": {}, "f:value": {} } }, "f:ports": port };

describe("the fields that differ", () => {
  test("none where only the server filled something in", () => {
    const live = stored({}, { manager: "flowdeck", fields: inContainer({ ...own, "f:image": {} }) });
    expect(differingFields(web, live, ours)).toEqual([]);
  });

  test("a changed value, with who changed it last and when", () => {
    const live = stored(
      { image: "main:2" },
      { manager: "flowdeck", fields: inContainer(own) },
      { manager: "kubectl-edit", at: "2026-11-02T10:00:00Z", fields: inContainer({ "f:image": {} }) },
      { manager: "argocd", at: "2026-11-03T10:00:00Z", fields: inContainer({ "f:image": {} }) },
    );
    expect(differingFields(web, live, ours)).toEqual([
      {
        path: "spec.template.spec.containers[name=main].image",
        applied: "main:1",
        live: "main:2",
        owner: { manager: "argocd", operation: "Update", at: "2026-11-03T10:00:00Z" },
      },
    ]);
  });

  test("not a value that the server or a webhook made of ours as it was applied", () => {
    const live = stored(
      { image: "mirror.example/main:1" },
      { manager: "flowdeck", fields: inContainer({ "f:image": {} }) },
    );
    expect(differingFields(web, live, ours)).toEqual([]);
  });

  test("what was taken away, of which nobody is known: a field, an item by its keys", () => {
    const live = stored(
      { env: [{ name: "B", value: "2" }], ports: undefined },
      { manager: "flowdeck", fields: inContainer({ ".": {}, "f:image": {} }) },
      { manager: "kubectl-set", fields: inContainer({ "f:env": { 'k:{"name":"B"}': { ".": {} } } }) },
    );
    expect(differingFields(web, live, ours)).toEqual([
      {
        path: "spec.template.spec.containers[name=main].ports",
        applied: [{ containerPort: 80 }],
        live: undefined,
      },
      {
        path: "spec.template.spec.containers[name=main].env[name=A]",
        applied: { name: "A", value: "1" },
        live: undefined,
      },
    ]);
  });

  test("not what others added, nor what they report in the status", () => {
    const live = stored(
      {
        env: [
          { name: "B", value: "2" },
          { name: "A", value: "1" },
        ],
      },
      { manager: "kubectl-set", fields: inContainer({ "f:env": { 'k:{"name":"B"}': {} } }) },
      { manager: "kube-controller-manager", subresource: "status", fields: { "f:status": {} } },
    );
    expect(differingFields(web, { ...live, status: { replicas: 1 } }, ours)).toEqual([]);
  });

  test("a list that is one value by its places, and as a whole where it has another length", () => {
    const role = (verbs: string[], more: object[] = []) =>
      object("rbac.authorization.k8s.io/v1", "ClusterRole", "r", { rules: [{ apiGroups: [""], verbs }, ...more] });
    const change = { manager: "kubectl", fields: { "f:rules": {} } };
    expect(differingFields(role(["get"]), managed(role(["list"]), change), ours)).toMatchObject([
      { path: "rules[0].verbs[0]", applied: "get", live: "list", owner: { manager: "kubectl" } },
    ]);
    expect(differingFields(role(["get"]), managed(role(["get"], [{}]), change), ours)).toMatchObject([
      { path: "rules" },
    ]);
  });

  test("a set by its values, in whatever order", () => {
    const claim = (finalizers: string[]) => object("v1", "ConfigMap", "c", { metadata: { finalizers } });
    const fields = { "f:metadata": { "f:finalizers": { ".": {}, 'v:"a"': {}, 'v:"b"': {} } } };
    const live = (names: string[]) => managed(claim(names), { manager: "flowdeck", fields });
    expect(differingFields(claim(["a", "b"]), live(["b", "x", "a"]), () => false)).toEqual([]);
    expect(differingFields(claim(["a", "b"]), live(["a"]), () => false)).toMatchObject([
      { path: "metadata.finalizers" },
    ]);
  });

  test("nothing for what says nothing: null, an empty text, an empty list, false, 0", () => {
    const said = object("v1", "ConfigMap", "c", {
      metadata: { creationTimestamp: null },
      spec: { a: null, b: "", c: [], d: false, e: 0, f: { g: null } },
    });
    expect(differingFields(said, object("v1", "ConfigMap", "c", { spec: {} }), ours)).toEqual([]);
  });

  test("names from data find nothing but themselves", () => {
    const config = object("v1", "ConfigMap", "c", { data: { constructor: "x", "a.b/c": "1" } });
    const live = managed(object("v1", "ConfigMap", "c", { data: { "a.b/c": "1" } }), {
      manager: "m",
      fields: { "f:data": {} },
    });
    expect(differingFields(config, live, ours)).toMatchObject([{ path: "data.constructor", applied: "x" }]);
  });
});
