import { z } from "zod";
import { contextId } from "./context-id.ts";
import { method, stream } from "./define.ts";
import { appError } from "./errors.ts";
import { message } from "./message.ts";

export const practiceSteps = [
  "toolbox",
  "certificates",
  "etcd",
  "api-server",
  "controllers",
  "nodes",
  "ready",
] as const;

/** How long a simulated pod takes to become Ready, in milliseconds. */
export const podReadyMs = z.object({ min: z.number().int().min(0), max: z.number().int().max(600_000) });

/** Makes matching simulated pods fail; `workload` and `image` are globs. */
export const practiceFault = z.object({
  id: z.string().min(1),
  namespace: z.string().optional(),
  workload: z.string().optional(),
  image: z.string().optional(),
  kind: z.enum(["image-pull", "crash", "pending"]),
});
export type PracticeFault = z.infer<typeof practiceFault>;

export const practiceStatus = z.object({
  state: z.enum(["absent", "stopped", "starting", "running", "stopping", "failed"]),
  /** While starting: which step, what it does in words, and how far (0 to 1). */
  step: z.enum(practiceSteps).optional(),
  said: message.optional(),
  fraction: z.number().min(0).max(1),
  nodes: z.number(),
  podReadyMs,
  faults: z.array(practiceFault),
  /** The context to connect to, once it runs. */
  context: contextId.optional(),
  kubeconfig: z.string().optional(),
  server: z.string().optional(),
  version: z.string().optional(),
  startedAt: z.string().optional(),
  error: appError.optional(),
});
export type PracticeStatus = z.infer<typeof practiceStatus>;

/** No defaults: what a start leaves out stays as it was. */
export const practiceOptions = z.object({
  nodes: z.number().int().min(1).max(50),
  podReadyMs,
});
export type PracticeOptions = z.infer<typeof practiceOptions>;

const nothing = z.object({});

export const practiceContract = {
  "practice.status": method(nothing, practiceStatus),
  /** The status now and on every change; survives any number of page reloads. */
  "practice.watch": stream(nothing, practiceStatus),
  /** Begins to start it and returns at once; progress comes on `practice.watch`. */
  "practice.start": method(practiceOptions.partial(), practiceStatus),
  "practice.cancelStart": method(nothing, practiceStatus),
  "practice.stop": method(nothing, practiceStatus),
  /** Stops it and deletes everything in it. */
  "practice.reset": method(nothing, practiceStatus),
  "practice.setFaults": method(z.object({ faults: z.array(practiceFault) }), practiceStatus),
};
