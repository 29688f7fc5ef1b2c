import type { z } from "zod";
import {
  absolutePath,
  email,
  type FolderInfo,
  type InstallSettings,
  installSettings,
  kfName,
  namespaceName,
  type Platform,
  password,
} from "../../../electron/contract/index.ts";
import type { Draft } from "../../store/draft.ts";

export type FieldName = "name" | "baseDir" | "release" | "email" | "userNamespace" | "password";
/** Problem keys as the contract's schemas give them; words in i18n `settings.problem.<key>`. */
export type Problems = Partial<Record<FieldName, string>>;

export interface ValidationInput {
  draft: Draft;
  password: string;
  signIn: boolean;
  /** What is at KF_DIR, when that is known. */
  folder: FolderInfo | undefined;
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
export function validateDraft({ draft, password: secret, signIn, folder }: ValidationInput): Problems {
  const problems: Problems = {};
  const add = (field: FieldName, problem: string | undefined) => {
    if (problem !== undefined) problems[field] = problem;
  };
  add("name", firstIssue(kfName, draft.name));
  add("baseDir", firstIssue(absolutePath, draft.baseDir) ?? folderProblem(folder));
  if (draft.release === "") add("release", "release-empty");
  add("email", firstIssue(email, draft.email));
  add("userNamespace", firstIssue(namespaceName, draft.userNamespace));
  if (signIn && !(secret === "" && passwordOptional(folder))) add("password", firstIssue(password, secret));
  return problems;
}

function folderProblem(folder: FolderInfo | undefined): string | undefined {
  if (folder === undefined) return undefined;
  if (folder.exists && !folder.installation && !folder.empty) return "folder-not-empty";
  return folder.writable ? undefined : "folder-not-writable";
}

/** The settings as the backend takes them, or undefined while something is missing. */
export function settingsOf(
  draft: Draft,
  platform: Platform,
  contextName: string | undefined,
  components: readonly string[],
): InstallSettings | undefined {
  const { name, baseDir, release, userNamespace } = draft;
  const parsed = installSettings.safeParse({
    name,
    baseDir: baseDir.length > 1 ? baseDir.replace(/[\\/]+$/, "") : baseDir,
    release,
    platform,
    email: draft.email,
    userNamespace,
    components,
    ...(contextName === undefined ? {} : { contextName }),
  });
  return parsed.success ? parsed.data : undefined;
}
