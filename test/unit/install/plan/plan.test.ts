import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { KubeObject } from "../../../../electron/cluster/index.ts";
import { Catalogue, prepare } from "../../../../electron/install/index.ts";
import { makePlan } from "../../../../electron/install/plan/plan.ts";
import type { ClusterFacts } from "../../../../electron/install/plan/plan-types.ts";
import { createTools } from "../../../../electron/tools/index.ts";
import { definition, deployment, emptyCluster, mirror, object, root, service, webhook } from "../objects-support.ts";
import { ancestors, nodeOf, planOf } from "./plan-support.ts";

const namespace = (name: string, labels = {}) => object("v1", "Namespace", name, { metadata: { labels } });

const plan = (components: Record<string, KubeObject[]>, facts: ClusterFacts = emptyCluster()) =>
  planOf(components, { facts });

test("a namespaced object waits for its namespace, a custom resource for its definition", () => {
  const made = plan({
    a: [
      object("example.com/v1", "Thing", "t", { metadata: { namespace: "ns" } }),
      definition("example.com", "Thing"),
      namespace("ns"),
    ],
  });
  const waits = ancestors(made, nodeOf(made, "Thing", "t").id);
  expect(waits).toContain(nodeOf(made, "Namespace", "ns").id);
  expect(waits).toContain(nodeOf(made, "CustomResourceDefinition", "things.example.com").id);
});

test("a cluster-scoped object loses a stray namespace, a namespaced one without any goes to default", () => {
  const made = plan({
    a: [
      definition("example.com", "Wide", "Cluster"),
      object("example.com/v1", "Wide", "w", { metadata: { namespace: "stray" } }),
      object("v1", "ConfigMap", "c"),
    ],
  });
  expect(nodeOf(made, "Wide", "w").object.metadata.namespace).toBeUndefined();
  expect(nodeOf(made, "ConfigMap", "c").ref.namespace).toBe("default");
});

test("every object carries the inventory labels, and pod templates do not", () => {
  const made = plan({ a: [deployment("default", "d", { app: "d" })] });
  const { object: applied } = nodeOf(made, "Deployment", "d");
  expect(applied.metadata.labels).toEqual({ "flowdeck.dev/installation": "test", "flowdeck.dev/component": "a" });
  expect(JSON.stringify(applied.spec)).not.toContain("flowdeck.dev");
});

test("what was there before and is not ours gets no label of ours", () => {
  const mine = { "flowdeck.dev/installation": "test" };
  const existing = new Map([
    ["/ConfigMap/default/theirs", object("v1", "ConfigMap", "theirs", { metadata: { namespace: "default" } })],
    [
      "/ConfigMap/default/ours",
      object("v1", "ConfigMap", "ours", { metadata: { namespace: "default", labels: mine } }),
    ],
  ]);
  const made = plan(
    { a: [object("v1", "ConfigMap", "theirs"), object("v1", "ConfigMap", "ours")] },
    emptyCluster({ existing }),
  );
  expect(nodeOf(made, "ConfigMap", "theirs")).toMatchObject({ foreign: true });
  expect(nodeOf(made, "ConfigMap", "theirs").object.metadata.labels).toBeUndefined();
  expect(nodeOf(made, "ConfigMap", "ours")).toMatchObject({ foreign: false });
});

test("a pod with a Certificate's Secret waits until it is issued, its issuer first, both after the webhook answers", () => {
  const made = plan({
    certs: [
      definition("cert-manager.io", "Certificate"),
      definition("cert-manager.io", "Issuer"),
      deployment("default", "cm-webhook", { app: "cm-webhook" }),
      service("default", "cm-webhook", { app: "cm-webhook" }),
      webhook(
        "ValidatingWebhookConfiguration",
        "cm",
        { namespace: "default", name: "cm-webhook" },
        { group: "cert-manager.io", resource: "*" },
      ),
    ],
    app: [
      object("cert-manager.io/v1", "Issuer", "self", { metadata: { namespace: "default" } }),
      object("cert-manager.io/v1", "Certificate", "tls", {
        metadata: { namespace: "default" },
        spec: { secretName: "tls", issuerRef: { name: "self" } },
      }),
      deployment("default", "app", { app: "app" }, { volumes: [{ name: "v", secret: { secretName: "tls" } }] }),
    ],
  });
  const app = ancestors(made, nodeOf(made, "Deployment", "app").id);
  expect(app).toContain(`ready:${nodeOf(made, "Certificate", "tls").id}`);
  expect(app).toContain(nodeOf(made, "Issuer", "self").id);
  expect(app).toContain("accepts:cm/cm.example.com");
  expect(ancestors(made, nodeOf(made, "ValidatingWebhookConfiguration", "cm").id)).toContain(
    "endpoint:default/cm-webhook",
  );
  expect(nodeOf(made, "Deployment", "cm-webhook").wave).toBe("foundations");
});

