import { z } from "zod";
import { contextId } from "./context-id.ts";
import { method, stream } from "./define.ts";
import { appError } from "./errors.ts";
import { message } from "./message.ts";

/** As kubectl drain's flags of the same names. */
export const drainOptions = z.object({
  ignoreDaemonSets: z.boolean().default(true),
  deleteEmptyDirData: z.boolean().default(false),
  /** Also pods that no controller makes anew. */
  force: z.boolean().default(false),
  /** Absent: what each pod asks for itself. */
  gracePeriodSeconds: z.number().int().min(0).optional(),
  /** Absent: without end. */
  timeoutSeconds: z.number().int().min(1).optional(),
  podSelector: z.string().max(4000).default(""),
  /** Deletes instead of evicting: disruption budgets are not asked. */
  disableEviction: z.boolean().default(false),
  /** Pods that have been ending for longer than this are not waited for. */
  skipWaitForDeleteTimeoutSeconds: z.number().int().min(0).default(0),
});
export type DrainOptions = z.infer<typeof drainOptions>;

const drainReason = z.enum([
  "daemonset",
  "daemonset-missing",
  "mirror",
  "empty-dir",
  "unmanaged",
  "finished",
  "ending",
]);
export type DrainReason = z.infer<typeof drainReason>;

export const drainPod = z.object({
  node: z.string(),
  namespace: z.string(),
  name: z.string(),
  uid: z.string(),
  controller: z.object({ kind: z.string(), name: z.string() }).optional(),
  /** `stay`: left where it is; `block`: the drain won't begin because of it. */
  outcome: z.enum(["go", "stay", "block"]),
  reason: drainReason.optional(),
  /** Budgets that have a say in its eviction; `allowed` is how many may go now. */
  budgets: z.array(z.object({ name: z.string(), allowed: z.number() })),
});
export type DrainPod = z.infer<typeof drainPod>;

export const drainProgress = z.object({
  id: z.string(),
  context: contextId,
  nodes: z.array(z.string()),
  options: drainOptions,
  state: z.enum(["running", "done", "stopped", "failed"]),
  startedAt: z.number(),
  endedAt: z.number().optional(),
  error: appError.optional(),
  pods: z.array(
    z.object({
      node: z.string(),
      namespace: z.string(),
      name: z.string(),
      /** `refused`: a disruption budget says no; asked again every five seconds. `ending`: evicted, not yet gone. */
      state: z.enum(["waiting", "refused", "ending", "gone", "failed", "left"]),
      attempts: z.number(),
      said: message.optional(),
    }),
  ),
});
export type DrainProgress = z.infer<typeof drainProgress>;

const drainInput = z.object({
  context: contextId,
  nodes: z.array(z.string().min(1)).min(1).max(200),
  options: drainOptions,
});

export const drainContract = {
  /** Which pods would go, which stay, which keep the drain from beginning. */
  "drain.plan": method(drainInput, z.object({ pods: z.array(drainPod) })),
  /** Cordons the nodes and empties them in the background; goes on while pages come and go. */
  "drain.start": method(drainInput, z.object({ id: z.string() })),
  /** Ends it: what is gone stays gone, what was not asked to go stays, the nodes stay cordoned. */
  "drain.stop": method(z.object({ id: z.string() }), z.object({})),
  "drain.forget": method(z.object({ id: z.string() }), z.object({})),
  /** All drains of this app since its start, now and at each change. */
  "drain.watch": stream(z.object({}), z.array(drainProgress)),
};
