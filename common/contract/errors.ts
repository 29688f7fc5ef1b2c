import { z } from "zod";
import { message } from "./message.ts";

/** Every way a call can fail that the interface tells apart. One list, so that a view can react to a code. */
export const errorCodes = [
  // the call itself
  "invalid-input",
  "unknown-method",
  "not-allowed",
  "cancelled",
  "internal",
  "not-found",
  "busy",
  /** The renderer lost its host: the program behind the page does not answer. */
  "disconnected",
  /** The loopback host does not know the page: its session is over, or it was never let in. */
  "signed-out",
  // kubeconfig
  "kubeconfig-missing",
  "kubeconfig-unreadable",
  "kubeconfig-invalid",
  "context-unknown",
  "exec-needs-approval",
  "exec-failed",
  // talking to an API server
  "cluster-unreachable",
  "cluster-untrusted",
  "credentials-rejected",
  "forbidden",
  "kind-unknown",
  "object-not-found",
  "object-invalid",
  "conflict",
  "webhook-failed",
  "rate-limited",
  "server-error",
  "server-unsupported",
  /** The server sent more than is taken from one. */
  "answer-too-large",
  /** What answered is no API server, or does not speak as one. */
  "answer-unreadable",
  // programs beside us
  "tool-missing",
  "tool-failed",
  "go-missing",
  "practice-failed",
  // sources and build
  "release-unknown",
  "mirror-missing",
  "mirror-invalid",
  "download-failed",
  "content-mismatch",
  "archive-unsafe",
  "build-failed",
  // KfDef files
  /** Not a KfDef file, or one that can't be built: the detail lists every issue with its line. */
  "kfdef-invalid",
  /** A KfDef of an API version that kfctl itself no longer took. */
  "kfdef-unsupported",
  // installation folder
  "settings-invalid",
  "folder-unusable",
  "folder-in-use",
  /** Another installation has the cluster: objects of the plan are its own, or it is being worked on. */
  "cluster-in-use",
  "disk-full",
  "journal-invalid",
  // installing
  "plan-invalid",
  /** The plan that was approved is not what would be done now, or is not kept any more. */
  "plan-stale",
  "apply-refused",
  "workload-failed",
  "gate-timeout",
  "verify-failed",
] as const;

export const errorCode = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCode>;

/** An action the interface can offer beside an error; `id` is looked up there, `params` are its words' values. */
export const fix = z.object({
  id: z.string(),
  /** In English. */
  title: z.string(),
  /** The same for a person, in the language they read. */
  said: message.optional(),
  params: z.record(z.string(), z.string()).optional(),
});
export type Fix = z.infer<typeof fix>;

export const appError = z.object({
  code: errorCode,
  /** One sentence in English, for logs: what went wrong, and where. */
  message: z.string(),
  /** The same for a person, in the language they read. */
  said: message.optional(),
  /** What to look at or do, one after the other. */
  advice: z.array(message).readonly().optional(),
  /** Somebody else's words as they are: an API server's, a program's. */
  detail: z.string().optional(),
  fix: fix.optional(),
});
export type AppError = z.infer<typeof appError>;
