import { z } from "zod";
import { contextId } from "./context-id.ts";
import { method, stream } from "./define.ts";
import { appError } from "./errors.ts";
import { message } from "./message.ts";
import { absolutePath, imagePrefix, pullSecretName } from "./settings.ts";

export const registryKind = z.enum(["dockerhub", "ghcr", "ecr", "gar", "acr", "harbor", "other"]);
export type RegistryKind = z.infer<typeof registryKind>;

/** What the form of each kind asks: the host where it is fixed, what it looks like, and who signs in. */
export interface RegistryForm {
  kind: RegistryKind;
  title: string;
  /** Where all users have the same one. */
  host?: string;
  hostExample: string;
  username?: string;
  /** Prints a password that works for some hours. */
  tokenCommand?: string;
}

export const registryForms: readonly RegistryForm[] = [
  { kind: "dockerhub", title: "Docker Hub", host: "docker.io", hostExample: "docker.io" },
  { kind: "ghcr", title: "GitHub (GHCR)", host: "ghcr.io", hostExample: "ghcr.io" },
  {
    kind: "ecr",
    title: "Amazon ECR",
    hostExample: "123456789012.dkr.ecr.eu-west-1.amazonaws.com",
    username: "AWS",
    tokenCommand: "aws ecr get-login-password --region REGION",
  },
  {
    kind: "gar",
    title: "Google Artifact Registry",
    hostExample: "europe-west1-docker.pkg.dev",
    username: "oauth2accesstoken",
    tokenCommand: "gcloud auth print-access-token",
  },
  {
    kind: "acr",
    title: "Azure Container Registry",
    hostExample: "example.azurecr.io",
    username: "00000000-0000-0000-0000-000000000000",
    tokenCommand: "az acr login --name NAME --expose-token --output tsv --query accessToken",
  },
  { kind: "harbor", title: "Harbor", hostExample: "harbor.example.com" },
  { kind: "other", title: "Registry (API v2)", hostExample: "registry.example.com:5000" },
];

/** As in an image's name: a host, and a port where it has one. */
const host = z
  .string()
  .min(1)
  .max(253)
  .regex(/^(localhost|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)(:\d{1,5})?$/i);

export const registry = z.object({
  host,
  kind: registryKind,
  username: z.string(),
  plain: z.boolean(),
  /** It is trusted by a certificate of its own. */
  hasCertificate: z.boolean(),
});
export type Registry = z.infer<typeof registry>;

const credentials = z.object({
  kind: registryKind.default("other"),
  host,
  username: z.string().min(1).max(500),
  password: z.string().min(1).max(20_000),
  /** Without encryption: only where the registry has none. */
  plain: z.boolean().default(false),
  /** PEM, where the system does not trust the registry's certificate. */
  certificate: z.string().max(200_000).optional(),
});
export type RegistryCredentials = z.infer<typeof credentials>;

export const usedImage = z.object({
  image: z.string(),
  /** The objects that name it. */
  places: z.array(z.string()),
});
export type UsedImage = z.infer<typeof usedImage>;

export const inspectedImage = z.object({
  image: z.string(),
  digest: z.string().optional(),
  /** With the bytes to download. */
  platforms: z.array(z.object({ platform: z.string(), size: z.number() })).default([]),
  problem: appError.optional(),
});
export type InspectedImage = z.infer<typeof inspectedImage>;

/** A registry that lets nobody in before `until`, or that says how many requests are left. */
export const registryLimit = z.object({
  host: z.string(),
  until: z.string().optional(),
  remaining: z.number().optional(),
  limit: z.number().optional(),
});
export type RegistryLimit = z.infer<typeof registryLimit>;

const work = z.object({
  state: z.enum(["running", "done"]),
  limits: z.array(registryLimit),
});

export const mirroredImage = z.object({
  from: z.string(),
  to: z.string(),
  state: z.enum(["waiting", "started", "copied", "present", "failed"]),
  done: z.number().default(0),
  total: z.number().default(0),
  problem: appError.optional(),
});
export type MirroredImage = z.infer<typeof mirroredImage>;

export const mirrorProgress = work.extend({
  images: z.array(mirroredImage),
  summary: z.object({ blobsSent: z.number(), blobsPresent: z.number(), bytesSent: z.number() }).optional(),
});
export type MirrorProgress = z.infer<typeof mirrorProgress>;

/** How a namespace stands with a pull secret. */
export const pullSecretRow = z.object({
  namespace: z.string(),
  isProfile: z.boolean(),
  secret: z.enum(["missing", "current", "outdated"]),
  /** ServiceAccounts that do not name it. */
  accounts: z.array(z.string()),
});
export type PullSecretRow = z.infer<typeof pullSecretRow>;

const images = z.array(z.string().max(1000)).max(2000);
const pullSecretInput = z.object({ context: contextId, name: pullSecretName });

export const registriesContract = {
  "registries.list": method(
    z.object({}),
    z.object({ registries: z.array(registry), storage: z.enum(["keychain", "file"]) }),
  ),
  /** Signs in with credentials that are not stored. Fails with the reason. */
  "registries.check": method(credentials, z.object({ challenge: z.string() })),
  /** Signs in with stored credentials. Fails with the reason. */
  "registries.checkStored": method(z.object({ host }), z.object({ challenge: z.string() })),
  /** Stores credentials once the registry has accepted them, in place of earlier ones. */
  "registries.add": method(credentials, z.object({ challenge: z.string() })),
  "registries.remove": method(z.object({ host }), z.object({ removed: z.boolean() })),
  /** The images of a release, or of an installation as KF_DIR has it. */
  "images.list": method(
    z.object({ release: z.string().optional(), kfDir: absolutePath.optional() }),
    z.object({ images: z.array(usedImage) }),
  ),
  /** Whether images answer, with sizes and architectures unless `head`; ending the stream stops it. */
  "images.inspect": stream(
    z.object({ images, head: z.boolean().default(false) }),
    work.extend({ images: z.array(inspectedImage) }),
  ),
  /** Copies images below a prefix; ending the stream stops it, and another one continues. */
  "images.mirror": stream(
    z.object({ images, prefix: imagePrefix, platforms: z.array(z.string().max(50)).max(20).default([]) }),
    mirrorProgress,
  ),
  /**
   * Puts other credentials into all pull secrets that Flowdeck wrote in a cluster, and stores them, once the registry has
   * accepted them; where a Secret can't be written, all have what they had, and this fails with the reason.
   */
  "pullSecrets.rotate": method(
    z.object({
      context: contextId,
      host,
      username: z.string().min(1).max(500).optional(),
      password: z.string().min(1).max(20_000),
    }),
    z.object({
      secrets: z.array(z.object({ namespace: z.string(), name: z.string() })),
      /** The folders of installations that could not be written; comparing shows their Secrets as different. */
      unrecorded: z.array(message),
    }),
  ),
  "pullSecrets.list": method(pullSecretInput, z.object({ rows: z.array(pullSecretRow) })),
  /** Writes the credentials of all stored registries as one Secret, and names it in the ServiceAccounts. */
  "pullSecrets.write": method(
    pullSecretInput.extend({ namespaces: z.array(z.string().max(63)).max(1000) }),
    z.object({ written: z.array(z.string()), failed: z.array(z.object({ namespace: z.string(), problem: appError })) }),
  ),
};
