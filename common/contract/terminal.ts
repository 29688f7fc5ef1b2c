import { z } from "zod";
import { contextId } from "./context-id.ts";
import { method, stream } from "./define.ts";
import { appError } from "./errors.ts";
import { objectTarget } from "./resources.ts";

/** Characters of a terminal's screen. */
export const terminalSize = z.object({
  cols: z.number().int().min(1).max(2000),
  rows: z.number().int().min(1).max(2000),
});
export type TerminalSize = z.infer<typeof terminalSize>;

/** What owns a pod, and will own the one that replaces it. */
export const podOwner = z.object({ apiVersion: z.string(), kind: z.string(), name: z.string() });
export type PodOwner = z.infer<typeof podOwner>;

const inPod = {
  /** A Pod, or a workload of which the newest running pod is taken. */
  target: objectTarget,
  /** The pod's default container when absent. */
  container: z.string().optional(),
  /** Whose newest pod is taken where the target is gone. */
  workload: podOwner.optional(),
};

export const terminalRequest = z.discriminatedUnion("kind", [
  /** A new shell in a container: bash, or else sh, or else ash. */
  z.object({ kind: z.literal("exec"), ...inPod }),
  /** What the container's own process writes and, where it reads, what is typed to it. */
  z.object({ kind: z.literal("attach"), ...inPod }),
  /** The user's shell on this machine, pinned to one context, in an installation's folder. */
  z.object({ kind: z.literal("local"), context: contextId.optional(), kfDir: z.string().optional() }),
]);
export type TerminalRequest = z.infer<typeof terminalRequest>;

/** How a session ended. `exited` has a code; `signalled` the signal's name; `closed` was asked for. */
export const terminalEnd = z.object({
  reason: z.enum(["exited", "signalled", "pod-gone", "disconnected", "failed", "closed"]),
  code: z.number().int().optional(),
  signal: z.string().optional(),
  error: appError.optional(),
});
export type TerminalEnd = z.infer<typeof terminalEnd>;

export const terminalSession = z.object({
  id: z.string(),
  /** `program`: of a command that the app runs; its tab shows it and does not own it. */
  kind: z.enum(["exec", "attach", "local", "program"]),
  /** The shell's name, the pod's, or the installation's. */
  title: z.string(),
  context: contextId.optional(),
  /** The pod that was taken; of exec and attach. */
  target: objectTarget.optional(),
  container: z.string().optional(),
  /** Absent for a pod that nothing replaces. */
  workload: podOwner.optional(),
  kfDir: z.string().optional(),
  /** False where what is typed goes nowhere: attached to a process that does not read. */
  reads: z.boolean(),
  /** False where lines end without a carriage return. */
  tty: z.boolean(),
  /** Said once above it: the pod is being ended, kubectl is missing, the context is read-only in Flowdeck only. */
  notices: z.array(z.enum(["pod-ending", "no-kubectl", "read-only-context"])),
  /** Absent while it runs. */
  end: terminalEnd.optional(),
});
export type TerminalSession = z.infer<typeof terminalSession>;

/** What a session's reader gets. Bytes are numbered from the session's start. */
export const terminalItem = z.discriminatedUnion("type", [
  /** How it stands: first of all, and after each change. The size is what the output before was made for. */
  z.object({
    type: z.literal("session"),
    session: terminalSession,
    size: terminalSize,
    /** Only in a stream's first item. */
    begin: z
      .object({
        /** Number of the first byte that follows. */
        from: z.number().int(),
        /**
         * What draws what was written before on a new terminal of that size; absent where output goes on from the byte that
         * was asked for.
         */
        screen: z.string().optional(),
      })
      .optional(),
  }),
  z.object({
    type: z.literal("output"),
    /** Number of the first byte; unless it follows on what came before, the screen is to be cleared. */
    from: z.number().int(),
    /** Base64. */
    data: z.string(),
  }),
  /** Another reader took over, and this stream ends. */
  z.object({ type: z.literal("moved") }),
]);
export type TerminalItem = z.infer<typeof terminalItem>;

const session = z.object({ session: z.string() });

export const terminalContract = {
  /** Starts it; throws what keeps it from starting (`exec-needs-approval`, `forbidden`, `object-not-found`, `tool-missing`). */
  "terminal.open": method(terminalSize.extend({ request: terminalRequest }), terminalSession),
  /** All sessions of the app, ended ones too until closed; now and after each change. */
  "terminal.list": stream(z.object({}), z.array(terminalSession)),
  /** What it writes, from byte `from` where that is kept, or else after what its screen shows; ends after the session does. */
  "terminal.attach": stream(session.extend({ from: z.number().int().min(0).optional() }), terminalItem),
  /**
   * Types. Calls may overtake one another: `order` counts a writer's calls from 0, and one that was sent twice counts
   * once. `binary`: each character is one byte (reports of the mouse in its oldest form).
   */
  "terminal.write": method(
    session.extend({
      writer: z.string().min(1).max(64),
      order: z.number().int().min(0),
      data: z.string().max(256 << 10),
      binary: z.boolean().default(false),
    }),
    z.object({}),
  ),
  "terminal.resize": method(session.extend(terminalSize.shape), z.object({})),
  /** Tells that bytes before `upTo` were drawn; the session waits when too many were not. */
  "terminal.ack": method(session.extend({ upTo: z.number().int().min(0) }), z.object({})),
  /** Ends it if it runs, and forgets it. */
  "terminal.close": method(session, z.object({})),
};
