import type { z } from "zod";
import {
  type AccessSettings,
  type AuthMode,
  absolutePath,
  email,
  type FolderInfo,
  type InstallSettings,
  imagePrefix,
  installSettings,
  kfName,
  namespaceName,
  oidcSettings,
  type Platform,
  password,
  pullSecretName,
} from "../../../../common/contract/index.ts";
import { deriveNamespace } from "../../../state/derive-namespace.ts";
import type { Draft, DraftState } from "../../../state/draft.ts";
import { signInSettingsOf } from "../../../state/sign-in-draft.ts";

export type FieldName =
  | "name"
  | "baseDir"
  | "release"
  | "configUri"
  | "email"
  | "userNamespace"
  | "password"
  | "access"
  | "oidc"
  | "imagePrefix"
  | "pullSecret";
/** Problem keys as the contract's schemas give them; words in i18n `settings.problem.<key>`. */
export type Problems = Partial<Record<FieldName, string>>;

/** Which KfDef is asked for, where the release is one. */
export interface KfDefAsk {
  configUri: string;
  auth: AuthMode;
  /** As it was edited. */
  text: string | undefined;
}

export interface ValidationInput {
  draft: Draft;
  password: string;
  signIn: boolean;
  kfdef?: (KfDefAsk & { unreadable: boolean }) | undefined;
  /** What is at KF_DIR, when that is known. */
  folder: FolderInfo | undefined;
  /** What is wrong with the way in. */
  access?: string | undefined;
}

function firstIssue(schema: z.ZodType, value: unknown): string | undefined {
  const parsed = schema.safeParse(value);
  return parsed.success ? undefined : parsed.error.issues[0]?.message;
}

/** A folder that holds an installation already has its password. */
export function passwordOptional(folder: FolderInfo | undefined): boolean {
  return folder?.installation ?? false;
}

/** What keeps these settings from being used, by field, in the order the fields are shown. */
export function validateDraft({ draft, password: secret, signIn, folder, kfdef, access }: ValidationInput): Problems {
  const problems: Problems = {};
  const add = (field: FieldName, problem: string | undefined) => {
    if (problem !== undefined) problems[field] = problem;
  };
  add("name", firstIssue(kfName, draft.name));
  add("baseDir", firstIssue(absolutePath, draft.baseDir) ?? folderProblem(folder));
  if (draft.release === "") add("release", "release-empty");
  if (kfdef?.configUri === "") add("configUri", "config-uri-empty");
  else if (kfdef?.unreadable) add("configUri", "config-uri-unreadable");
  // nobody signs in to a KfDef without Dex, and its dashboard asks for a namespace on the first visit
  if (kfdef === undefined || signIn) add("email", firstIssue(email, draft.email));
  if (kfdef === undefined) add("userNamespace", firstIssue(namespaceName, draft.userNamespace));
  if (signIn && !(secret === "" && passwordOptional(folder))) add("password", firstIssue(password, secret));
  if (kfdef === undefined && draft.auth === "oidc") add("oidc", firstIssue(oidcSettings, draft.oidc));
  if (kfdef === undefined) add("access", access);
  if (draft.imagePrefix !== "") add("imagePrefix", firstIssue(imagePrefix, draft.imagePrefix));
  if (draft.pullSecret !== "") add("pullSecret", firstIssue(pullSecretName, draft.pullSecret));
  return problems;
}

function folderProblem(folder: FolderInfo | undefined): string | undefined {
  if (folder === undefined) return undefined;
  if (folder.exists && !folder.installation && !folder.empty) return "folder-not-empty";
  return folder.writable ? undefined : "folder-not-writable";
}

/** Whom a KfDef without a sign-in lets everybody be: the header that its Istio filter sets. */
export const anonymous = { email: "anonymous@kubeflow.org", userNamespace: "anonymous" };

function person(draft: Draft, kfdef: KfDefAsk | undefined): { email: string; userNamespace: string } {
  if (kfdef === undefined) return { email: draft.email, userNamespace: draft.userNamespace };
  return kfdef.auth === "dex" ? { email: draft.email, userNamespace: deriveNamespace(draft.email) } : anonymous;
}

/** The settings as the backend takes them, or undefined while something is missing. */
export function settingsOf(
  draft: Draft & Partial<Pick<DraftState, "connectors">>,
  platform: Platform,
  contextName: string | undefined,
  components: readonly string[],
  kfdef?: KfDefAsk,
  access?: AccessSettings,
): InstallSettings | undefined {
  const { name, baseDir, release, images } = draft;
  const parsed = installSettings.safeParse({
    name,
    baseDir: baseDir.length > 1 ? baseDir.replace(/[\\/]+$/, "") : baseDir,
    release,
    platform,
    ...person(draft, kfdef),
    components,
    images,
    ...(kfdef !== undefined || access === undefined || access.way === "forward" ? {} : { access }),
    ...(draft.imagePrefix === "" ? {} : { imagePrefix: draft.imagePrefix }),
    ...(draft.pullSecret === "" ? {} : { pullSecret: draft.pullSecret }),
    ...(draft.storagePasswords === undefined ? {} : { storagePasswords: draft.storagePasswords }),
    ...(kfdef === undefined
      ? signInSettingsOf({ connectors: [], ...draft })
      : {
          auth: kfdef.auth,
          kfdef: {
            configUri: kfdef.configUri,
            modernise: draft.kfdef.modernise,
            ...(kfdef.text === undefined ? {} : { text: kfdef.text }),
          },
        }),
    ...(contextName === undefined ? {} : { contextName }),
  });
  return parsed.success ? parsed.data : undefined;
}
