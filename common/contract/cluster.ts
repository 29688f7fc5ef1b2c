import { z } from "zod";
import { contextId } from "./context-id.ts";
import { method, stream } from "./define.ts";
import { appError } from "./errors.ts";

/** A kubeconfig file that was looked at, whether or not it could be read. */
export const kubeconfigFile = z.object({
  path: z.string(),
  origin: z.enum(["environment", "default", "chosen", "practice"]),
  error: appError.optional(),
});
export type KubeconfigFile = z.infer<typeof kubeconfigFile>;

/** Stripes and dots of these pass 3:1 against the surfaces of both themes; the name always stands beside them. */
export const contextColours = ["blue", "teal", "green", "amber", "orange", "red", "pink", "violet"] as const;
export const contextColour = z.enum(contextColours);
export type ContextColour = z.infer<typeof contextColour>;

/** No control characters: it becomes a header. */
const headerText = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(/^\P{Cc}+$/u);

/** Another user whose rights a context's requests are made with. https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/ */
export const impersonation = z.object({ user: headerText, groups: z.array(headerText).max(50).default([]) });
export type Impersonation = z.infer<typeof impersonation>;

/** What Flowdeck keeps about a context, in its data folder; nothing of it is written to the kubeconfig. */
export const contextOptions = z.object({
  colour: contextColour.optional(),
  /** Every request that would change the cluster is refused, but for dry runs. */
  readOnly: z.boolean().default(false),
  /** Instead of what the kubeconfig says (its `as`). */
  impersonate: impersonation.optional(),
});
export type ContextOptions = z.infer<typeof contextOptions>;

/** What is left out stays; null takes it away. */
export const contextOptionsChange = z.object({
  colour: contextColour.nullable().optional(),
  readOnly: z.boolean().optional(),
  impersonate: impersonation.nullable().optional(),
});
export type ContextOptionsChange = z.infer<typeof contextOptionsChange>;

/** A context as written in a kubeconfig; listing it contacts nothing. */
export const contextEntry = z.object({
  id: contextId,
  name: z.string(),
  file: z.string(),
  cluster: z.string(),
  server: z.string(),
  user: z.string(),
  namespace: z.string().optional(),
  current: z.boolean(),
  practice: z.boolean(),
  auth: z.enum(["certificate", "token", "basic", "exec", "provider", "none"]),
  /** The credential program that connecting would run, as it would be run: its variables (`NAME=value`), then the command. */
  execCommand: z.array(z.string()).optional(),
  options: contextOptions,
  /** As whom requests are made, by the options or else by the kubeconfig. */
  actsAs: impersonation.extend({ from: z.enum(["options", "kubeconfig"]) }).optional(),
  error: appError.optional(),
});
export type ContextEntry = z.infer<typeof contextEntry>;

export const contextList = z.object({ files: z.array(kubeconfigFile), contexts: z.array(contextEntry) });
export type ContextList = z.infer<typeof contextList>;

/** What connecting to a context found out. CPU in cores, memory in bytes. */
export const clusterInfo = z.object({
  context: contextId,
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

const ofContext = z.object({ context: contextId });

/** What removing a context would do; nothing is done yet. Names of what goes with it, as nobody else uses it. */
export const contextRemoval = z.object({
  /** The file that would be written: where links lead to. */
  file: z.string(),
  /** Where the backup goes. */
  folder: z.string(),
  cluster: z.string().optional(),
  user: z.string().optional(),
  /** It is kubectl's current context, which then is none. */
  current: z.boolean(),
});
export type ContextRemoval = z.infer<typeof contextRemoval>;

/** What was written, and the copies that were made before. */
const kubeconfigEdit = z.object({ backups: z.array(z.string()) });

export const clusterContract = {
  "contexts.list": method(z.object({}), contextList),
  /** The list now and again whenever a kubeconfig file changes on disk. */
  "contexts.watch": stream(z.object({}), contextList),
  "contexts.addFile": method(z.object({ path: z.string().min(1) }), contextList),
  "contexts.removeFile": method(z.object({ path: z.string() }), contextList),
  /** Gives the options as they are then; `contexts.watch` tells them, too. */
  "contexts.setOptions": method(ofContext.extend({ change: contextOptionsChange }), contextOptions),
  /** Writes another name to the kubeconfig; the context has another id then. */
  "contexts.rename": method(
    ofContext.extend({ name: z.string().trim().min(1).max(253) }),
    kubeconfigEdit.extend({ context: contextId }),
  ),
  "contexts.removal": method(ofContext, contextRemoval),
  /** Takes it out of its kubeconfig, with its cluster and user where nobody else uses them. */
  "contexts.remove": method(ofContext, kubeconfigEdit),
  /** Makes it kubectl's current context. */
  "contexts.setCurrent": method(ofContext, kubeconfigEdit),
  "cluster.connect": method(ofContext, clusterInfo),
  /** Lets the credential program of a context run; `command` must be what the user was shown. */
  "cluster.approveExec": method(ofContext.extend({ command: z.array(z.string()).min(1) }), z.object({})),
};