const injecting = [
  deployment("default", "injector", { app: "injector" }),
  service("default", "injector", { app: "injector" }),
  webhook(
    "MutatingWebhookConfiguration",
    "inject",
    { namespace: "default", name: "injector" },
    { group: "", resource: "pods" },
    {
      namespaceSelector: { matchLabels: { injection: "enabled" } },
      objectSelector: { matchExpressions: [{ key: "inject", operator: "NotIn", values: ["false"] }] },
    },
  ),
  object("apps/v1", "DaemonSet", "cni", { metadata: { namespace: "kube-system" }, spec: { template: { spec: {} } } }),
];

test("injected pods wait for the injector and the node agents; others do not", () => {
  const made = plan({
    mesh: injecting,
    app: [
      namespace("apps", { injection: "enabled" }),
      deployment("apps", "in", { app: "in" }),
      deployment("apps", "out", { app: "out", inject: "false" }),
    ],
  });
  const inside = ancestors(made, nodeOf(made, "Deployment", "in").id);
  expect(inside).toContain("accepts:inject/inject.example.com");
  expect(inside).toContain("endpoint:default/injector");
  expect(inside).toContain(`ready:${nodeOf(made, "DaemonSet", "cni").id}`);
  expect(ancestors(made, nodeOf(made, "Deployment", "out").id)).not.toContain("accepts:inject/inject.example.com");
  expect(ancestors(made, nodeOf(made, "MutatingWebhookConfiguration", "inject").id)).toEqual(new Set());
});

test("an injector that would inject itself is turned on when its own pods run", () => {
  const [, , configuration] = injecting;
  const made = plan({
    mesh: [
      namespace("mesh", { injection: "enabled" }),
      deployment("mesh", "injector", { app: "injector" }),
      service("mesh", "injector", { app: "injector" }),
      webhook(
        "MutatingWebhookConfiguration",
        "inject",
        { namespace: "mesh", name: "injector" },
        { group: "", resource: "pods" },
      ),
      deployment("mesh", "app", { app: "app" }),
    ],
  });
  expect(configuration).toBeDefined();
  expect(ancestors(made, nodeOf(made, "MutatingWebhookConfiguration", "inject").id)).toContain(
    "endpoint:mesh/injector",
  );
  expect(ancestors(made, nodeOf(made, "Deployment", "injector").id)).not.toContain("accepts:inject/inject.example.com");
  expect(ancestors(made, nodeOf(made, "Deployment", "app").id)).toContain("accepts:inject/inject.example.com");
});

test("an injector of pods in a namespace that a Profile makes is tried there only once the namespace exists", () => {
  const [injector, itsService] = injecting;
  const made = plan({
    mesh: [
      ...[injector, itsService].filter((one) => one !== undefined),
      webhook(
        "MutatingWebhookConfiguration",
        "inject",
        { namespace: "default", name: "injector" },
        { group: "", resource: "pods" },
        { namespaceSelector: { matchLabels: { "app.kubernetes.io/part-of": "kubeflow-profile" } } },
      ),
    ],
    profiles: [definition("kubeflow.org", "Profile")],
    user: [object("kubeflow.org/v1", "Profile", "ann")],
    registry: [deployment("ann", "registry", { app: "registry" })],
  });
  const profile = ancestors(made, nodeOf(made, "Profile", "ann").id);
  expect(profile).toContain("endpoint:default/injector");
  expect(profile).not.toContain("accepts:inject/inject.example.com");
  expect(ancestors(made, "accepts:inject/inject.example.com")).toContain("exists:Namespace//ann");
  expect(ancestors(made, nodeOf(made, "Deployment", "registry").id)).toContain("accepts:inject/inject.example.com");
});

