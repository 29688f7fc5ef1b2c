import type { KubeObject } from "../../electron/cluster/index.ts";

/** Objects of many kinds, with what describe has words for. */

const labels = { app: "shop", tier: "web" };
const meta = (name: string, more: object = {}) => ({ name, namespace: "shop", ...more });

const template = {
  metadata: { labels, annotations: { "prometheus.io/scrape": "true" } },
  spec: {
    serviceAccountName: "shop",
    initContainers: [{ name: "prepare", image: "registry.example/prepare:1", command: ["sh", "-c", "echo hello"] }],
    containers: [
      {
        name: "web",
        image: "registry.example/web:1",
        args: ["--port", "8080"],
        ports: [
          { name: "http", containerPort: 8080 },
          { name: "metrics", containerPort: 9090 },
        ],
        resources: { requests: { cpu: "100m", memory: "64Mi" }, limits: { cpu: "500m", memory: "128Mi" } },
        livenessProbe: { httpGet: { path: "/live", port: 8080 }, initialDelaySeconds: 3 },
        readinessProbe: { tcpSocket: { port: "http" } },
        startupProbe: { exec: { command: ["cat", "/tmp/up"] }, failureThreshold: 5 },
        envFrom: [
          { configMapRef: { name: "settings" } },
          { secretRef: { name: "keys", optional: true }, prefix: "K_" },
        ],
        env: [
          { name: "PLAIN", value: "one" },
          { name: "POD", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
          { name: "PASSWORD", valueFrom: { secretKeyRef: { name: "keys", key: "password" } } },
          { name: "MODE", valueFrom: { configMapKeyRef: { name: "settings", key: "mode", optional: true } } },
          { name: "LIMIT", valueFrom: { resourceFieldRef: { resource: "limits.memory", containerName: "web" } } },
        ],
        volumeMounts: [
          { name: "data", mountPath: "/data" },
          { name: "settings", mountPath: "/etc/settings", readOnly: true, subPath: "mode" },
        ],
      },
    ],
    volumes: [
      { name: "data", emptyDir: { sizeLimit: "1Gi" } },
      { name: "settings", configMap: { name: "settings" } },
      { name: "keys", secret: { secretName: "keys", optional: true } },
      { name: "host", hostPath: { path: "/var/log", type: "Directory" } },
      { name: "all", projected: { sources: [{ configMap: { name: "settings" } }, { secret: { name: "keys" } }] } },
      {
        name: "about",
        downwardAPI: { items: [{ path: "labels", fieldRef: { fieldPath: "metadata.labels" } }] },
      },
    ],
    nodeSelector: { "kubernetes.io/os": "linux" },
    tolerations: [{ key: "dedicated", operator: "Equal", value: "shop", effect: "NoSchedule" }],
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "kubernetes.io/hostname",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: labels },
      },
    ],
  },
};

const plainPod = { containers: [{ name: "main", image: "registry.example/task:1" }] };
const port = { name: "http", port: 80, targetPort: "http" };

export const namespace = {
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name: "shop", labels: { team: "a" }, annotations: { note: "x".repeat(200) } },
};

