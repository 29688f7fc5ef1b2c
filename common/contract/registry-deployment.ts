import { z } from "zod";
import { contextId } from "./context-id.ts";
import { method, stream } from "./define.ts";
import { fieldChange } from "./edit.ts";
import { appError } from "./errors.ts";
import { message } from "./message.ts";
import { objectRef } from "./object-ref.ts";
import { namespaceName } from "./settings.ts";
import { certificateFacts, hostName } from "./way-in.ts";

/** Docker's registry (distribution), as it is published for all architectures. */
export const registryImage = "docker.io/library/registry:3.0.0";

const label = z.string().regex(/^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$/);

/** How a registry in the cluster proves who it is. */
export const deployedTls = z.discriminatedUnion("kind", [
  /** By an authority that is made for it; nodes have to trust it. */
  z.strictObject({ kind: z.literal("own") }),
  /** By an issuer of cert-manager. */
  z.strictObject({
    kind: z.literal("issuer"),
    name: z.string().regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/),
    scope: z.enum(["ClusterIssuer", "Issuer"]).default("ClusterIssuer"),
  }),
  z.strictObject({ kind: z.literal("none") }),
]);
export type DeployedTls = z.infer<typeof deployedTls>;

/** A registry to run in the cluster. It is written to its Deployment, so no secret is in it. */
export const registryDeployment = z.strictObject({
  name: label.default("registry"),
  namespace: namespaceName.default("flowdeck-registry"),
  /** Where nodes and people reach it; absent: a node's address. */
  host: hostName.optional(),
  nodePort: z.int("node-port-range").min(30_000, "node-port-range").max(32_767, "node-port-range").default(31_500),
  size: z
    .string()
    .regex(/^[1-9]\d{0,6}(Mi|Gi|Ti)$/)
    .default("50Gi"),
  /** Absent: the cluster's default class. */
  storageClass: z
    .string()
    .regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/)
    .optional(),
  tls: deployedTls.default({ kind: "own" }),
  image: z.string().min(1).max(500).default(registryImage),
});
export type RegistryDeployment = z.infer<typeof registryDeployment>;

/** What the nodes of one runtime need to pull from a registry. */
export const nodeRecipe = z.object({
  runtime: z.enum(["containerd", "crio", "docker", "k3s", "rke2", "kind", "k3d", "minikube", "other"]),
  /** As the nodes say it: `containerd://2.1.4`. */
  version: z.string(),
  nodes: z.array(z.string()),
  /** On each of these nodes, or where the commands are run. `add`: the file may have other lines, which stay. */
  files: z.array(z.object({ path: z.string(), content: z.string(), how: z.enum(["write", "add"]) })),
  commands: z.array(z.string()),
  notes: z.array(message),
});
export type NodeRecipe = z.infer<typeof nodeRecipe>;

export const deployChange = z.object({
  object: objectRef,
  what: z.enum(["create", "change"]),
  /** Of a Secret only which, never the values. */
  fields: z.array(fieldChange),
});
export type DeployChange = z.infer<typeof deployChange>;

export const deployPlan = z.object({
  /** Stands for what was shown: exactly this is done, or nothing. */
  digest: z.string(),
  /** As in an image's name. */
  host: z.string(),
  /** Where pods reach it. */
  service: z.string(),
  changes: z.array(deployChange),
  warnings: z.array(message),
  recipes: z.array(nodeRecipe),
});
export type DeployPlan = z.infer<typeof deployPlan>;

export const deploySteps = ["check", "certificate", "write", "start", "connect"] as const;

export const deployProgress = z.object({
  state: z.enum(["running", "done", "failed"]),
  step: z.enum(deploySteps),
  fraction: z.number(),
  /** What its pod waits for. */
  waitsFor: message.optional(),
  notes: z.array(z.object({ tone: z.enum(["ok", "warn"]), said: message })),
  problem: appError.optional(),
});
export type DeployProgress = z.infer<typeof deployProgress>;

/** Where the images are. */
export const registryData = z.object({
  claim: z.string(),
  size: z.string(),
  /** What becomes of the volume when the claim is deleted; absent while there is none, or where it can't be read. */
  reclaim: z.enum(["Delete", "Retain"]).optional(),
});

export const deployedRegistry = z.object({
  settings: registryDeployment,
  host: z.string(),
  service: z.string(),
  isReady: z.boolean(),
  waitsFor: message.optional(),
  certificate: certificateFacts.optional(),
  /** The authority in PEM, where nodes have to be told of it. */
  authority: z.string().optional(),
  data: registryData.optional(),
  /** Its password is stored on this computer. */
  isConnected: z.boolean(),
  recipes: z.array(nodeRecipe),
});
export type DeployedRegistry = z.infer<typeof deployedRegistry>;

const named = z.object({ context: contextId, namespace: z.string().max(63), name: z.string().max(63) });
const deployInput = z.object({ context: contextId, settings: registryDeployment });

export const registryDeploymentContract = {
  /** The registries that Flowdeck runs in a cluster, with what the nodes need to pull from them. */
  "registryDeployment.list": method(
    z.object({ context: contextId }),
    z.object({ registries: z.array(deployedRegistry) }),
  ),
  /** What deploying would change; writes nothing. */
  "registryDeployment.plan": method(deployInput, deployPlan),
  /** Deploys, waits until it runs, and connects it; ending the stream takes back what was done. */
  "registryDeployment.apply": stream(deployInput.extend({ digest: z.string() }), deployProgress),
  /** What would be deleted, and who pulls from it. */
  "registryDeployment.contents": method(
    named,
    z.object({ objects: z.array(objectRef), data: registryData.optional(), pods: z.number() }),
  ),
  /** Deletes it, with its images unless `keepData`. `confirm` is its name, typed. */
  "registryDeployment.delete": method(
    named.extend({ confirm: z.string().max(63), keepData: z.boolean().default(false) }),
    z.object({ deleted: z.array(objectRef), stays: z.array(objectRef) }),
  ),
};
