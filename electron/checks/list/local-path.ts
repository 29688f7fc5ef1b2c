import type { KubeObject } from "../../cluster/index.ts";

const namespace = "local-path-storage";
const name = "local-path-provisioner";
const image = "rancher/local-path-provisioner:v0.0.32";

/** Runs as root in a small pod on the node, with the volume's folder in VOL_DIR. */
const script = (work: string) => `#!/bin/sh\nset -eu\n${work}\n`;

/** Runs on the node that a volume is made on, and needs nothing but a folder there. */
const helperPod = `apiVersion: v1
kind: Pod
metadata:
  name: helper-pod
spec:
  priorityClassName: system-node-critical
  tolerations:
    - key: node.kubernetes.io/disk-pressure
      operator: Exists
      effect: NoSchedule
  containers:
    - name: helper-pod
      image: busybox:1.37
      imagePullPolicy: IfNotPresent
`;

const rbac = "rbac.authorization.k8s.io";

/**
 * The objects of Rancher's local-path provisioner, which makes volumes of folders on the nodes, with its StorageClass as
 * the default. What it reads and may do: https://github.com/rancher/local-path-provisioner
 */
export const localPathProvisioner: readonly KubeObject[] = [
  { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
  { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace } },
  {
    apiVersion: `${rbac}/v1`,
    kind: "ClusterRole",
    metadata: { name },
    rules: [
      {
        apiGroups: [""],
        resources: ["nodes", "persistentvolumeclaims", "configmaps", "pods", "pods/log"],
        verbs: ["get", "list", "watch"],
      },
      {
        apiGroups: [""],
        resources: ["persistentvolumes"],
        verbs: ["get", "list", "watch", "create", "patch", "update", "delete"],
      },
      { apiGroups: [""], resources: ["events"], verbs: ["create", "patch"] },
      { apiGroups: ["storage.k8s.io"], resources: ["storageclasses"], verbs: ["get", "list", "watch"] },
    ],
  },
  {
    apiVersion: `${rbac}/v1`,
    kind: "Role",
    metadata: { name, namespace },
    rules: [
      { apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch", "create", "patch", "update", "delete"] },
    ],
  },
  {
    apiVersion: `${rbac}/v1`,
    kind: "ClusterRoleBinding",
    metadata: { name },
    roleRef: { apiGroup: rbac, kind: "ClusterRole", name },
    subjects: [{ kind: "ServiceAccount", name, namespace }],
  },
  {
    apiVersion: `${rbac}/v1`,
    kind: "RoleBinding",
    metadata: { name, namespace },
    roleRef: { apiGroup: rbac, kind: "Role", name },
    subjects: [{ kind: "ServiceAccount", name, namespace }],
  },
  {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "local-path-config", namespace },
    data: {
      "config.json": JSON.stringify({
        nodePathMap: [{ node: "DEFAULT_PATH_FOR_NON_LISTED_NODES", paths: ["/opt/local-path-provisioner"] }],
      }),
      setup: script('mkdir -m 0777 -p "$VOL_DIR"'),
      teardown: script('rm -rf "$VOL_DIR"'),
      "helperPod.yaml": helperPod,
    },
  },
  {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          serviceAccountName: name,
          containers: [
            {
              name,
              image,
              command: ["local-path-provisioner", "--debug", "start", "--config", "/etc/config/config.json"],
              env: [
                { name: "POD_NAMESPACE", valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } } },
                { name: "CONFIG_MOUNT_PATH", value: "/etc/config/" },
              ],
              volumeMounts: [{ name: "config", mountPath: "/etc/config/" }],
            },
          ],
          volumes: [{ name: "config", configMap: { name: "local-path-config" } }],
        },
      },
    },
  },
  {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name: "local-path", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
    provisioner: "rancher.io/local-path",
    // The node of the pod that uses a volume has to be known before its folder is made there.
    volumeBindingMode: "WaitForFirstConsumer",
    reclaimPolicy: "Delete",
  },
];
