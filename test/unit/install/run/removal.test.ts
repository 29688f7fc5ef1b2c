import { expect, test } from "vitest";
import { message, textOf } from "../../../../common/words/index.ts";
import type { KubeObject } from "../../../../electron/cluster/index.ts";
import { planRemoval, removalPhaseOf, removalPhases } from "../../../../electron/install/run/removal.ts";
import { cleanUpFailure, whatHolds } from "../../../../electron/install/run/what-holds.ts";
import { definition, object } from "../objects-support.ts";

const own = (given: KubeObject): KubeObject => ({
  ...given,
  metadata: { ...given.metadata, labels: { "flowdeck.dev/installation": "i", ...given.metadata.labels } },
});
const profile = object("kubeflow.org/v1", "Profile", "ann");
const profileNamespace = object("v1", "Namespace", "ann", {
  metadata: { ownerReferences: [{ kind: "Profile", name: "ann" }] },
});
const claim = object("v1", "PersistentVolumeClaim", "data", { metadata: { namespace: "kubeflow" } });
const notebook = object("kubeflow.org/v1", "Notebook", "n", { metadata: { namespace: "ann" } });
const input = {
  installation: "i",
  own: [
    own(object("v1", "Namespace", "kubeflow")),
    own(object("v1", "Namespace", "empty")),
    own(claim),
    own(definition("kubeflow.org", "Notebook")),
    own(definition("kubeflow.org", "Profile", "Cluster")),
    own(definition("example.com", "Unused")),
    own(object("apps/v1", "Deployment", "d", { metadata: { namespace: "kubeflow" } })),
    own(profile),
  ],
  customResources: [own(profile), notebook],
  claims: [own(claim)],
  namespaces: [profileNamespace, object("v1", "Namespace", "kubeflow"), object("v1", "Namespace", "bob")],
  webhookConfigurations: [],
  others: false,
  doubtful: [],
  contents: [],
};
const names = (removal: ReturnType<typeof planRemoval>) =>
  removalPhases.flatMap((phase) =>
    (removal.phases.get(phase) ?? []).map((one) => `${phase}: ${one.kind} ${one.metadata.name}`),
  );

