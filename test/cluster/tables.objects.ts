import { claim, deployment, service, webhookConfiguration } from "./practice.objects.ts";

const container = { name: "main", image: "registry.example/main:1" };
const template = (app: string, restartPolicy?: string) => ({
  metadata: { labels: { app } },
  spec: { containers: [container], ...(restartPolicy === undefined ? {} : { restartPolicy }) },
});
const inShop = (name: string) => ({ name, namespace: "shop" });

/** A kind of ours with every type of column that a definition may have. */
export function widgetDefinition(plural = "widgets", group = "example.org", columns: object[] = widgetColumns): object {
  const kind = `${plural[0]?.toUpperCase()}${plural.slice(1, -1)}`;
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: "Namespaced",
      names: { plural, singular: plural.slice(0, -1), kind, listKind: `${kind}List` },
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
          additionalPrinterColumns: columns,
        },
      ],
    },
  };
}

export const widgetColumns = [
  { name: "Colour", type: "string", jsonPath: ".spec.colour" },
  { name: "Size", type: "integer", jsonPath: ".spec.size" },
  { name: "Weight", type: "number", jsonPath: ".spec.weight" },
  { name: "Shiny", type: "boolean", jsonPath: ".spec.shiny" },
  { name: "Since", type: "date", jsonPath: ".spec.since", priority: 1 },
  { name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp" },
];

export function widget(name: string, spec: object, plural = "widgets", group = "example.org"): object {
  const kind = `${plural[0]?.toUpperCase()}${plural.slice(1, -1)}`;
  return { apiVersion: `${group}/v1`, kind, metadata: inShop(name), spec };
}

/** One or more objects of the kinds people meet. */
export const objects: object[] = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } },
  deployment("front", { app: "front", team: "blue" }, "shop"),
  deployment("back", { app: "back", team: "red" }, "shop"),
  service("front", "shop"),
  {
    ...service("headless", "shop"),
    spec: { clusterIP: "None", selector: { app: "back" }, ports: [{ port: 80, name: "http" }] },
  },
  {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: inShop("db"),
    spec: { replicas: 2, serviceName: "headless", selector: { matchLabels: { app: "db" } }, template: template("db") },
  },
  {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: inShop("agent"),
    spec: { selector: { matchLabels: { app: "agent" } }, template: template("agent") },
  },
  {
    apiVersion: "v1",
    kind: "ReplicationController",
    metadata: inShop("old"),
    spec: { replicas: 1, selector: { app: "old" }, template: template("old") },
  },
  { apiVersion: "batch/v1", kind: "Job", metadata: inShop("once"), spec: { template: template("once", "Never") } },
  {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: inShop("nightly"),
    spec: { schedule: "0 3 * * *", suspend: true, jobTemplate: { spec: { template: template("nightly", "Never") } } },
  },
  { apiVersion: "v1", kind: "PodTemplate", metadata: inShop("mould"), template: template("mould") },
  { apiVersion: "v1", kind: "ConfigMap", metadata: inShop("settings"), data: { a: "1", b: "2" } },
  { apiVersion: "v1", kind: "Secret", metadata: inShop("keys"), stringData: { password: "guess" } },
  { apiVersion: "v1", kind: "ServiceAccount", metadata: inShop("robot") },
  { ...claim, metadata: inShop("data") },
  {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: "disk" },
    spec: {
      capacity: { storage: "5Gi" },
      accessModes: ["ReadWriteOnce"],
      hostPath: { path: "/data" },
      storageClassName: "slow",
    },
  },
  {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name: "slow" },
    provisioner: "example.org/slow",
  },
  { apiVersion: "storage.k8s.io/v1", kind: "CSIDriver", metadata: { name: "csi.example.org" }, spec: {} },
  {
    apiVersion: "storage.k8s.io/v1",
    kind: "VolumeAttachment",
    metadata: { name: "disk-on-node" },
    spec: { attacher: "csi.example.org", nodeName: "practice-1", source: { persistentVolumeName: "disk" } },
  },
  {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: inShop("door"),
    spec: {
      ingressClassName: "gate",
      rules: [
        {
          host: "shop.example.org",
          http: {
            paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "front", port: { number: 443 } } } }],
          },
        },
      ],
    },
  },
  {
    apiVersion: "networking.k8s.io/v1",
    kind: "IngressClass",
    metadata: { name: "gate" },
    spec: { controller: "example.org/gate" },
  },
  {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: inShop("closed"),
    spec: { podSelector: { matchLabels: { app: "db" } } },
  },
  {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: inShop("front"),
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "front" },
      maxReplicas: 3,
      metrics: [
        { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 60 } } },
      ],
    },
  },
  {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: inShop("db"),
    spec: { minAvailable: 1, selector: { matchLabels: { app: "db" } } },
  },
  { apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", metadata: { name: "urgent" }, value: 1000 },
  { apiVersion: "node.k8s.io/v1", kind: "RuntimeClass", metadata: { name: "sandboxed" }, handler: "sandbox" },
  {
    apiVersion: "coordination.k8s.io/v1",
    kind: "Lease",
    metadata: inShop("leader"),
    spec: { holderIdentity: "front-1" },
  },
  {
    apiVersion: "v1",
    kind: "LimitRange",
    metadata: inShop("limits"),
    // Of containers, which get the maximum as their limit: one of pods would refuse those that come after it.
    spec: { limits: [{ type: "Container", max: { cpu: "8" } }] },
  },
  {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: inShop("quota"),
    // Nothing that a pod must ask for: the quota would refuse the pods of a StatefulSet that come after it.
    spec: { hard: { pods: "500", configmaps: "400" } },
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "Role",
    metadata: inShop("reader"),
    rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] }],
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata: inShop("reader"),
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "reader" },
    subjects: [{ kind: "ServiceAccount", name: "robot", namespace: "shop" }],
  },
  webhookConfiguration("guard"),
  {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "MutatingWebhookConfiguration",
    metadata: { name: "helper" },
    webhooks: [],
  },
  {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingAdmissionPolicy",
    metadata: { name: "named" },
    spec: {
      matchConstraints: {
        resourceRules: [
          { apiGroups: ["example.org"], apiVersions: ["v1"], operations: ["DELETE"], resources: ["nothing"] },
        ],
      },
      validations: [{ expression: "true" }],
    },
  },
  {
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingAdmissionPolicyBinding",
    metadata: { name: "named" },
    spec: { policyName: "named", validationActions: ["Warn"] },
  },
  { apiVersion: "resource.k8s.io/v1", kind: "DeviceClass", metadata: { name: "gpu" }, spec: {} },
  {
    apiVersion: "resource.k8s.io/v1",
    kind: "ResourceClaim",
    metadata: inShop("one-gpu"),
    spec: { devices: { requests: [{ name: "gpu", exactly: { deviceClassName: "gpu" } }] } },
  },
  widgetDefinition(),
];

export const widgets: object[] = [
  widget("small", { colour: "red", size: 2, weight: 1.5, shiny: true, since: "2025-06-01T00:00:00Z" }),
  widget("large", { colour: "blue", size: 10, weight: 20, shiny: false }),
];
