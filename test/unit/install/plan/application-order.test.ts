import { describe, expect, it } from "vitest";
import type { KubeObject } from "../../../../electron/cluster/index.ts";
import { withNamespace } from "../../../../electron/install/drivers/render-kfdef.ts";
import type { PlanInput } from "../../../../electron/install/plan/plan.ts";
import type { Plan } from "../../../../electron/install/plan/plan-types.ts";
import { definition, deployment, object, service, webhook } from "../objects-support.ts";
import { failure } from "../support.ts";
import { ancestors, nodeOf, planOf } from "./plan-support.ts";

const namespace = (name: string) => object("v1", "Namespace", name);
const config = (name: string, space = "default") => object("v1", "ConfigMap", name, { metadata: { namespace: space } });

const planInOrder = (applications: Record<string, KubeObject[]>, more: Partial<PlanInput> = {}) =>
  planOf(applications, { inOrder: true, ...more });

const waits = (made: Plan, kind: string, name: string) => [...ancestors(made, nodeOf(made, kind, name).id)];

describe("a KfDef's applications in order", () => {
  it("each wait for what is applied of those before, not for it to be ready", () => {
    const made = planInOrder({
      first: [deployment("default", "one", { app: "one" })],
      empty: [],
      second: [config("two")],
      third: [config("three")],
    });
    expect(waits(made, "ConfigMap", "two")).toContain("apps/Deployment/default/one");
    expect(waits(made, "ConfigMap", "three")).toContain("/ConfigMap/default/two");
    expect(waits(made, "ConfigMap", "three")).toContain("apps/Deployment/default/one");
    expect(waits(made, "ConfigMap", "three").filter((id) => id.startsWith("ready:"))).toEqual([]);
    expect(waits(made, "Deployment", "one")).toEqual([]);
  });

  it("are not held up by an object that needs something of a later one", () => {
    const made = planInOrder({
      first: [config("in-later-namespace", "late"), object("example.com/v1", "Thing", "t"), config("prompt")],
      second: [config("next")],
      third: [namespace("late"), definition("example.com", "Thing")],
    });
    expect(waits(made, "ConfigMap", "in-later-namespace")).toContain("/Namespace//late");
    expect(waits(made, "Thing", "t")).toContain("apiextensions.k8s.io/CustomResourceDefinition//things.example.com");
    expect(waits(made, "ConfigMap", "next")).toContain("/ConfigMap/default/prompt");
    expect(waits(made, "ConfigMap", "next")).not.toContain("/ConfigMap/late/in-later-namespace");
    expect(waits(made, "Namespace", "late")).toContain("/ConfigMap/default/next");
  });

  it("are not held up through a chain of such objects, in either direction", () => {
    const made = planInOrder({
      first: [deployment("default", "needs-later", { app: "x" }, { serviceAccountName: "later" }), config("one")],
      second: [config("two")],
      third: [object("v1", "ServiceAccount", "later", { metadata: { namespace: "late" } })],
      fourth: [object("v1", "ServiceAccount", "later"), namespace("late")],
      fifth: [config("five")],
    });
    expect(waits(made, "Deployment", "needs-later")).toContain("/ServiceAccount/default/later");
    expect(waits(made, "ConfigMap", "two")).not.toContain("apps/Deployment/default/needs-later");
    expect(waits(made, "ConfigMap", "five")).toContain("/Namespace//late");
    expect(waits(made, "ConfigMap", "five")).not.toContain("apps/Deployment/default/needs-later");
  });

  it("stay as free as they were where no order is asked for", () => {
    const made = planInOrder({ first: [config("one")], second: [config("two")] }, { inOrder: false });
    expect(waits(made, "ConfigMap", "two")).toEqual([]);
  });
});

describe("webhooks of a KfDef", () => {
  const pods = { group: "", resource: "pods" };
  const hook = (policy: "Ignore" | "Fail") => [
    webhook("MutatingWebhookConfiguration", "hook", { namespace: "default", name: "hook" }, pods, {
      failurePolicy: policy,
    }),
    service("default", "hook", { app: "hook" }),
    deployment("default", "hook", { app: "hook" }),
  ];
  const three = (policy: "Ignore" | "Fail") =>
    planInOrder({
      before: [deployment("default", "before", { app: "before" })],
      hook: hook(policy),
      after: [deployment("default", "after", { app: "after" })],
    });

  it("that would refuse pods are waited for by the workloads after them, not by those before", () => {
    const made = three("Fail");
    expect(waits(made, "Deployment", "after")).toContain("accepts:hook/hook.example.com");
    expect(waits(made, "Deployment", "before")).toEqual([]);
  });

  it("that are ignored while they do not answer hold nothing up, and come with their application", () => {
    const made = three("Ignore");
    expect(made.gates.filter(({ condition }) => ["accepts", "endpoint"].includes(condition.type))).toEqual([]);
    expect(waits(made, "Deployment", "after")).toContain(nodeOf(made, "MutatingWebhookConfiguration", "hook").id);
  });

  it("in v1beta1 are ignored unless they say otherwise", () => {
    const [configuration, ...rest] = hook("Ignore");
    const old = { ...configuration, apiVersion: "admissionregistration.k8s.io/v1beta1" } as KubeObject;
    const [first] = old.webhooks as { failurePolicy?: string }[];
    delete first?.failurePolicy;
    const made = planInOrder({ hook: [old, ...rest], after: [deployment("default", "after", { app: "after" })] });
    expect(made.gates.filter(({ condition }) => condition.type === "accepts")).toEqual([]);
  });

  it("that go through the API server wait for the API that answers them, not for a Service called kubernetes", () => {
    const through = {
      namespace: "default",
      name: "kubernetes",
      path: "/apis/webhook.cert-manager.io/v1beta1/validations",
    };
    const made = planInOrder({
      "cert-manager": [
        definition("cert-manager.io", "Certificate"),
        webhook("ValidatingWebhookConfiguration", "hook", through, {
          group: "cert-manager.io",
          resource: "certificates",
        }),
        object("apiregistration.k8s.io/v1", "APIService", "v1beta1.webhook.cert-manager.io", {
          spec: { service: { namespace: "default", name: "answers" } },
        }),
        service("default", "answers", { app: "answers" }),
        deployment("default", "answers", { app: "answers" }),
      ],
      other: [
        object("cert-manager.io/v1", "Certificate", "c", {
          metadata: { namespace: "default" },
          spec: { secretName: "s" },
        }),
        deployment("default", "mounts", { app: "m" }, { volumes: [{ name: "s", secret: { secretName: "s" } }] }),
      ],
    });
    const all = waits(made, "Certificate", "c");
    expect(all).toContain("ready:apiregistration.k8s.io/APIService//v1beta1.webhook.cert-manager.io");
    expect(all).toContain("endpoint:default/answers");
    expect(made.gates.some(({ id }) => id === "endpoint:default/kubernetes")).toBe(false);
  });
});

