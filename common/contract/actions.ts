import { z } from "zod";
import { contextId } from "./context-id.ts";
import { copyContract } from "./copy.ts";
import { method, stream } from "./define.ts";
import { drainContract } from "./drain.ts";
import { appError } from "./errors.ts";
import { objectTarget, resourceTarget } from "./resources.ts";

/** Keys of labels, annotations and taints: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
export const qualifiedName = z
  .string()
  .regex(
    /^(?:(?=[^/]{1,253}\/)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*\/)?(?=[^/]{1,63}$)[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/,
  );
/** Values of labels and taints; may be empty. */
export const labelValue = z.string().regex(/^(?=.{0,63}$)(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/);

export const taintEffect = z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"]);
export type TaintEffect = z.infer<typeof taintEffect>;
export const taint = z.object({ key: qualifiedName, value: labelValue.optional(), effect: taintEffect });
export type Taint = z.infer<typeof taint>;

/** What one call may do to objects. */
export const objectChange = z.discriminatedUnion("do", [
  /** New pods for a Deployment, StatefulSet or DaemonSet, as `kubectl rollout restart`. */
  z.object({ do: z.literal("restart") }),
  z.object({ do: z.literal("scale"), replicas: z.number().int().min(0).max(1_000_000) }),
  /** Of a Deployment: changes wait until it is resumed. */
  z.object({ do: z.literal("pause"), paused: z.boolean() }),
  /** Back to a revision; the one before the current when it is left out. */
  z.object({ do: z.literal("undo"), revision: z.number().int().positive().optional() }),
  z.object({
    do: z.literal("image"),
    images: z.array(z.object({ container: z.string().min(1), image: z.string().min(1).max(1000) })).min(1),
  }),
  z.object({
    do: z.literal("labels"),
    set: z.record(qualifiedName, labelValue).default({}),
    remove: z.array(z.string()).default([]),
  }),
  z.object({
    do: z.literal("annotations"),
    set: z.record(qualifiedName, z.string().max(262_144)).default({}),
    remove: z.array(z.string()).default([]),
  }),
  /** Runs a CronJob's job now. */
  z.object({ do: z.literal("trigger") }),
  /** CronJob and Job. */
  z.object({ do: z.literal("suspend"), suspended: z.boolean() }),
  /** Of a node. */
  z.object({ do: z.literal("cordon"), unschedulable: z.boolean() }),
  z.object({
    do: z.literal("taints"),
    set: z.array(taint).default([]),
    /** Without an effect: all taints of that key. */
    remove: z.array(z.object({ key: z.string().min(1), effect: taintEffect.optional() })).default([]),
  }),
  z.object({
    do: z.literal("delete"),
    propagation: z.enum(["background", "foreground", "orphan"]).default("background"),
    gracePeriodSeconds: z.number().int().min(0).optional(),
  }),
  z.object({ do: z.literal("finalizer"), remove: z.string().min(1) }),
]);
export type ObjectChange = z.infer<typeof objectChange>;

/** What became of one object; without `error` it worked. */
export const changeResult = z.object({
  error: appError.optional(),
  /** It was so already. */
  unchanged: z.boolean().optional(),
  /** Name of the object that was made (a triggered Job). */
  created: z.string().optional(),
  /** It is still there, being deleted, and waits for these; an empty list: only for its pods or its grace period. */
  finalizers: z.array(z.string()).optional(),
});
export type ChangeResult = z.infer<typeof changeResult>;

export const containerFact = z.object({
  name: z.string(),
  image: z.string(),
  role: z.enum(["init", "main", "ephemeral"]),
  /** Of a pod. */
  running: z.boolean().optional(),
});
export type ContainerFact = z.infer<typeof containerFact>;

/** What actions need to know of an object. `missing`: it is not there (any more, or another one of that name is). */
export const objectFacts = z.object({
  uid: z.string().optional(),
  missing: z.boolean(),
  error: appError.optional(),
  deleting: z.boolean(),
  finalizers: z.array(z.string()),
  labels: z.record(z.string(), z.string()),
  /** Without kubectl's copy of the last applied object. */
  annotations: z.record(z.string(), z.string()),
  owner: z.object({ kind: z.string(), name: z.string() }).optional(),
  containers: z.array(containerFact),
  replicas: z.number().optional(),
  /** The HorizontalPodAutoscaler that sets its replicas. */
  autoscaler: z.string().optional(),
  paused: z.boolean().optional(),
  suspended: z.boolean().optional(),
  unschedulable: z.boolean().optional(),
  taints: z.array(taint.extend({ key: z.string(), value: z.string().optional() })).optional(),
  nodeName: z.string().optional(),
  phase: z.string().optional(),
  /** Of a Secret: its keys with the size of each value in bytes. */
  keys: z.array(z.object({ name: z.string(), bytes: z.number() })).optional(),
});
export type ObjectFacts = z.infer<typeof objectFacts>;

export const revision = z.object({
  revision: z.number(),
  /** Of the ReplicaSet or ControllerRevision that keeps it. */
  name: z.string(),
  /** What new pods are made of now. */
  current: z.boolean(),
  createdAt: z.string().optional(),
  changeCause: z.string().optional(),
  containers: z.array(containerFact),
  /** Pods it has now; known for Deployments. */
  replicas: z.number().optional(),
  /** The pod template as YAML. */
  template: z.string(),
});
export type Revision = z.infer<typeof revision>;

/** How far a rollout is, by the rules of `kubectl rollout status`. */
export const rolloutStatus = z.object({
  state: z.enum(["waiting", "done", "failed", "unsupported"]),
  step: z.enum(["observe", "update", "terminate", "available", "ready", "done", "deadline", "on-delete", "gone"]),
  paused: z.boolean(),
  desired: z.number(),
  updated: z.number(),
  available: z.number(),
  /** Pods of earlier revisions. */
  old: z.number(),
});
export type RolloutStatus = z.infer<typeof rolloutStatus>;

/** What a pod is let do that looks at others: https://kubernetes.io/docs/reference/kubectl/generated/kubectl_debug/ */
export const debugProfile = z.enum(["general", "baseline", "restricted", "netadmin", "sysadmin"]);
export type DebugProfile = z.infer<typeof debugProfile>;

export const actionsContract = {
  ...copyContract,
  ...drainContract,

  /** Does one thing to each object; results in the order of `targets`. One that fails keeps no other from being done. */
  "actions.run": method(
    z.object({
      targets: z.array(objectTarget).min(1).max(100),
      change: objectChange,
      dryRun: z.boolean().default(false),
    }),
    z.object({ results: z.array(changeResult) }),
  ),
  "actions.facts": method(
    z.object({ targets: z.array(objectTarget).min(1).max(100) }),
    z.object({ facts: z.array(objectFacts) }),
  ),
  /** Such as `scale`, `log`, `exec`; of the version asked for. */
  "actions.subresources": method(resourceTarget, z.object({ subresources: z.array(z.string()) })),
  "rollout.history": method(z.object({ target: objectTarget }), z.object({ revisions: z.array(revision) })),
  "rollout.status": stream(z.object({ target: objectTarget }), rolloutStatus),

  /** One value of one Secret, because the user asked for it. `text` is absent where it is no UTF-8. */
  "secret.reveal": method(
    z.object({ target: objectTarget, key: z.string().min(1) }),
    z.object({ base64: z.string(), text: z.string().optional(), bytes: z.number() }),
  ),

  /** A pod on a node with the node's file system under /host; answers when a shell may be opened in it. */
  "debug.node": method(
    z.object({
      context: contextId,
      node: z.string().min(1),
      namespace: z.string().min(1),
      image: z.string().min(1).max(1000),
      profile: debugProfile,
    }),
    z.object({ target: objectTarget, container: z.string() }),
  ),
  /** An ephemeral container in a pod; answers when it runs. It stays listed in the pod until the pod goes. */
  "debug.container": method(
    z.object({
      target: objectTarget,
      /** Whose processes it sees. */
      beside: z.string().optional(),
      image: z.string().min(1).max(1000),
      profile: debugProfile,
    }),
    z.object({ container: z.string() }),
  ),
  /** Removes a pod that `debug.node` made. */
  "debug.end": method(z.object({ target: objectTarget }), z.object({})),
};
