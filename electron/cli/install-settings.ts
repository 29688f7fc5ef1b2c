import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import {
  type ContextEntry,
  type InstallSettings,
  installSettings,
  password,
  platformOf,
  type ReleaseInfo,
} from "../../common/contract/index.ts";
import { defined } from "../../common/json/index.ts";
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
  release?: string;
  name: string;
  baseDir: string;
  email?: string;
  userNamespace?: string;
  components?: string;
  publishedPasswords: boolean;
  adopt: boolean;
  approveExec: boolean;
}

/** Without a folder that says otherwise. */
export const firstRelease = "26.03.1";
export const firstEmail = "user@example.com";

/** What the folder that the options name records: what it says counts wherever an option is not given. */
export async function knownSettings(
  client: LocalClient,
  { baseDir, name }: Pick<InstallOptions, "baseDir" | "name">,
): Promise<InstallSettings | undefined> {
  return (await client.call("install.settings", { kfDir: join(resolve(baseDir), name) })).settings;
}

/** What counts beside the options. */
export interface SettingsSources {
  context: ContextEntry;
  /** As the folder records them. */
  known?: InstallSettings | undefined;
  signIn: ChosenSignIn["settings"];
}

/** Settings from the options, checked by the contract's rules. Throws a {@link UsageError} with every problem. */
export async function settingsFrom(
  client: Pick<LocalClient, "call">,
  options: InstallOptions,
  { context, known, signIn }: SettingsSources,
): Promise<InstallSettings> {
  const releases = await client.call("releases.list", {});
  const id = options.release ?? known?.release ?? firstRelease;
  const release = releases.find((one) => one.id === id);
  if (release === undefined) {
    const ids = releases.map((one) => one.id).join(", ");
    throw new UsageError(message("cliUsage.unknownRelease", { id, ids }));
  }
  const { kfdef, ...kept } = known ?? {};
  const parsed = installSettings.safeParse({
    ...kept,
    ...(kfdef && known?.release === id ? { kfdef } : {}),
    name: options.name,
    baseDir: resolve(options.baseDir),
    release: release.id,
    platform: platformOf(context),
    contextName: context.name,
    ...signInOf(options, release, { known, signIn }),
    ...imagesFrom(options, known),
    components: componentsOf(options, release, known),
    ...defined({ access: accessFrom(options) }),
    ...(options.publishedPasswords ? { storagePasswords: "published" } : {}),
  });
  if (!parsed.success) throw new UsageError(...settingsProblems(parsed.error.issues));
  return parsed.data;
}

type Known = InstallSettings | undefined;

function signInOf(
  options: InstallOptions,
  { capabilities }: ReleaseInfo,
  { known, signIn: chosen }: Omit<SettingsSources, "context">,
) {
  const email = options.email ?? known?.email ?? firstEmail;
  const own = email === known?.email ? known.userNamespace : namespaceOf(email);
  const userNamespace = options.userNamespace ?? own;
  // A KfDef with Dex is installed with `flowdeck kfdef apply`.
  if (capabilities.signIn === "dex") return { email, userNamespace, auth: "standard" };
  const { signIn, auth = known?.auth, oidc = auth === "oidc" ? known?.oidc : undefined } = chosen;
  return {
    ...{ email, userNamespace, oidc },
    ...defined({ auth }),
    // Of the people who are there, an option for connectors says nothing.
    ...(signIn ? { signIn: { ...known?.signIn, ...signIn } } : {}),
  };
}

function imagesFrom(options: InstallOptions, known: Known) {
  const { images, ...others } = imagesOf(options);
  return { images: { ...known?.images, ...images }, ...others };
}

/** Those of the folder are of its own release. */
function componentsOf({ components }: InstallOptions, release: ReleaseInfo, known: Known): string[] {
  if (components !== undefined)
    return components
      .split(",")
      .map((id) => id.trim())
      .filter((id) => id !== "");
  return known?.release === release.id ? known.components : release.components.map(({ id }) => id);
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
