import { expect, test } from "vitest";
import type { KubeObject } from "../../../../electron/cluster/index.ts";
import { addedFields, removalOf, withoutFields } from "../../../../electron/install/drift/added-fields.ts";
import { deployment } from "../objects-support.ts";

const at = "2026-11-02T10:00:00Z";
const container = (more: object = {}) => ({ name: "main", image: "main:1", env: [{ name: "A", value: "1" }], ...more });
const web = (containers: object[], metadata: object = {}): KubeObject => {
  const made = deployment("kubeflow", "web", { app: "web" }, { containers });
  return { ...made, metadata: { ...made.metadata, resourceVersion: "7", ...metadata } };
};
const managed = (
  of: KubeObject,
  ...managers: [manager: string, fieldsV1: object, subresource?: string][]
): KubeObject => ({
  ...of,
  metadata: {
    ...of.metadata,
    managedFields: managers.map(([manager, fieldsV1, subresource]) => ({
      ...{ manager, operation: "Update", time: at, fieldsV1 },
      ...(subresource === undefined ? {} : { subresource }),
    })),
  },
});
const inSpec = (fields: object) => ({ "f:spec": { "f:template": { "f:spec": { "f:containers": fields } } } });
const applied = web([container()]);
const paths = (live: KubeObject) => addedFields(applied, live).map(({ path, owner }) => [path, owner.manager]);

test("a label, a variable and a container that kubectl added, each once", () => {
  const live = managed(
    web(
      [
        container({
          env: [
            { name: "A", value: "1" },
            { name: "B", value: "2" },
          ],
        }),
        { name: "extra", image: "x:1" },
      ],
      {
        labels: { team: "red", "flowdeck.dev/component": "c" },
      },
    ),
    ["kubectl-edit", { "f:metadata": { "f:labels": { "f:team": {} } } }],
    [
      "kubectl-patch",
      inSpec({
        'k:{"name":"main"}': { "f:env": { 'k:{"name":"B"}': { ".": {}, "f:name": {}, "f:value": {} } } },
        'k:{"name":"extra"}': { ".": {}, "f:image": {}, "f:name": {} },
      }),
    ],
  );
  expect(paths(live)).toEqual([
    ["metadata.labels.team", "kubectl-edit"],
    ["spec.template.spec.containers[name=main].env[name=B]", "kubectl-patch"],
    ["spec.template.spec.containers[name=extra]", "kubectl-patch"],
  ]);
  const added = addedFields(applied, live);
  expect(added[1]).toMatchObject({ live: { name: "B", value: "2" }, owner: { at } });
  expect(removalOf(added)).toEqual([
    { op: "test", path: "/spec/template/spec/containers/1", value: { name: "extra", image: "x:1" } },
    { op: "remove", path: "/spec/template/spec/containers/1" },
    { op: "test", path: "/spec/template/spec/containers/0/env/1", value: { name: "B", value: "2" } },
    { op: "remove", path: "/spec/template/spec/containers/0/env/1" },
    { op: "test", path: "/metadata/labels/team", value: "red" },
    { op: "remove", path: "/metadata/labels/team" },
  ]);
  const without = withoutFields(live, added);
  expect(addedFields(applied, without)).toEqual([]);
  expect(without.spec).toEqual(applied.spec);
  expect(without.metadata.labels).toEqual({ "flowdeck.dev/component": "c" });
});

test("nothing that controllers, webhooks, the status or notes of kubectl are", () => {
  const live = managed(
    web([container({ resources: { limits: { cpu: "1" } } })], {
      annotations: {
        "deployment.kubernetes.io/revision": "2",
        "kubectl.kubernetes.io/last-applied-configuration": "{}",
        "sidecar.istio.io/status": "{}",
      },
      finalizers: ["example.com/wait"],
    }),
    ["kube-controller-manager", { "f:metadata": { "f:annotations": { "f:deployment.kubernetes.io/revision": {} } } }],
    ["cert-manager-cainjector", { "f:metadata": { "f:annotations": { "f:sidecar.istio.io/status": {} } } }],
    [
      "kubectl-client-side-apply",
      { "f:metadata": { "f:annotations": { "f:kubectl.kubernetes.io/last-applied-configuration": {} } } },
    ],
    ["kubectl", { "f:spec": { "f:replicas": {} } }, "scale"],
    [
      "kubectl-edit",
      { "f:metadata": { "f:finalizers": { 'v:"example.com/wait"': {} } }, "f:status": { "f:replicas": {} } },
    ],
    ["flowdeck", inSpec({ 'k:{"name":"main"}': { "f:resources": { "f:limits": { "f:cpu": {} } } } })],
    ["kubectl-edit", { "f:spec": { "f:replicas": {} } }],
  );
  expect(paths(live)).toEqual([]);
});

test("not what was applied, nor what is no longer there", () => {
  const live = managed(web([container()]), [
    "kubectl-edit",
    inSpec({ 'k:{"name":"main"}': { "f:image": {}, "f:command": {} }, 'k:{"name":"gone"}': { ".": {} } }),
  ]);
  expect(paths(live)).toEqual([]);
});

test("a field below what was not applied is named, without what others have beside it", () => {
  const live = managed(web([container({ resources: { limits: { memory: "1Gi" }, requests: { cpu: "1" } } })]), [
    "kubectl-edit",
    inSpec({ 'k:{"name":"main"}': { "f:resources": { "f:limits": { ".": {}, "f:memory": {} } } } }),
  ]);
  expect(addedFields(applied, live).map(({ pointer }) => pointer)).toEqual([
    "/spec/template/spec/containers/0/resources/limits/memory",
  ]);
});

test("what the server filled in for kubectl apply is nothing that anybody added", () => {
  const given = JSON.stringify({ spec: { template: { spec: { hostNetwork: true } } } });
  const live = managed(
    web([container()], { annotations: { "kubectl.kubernetes.io/last-applied-configuration": given } }),
    [
      "kubectl-client-side-apply",
      { "f:spec": { "f:template": { "f:spec": { "f:dnsPolicy": {}, "f:hostNetwork": {} } } } },
    ],
  );
  const spec = { containers: [container()], dnsPolicy: "ClusterFirst", hostNetwork: true };
  const filled = { ...live, spec: { template: { spec } } };
  expect(paths(filled)).toEqual([["spec.template.spec.hostNetwork", "kubectl-client-side-apply"]]);
});
