import type {
  AdmissionregistrationV1ServiceReference,
  CoreV1Event,
  V1ClusterRole,
  V1ClusterRoleBinding,
  V1Container,
  V1ContainerStateRunning,
  V1ContainerStateTerminated,
  V1ContainerStateWaiting,
  V1ContainerStatus,
  V1CronJob,
  V1CSINode,
  V1DaemonSet,
  V1Deployment,
  V1EndpointSlice,
  V1EnvVar,
  V1Ingress,
  V1IngressBackend,
  V1Job,
  V1JobSpec,
  V1LabelSelector,
  V1NetworkPolicy,
  V1Node,
  V1PersistentVolume,
  V1PersistentVolumeClaim,
  V1Pod,
  V1PodDisruptionBudget,
  V1PodSpec,
  V1PodTemplateSpec,
  V1PolicyRule,
  V1Probe,
  V1ResourceQuota,
  V1Secret,
  V1Service,
  V1StatefulSet,
  V1StorageClass,
  V1SubjectRulesReviewStatus,
  V1ValidatingWebhook,
  V1Volume,
  V1VolumeAttachment,
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
export const atAutoscaler: At<V2HorizontalPodAutoscaler> = at;
export const atBinding: At<V1ClusterRoleBinding> = at;
export const atBudget: At<V1PodDisruptionBudget> = at;
export const atClaim: At<V1PersistentVolumeClaim> = at;
export const atCronJob: At<V1CronJob> = at;
export const atCsiNode: At<V1CSINode> = at;
export const atDaemonSet: At<V1DaemonSet> = at;
export const atDeployment: At<V1Deployment> = at;
export const atEndpointSlice: At<V1EndpointSlice> = at;
export const atEvent: At<CoreV1Event> = at;
export const atIngress: At<V1Ingress> = at;
export const atJob: At<V1Job> = at;
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

// Parts of them.
export const atContainer: At<V1Container> = at;
export const atContainerStatus: At<V1ContainerStatus> = at;
export const atEnvVar: At<V1EnvVar> = at;
export const atIngressBackend: At<V1IngressBackend> = at;
export const atJobSpec: At<V1JobSpec> = at;
export const atLabelSelector: At<V1LabelSelector> = at;
export const atPodSpec: At<V1PodSpec> = at;
export const atPodTemplate: At<V1PodTemplateSpec> = at;
export const atPodVolume: At<V1Volume> = at;
export const atPolicyRule: At<V1PolicyRule> = at;
export const atProbe: At<V1Probe> = at;
export const atRulesStatus: At<V1SubjectRulesReviewStatus> = at;
export const atRunning: At<V1ContainerStateRunning> = at;
export const atServiceReference: At<AdmissionregistrationV1ServiceReference> = at;
export const atTerminated: At<V1ContainerStateTerminated> = at;
export const atWaiting: At<V1ContainerStateWaiting> = at;
export const atWebhook: At<V1ValidatingWebhook> = at;