test("the order: profiles and custom resources while controllers live, then webhooks, workloads, definitions … namespaces", () => {
  expect([
    removalPhaseOf({ apiVersion: "kubeflow.org/v1", kind: "Profile" }),
    removalPhaseOf({ apiVersion: "cert-manager.io/v1", kind: "Certificate" }),
    removalPhaseOf({ apiVersion: "admissionregistration.k8s.io/v1", kind: "MutatingWebhookConfiguration" }),
    removalPhaseOf({ apiVersion: "apps/v1", kind: "StatefulSet" }),
    removalPhaseOf({ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" }),
    removalPhaseOf({ apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole" }),
    removalPhaseOf({ apiVersion: "v1", kind: "Secret" }),
    removalPhaseOf({ apiVersion: "v1", kind: "PersistentVolumeClaim" }),
    removalPhaseOf({ apiVersion: "v1", kind: "Namespace" }),
  ]).toEqual(removalPhases);
});

test("without the data: claims, their namespace, profiles, and definitions of users' objects stay, each with its reason", () => {
  const removal = planRemoval({ ...input, data: false });
  expect(names(removal)).toEqual([
    "workloads: Deployment d",
    "definitions: CustomResourceDefinition unuseds.example.com",
    "namespaces: Namespace empty",
  ]);
  expect(removal.kept.map(({ object: { kind, name } }) => `${kind} ${name}`).sort()).toEqual([
    "CustomResourceDefinition notebooks.kubeflow.org",
    "CustomResourceDefinition profiles.kubeflow.org",
    "Namespace kubeflow",
    "PersistentVolumeClaim data",
    "Profile ann",
  ]);
  expect(removal.profileNamespaces).toEqual([]);
});

test("with the data all of it goes, users' objects and their namespaces as well, and nobody else's", () => {
  const removal = planRemoval({ ...input, data: true });
  expect(removal.kept).toEqual([]);
  expect(names(removal)).toContain("custom-resources: Notebook n");
  expect(names(removal)).toContain("volumes: PersistentVolumeClaim data");
  expect(removal.profileNamespaces).toEqual(["ann"]);
});

test("what a controller made from another object is left to go with that one", () => {
  const made = object("kubeflow.org/v1", "Notebook", "made", {
    metadata: { ownerReferences: [{ kind: "X", controller: true }] },
  });
  const removal = planRemoval({ ...input, customResources: [...input.customResources, made], data: true });
  expect(names(removal)).not.toContain("custom-resources: Notebook made");
});

test("a definition whose clean-up the API server has given up for now is told apart", () => {
  const conditions = [
    { type: "Terminating", status: "True", reason: "InstanceDeletionFailed", message: "storage is (re)initializing" },
  ];
  const going = definition("example.com", "Thing");
  const stuck = { ...going, metadata: { ...going.metadata, deletionTimestamp: "now" }, status: { conditions } };
  expect(cleanUpFailure(stuck)).toBe("storage is (re)initializing");
  expect(textOf(whatHolds(stuck), "en")).toContain("storage is (re)initializing");
  expect(cleanUpFailure(going)).toBeUndefined();
});

test("a namespace that does not go is explained by its own conditions", () => {
  const conditions = [
    { type: "NamespaceContentRemaining", status: "True", message: "notebooks.kubeflow.org has 1 resource instances" },
  ];
  expect(textOf(whatHolds(object("v1", "Namespace", "x", { status: { conditions } })), "en")).toContain(
    "1 resource instances",
  );
  expect(
    textOf(whatHolds(object("a/v1", "A", "x", { metadata: { finalizers: ["a.example/clean"] } })), "en"),
  ).toContain("a.example/clean");
});

test("webhook configurations that controllers made for our Services go, those that call anything else stay", () => {
  const webhooks = (name: string, ...services: string[]) =>
    object("admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", name, {
      webhooks: services.map((service) => ({
        name: "a.b.c",
        clientConfig: { service: { namespace: "kubeflow", name: service } },
      })),
    });
  const service = own(object("v1", "Service", "katib-controller", { metadata: { namespace: "kubeflow" } }));
  const removal = planRemoval({
    ...input,
    data: false,
    own: [service],
    webhookConfigurations: [
      webhooks("katib", "katib-controller", "katib-controller"),
      webhooks("shared", "katib-controller", "theirs"),
      webhooks("empty"),
    ],
  });
  expect(names(removal)).toEqual(["webhooks: MutatingWebhookConfiguration katib", "rest: Service katib-controller"]);
});

const inKubeflow = (apiVersion: string, kind: string, name: string, more: object = {}) =>
  object(apiVersion, kind, name, { metadata: { namespace: "kubeflow", uid: `uid-${kind}-${name}`, ...more } });

test("a namespace with anything of others in it stays, with all that is theirs; asked for, it goes as a whole", () => {
  const contents = [
    inKubeflow("v1", "ConfigMap", "theirs"),
    inKubeflow("v1", "ConfigMap", "kube-root-ca.crt"),
    inKubeflow("apps/v1", "Deployment", "d"),
    inKubeflow("v1", "PersistentVolumeClaim", "theirs"),
  ];
  const given = { ...input, claims: [], contents, data: true };
  const removal = planRemoval(given);
  expect(names(removal)).not.toContain("namespaces: Namespace kubeflow");
  expect(names(removal)).toContain("workloads: Deployment d");
  expect(removal.others.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    "ConfigMap theirs",
    "PersistentVolumeClaim theirs",
  ]);
  expect(removal.kept.find(({ object: { kind } }) => kind === "Namespace")?.because).toEqual(
    message("removal.holds", {
      what: [message("removal.others", { names: "ConfigMap theirs, PersistentVolumeClaim theirs" })],
    }),
  );
  const asked = planRemoval({ ...given, others: true });
  expect(names(asked)).toContain("namespaces: Namespace kubeflow");
  expect(asked.kept).toEqual([]);
});

test("a namespace with users' objects of our kinds stays without the data, whatever is asked for others", () => {
  const contents = [inKubeflow("kubeflow.org/v1", "Notebook", "n")];
  const given = { ...input, claims: [], customResources: contents, contents, others: true };
  expect(planRemoval({ ...given, data: false }).kept.map(({ because }) => because)).toContainEqual(
    message("removal.holds", { what: [message("removal.users", { names: "Notebook n" })] }),
  );
  expect(names(planRemoval({ ...given, data: true }))).toContain("namespaces: Namespace kubeflow");
});

test("what only looks like ours is left and said", () => {
  const copy = own(object("apps/v1", "Deployment", "copy", { metadata: { namespace: "ann" } }));
  const removal = planRemoval({
    ...{ ...input, data: true },
    doubtful: [{ object: copy, because: message("removal.notCreated"), created: false }],
  });
  expect(names(removal)).not.toContain("workloads: Deployment copy");
  expect(removal.kept).toMatchObject([{ object: { name: "copy" } }]);
});