const checked = [
  definition("example.com", "Thing"),
  object("example.com/v1", "Thing", "t", { metadata: { namespace: "default" } }),
  deployment("default", "checker", { app: "checker" }),
  service("default", "checker", { app: "checker" }),
  webhook(
    "ValidatingWebhookConfiguration",
    "check",
    { namespace: "default", name: "checker" },
    { group: "example.com", resource: "things" },
  ),
];

test("on a first install custom resources come before the webhook that checks them", () => {
  const made = plan({ a: checked });
  const configuration = nodeOf(made, "ValidatingWebhookConfiguration", "check");
  expect(ancestors(made, configuration.id)).toContain(nodeOf(made, "Thing", "t").id);
  expect(ancestors(made, nodeOf(made, "Thing", "t").id)).not.toContain("endpoint:default/checker");
});

test("when the webhook is in force already they wait until a dry run passes", () => {
  const live = checked.at(-1);
  const made = plan({ a: checked }, emptyCluster({ webhookConfigurations: live ? [live] : [] }));
  const waits = ancestors(made, nodeOf(made, "Thing", "t").id);
  expect(waits).toContain("accepts:check/check.example.com");
  expect(waits).toContain("endpoint:default/checker");
});

test("a live webhook over what its own pods need does not lock the plan up", () => {
  const live = webhook(
    "ValidatingWebhookConfiguration",
    "check",
    { namespace: "default", name: "checker" },
    { group: "", resource: "configmaps" },
  );
  const made = plan(
    { a: [...checked.slice(2), object("v1", "ConfigMap", "settings")] },
    emptyCluster({ webhookConfigurations: [live] }),
  );
  expect(ancestors(made, nodeOf(made, "ConfigMap", "settings").id)).toEqual(new Set());
});

test("objects that wait for each other are named", () => {
  const secret = { volumes: [{ name: "v", secret: { secretName: "tls" } }] };
  const circular = () =>
    plan({
      certs: [
        definition("cert-manager.io", "Certificate"),
        object("cert-manager.io/v1", "Certificate", "tls", {
          metadata: { namespace: "default" },
          spec: { secretName: "tls" },
        }),
        deployment("default", "maker", { app: "maker" }, secret),
      ],
    });
  expect(circular).toThrowError(/wait for each other: .*Deployment default\/maker/);
});

test.each([
  [
    "a namespace that is nowhere",
    [object("v1", "ConfigMap", "c", { metadata: { namespace: "gone" } })],
    /ConfigMap gone\/c .* neither in the plan nor in the cluster/,
  ],
  ["a kind nobody defines", [object("nobody.example/v1", "Odd", "o")], /does not serve Odd \(nobody\.example\/v1\)/],
  [
    "a webhook whose Service is nowhere",
    [
      webhook(
        "ValidatingWebhookConfiguration",
        "w",
        { namespace: "default", name: "gone" },
        { group: "", resource: "pods" },
      ),
    ],
    /calls Service default\/gone/,
  ],
])("%s makes the plan invalid and is named", (_name, objects, words) => {
  expect(() => plan({ a: objects })).toThrowError(words);
});

test("what controllers own later is left out", () => {
  const made = plan({
    a: [
      object("rbac.authorization.k8s.io/v1", "ClusterRole", "sum", { aggregationRule: {}, rules: [] }),
      deployment("default", "scaled", { app: "s" }),
      object("autoscaling/v2", "HorizontalPodAutoscaler", "h", {
        metadata: { namespace: "default" },
        spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "scaled" } },
      }),
      object("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", "v", {
        webhooks: [
          {
            name: "rev.validation.istio.io",
            failurePolicy: "Ignore",
            rules: [],
            clientConfig: { url: "https://x", caBundle: "Cg==" },
          },
        ],
      }),
      object("v1", "ConfigMap", "c", { metadata: { creationTimestamp: null }, status: {} }),
    ],
  });
  expect(nodeOf(made, "ClusterRole", "sum").object).not.toHaveProperty("rules");
  expect(nodeOf(made, "Deployment", "scaled").object.spec).not.toHaveProperty("replicas");
  expect(nodeOf(made, "ValidatingWebhookConfiguration", "v").object.webhooks).toEqual([
    { name: "rev.validation.istio.io", clientConfig: { url: "https://x" } },
  ]);
  expect(nodeOf(made, "ConfigMap", "c").object).not.toHaveProperty("status");
  expect(nodeOf(made, "ConfigMap", "c").object.metadata).not.toHaveProperty("creationTimestamp");
});

