import { z } from "zod";
import { oidcSettings } from "./oidc-settings.ts";
import { signInSettings } from "./sign-in-settings.ts";
import { accessSettings } from "./way-in.ts";

/**
 * Rules of an installation's settings. The issue messages are keys, so that each language has its own words for them:
 * the page's forms by `settings.problem.<key>`, everybody else by the messages `setting.<key>`.
 */

/** kfctl's rule for KF_NAME: a DNS label that starts with a letter (it becomes a folder and part of object names). */
export const kfName = z
  .string()
  .min(1, "name-empty")
  .max(50, "name-long")
  .regex(/^[a-z]/, "name-start")
  .regex(/^[a-z0-9-]*$/, "name-characters")
  .regex(/[a-z0-9]$/, "name-end");

export const absolutePath = z
  .string()
  .min(1, "path-empty")
  .refine((path) => /^(\/|[A-Za-z]:[\\/])/.test(path), "path-relative")
  .refine((path) => !path.includes("\0"), "path-characters")
  .refine((path) => !path.split(/[\\/]/).includes(".."), "path-parent");

/** The one address rule that Dex, oauth2-proxy and a Profile's owner agree on; RFC 5321 length. */
export const email = z.email("email-invalid").max(254, "email-long");

/** Bytes that a text takes as UTF-8 (each lone half of a surrogate pair counts as the three of U+FFFD). */
function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** bcrypt reads no more than 72 bytes; 12341234 is Kubeflow's public default. */
export const password = z
  .string()
  .min(1, "password-empty")
  .min(8, "password-short")
  .refine((value) => utf8Length(value) <= 72, "password-long")
  .refine((value) => value !== "12341234", "password-public");

/** A DNS label, as a namespace's name must be. */
export const namespaceName = z
  .string()
  .min(1, "namespace-empty")
  .max(63, "namespace-long")
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, "namespace-characters")
  .refine(
    (name) => !/^(kube-|openshift-)/.test(name) && name !== "default" && name !== "kubeflow",
    "namespace-reserved",
  );

/** Where Kubeflow runs. `existing`: a cluster of which nothing more is known than its context. */
export const platform = z.enum(["existing", "practice", "kind", "k3d", "minikube", "eks", "gke", "aks"]);
export type Platform = z.infer<typeof platform>;
/** `standard`: no one signs in; `oidc`: at a provider of their own, without Dex. */
export const authMode = z.enum(["standard", "dex", "oidc"]);
export type AuthMode = z.infer<typeof authMode>;

export const kfDefSettings = z.object({
  /** CONFIG_URI: a path, an http(s) address. */
  configUri: z.string().min(1, "config-uri-empty").max(4000),
  /** Convert objects of APIs that the cluster no longer serves; without, they are applied as they are. */
  modernise: z.boolean().default(true),
  /** The file as edited in the wizard. Once KF_DIR has its own copy, that is the truth and this is left out. */
  text: z.string().max(2_000_000).optional(),
});
export type KfDefSettings = z.infer<typeof kfDefSettings>;

/** A registry, and a path in it: no scheme, no tag, lower case. */
export const imagePrefix = z
  .string()
  .max(200, "image-prefix")
  .regex(
    /^(localhost|[a-z0-9-]+(\.[a-z0-9-]+)+|[a-z0-9-]+(?=:))(:\d{1,5})?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/,
    "image-prefix",
  );

export const pullSecretName = z
  .string()
  .max(63, "pull-secret")
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, "pull-secret");

/**
 * What an installation is: written to KF_DIR/flowdeck.yaml, meant to be kept in git, so no secret is in it.
 * `release` is a catalogue id (its CONFIG_URI is the catalogue's); `components` are catalogue ids.
 */
export const installSettings = z.object({
  version: z.literal(1).default(1),
  name: kfName,
  baseDir: absolutePath,
  release: z.string().min(1, "release-empty"),
  platform,
  /** Name of the kubeconfig context, so that the folder says where it belongs. */
  contextName: z.string().optional(),
  auth: authMode.default("dex"),
  email,
  userNamespace: namespaceName,
  components: z.array(z.string()),
  /** Where `release` is a KfDef: the file, and how it is taken. */
  kfdef: kfDefSettings.optional(),
  /** Image overrides: from the release's image (with or without tag) to the one to use. */
  images: z.record(z.string(), z.string()).default({}),
  /** A registry, and a path in it, that all other images come from: registry.example/kubeflow. */
  imagePrefix: imagePrefix.optional(),
  /** The pull secret, a Secret in each namespace, that pods use. */
  pullSecret: pullSecretName.optional(),
  /**
   * Passwords of the release's databases and object store; absent: each installation has its own. `published`: those of the
   * release, which volumes that are left from before may have.
   */
  storagePasswords: z.literal("published").optional(),
  /** Where people sign in, with `oidc`. */
  oidc: oidcSettings.optional(),
  /** Something else installed it, and it was taken into the folder as it was. */
  adopted: z.literal(true).optional(),
  /** Who can sign in, where that was changed after the installation. */
  signIn: signInSettings.optional(),
  /** How people reach the dashboard; absent: over a port forward of this computer. */
  access: accessSettings.optional(),
});
export type InstallSettings = z.infer<typeof installSettings>;
