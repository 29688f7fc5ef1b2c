import { z } from "zod";
import { contextId } from "./context-id.ts";
import { stream } from "./define.ts";
import { appError } from "./errors.ts";

/** CPU in cores, memory in bytes. */
export const amounts = z.object({ cpu: z.number(), memory: z.number() });
export type Amounts = z.infer<typeof amounts>;

/** A main kind: how many objects there are, and how they are, as its list tells it. */
export const overviewKind = z.object({
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
export type OverviewKind = z.infer<typeof overviewKind>;

/** Sums over all nodes. */
export const overviewNodes = z.object({
  state: z.enum(["waiting", "live", "forbidden", "failed"]),
  count: z.number(),
  capacity: amounts,
  /** What is left for pods. */
  allocatable: amounts,
  problem: appError.optional(),
});
export type OverviewNodes = z.infer<typeof overviewNodes>;

/** What the pods on nodes that are not over ask for. `leftOut`: there are too many pods to add them up. */
export const overviewRequests = z.object({
  state: z.enum(["waiting", "live", "leftOut", "forbidden", "failed"]),
  pods: z.number(),
  sum: amounts,
  problem: appError.optional(),
});
export type OverviewRequests = z.infer<typeof overviewRequests>;

/** What is used now, as metrics.k8s.io tells it: of the nodes, or of the pods of the namespaces that are looked at. */
export const overviewUsage = z.object({
  state: z.enum(["waiting", "served", "absent", "forbidden", "failed"]),
  sum: amounts,
  /** When it was asked for, ms since the epoch. */
  at: z.number().optional(),
  problem: appError.optional(),
});
export type OverviewUsage = z.infer<typeof overviewUsage>;

export const overviewWarning = z.object({
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
export type OverviewWarning = z.infer<typeof overviewWarning>;

/** Newest first; `total` is how many there are. */
export const overviewWarnings = z.object({
  state: z.enum(["waiting", "live", "forbidden", "failed"]),
  total: z.number(),
  newest: z.array(overviewWarning),
  problem: appError.optional(),
});
export type OverviewWarnings = z.infer<typeof overviewWarnings>;

export const clusterOverview = z.object({
  kinds: z.array(overviewKind),
  nodes: overviewNodes,
  requests: overviewRequests,
  usage: overviewUsage,
  warnings: overviewWarnings,
});
export type ClusterOverview = z.infer<typeof clusterOverview>;

export const overviewContract = {
  /** How a cluster is doing at a glance, as long as somebody looks. `namespaces` empty: all of them. */
  "overview.watch": stream(z.object({ context: contextId, namespaces: z.array(z.string()).max(100) }), clusterOverview),
};