test("an authority that cert-manager is asked to inject is left to it, whatever stands there", () => {
  const annotated = (annotation: string) => ({ annotations: { [annotation]: "default/certificate" } });
  const hooks = [{ name: "a.b.c", clientConfig: { url: "https://x", caBundle: "c29tZQ==" } }];
  const kind = "ValidatingWebhookConfiguration";
  const made = plan({
    a: [
      object("admissionregistration.k8s.io/v1", kind, "injected", {
        metadata: annotated("cert-manager.io/inject-ca-from"),
        webhooks: hooks,
      }),
      object("admissionregistration.k8s.io/v1", kind, "own", {
        metadata: annotated("example.com/inject-ca-from"),
        webhooks: hooks,
      }),
      object("apiregistration.k8s.io/v1", "APIService", "v1.g", {
        metadata: annotated("certmanager.k8s.io/inject-ca-from"),
        spec: { group: "g", caBundle: "c29tZQ==" },
      }),
    ],
  });
  expect(JSON.stringify(nodeOf(made, kind, "injected").object)).not.toContain("caBundle");
  expect(nodeOf(made, kind, "own").object.webhooks).toEqual([expect.objectContaining(hooks[0])]);
  expect(nodeOf(made, "APIService", "v1.g").object.spec).toEqual({ group: "g" });
});

const hasBuilder = mirror !== undefined && (await createTools().toolboxState()) === "ready";
test.skipIf(!hasBuilder)(
  "the plan of 26.03: 675 objects, the known gates, no cycle (needs ../shared and a built toolbox)",
  async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "flowdeck-plan-"));
    try {
      const release = await new Catalogue(join(root, "assets")).get("26.03");
      const components = release.components.map(({ id }) => id);
      const input = {
        settings: { components },
        release,
        dataDir,
        assetsDir: join(root, "assets"),
        mirror,
        tools: createTools(),
      };
      const { components: rendered } = await prepare(input);
      const made = makePlan({
        installation: "kf",
        components: rendered.map(({ id }) => ({ id, title: id })),
        rendered,
        facts: emptyCluster(),
      });
      expect(made.nodes).toHaveLength(675);
      const foundations = made.nodes.filter(({ wave }) => wave === "foundations").map(({ ref }) => ref.name);
      expect(foundations.sort()).toEqual([
        "cert-manager",
        "cert-manager-cainjector",
        "cert-manager-webhook",
        "istio-cni-node",
        "istiod",
      ]);
      const injected = ancestors(made, nodeOf(made, "Deployment", "ml-pipeline").id);
      expect(injected).toContain("endpoint:istio-system/istiod");
      expect(injected).toContain("ready:apps/DaemonSet/kube-system/istio-cni-node");
      const katib = ancestors(made, nodeOf(made, "Deployment", "katib-controller").id);
      expect(katib).toContain("ready:cert-manager.io/Certificate/kubeflow/katib-webhook-cert");
      expect(katib).not.toContain("endpoint:istio-system/istiod");
      const runtimes = nodeOf(made, "ValidatingWebhookConfiguration", "clusterservingruntime.serving.kserve.io");
      expect(ancestors(made, runtimes.id)).toContain(nodeOf(made, "ClusterServingRuntime", "kserve-sklearnserver").id);
      expect(made.outcomes).toContain("exists:Namespace//kubeflow-user-example-com");
      expect(
        made.nodes
          .filter(({ ref }) => ref.kind === "ClusterTrainingRuntime")
          .every(({ ref }) => ref.namespace === undefined),
      ).toBe(true);
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  },
  120_000,
);
