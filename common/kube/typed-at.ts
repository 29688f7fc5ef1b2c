import type {
  AdmissionregistrationV1ServiceReference,
  AdmissionregistrationV1WebhookClientConfig,
  CoreV1Event,
  V1APIService,
  V1ClusterRole,
  V1ClusterRoleBinding,
  V1Condition,
  V1Container,
  V1ContainerPort,
  V1ContainerStateRunning,
  V1ContainerStateTerminated,
  V1ContainerStateWaiting,
  V1ContainerStatus,
  V1CronJob,
  V1CSINode,
  V1CustomResourceDefinition,
  V1CustomResourceDefinitionSpec,
  V1CustomResourceDefinitionVersion,
  V1DaemonSet,
  V1Deployment,
  V1Endpoint,
  V1EndpointSlice,
  V1EnvFromSource,
  V1EnvVar,
  V1Ingress,
  V1IngressBackend,
  V1Job,
  V1JobSpec,
  V1LabelSelector,
  V1LabelSelectorRequirement,
  V1Lease,
  V1ManagedFieldsEntry,
  V1Namespace,
  V1NetworkPolicy,
  V1Node,
  V1OwnerReference,
  V1PersistentVolume,
  V1PersistentVolumeClaim,
  V1Pod,
  V1PodDisruptionBudget,
  V1PodSpec,
  V1PodTemplateSpec,
  V1PolicyRule,
  V1Probe,
  V1ResourceQuota,
  V1RuleWithOperations,
  V1Secret,
  V1Service,
  V1ServicePort,
  V1StatefulSet,
  V1StorageClass,
  V1SubjectRulesReviewStatus,
  V1Taint,
  V1ValidatingWebhook,
  V1ValidatingWebhookConfiguration,
  V1Volume,
  V1VolumeAttachment,
  V1VolumeProjection,
  V2CrossVersionObjectReference,
  V2HorizontalPodAutoscaler,
} from "@kubernetes/client-node";
import { at } from "../json/index.ts";

/** `from` and `continue` are words of JavaScript: the models write them `_from`, `_continue`; JSON does not. */
type FieldOf<T> = T extends readonly unknown[] | Date
  ? never
  : T extends object
    ? WithoutMark<keyof T & string>
    : never;
type WithoutMark<Key extends string> = Key extends `_${infer Name}` ? Name : Key;
type In<T, Key extends string> = NonNullable<
  Key extends keyof T ? T[Key] : `_${Key}` extends keyof T ? T[`_${Key}` & keyof T] : never
>;

/**
 * Reads a path that objects of a kind have; a path that they don't have does not compile. The value stays unknown: what
 * a cluster sends is not believed to be of the form that its API promises.
 */
interface At<T> {
  <A extends FieldOf<T>>(object: unknown, a: A): unknown;
  <A extends FieldOf<T>, B extends FieldOf<In<T, A>>>(object: unknown, a: A, b: B): unknown;
  <A extends FieldOf<T>, B extends FieldOf<In<T, A>>, C extends FieldOf<In<In<T, A>, B>>>(
    object: unknown,
    a: A,
    b: B,
    c: C,
  ): unknown;
  <
    A extends FieldOf<T>,
    B extends FieldOf<In<T, A>>,
    C extends FieldOf<In<In<T, A>, B>>,
    D extends FieldOf<In<In<In<T, A>, B>, C>>,
  >(
    object: unknown,
    a: A,
    b: B,
    c: C,
    d: D,
  ): unknown;
}

// Kinds.
export const atApiService: At<V1APIService> = at;
export const atAutoscaler: At<V2HorizontalPodAutoscaler> = at;
export const atBinding: At<V1ClusterRoleBinding> = at;
export const atBudget: At<V1PodDisruptionBudget> = at;
export const atClaim: At<V1PersistentVolumeClaim> = at;
export const atCronJob: At<V1CronJob> = at;
export const atCsiNode: At<V1CSINode> = at;
export const atDaemonSet: At<V1DaemonSet> = at;
export const atDefinition: At<V1CustomResourceDefinition> = at;
export const atDeployment: At<V1Deployment> = at;
export const atEndpointSlice: At<V1EndpointSlice> = at;
export const atEvent: At<CoreV1Event> = at;
export const atIngress: At<V1Ingress> = at;
export const atJob: At<V1Job> = at;
export const atLease: At<V1Lease> = at;
export const atNamespace: At<V1Namespace> = at;
export const atNetworkPolicy: At<V1NetworkPolicy> = at;
export const atNode: At<V1Node> = at;
export const atPod: At<V1Pod> = at;
export const atQuota: At<V1ResourceQuota> = at;
export const atRole: At<V1ClusterRole> = at;
export const atSecret: At<V1Secret> = at;
export const atService: At<V1Service> = at;
export const atStatefulSet: At<V1StatefulSet> = at;
export const atStorageClass: At<V1StorageClass> = at;
export const atVolume: At<V1PersistentVolume> = at;
export const atVolumeAttachment: At<V1VolumeAttachment> = at;
/** Validating or mutating: what is read of them is the same. */
export const atWebhookConfiguration: At<V1ValidatingWebhookConfiguration> = at;

// Parts of them.
export const atClientConfig: At<AdmissionregistrationV1WebhookClientConfig> = at;
export const atCondition: At<V1Condition> = at;
export const atContainer: At<V1Container> = at;
export const atContainerStatus: At<V1ContainerStatus> = at;
export const atContainerPort: At<V1ContainerPort> = at;
export const atDefinitionSpec: At<V1CustomResourceDefinitionSpec> = at;
export const atDefinitionVersion: At<V1CustomResourceDefinitionVersion> = at;
export const atEndpoint: At<V1Endpoint> = at;
export const atEnvFrom: At<V1EnvFromSource> = at;
export const atEnvVar: At<V1EnvVar> = at;
export const atIngressBackend: At<V1IngressBackend> = at;
export const atJobSpec: At<V1JobSpec> = at;
export const atLabelSelector: At<V1LabelSelector> = at;
export const atManagedFields: At<V1ManagedFieldsEntry> = at;
export const atOwner: At<V1OwnerReference> = at;
export const atPodSpec: At<V1PodSpec> = at;
export const atPodTemplate: At<V1PodTemplateSpec> = at;
export const atPodVolume: At<V1Volume> = at;
export const atPolicyRule: At<V1PolicyRule> = at;
export const atProbe: At<V1Probe> = at;
export const atProjection: At<V1VolumeProjection> = at;
export const atRequirement: At<V1LabelSelectorRequirement> = at;
export const atRulesStatus: At<V1SubjectRulesReviewStatus> = at;
export const atRunning: At<V1ContainerStateRunning> = at;
export const atServicePort: At<V1ServicePort> = at;
export const atServiceReference: At<AdmissionregistrationV1ServiceReference> = at;
export const atScaleTarget: At<V2CrossVersionObjectReference> = at;
export const atTaint: At<V1Taint> = at;
export const atTerminated: At<V1ContainerStateTerminated> = at;
export const atWaiting: At<V1ContainerStateWaiting> = at;
export const atWebhook: At<V1ValidatingWebhook> = at;
export const atWebhookRule: At<V1RuleWithOperations> = at;
