import { describe, expect, it } from "vitest";
import { becomes, converted, object } from "./support.ts";

describe("RBAC", () => {
  it("of v1beta1 has v1's fields", () => {
    const rest = {
      subjects: [{ kind: "ServiceAccount", name: "a", namespace: "b" }],
      roleRef: { kind: "Role", name: "r" },
    };
    const { result, notes } = becomes(
      object("rbac.authorization.k8s.io/v1beta1", "RoleBinding", rest),
      "rbac.authorization.k8s.io/v1",
    );
    expect(result).toMatchObject(rest);
    expect(notes).toBe("");
  });

  it("of v1alpha1 named API versions, and everyone by *", () => {
    const { result, notes } = becomes(
      object("rbac.authorization.k8s.io/v1alpha1", "ClusterRoleBinding", {
        subjects: [
          { kind: "User", name: "*", apiVersion: "rbac.authorization.k8s.io/v1alpha1" },
          { kind: "ServiceAccount", name: "a", namespace: "b", apiVersion: "v1" },
          { kind: "Group", name: "g" },
        ],
        roleRef: { kind: "ClusterRole", name: "r", apiVersion: "rbac.authorization.k8s.io/v1alpha1" },
      }),
      "rbac.authorization.k8s.io/v1",
    );
    const apiGroup = "rbac.authorization.k8s.io";
    expect(result.subjects).toEqual([
      { kind: "Group", name: "system:authenticated", apiGroup },
      { kind: "ServiceAccount", name: "a", namespace: "b", apiGroup: "" },
      { kind: "Group", name: "g", apiGroup },
    ]);
    expect(result.roleRef).toEqual({ kind: "ClusterRole", name: "r", apiGroup });
    expect(notes).toContain("system:authenticated");
    expect(notes).toContain("roleRef");
  });
});

describe("webhook configurations", () => {
  const to = "admissionregistration.k8s.io/v1";
  const from = (webhooks: unknown[], kind = "MutatingWebhookConfiguration") =>
    object("admissionregistration.k8s.io/v1beta1", kind, { webhooks });

  it("keep v1beta1's defaults, written", () => {
    const { result, notes } = becomes(from([{ name: "pods.example.org", clientConfig: { url: "x" } }]), to);
    expect(result.webhooks).toEqual([
      {
        name: "pods.example.org",
        clientConfig: { url: "x" },
        failurePolicy: "Ignore",
        matchPolicy: "Exact",
        timeoutSeconds: 30,
        admissionReviewVersions: ["v1beta1"],
        sideEffects: "None",
      },
    ]);
    expect(notes).toContain("failurePolicy");
    expect(notes).toContain('sideEffects "Unknown" became "None"');
  });

  it("keep what they say", () => {
    const said = {
      name: "pods.example.org",
      failurePolicy: "Fail",
      matchPolicy: "Equivalent",
      timeoutSeconds: 5,
      admissionReviewVersions: ["v1", "v1beta1"],
      sideEffects: "NoneOnDryRun",
    };
    const { result, notes } = becomes(from([said], "ValidatingWebhookConfiguration"), to);
    expect(result.webhooks).toEqual([said]);
    expect(notes).toBe("");
  });

  it("get names of three parts, each once", () => {
    const { result, notes } = becomes(from(["a", "a.b", "a.b.c", "a.b.c"].map((name) => ({ name }))), to);
    const names = (result.webhooks as { name: string }[]).map(({ name }) => name);
    expect(names).toEqual(["a.webhook.local", "a.b.local", "a.b.c", "n2.a.b.c"]);
    expect(notes).toContain("n2.a.b.c");
  });
});

describe("Ingress", () => {
  it.each(["extensions/v1beta1", "networking.k8s.io/v1beta1"])("of %s names services and path types", (version) => {
    const given = object(version, "Ingress", {
      metadata: { name: "one", annotations: { "kubernetes.io/ingress.class": "alb" } },
      spec: {
        backend: { serviceName: "default", servicePort: 80 },
        rules: [
          {
            host: "a",
            http: {
              paths: [
                { path: "/*", backend: { serviceName: "s", servicePort: "use-annotation" } },
                { pathType: "Prefix", backend: { serviceName: "t", servicePort: "8080" } },
                { backend: { resource: { kind: "Bucket", name: "b" } } },
              ],
            },
          },
          { host: "b" },
        ],
      },
      status: { loadBalancer: {} },
    });
    const { result, notes } = becomes(given, "networking.k8s.io/v1");
    expect(result.spec).toEqual({
      defaultBackend: { service: { name: "default", port: { number: 80 } } },
      rules: [
        {
          host: "a",
          http: {
            paths: [
              {
                path: "/*",
                pathType: "ImplementationSpecific",
                backend: { service: { name: "s", port: { name: "use-annotation" } } },
              },
              { pathType: "Prefix", backend: { service: { name: "t", port: { number: 8080 } } } },
              { pathType: "ImplementationSpecific", backend: { resource: { kind: "Bucket", name: "b" } } },
            ],
          },
        },
        { host: "b" },
      ],
    });
    expect(result.metadata.annotations).toEqual({ "kubernetes.io/ingress.class": "alb" });
    expect(result.status).toBeUndefined();
    for (const word of ["defaultBackend", "3 backend", "2 path"]) expect(notes).toContain(word);
  });
});

