import { z } from "zod";
import { method } from "./define.ts";
import { largestText } from "./edit.ts";
import { message } from "./message.ts";

/** A spot in a KfDef file, both counted from 1. */
export const kfDefPlace = z.object({ line: z.number(), column: z.number() });

/** Something about a KfDef file that its reader should know; where it is in the file, when it is anywhere. */
export const kfDefIssue = z.object({
  level: z.enum(["error", "warning"]),
  said: message,
  /** As in `spec.applications[3].kustomizeConfig.repoRef.path`. */
  path: z.string().optional(),
  place: kfDefPlace.optional(),
});
export type KfDefIssue = z.infer<typeof kfDefIssue>;

export const kfDefParameter = z.object({ name: z.string(), value: z.string() });

export const kfDefApplication = z.object({
  name: z.string(),
  repo: z.string(),
  /** The application's folder in the repo. */
  path: z.string(),
  overlays: z.array(z.string()),
  parameters: z.array(kfDefParameter),
  place: kfDefPlace,
});
export type KfDefApplication = z.infer<typeof kfDefApplication>;

export const kfDefAuth = z.enum(["standard", "dex", "basic-auth", "iap", "cognito", "oidc"]);
export type KfDefAuth = z.infer<typeof kfDefAuth>;

/** A field of a plugin's spec that the form shows. */
export const kfDefPluginField = z.object({
  /** Below the plugin's spec: `auth.cognito.certArn`. */
  path: z.string(),
  kind: z.enum(["text", "list", "switch"]),
  value: z.union([z.string(), z.array(z.string()), z.boolean()]),
  required: z.boolean(),
  /** What is wrong with it, in words. A warning does not keep it from being built. */
  problem: z.object({ level: z.enum(["error", "warning"]), said: message }).optional(),
});

export const kfDefPlugin = z.object({
  kind: z.string(),
  name: z.string(),
  /** What it signs people in with, where it says. */
  auth: kfDefAuth.optional(),
  auths: z.array(kfDefAuth),
  fields: z.array(kfDefPluginField),
});
export type KfDefPlugin = z.infer<typeof kfDefPlugin>;

/** A KfDef as the wizard shows it. Literal secrets are not in `text`: each stands there as the variable it comes from. */
export const kfDefDocument = z.object({
  configUri: z.string(),
  /** CONFIG_FILE's name, as kfctl saves it. */
  fileName: z.string(),
  text: z.string(),
  apiVersion: z.string(),
  name: z.string().optional(),
  namespace: z.string(),
  version: z.string(),
  auth: kfDefAuth,
  applications: z.array(kfDefApplication),
  plugins: z.array(kfDefPlugin),
  /** `literal`: the file held the value itself; it has to be given when installing. */
  secrets: z.array(z.object({ name: z.string(), source: z.enum(["literal", "env"]), variable: z.string() })),
  repos: z.array(z.object({ name: z.string(), uri: z.string() })),
  /** Errors here do not keep it from being edited, but from being built. */
  issues: z.array(kfDefIssue),
});
export type KfDefDocument = z.infer<typeof kfDefDocument>;

/** What an application's folder offers. */
export const kfDefChoices = z.object({
  overlays: z.array(z.string()),
  /** From its params.env files, with the values they have there. */
  parameters: z.array(kfDefParameter),
});
export type KfDefChoices = z.infer<typeof kfDefChoices>;

export const kfDefEdit = z.discriminatedUnion("type", [
  z.object({ type: z.literal("remove-application"), application: z.string() }),
  /** `before`: the application it is put in front of; at the end without. */
  z.object({ type: z.literal("move-application"), application: z.string(), before: z.string().optional() }),
  z.object({
    type: z.literal("add-application"),
    application: z.object({ name: z.string(), repo: z.string(), path: z.string() }),
  }),
  z.object({ type: z.literal("set-overlays"), application: z.string(), overlays: z.array(z.string()) }),
  /** Without `value` the parameter goes. */
  z.object({
    type: z.literal("set-parameter"),
    application: z.string(),
    name: z.string(),
    value: z.string().optional(),
  }),
  z.object({
    type: z.literal("set-plugin-field"),
    plugin: z.string(),
    path: z.string(),
    value: z.union([z.string(), z.array(z.string()), z.boolean()]).optional(),
  }),
  /** Another way to sign in: the fields of the one before go. */
  z.object({ type: z.literal("set-plugin-auth"), plugin: z.string(), auth: kfDefAuth }),
]);
export type KfDefEdit = z.infer<typeof kfDefEdit>;

/** One change that made an object fit for the cluster it is applied to. */
export const kfDefChange = z.object({
  component: z.string(),
  object: z.object({
    apiVersion: z.string(),
    kind: z.string(),
    namespace: z.string().optional(),
    name: z.string(),
  }),
  /** The apiVersion that it became; undefined when the object is left out. */
  to: z.string().optional(),
  /** One sentence for each field that was changed, added or dropped. */
  notes: z.array(message),
});
export type KfDefChange = z.infer<typeof kfDefChange>;

/** An image that can no longer be pulled from where the KfDef's manifests name it. */
export const goneImage = z.object({
  image: z.string(),
  because: message,
  /** An image that may take its place; never taken without asking. */
  instead: z.string().optional(),
});
export type GoneImage = z.infer<typeof goneImage>;

const source = z.object({ configUri: z.string().min(1), text: z.string().max(largestText).optional() });

export const kfdefContract = {
  /** Fetches and parses CONFIG_URI (a path, an http(s) address, or what a mirror has); with `text`, parses that. */
  "kfdef.read": method(source, kfDefDocument),
  /** One edit of `text`; comments and everything else in it stay. */
  "kfdef.edit": method(
    z.object({ configUri: z.string().min(1), text: z.string().max(largestText), edit: kfDefEdit }),
    kfDefDocument,
  ),
  /** Fetches the application's repo when it is not there yet. */
  "kfdef.choices": method(source.extend({ application: z.string() }), kfDefChoices),
};
