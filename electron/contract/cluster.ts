import { z } from "zod";
import { method, stream } from "./define.ts";
import { appError } from "./errors.ts";

/** A kubeconfig file that was looked at, whether or not it could be read. */
export const kubeconfigFile = z.object({
  path: z.string(),
  origin: z.enum(["environment", "default", "chosen", "practice"]),
  error: appError.optional(),
});
export type KubeconfigFile = z.infer<typeof kubeconfigFile>;

/** A context as written in a kubeconfig; listing it contacts nothing. */
export const contextEntry = z.object({
  /** Stable across starts: made from the file's path and the context's name. */
  id: z.string(),
  name: z.string(),
  file: z.string(),
  cluster: z.string(),
  server: z.string(),
  user: z.string(),
  namespace: z.string().optional(),
  current: z.boolean(),
  practice: z.boolean(),
  auth: z.enum(["certificate", "token", "basic", "exec", "provider", "none"]),
  /** The credential program that connecting would run, as it would be run. */
  execCommand: z.array(z.string()).optional(),
  error: appError.optional(),
});
export type ContextEntry = z.infer<typeof contextEntry>;

export const contextList = z.object({ files: z.array(kubeconfigFile), contexts: z.array(contextEntry) });
export type ContextList = z.infer<typeof contextList>;

/** What connecting to a context found out. CPU in cores, memory in bytes. */
export const clusterInfo = z.object({
  context: z.string(),
  name: z.string(),
  server: z.string(),
  practice: z.boolean(),
  version: z.string(),
  /** False outside the range of servers Flowdeck is made for (1.25 to 1.36); a warning says so. */
  supported: z.boolean(),
  latencyMs: z.number(),
  nodes: z.object({ total: z.number(), ready: z.number() }).optional(),
  allocatable: z.object({ cpu: z.number(), memoryBytes: z.number(), pods: z.number() }).optional(),
  architectures: z.array(z.string()),
  defaultStorageClass: z.string().optional(),
  /** True when the user may create what an installation needs; `missing` names what not. */
  canInstall: z.boolean(),
  missing: z.array(z.string()),
  warnings: z.array(appError),
});
export type ClusterInfo = z.infer<typeof clusterInfo>;

const contextId = z.object({ context: z.string() });

export const clusterContract = {
  "contexts.list": method(z.object({}), contextList),
  /** The list now and again whenever a kubeconfig file changes on disk. */
  "contexts.watch": stream(z.object({}), contextList),
  "contexts.addFile": method(z.object({ path: z.string().min(1) }), contextList),
  "contexts.removeFile": method(z.object({ path: z.string() }), contextList),
  "cluster.connect": method(contextId, clusterInfo),
  /** Lets the credential program of a context run; `command` must be what the user was shown. */
  "cluster.approveExec": method(contextId.extend({ command: z.array(z.string()).min(1) }), z.object({})),
};