export const objects: KubeObject[] = [
  {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: meta("settings", { labels }),
    data: { mode: "fast", "app.ini": "[a]\nb = 1\n" },
    binaryData: { blob: "AAEC" },
  },
  {
    apiVersion: "v1",
    kind: "Secret",
    metadata: meta("keys"),
    type: "Opaque",
    stringData: { password: "s3cr3t-value", user: "ada" },
  },
  {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: meta("shop", { annotations: { purpose: "test" } }),
    imagePullSecrets: [{ name: "pull" }, { name: "pull-too" }],
  },
  {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: meta("web", { labels }),
    spec: { replicas: 2, selector: { matchLabels: labels }, template },
  },
  {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: meta("store"),
    spec: {
      replicas: 2,
      serviceName: "store",
      selector: { matchLabels: { app: "store" } },
      template: { metadata: { labels: { app: "store" } }, spec: plainPod },
      volumeClaimTemplates: [
        {
          metadata: { name: "disk", labels: { kept: "yes" } },
          spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
        },
      ],
    },
  },
  {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: meta("agent"),
    spec: {
      selector: { matchLabels: { app: "agent" } },
      template: {
        metadata: { labels: { app: "agent" } },
        spec: { ...plainPod, nodeSelector: { "kubernetes.io/os": "linux" } },
      },
    },
  },
  {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: meta("once"),
    spec: { completions: 1, backoffLimit: 2, template: { spec: { ...plainPod, restartPolicy: "Never" } } },
  },
  {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: meta("nightly", { labels }),
    spec: {
      schedule: "0 3 * * *",
      timeZone: "Asia/Seoul",
      startingDeadlineSeconds: 60,
      jobTemplate: { spec: { parallelism: 2, template: { spec: { ...plainPod, restartPolicy: "OnFailure" } } } },
    },
  },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: meta("web", { labels }),
    spec: { selector: labels, type: "NodePort", ports: [port, { name: "metrics", port: 9090 }] },
  },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: meta("store"),
    spec: { clusterIP: "None", selector: { app: "store" }, ports: [{ port: 5432 }] },
  },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: meta("outside"),
    spec: { type: "ExternalName", externalName: "db.example.com" },
  },
  {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: meta("web", { annotations: { "example.com/rewrite": "/" } }),
    spec: {
      ingressClassName: "nginx",
      tls: [{ hosts: ["shop.example.com"], secretName: "tls" }],
      rules: [
        {
          host: "shop.example.com",
          http: {
            paths: [
              { path: "/", pathType: "Prefix", backend: { service: { name: "web", port: { name: "http" } } } },
              { path: "/gone", pathType: "Exact", backend: { service: { name: "gone", port: { number: 80 } } } },
            ],
          },
        },
      ],
    },
  },
  {
    apiVersion: "networking.k8s.io/v1",
    kind: "IngressClass",
    metadata: { name: "nginx" },
    spec: { controller: "example.com/nginx" },
  },
  {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: meta("web"),
    spec: {
      podSelector: { matchLabels: labels },
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        {
          ports: [{ port: 8080 }, { port: 9000, endPort: 9100, protocol: "UDP" }],
          from: [
            { podSelector: { matchLabels: { app: "front" } } },
            { namespaceSelector: { matchExpressions: [{ key: "team", operator: "In", values: ["a", "b"] }] } },
          ],
        },
        {},
      ],
      egress: [{ to: [{ ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } }] }],
    },
  },
  {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: meta("disk", { labels }),
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "2Gi" } } },
  },
  {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: meta("waiting"),
    spec: {
      storageClassName: "none-such",
      accessModes: ["ReadWriteMany"],
      resources: { requests: { storage: "1Gi" } },
    },
  },
  {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: "nfs-1" },
    spec: {
      capacity: { storage: "5Gi" },
      accessModes: ["ReadWriteMany", "ReadOnlyMany"],
      persistentVolumeReclaimPolicy: "Retain",
      storageClassName: "shared",
      nfs: { server: "10.0.0.9", path: "/exports" },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: "zone", operator: "In", values: ["a", "b"] }] }],
        },
      },
    },
  },
  {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name: "fast" },
    provisioner: "example.com/disks",
    parameters: { type: "ssd", zone: "a" },
    mountOptions: ["noatime"],
    allowVolumeExpansion: true,
    volumeBindingMode: "WaitForFirstConsumer",
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "Role",
    metadata: meta("reader"),
    rules: [
      { apiGroups: ["", "apps"], resources: ["pods", "deployments/scale"], verbs: ["get", "list"] },
      { apiGroups: [""], resources: ["secrets"], resourceNames: ["one", "two"], verbs: ["get"] },
    ],
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name: "looker" },
    rules: [
      { nonResourceURLs: ["/healthz"], verbs: ["get"] },
      { apiGroups: ["*"], resources: ["*"], verbs: ["watch"] },
    ],
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata: meta("reader"),
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "reader" },
    subjects: [
      { kind: "ServiceAccount", name: "shop", namespace: "shop" },
      { kind: "User", name: "ada@example.com", apiGroup: "rbac.authorization.k8s.io" },
    ],
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: "looker" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "looker" },
    subjects: [{ kind: "Group", name: "team", apiGroup: "rbac.authorization.k8s.io" }],
  },
  {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: meta("web"),
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
      minReplicas: 2,
      maxReplicas: 5,
      metrics: [
        { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } },
        { type: "Pods", pods: { metric: { name: "rps" }, target: { type: "AverageValue", averageValue: "10" } } },
      ],
    },
  },
  {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: meta("web"),
    spec: { minAvailable: 1, selector: { matchLabels: labels } },
  },
  {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: meta("team"),
    spec: { hard: { pods: "50", "requests.cpu": "20" }, scopes: ["NotTerminating"] },
  },
  {
    apiVersion: "v1",
    kind: "LimitRange",
    metadata: meta("usual"),
    spec: { limits: [{ type: "Container", default: { memory: "512Mi" }, max: { cpu: "4" } }] },
  },
  {
    apiVersion: "scheduling.k8s.io/v1",
    kind: "PriorityClass",
    metadata: { name: "first" },
    value: 1000,
    description: "goes first",
  },
  {
    apiVersion: "v1",
    kind: "ReplicationController",
    metadata: meta("old"),
    spec: {
      replicas: 1,
      selector: { app: "old" },
      template: { metadata: { labels: { app: "old" } }, spec: plainPod },
    },
  },
  {
    apiVersion: "v1",
    kind: "Pod",
    metadata: meta("alone", { annotations: { text: "line one\nline two" } }),
    spec: {
      containers: [
        { name: "a", image: "registry.example/a:1", resources: { limits: { memory: "1Gi" } } },
        { name: "b", image: "registry.example/b:1" },
      ],
      volumes: [{ name: "disk", persistentVolumeClaim: { claimName: "disk" } }],
    },
  },
  {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "lamps.example.com" },
    spec: {
      group: "example.com",
      names: { kind: "Lamp", plural: "lamps" },
      scope: "Namespaced",
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
        },
      ],
    },
  },
];

export const lamp = {
  apiVersion: "example.com/v1",
  kind: "Lamp",
  metadata: meta("desk", { labels }),
  spec: {
    brightLevel: 7,
    colours: ["red", "blue"],
    powerURL: "https://x.example",
    parts: [{ partName: "bulb", on: true }],
  },
};
