import { message } from "../../../common/words/index.ts";
import { convertAutoscaler } from "./autoscaling.ts";
import { convertCrd } from "./crd.ts";
import { convertIngress } from "./ingress.ts";
import {
  convertCsr,
  convertEndpointSlice,
  convertEvent,
  convertFlowControl,
  convertRuntimeClass,
} from "./misc-conversions.ts";
import { convertBudget } from "./policy.ts";
import { convertRbac } from "./rbac.ts";
import type { Rule } from "./types.ts";
import { convertWebhooks } from "./webhooks.ts";
import { convertDaemonSet, convertDeployment, convertReplicaSet, convertStatefulSet } from "./workloads.ts";

const guide = "https://kubernetes.io/docs/reference/using-api/deprecation-guide/";

/** Every kind that Kubernetes stopped serving in some version and a manifest may hold, and what takes its place. */
export const rules: readonly Rule[] = [
  {
    kinds: ["CustomResourceDefinition"],
    from: ["apiextensions.k8s.io/v1beta1"],
    to: ["apiextensions.k8s.io/v1"],
    removedIn: "1.22",
    source: `${guide}#customresourcedefinition-v122`,
    convert: convertCrd,
  },
  {
    kinds: ["Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"],
    from: ["rbac.authorization.k8s.io/v1alpha1", "rbac.authorization.k8s.io/v1beta1"],
    to: ["rbac.authorization.k8s.io/v1"],
    removedIn: "1.22",
    source: `${guide}#rbac-resources-v122`,
    convert: convertRbac,
  },
  {
    kinds: ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
    from: ["admissionregistration.k8s.io/v1beta1"],
    to: ["admissionregistration.k8s.io/v1"],
    removedIn: "1.22",
    source: `${guide}#webhook-resources-v122`,
    convert: convertWebhooks,
  },
  {
    kinds: ["APIService"],
    from: ["apiregistration.k8s.io/v1beta1"],
    to: ["apiregistration.k8s.io/v1"],
    removedIn: "1.22",
    source: `${guide}#apiservice-v122`,
  },
  {
    kinds: ["Deployment"],
    from: ["extensions/v1beta1", "apps/v1beta1", "apps/v1beta2"],
    to: ["apps/v1"],
    removedIn: "1.16",
    source: `${guide}#deployment-v116`,
    convert: convertDeployment,
  },
  {
    kinds: ["DaemonSet"],
    from: ["extensions/v1beta1", "apps/v1beta2"],
    to: ["apps/v1"],
    removedIn: "1.16",
    source: `${guide}#daemonset-v116`,
    convert: convertDaemonSet,
  },
  {
    kinds: ["StatefulSet"],
    from: ["apps/v1beta1", "apps/v1beta2"],
    to: ["apps/v1"],
    removedIn: "1.16",
    source: `${guide}#statefulset-v116`,
    convert: convertStatefulSet,
  },
  {
    kinds: ["ReplicaSet"],
    from: ["extensions/v1beta1", "apps/v1beta1", "apps/v1beta2"],
    to: ["apps/v1"],
    removedIn: "1.16",
    source: `${guide}#replicaset-v116`,
    convert: convertReplicaSet,
  },
  {
    kinds: ["ControllerRevision"],
    from: ["apps/v1beta1", "apps/v1beta2"],
    to: ["apps/v1"],
    removedIn: "1.16",
    source: `${guide}#v1-16`,
  },
  {
    kinds: ["CronJob"],
    from: ["batch/v2alpha1", "batch/v1beta1"],
    to: ["batch/v1"],
    removedIn: "1.25",
    source: `${guide}#cronjob-v125`,
  },
  {
    kinds: ["Ingress"],
    from: ["extensions/v1beta1", "networking.k8s.io/v1beta1"],
    to: ["networking.k8s.io/v1"],
    removedIn: "1.22",
    source: `${guide}#ingress-v122`,
    convert: convertIngress,
  },
  {
    kinds: ["IngressClass"],
    from: ["networking.k8s.io/v1beta1"],
    to: ["networking.k8s.io/v1"],
    removedIn: "1.22",
    source: `${guide}#ingressclass-v122`,
  },
  {
    kinds: ["NetworkPolicy"],
    from: ["extensions/v1beta1"],
    to: ["networking.k8s.io/v1"],
    removedIn: "1.16",
    source: `${guide}#networkpolicy-v116`,
  },
  {
    kinds: ["PodDisruptionBudget"],
    from: ["policy/v1beta1"],
    to: ["policy/v1"],
    removedIn: "1.25",
    source: `${guide}#poddisruptionbudget-v125`,
    convert: convertBudget,
  },
  {
    kinds: ["PodSecurityPolicy"],
    from: ["extensions/v1beta1", "policy/v1beta1"],
    to: [],
    removedIn: "1.25",
    source: `${guide}#psp-v125`,
    because: message("conversion.podSecurityPolicy"),
  },
  {
    kinds: ["PodPreset"],
    from: ["settings.k8s.io/v1alpha1"],
    to: [],
    removedIn: "1.20",
    source: "https://github.com/kubernetes/kubernetes/blob/master/CHANGELOG/CHANGELOG-1.20.md",
    because: message("conversion.podPreset"),
  },
  {
    kinds: ["HorizontalPodAutoscaler"],
    from: ["autoscaling/v2beta1", "autoscaling/v2beta2"],
    to: ["autoscaling/v2"],
    removedIn: "1.26",
    source: `${guide}#horizontalpodautoscaler-v126`,
    convert: convertAutoscaler,
  },
  {
    kinds: ["PriorityClass"],
    from: ["scheduling.k8s.io/v1alpha1", "scheduling.k8s.io/v1beta1"],
    to: ["scheduling.k8s.io/v1"],
    removedIn: "1.22",
    source: `${guide}#priorityclass-v122`,
  },
  {
    kinds: ["RuntimeClass"],
    from: ["node.k8s.io/v1alpha1", "node.k8s.io/v1beta1"],
    to: ["node.k8s.io/v1"],
    removedIn: "1.25",
    source: `${guide}#runtimeclass-v125`,
    convert: convertRuntimeClass,
  },
  {
    kinds: ["Lease"],
    from: ["coordination.k8s.io/v1beta1"],
    to: ["coordination.k8s.io/v1"],
    removedIn: "1.22",
    source: `${guide}#lease-v122`,
  },
  {
    kinds: ["StorageClass", "VolumeAttachment", "CSIDriver", "CSINode"],
    from: ["storage.k8s.io/v1alpha1", "storage.k8s.io/v1beta1"],
    to: ["storage.k8s.io/v1"],
    removedIn: "1.22",
    source: `${guide}#storage-resources-v122`,
  },
  {
    kinds: ["CSIStorageCapacity"],
    from: ["storage.k8s.io/v1beta1"],
    to: ["storage.k8s.io/v1"],
    removedIn: "1.27",
    source: `${guide}#csistoragecapacity-v127`,
  },
  {
    kinds: ["CertificateSigningRequest"],
    from: ["certificates.k8s.io/v1beta1"],
    to: ["certificates.k8s.io/v1"],
    removedIn: "1.22",
    source: `${guide}#certificatesigningrequest-v122`,
    convert: convertCsr,
  },
  {
    kinds: ["EndpointSlice"],
    from: ["discovery.k8s.io/v1beta1"],
    to: ["discovery.k8s.io/v1"],
    removedIn: "1.25",
    source: `${guide}#endpointslice-v125`,
    convert: convertEndpointSlice,
  },
  {
    kinds: ["Event"],
    from: ["events.k8s.io/v1beta1"],
    to: ["events.k8s.io/v1"],
    removedIn: "1.25",
    source: `${guide}#event-v125`,
    convert: convertEvent,
  },
  {
    kinds: ["FlowSchema", "PriorityLevelConfiguration"],
    from: [1, 2, 3].map((version) => `flowcontrol.apiserver.k8s.io/v1beta${version}`),
    to: ["flowcontrol.apiserver.k8s.io/v1"],
    removedIn: "1.32",
    source: `${guide}#flowcontrol-resources-v132`,
    convert: convertFlowControl,
  },
];

/** The rule for an object, if its version is an old one. */
export function ruleFor({ apiVersion, kind }: { apiVersion: string; kind: string }): Rule | undefined {
  return rules.find((rule) => rule.kinds.includes(kind) && rule.from.includes(apiVersion));
}
