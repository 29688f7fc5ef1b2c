import { z } from "zod";
import { contextId } from "./context-id.ts";
import { method, stream } from "./define.ts";
import { appError } from "./errors.ts";
import { message } from "./message.ts";
import { terminalSize } from "./terminal.ts";

export const localPlatforms = ["kind", "k3d", "minikube"] as const;
export const cloudPlatforms = ["eks", "gke", "aks"] as const;
export const localPlatform = z.enum(localPlatforms);
export type LocalPlatform = z.infer<typeof localPlatform>;
export const cloudPlatform = z.enum(cloudPlatforms);
export type CloudPlatform = z.infer<typeof cloudPlatform>;
export const managedPlatform = z.enum([...localPlatforms, ...cloudPlatforms]);
export type ManagedPlatform = z.infer<typeof managedPlatform>;

/** The programs that are looked for on PATH. */
export const toolName = z.enum([
  "docker",
  "podman",
  "kind",
  "k3d",
  "minikube",
  "aws",
  "eksctl",
  "gcloud",
  "gke-gcloud-auth-plugin",
  "az",
  "kubelogin",
]);
export type ToolName = z.infer<typeof toolName>;

/** Nodes that are alike. The amounts are those of one node: CPU in cores, memory in bytes. */
export const nodePool = z.object({
  name: z.string(),
  /** How many nodes there are now, or shall be. */
  count: z.number(),
  min: z.number().optional(),
  max: z.number().optional(),
  instanceType: z.string().optional(),
  /** As Kubernetes names it: amd64, arm64. */
  architecture: z.string(),
  cpu: z.number(),
  memoryBytes: z.number(),
  /** How many pods a node takes, where that is known. */
  pods: z.number().optional(),
  gpus: z.number().default(0),
});
export type NodePool = z.infer<typeof nodePool>;

export const platformTool = z.object({
  name: toolName,
  /** Where it is; without, it is not on PATH. */
  file: z.string().optional(),
  version: z.string().optional(),
  /** Why it can't be used although it is there: too old, or it does not run. */
  problem: appError.optional(),
  /** How to install it on this computer. */
  install: message,
});
export type PlatformTool = z.infer<typeof platformTool>;

/** A command that only reads; calls that differ in their region alone are one entry. */
export const readCommand = z.object({
  line: z.string(),
  count: z.number(),
  state: z.enum(["running", "done", "failed"]),
});
export type ReadCommand = z.infer<typeof readCommand>;

/** A limit of the kernel that clusters in containers run into. */
export const kernelLimit = z.object({
  name: z.string(),
  value: z.number(),
  needed: z.number(),
  /** What raises it, to be run by the administrator. */
  command: z.string(),
});
export type KernelLimit = z.infer<typeof kernelLimit>;

export const localCluster = z.object({
  platform: localPlatform,
  name: z.string(),
  state: z.enum(["running", "stopped", "unknown"]),
  nodes: z.number().optional(),
  version: z.string().optional(),
  /** Whether Flowdeck created it; only then it can be deleted here. */
  made: z.boolean(),
});
export type LocalCluster = z.infer<typeof localCluster>;

export const computer = z.object({
  state: z.enum(["looking", "ready"]),
  cpu: z.number(),
  memoryBytes: z.number(),
  /** The container runtime that answers, or why none does. */
  runtime: z
    .object({
      name: z.enum(["docker", "podman"]),
      version: z.string(),
      cpu: z.number().optional(),
      memoryBytes: z.number().optional(),
    })
    .optional(),
  runtimeProblem: appError.optional(),
  limits: z.array(kernelLimit),
  clusters: z.array(localCluster),
  problems: z.array(z.object({ platform: localPlatform, problem: appError })),
});
export type Computer = z.infer<typeof computer>;

export const cloudRegion = z.object({
  name: z.string(),
  state: z.enum(["waiting", "asking", "answered", "denied", "disabled", "timeout", "failed"]),
  clusters: z.number(),
  ms: z.number().optional(),
  problem: appError.optional(),
});
export type CloudRegion = z.infer<typeof cloudRegion>;

export const cloudCluster = z.object({
  platform: cloudPlatform,
  name: z.string(),
  /** Region or zone; of AKS the resource group. */
  region: z.string(),
  /** Where it is, if `region` is something else. */
  location: z.string().optional(),
  version: z.string(),
  status: z.string(),
  made: z.boolean(),
  /** Undefined while they are being read. */
  pools: z.array(nodePool).optional(),
  problem: appError.optional(),
});
export type CloudCluster = z.infer<typeof cloudCluster>;

export const cloudView = z.object({
  platform: cloudPlatform,
  state: z.enum(["looking", "ready", "failed"]),
  /** Why nothing can be looked at: not signed in, expired, tool missing. */
  problem: appError.optional(),
  /** The one command that signs in, where that is what helps. */
  signIn: z.string().optional(),
  /** One was signed in before, which decides on the command. */
  expired: z.boolean().optional(),
  identity: z
    .object({
      who: z.string(),
      /** Account, project or subscription. */
      account: z.string(),
      accountName: z.string().optional(),
      profile: z.string().optional(),
    })
    .optional(),
  /** What can be changed to: profiles, projects, subscriptions. */
  accounts: z.array(z.object({ id: z.string(), name: z.string(), current: z.boolean() })),
  regions: z.array(cloudRegion),
  clusters: z.array(cloudCluster),
});
export type CloudView = z.infer<typeof cloudView>;