describe("objects of a KfDef", () => {
  it("in two applications are applied once, as the last has them, and told", () => {
    const made = planInOrder({
      first: [object("v1", "ConfigMap", "c", { data: { from: "first" } })],
      second: [object("v1", "ConfigMap", "c", { data: { from: "second" } })],
    });
    expect(nodeOf(made, "ConfigMap", "c").object.data).toEqual({ from: "second" });
    expect(made.nodes).toHaveLength(1);
    expect(made.duplicates).toEqual([
      {
        ref: { apiVersion: "v1", kind: "ConfigMap", namespace: "default", name: "c" },
        components: ["first", "second"],
      },
    ]);
  });

  it("without a namespace go to the KfDef's", () => {
    const made = planInOrder(
      { first: [namespace("kubeflow"), object("v1", "ConfigMap", "c"), config("own")] },
      { namespace: "kubeflow" },
    );
    expect(nodeOf(made, "ConfigMap", "c").ref.namespace).toBe("kubeflow");
    expect(nodeOf(made, "ConfigMap", "own").ref.namespace).toBe("default");
  });

  const old = object("metacontroller.k8s.io/v1", "CompositeController", "x");

  it("of kinds that nobody serves are refused, or listed where that was asked for", async () => {
    const refused = await failure("plan-invalid", () => planInOrder({ first: [old] }));
    expect(refused.message).toContain("CompositeController (metacontroller.k8s.io/v1)");
    const made = planInOrder({ first: [old, config("c")] }, { leaveOutUnserved: true });
    expect(made.nodes.map(({ ref }) => ref.name)).toEqual(["c"]);
    expect(made.unserved).toEqual([
      { ref: { apiVersion: old.apiVersion, kind: old.kind, name: "x" }, component: "first" },
    ]);
  });

  it("are served by a v1beta1 definition that names one version", () => {
    const made = planInOrder({
      first: [
        object("apiextensions.k8s.io/v1beta1", "CustomResourceDefinition", "xs.example.com", {
          spec: { group: "example.com", scope: "Cluster", version: "v1alpha1", names: { kind: "X", plural: "xs" } },
        }),
        object("example.com/v1alpha1", "X", "x"),
      ],
    });
    expect(waits(made, "X", "x")).toContain("apiextensions.k8s.io/CustomResourceDefinition//xs.example.com");
  });
});

describe("the namespace of a KfDef", () => {
  const labels = { "control-plane": "kubeflow", "katib-metricscollector-injection": "enabled" };

  it("is made before everything else where no application brings it, with kfctl's labels", () => {
    const [first, second] = withNamespace(
      [{ objects: [config("a")] }, { objects: [config("b")] }],
      "kubeflow",
      undefined,
    );
    expect(first?.objects.map(({ kind }) => kind)).toEqual(["Namespace", "ConfigMap"]);
    expect(first?.objects[0]?.metadata).toEqual({ name: "kubeflow", labels });
    expect(second?.objects).toHaveLength(1);
  });

  it("keeps the labels its application gives it, and those it has in the cluster", () => {
    const own = object("v1", "Namespace", "kubeflow", { metadata: { labels: { "control-plane": "own", more: "x" } } });
    const brought = withNamespace([{ objects: [config("a")] }, { objects: [own] }], "kubeflow", undefined);
    expect(brought[0]?.objects).toHaveLength(1);
    expect(brought[1]?.objects[0]?.metadata.labels).toEqual({ ...labels, "control-plane": "own", more: "x" });
    const live = { "control-plane": "theirs", other: "y" };
    const [made] = withNamespace([{ objects: [config("a")] }], "kubeflow", live);
    expect(made?.objects[0]?.metadata.labels).toEqual({ ...labels, "control-plane": "theirs" });
  });
});
