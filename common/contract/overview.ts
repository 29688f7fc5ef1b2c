import { z } from "zod";
import { stream } from "./define.ts";
import { appError } from "./errors.ts";

/** CPU in cores, memory in bytes. */
export const amounts = z.object({ cpu: z.number(), memory: z.number() });
export type Amounts = z.infer<typeof amounts>;

/** A main kind: how many objects there are, and how they are, as its list tells it. */
export const pulseKind = z.object({
  group: z.string(),
  version: z.string(),
  plural: z.string(),
  kind: z.string(),
  namespaced: z.boolean(),
  /** `failed`: it can't be counted, `problem` says why. Numbers stay what they were last. */
  state: z.enum(["listing", "live", "reconnecting", "forbidden", "failed"]),
  total: z.number(),
  warn: z.number(),
  bad: z.number(),
  done: z.number(),
  problem: appError.optional(),
});
export type PulseKind = z.infer<typeof pulseKind>;

/** Sums over all nodes. */
export const pulseNodes = z.object({
  state: z.enum(["waiting", "live", "forbidden", "failed"]),
  count: z.number(),
  capacity: amounts,
  /** What is left for pods. */
  allocatable: amounts,
  problem: appError.optional(),
});
export type PulseNodes = z.infer<typeof pulseNodes>;

/** What the pods on nodes that are not over ask for. `leftOut`: there are too many pods to add them up. */
export const pulseRequests = z.object({
  state: z.enum(["waiting", "live", "leftOut", "forbidden", "failed"]),
  pods: z.number(),
  sum: amounts,
  problem: appError.optional(),
});
export type PulseRequests = z.infer<typeof pulseRequests>;

/** What is used now, as metrics.k8s.io tells it: of the nodes, or of the pods of the namespaces that are looked at. */
export const pulseUsage = z.object({
  state: z.enum(["waiting", "served", "absent", "forbidden", "failed"]),
  sum: amounts,
  /** When it was asked for, ms since the epoch. */
  at: z.number().optional(),
  problem: appError.optional(),
});
export type PulseUsage = z.infer<typeof pulseUsage>;

export const pulseWarning = z.object({
  uid: z.string(),
  reason: z.string(),
  message: z.string(),
  count: z.number(),
  /** ms since the epoch. */
  lastSeen: z.number(),
  object: z.object({
    group: z.string(),
    kind: z.string(),
    namespace: z.string().optional(),
    name: z.string(),
  }),
});
export type PulseWarning = z.infer<typeof pulseWarning>;

/** Newest first; `total` is how many there are. */
export const pulseWarnings = z.object({
  state: z.enum(["waiting", "live", "forbidden", "failed"]),
  total: z.number(),
  newest: z.array(pulseWarning),
  problem: appError.optional(),
});
export type PulseWarnings = z.infer<typeof pulseWarnings>;

export const pulse = z.object({
  kinds: z.array(pulseKind),
  nodes: pulseNodes,
  requests: pulseRequests,
  usage: pulseUsage,
  warnings: pulseWarnings,
});
export type Pulse = z.infer<typeof pulse>;

export const pulseContract = {
  /** How a cluster is doing at a glance, as long as somebody looks. `namespaces` empty: all of them. */
  "pulse.watch": stream(z.object({ context: z.string().min(1), namespaces: z.array(z.string()).max(100) }), pulse),
};