export const platformsView = z.object({
  /** Undefined until PATH was looked at. */
  tools: z.array(platformTool).optional(),
  commands: z.array(readCommand),
  computer: computer.optional(),
  cloud: cloudView.optional(),
});
export type PlatformsView = z.infer<typeof platformsView>;

const clusterName = z
  .string()
  .min(1, "name-empty")
  .max(40, "name-long")
  .regex(/^[a-z]([a-z0-9-]*[a-z0-9])?$/, "name-characters");

/** What is passed to a tool as one argument: it can't be taken for an option. */
const argument = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[A-Za-z0-9_][\w.:@/+ ()-]*$/);

const target = { platform: managedPlatform, region: argument.optional(), account: argument.optional() };

/** What is done with a cluster by its platform's own tool. */
export const platformAction = z.discriminatedUnion("action", [
  /** Writes a kubeconfig of its own into Flowdeck's data folder and adds it to the list. */
  z.object({ action: z.literal("use"), ...target, name: argument }),
  z.object({
    action: z.literal("create"),
    ...target,
    name: clusterName,
    nodes: z.number().int().min(1).max(20),
    cpu: z.number().int().min(1).max(96),
    memoryGiB: z.number().int().min(2).max(768),
    diskGiB: z.number().int().min(10).max(2000),
    /** Without `v`, as 1.34 or 1.34.2; without, the tool's own choice. */
    kubernetes: z
      .string()
      .regex(/^1\.\d{1,2}(\.\d{1,2})?$/)
      .optional(),
    instanceType: argument.optional(),
  }),
  z.object({ action: z.literal("start"), ...target, name: argument }),
  z.object({ action: z.literal("stop"), ...target, name: argument }),
  z.object({ action: z.literal("delete"), ...target, name: argument }),
  /** Runs the one command that signs in, in a terminal where it can ask. `name` is the tool. */
  z.object({
    action: z.literal("sign-in"),
    ...target,
    name: z.enum(["aws", "gcloud", "az"]),
    /** As {@link cloudView} has it. */
    expired: z.boolean(),
  }),
]);
export type PlatformAction = z.infer<typeof platformAction>;

/** What would run, to be shown before it does. */
export const preparedAction = z.object({
  /** The commands, as shell lines. */
  lines: z.array(z.string()),
  /** Files that the commands read, written before they run. */
  files: z.array(z.object({ path: z.string(), text: z.string() })),
  /** What they read, write and change. */
  about: message,
  /** What it costs, in words; absent where it costs nothing. */
  cost: message.optional(),
  /** About how long. */
  minutes: z.number(),
  /** What should be looked at before. */
  warnings: z.array(message),
  /** Limits of the kernel that are too low for it. */
  limits: z.array(kernelLimit),
  /** Names exactly this: running it is refused when it would be something else by then. */
  digest: z.string(),
});
export type PreparedAction = z.infer<typeof preparedAction>;

/** An action under way, or how it ended. */
export const platformJob = z.object({
  id: z.string(),
  request: platformAction,
  /** `cleaning`: it was stopped or failed, and what is half made is being deleted. */
  state: z.enum(["running", "cleaning", "done", "failed", "cancelled"]),
  startedAt: z.string(),
  /** The last lines that the tools wrote. */
  output: z.array(z.string()),
  /** The session of the terminal that shows all of it, until its tab is closed. */
  terminal: z.string().optional(),
  /** The context to connect to, once there is one. */
  context: contextId.optional(),
  contextName: z.string().optional(),
  problem: appError.optional(),
});
export type PlatformJob = z.infer<typeof platformJob>;

const ofJob = z.object({ id: z.string().max(100) });

export const platformsContract = {
  /**
   * What is on this machine, growing as it is found. Without `card` only PATH is looked at; with one its platform is
   * asked, too. Ending the stream ends the questions.
   */
  "platforms.watch": stream(
    z.object({
      card: z.enum(["computer", ...cloudPlatforms]).optional(),
      account: argument.optional(),
      /** Which time it is asked, so that asking again is another stream. */
      round: z.number().int().optional(),
    }),
    platformsView,
  ),
  /** What an action would run; runs nothing. Throws `tool-missing`, `not-allowed`. */
  "platforms.prepare": method(platformAction, preparedAction),
  /**
   * Begins what was prepared; it runs on while pages come and go. `confirm` is the cluster's name, typed, where it is
   * deleted. Throws `plan-stale` when it is not what was shown, `busy` when the cluster is being worked on.
   */
  "platforms.run": method(
    z.object({
      request: platformAction,
      digest: z.string(),
      confirm: z.string().max(200).optional(),
      /** Runs the commands in a terminal of this size, which a tab can show. */
      terminal: terminalSize.optional(),
    }),
    ofJob.extend({ terminal: z.string().optional() }),
  ),
  /** Actions under way and the last ones that ended. */
  "platforms.jobs": stream(z.object({}), z.array(platformJob)),
  /** Stops an action; what it has half made is deleted. Returns at once. */
  "platforms.cancel": method(ofJob, z.object({})),
};
