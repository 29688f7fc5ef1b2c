import { z } from "zod";
import { method, stream } from "./define.ts";
import { appError } from "./errors.ts";
import { objectTarget } from "./resources.ts";

/** A port that can be forwarded: of a Service, or of a container. */
export const forwardablePort = z.object({
  port: z.number(),
  name: z.string().optional(),
  container: z.string().optional(),
});
export type ForwardablePort = z.infer<typeof forwardablePort>;

/** A port of 127.0.0.1 that leads into a cluster. */
export const forward = z.object({
  id: z.string(),
  target: objectTarget,
  /** Name of the context, for people. */
  contextName: z.string(),
  /** Port of the Service or pod. */
  port: z.number(),
  localPort: z.number(),
  url: z.string(),
  /** `waiting`: no pod is ready to answer; connections wait a moment for one. */
  state: z.enum(["ready", "waiting"]),
  /** The pod that answers now. */
  pod: z.string().optional(),
  /** Why it waits, or what went wrong last. */
  problem: appError.optional(),
  /** Connections open now. */
  connections: z.number(),
  startedAt: z.number(),
  /** `dashboard`: opened for an installation's start page. */
  purpose: z.enum(["user", "dashboard"]),
});
export type Forward = z.infer<typeof forward>;

export const forwardsContract = {
  /** Ports that the object offers; empty when it names none. Throws when nothing behind it could be forwarded to. */
  "forwards.ports": method(objectTarget, z.object({ ports: z.array(forwardablePort) })),
  /** Without `localPort` a free one is taken. */
  "forwards.start": method(
    z.object({
      target: objectTarget,
      port: z.number().int().min(1).max(65535),
      localPort: z.number().int().min(1).max(65535).optional(),
    }),
    forward,
  ),
  "forwards.stop": method(z.object({ id: z.string() }), z.object({})),
  /** All of them, now and at each change. They end with the app. */
  "forwards.watch": stream(z.object({}), z.array(forward)),
};
