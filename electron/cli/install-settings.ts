import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import {
  type ContextEntry,
  type InstallSettings,
  installSettings,
  password,
  platformOf,
} from "../../common/contract/index.ts";
import { message } from "../../common/words/cli.ts";
import { type AccessOptions, accessFrom } from "./access-options.ts";
import { type ImageOptions, imagesOf } from "./image-options.ts";
import type { ChosenSignIn, SignInOptions } from "./install-sign-in.ts";
import type { LocalClient } from "./local-client.ts";
import { settingsProblems } from "./settings-messages.ts";
import { UsageError } from "./usage-error.ts";

/** Where a password comes from. */
export interface PasswordOptions {
  passwordStdin?: boolean;
  passwordEnv?: string;
}

/** What `flowdeck install` and `flowdeck plan` are told. */
export interface InstallOptions extends PasswordOptions, ImageOptions, AccessOptions, SignInOptions {
  context?: string;
  release: string;
  name: string;
  baseDir: string;
  email: string;
  userNamespace?: string;
  components?: string;
  publishedPasswords: boolean;
  adopt: boolean;
  approveExec: boolean;
}

/** Settings from the options, checked by the contract's rules. Throws a {@link UsageError} with every problem. */
export async function settingsFrom(
  client: LocalClient,
  options: InstallOptions,
  context: ContextEntry,
  signIn: ChosenSignIn["settings"],
): Promise<InstallSettings> {
  const releases = await client.call("releases.list", {});
  const release = releases.find((one) => one.id === options.release);
  if (release === undefined) {
    const ids = releases.map((one) => one.id).join(", ");
    throw new UsageError(message("cliUsage.unknownRelease", { id: options.release, ids }));
  }
  const components = options.components?.split(",").map((id) => id.trim());
  const access = accessFrom(options);
  const parsed = installSettings.safeParse({
    name: options.name,
    baseDir: resolve(options.baseDir),
    release: release.id,
    platform: platformOf(context),
    contextName: context.name,
    // A KfDef with Dex is installed with `flowdeck kfdef apply`.
    ...(release.capabilities.signIn !== "dex" ? signIn : { auth: "standard" }),
    email: options.email,
    ...imagesOf(options),
    userNamespace: options.userNamespace ?? namespaceOf(options.email),
    components: components?.filter((id) => id !== "") ?? release.components.map((component) => component.id),
    ...(access ? { access } : {}),
    ...(options.publishedPasswords ? { storagePasswords: "published" } : {}),
  });
  if (!parsed.success) throw new UsageError(...settingsProblems(parsed.error.issues));
  return parsed.data;
}

/** The password from where the options say, undefined when they say nothing. It is never an option's value itself. */
export async function passwordFrom(options: PasswordOptions, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const given = await givenPassword(options, env);
  if (given === undefined) return undefined;
  const parsed = password.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new UsageError(...settingsProblems(parsed.error.issues.map((issue) => ({ ...issue, path: ["password"] }))));
}

async function givenPassword(options: PasswordOptions, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  if (options.passwordEnv !== undefined) {
    const value = env[options.passwordEnv];
    if (value === undefined) throw new UsageError(message("cliUsage.noVariable", { name: options.passwordEnv }));
    return value;
  }
  return options.passwordStdin ? (await text(process.stdin)).replace(/\r?\n$/, "") : undefined;
}

/** user@example.com → user-example-com, as Kubeflow's own example has it. */
export function namespaceOf(email: string): string {
  return email
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 63)
    .replace(/^-+|-+$/g, "");
}