describe("PodDisruptionBudget", () => {
  const budget = (selector?: unknown) =>
    object("policy/v1beta1", "PodDisruptionBudget", {
      spec: { minAvailable: 1, ...(selector === undefined ? {} : { selector }) },
    });

  it.each([[{}], [{ matchLabels: {} }], [{ matchExpressions: [] }]])(
    "with the selector %j chose no pods, and does",
    (selector) => {
      const { result, notes } = becomes(budget(selector), "policy/v1");
      expect(result.spec).toEqual({ minAvailable: 1 });
      expect(notes).toContain("selector");
    },
  );

  it("keeps a selector that chooses, and none", () => {
    const selector = { matchLabels: { a: "b" } };
    expect(becomes(budget(selector), "policy/v1").result.spec).toEqual({ minAvailable: 1, selector });
    expect(becomes(budget(), "policy/v1").notes).toBe("");
  });
});

it("PodSecurityPolicy is left out, and says what there is now", () => {
  const { result, change, notes } = converted(object("policy/v1beta1", "PodSecurityPolicy", { spec: {} }));
  expect(result).toBeUndefined();
  expect(change).toEqual({
    component: "app",
    object: { apiVersion: "policy/v1beta1", kind: "PodSecurityPolicy", name: "one" },
    notes: [{ id: "conversion.podSecurityPolicy", params: {} }],
  });
  expect(notes).toContain("1.25");
});

describe("HorizontalPodAutoscaler", () => {
  const scaler = (metrics: unknown[], version = "autoscaling/v2beta1") =>
    object(version, "HorizontalPodAutoscaler", {
      spec: { scaleTargetRef: { apiVersion: "extensions/v1beta1", kind: "Deployment", name: "d" }, metrics },
      status: {},
    });
  const metricOf = (metric: unknown) => {
    const { result, notes } = becomes(scaler([metric]), "autoscaling/v2");
    expect(notes).toContain("spec.metrics");
    return (result.spec as { metrics: unknown[] }).metrics[0];
  };

  it("of v2beta1 writes the targets of resources", () => {
    expect(metricOf({ type: "Resource", resource: { name: "cpu", targetAverageUtilization: 80 } })).toEqual({
      type: "Resource",
      resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } },
    });
    expect(metricOf({ type: "Resource", resource: { name: "memory", targetAverageValue: "1Gi" } })).toEqual({
      type: "Resource",
      resource: { name: "memory", target: { type: "AverageValue", averageValue: "1Gi" } },
    });
    expect(
      metricOf({
        type: "ContainerResource",
        containerResource: { name: "cpu", container: "c", targetAverageUtilization: 5 },
      }),
    ).toEqual({
      type: "ContainerResource",
      containerResource: { name: "cpu", container: "c", target: { type: "Utilization", averageUtilization: 5 } },
    });
  });

  it("of v2beta1 writes metrics of pods, objects and others", () => {
    const selector = { matchLabels: { a: "b" } };
    expect(metricOf({ type: "Pods", pods: { metricName: "rps", targetAverageValue: "10", selector } })).toEqual({
      type: "Pods",
      pods: { metric: { name: "rps", selector }, target: { type: "AverageValue", averageValue: "10" } },
    });
    const described = { kind: "Service", name: "s" };
    expect(metricOf({ type: "Object", object: { target: described, metricName: "rps", targetValue: "7" } })).toEqual({
      type: "Object",
      object: { describedObject: described, metric: { name: "rps" }, target: { type: "Value", value: "7" } },
    });
    expect(
      metricOf({
        type: "Object",
        object: { target: described, metricName: "rps", targetValue: "0", averageValue: "2" },
      }),
    ).toEqual({
      type: "Object",
      object: {
        describedObject: described,
        metric: { name: "rps" },
        target: { type: "AverageValue", averageValue: "2" },
      },
    });
    expect(
      metricOf({ type: "External", external: { metricName: "q", metricSelector: selector, targetValue: "3" } }),
    ).toEqual({
      type: "External",
      external: { metric: { name: "q", selector }, target: { type: "Value", value: "3" } },
    });
    expect(metricOf({ type: "External", external: { metricName: "q", targetAverageValue: "3" } })).toEqual({
      type: "External",
      external: { metric: { name: "q" }, target: { type: "AverageValue", averageValue: "3" } },
    });
  });

  it("scales what is served: a Deployment of apps/v1", () => {
    const { result, notes } = becomes(scaler([]), "autoscaling/v2");
    expect(result.spec).toMatchObject({ scaleTargetRef: { apiVersion: "apps/v1" } });
    expect(notes).toContain("scaleTargetRef");
  });

  it("of v2beta2 has v2's metrics", () => {
    const metric = {
      type: "Resource",
      resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } },
    };
    const { result } = becomes(scaler([metric], "autoscaling/v2beta2"), "autoscaling/v2");
    expect(result.spec).toMatchObject({ metrics: [metric] });
  });
});

it.each(["batch/v2alpha1", "batch/v1beta1"])("CronJob of %s has v1's fields", (version) => {
  const spec = { schedule: "* * * * *", jobTemplate: {} };
  expect(becomes(object(version, "CronJob", { spec }), "batch/v1").result.spec).toEqual(spec);
});

it("RuntimeClass of v1alpha1 had its handler in a spec", () => {
  const given = object("node.k8s.io/v1alpha1", "RuntimeClass", {
    spec: { runtimeHandler: "gvisor", overhead: { podFixed: {} } },
  });
  const { result, notes } = becomes(given, "node.k8s.io/v1");
  expect(result).toMatchObject({ handler: "gvisor", overhead: { podFixed: {} } });
  expect(result.spec).toBeUndefined();
  expect(notes).toContain("handler");
  const later = becomes(object("node.k8s.io/v1beta1", "RuntimeClass", { handler: "runc" }), "node.k8s.io/v1");
  expect(later.result.handler).toBe("runc");
});

describe("CertificateSigningRequest", () => {
  const request = (spec: unknown) => object("certificates.k8s.io/v1beta1", "CertificateSigningRequest", { spec });

  it("needs a signer", () => {
    for (const spec of [{}, { signerName: "kubernetes.io/legacy-unknown" }]) {
      const { result, notes } = converted(request(spec));
      expect(result).toBeUndefined();
      expect(notes).toContain("signer");
    }
  });

  it("gets the usages it had by default", () => {
    const { result } = becomes(request({ signerName: "example.org/one" }), "certificates.k8s.io/v1");
    expect(result.spec).toEqual({ signerName: "example.org/one", usages: ["digital signature", "key encipherment"] });
  });
});

it("EndpointSlice turns its topology into fields", () => {
  const topology = { "kubernetes.io/hostname": "n", "topology.kubernetes.io/zone": "z", rack: "r" };
  const given = object("discovery.k8s.io/v1beta1", "EndpointSlice", {
    endpoints: [{ addresses: ["1.2.3.4"], topology }, {}],
  });
  expect(becomes(given, "discovery.k8s.io/v1").result.endpoints).toEqual([
    { addresses: ["1.2.3.4"], nodeName: "n", zone: "z", deprecatedTopology: { rack: "r" } },
    {},
  ]);
});

it("Event has the names of v1", () => {
  const given = object("events.k8s.io/v1beta1", "Event", { involvedObject: { kind: "Pod" }, count: 3, note: "n" });
  const { result } = becomes(given, "events.k8s.io/v1");
  expect(result).toMatchObject({ regarding: { kind: "Pod" }, deprecatedCount: 3, note: "n" });
  expect(result.count).toBeUndefined();
});

it("PriorityLevelConfiguration counts nominal shares, and 0 meant 30", () => {
  const level = (shares: object) =>
    object("flowcontrol.apiserver.k8s.io/v1beta2", "PriorityLevelConfiguration", { spec: { limited: shares } });
  const to = "flowcontrol.apiserver.k8s.io/v1";
  expect(becomes(level({ assuredConcurrencyShares: 5 }), to).result.spec).toEqual({
    limited: { nominalConcurrencyShares: 5 },
  });
  expect(becomes(level({ assuredConcurrencyShares: 0 }), to).result.spec).toEqual({
    limited: { nominalConcurrencyShares: 30 },
  });
});
