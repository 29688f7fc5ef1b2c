import { basename, dirname, join } from "node:path";
import type { Command } from "commander";
import { stringify } from "yaml";
import {
  FlowdeckError,
  type InstallSettings,
  installSettings,
  type KfDefDocument,
  type LogEntry,
} from "../../common/contract/index.ts";
import { defined } from "../../common/json/index.ts";
import { message, textOf } from "../../common/words/index.ts";
import { dialect } from "../../common/yaml/index.ts";
import { type ConfigPlace, configPlace } from "../kfdef/index.ts";
import { connect, namedOrCurrent } from "./choose-context.ts";
import { type PasswordOptions, passwordFrom } from "./install-settings.ts";
import { preparePlan } from "./prepare-plan.ts";
import { type CommandSession, runCommand, UsageError } from "./session.ts";
import { settingsProblems } from "./settings-messages.ts";
import { watchInstallation } from "./watch-installation.ts";

interface FileOptions {
  file: string;
  verbose: boolean;
}

interface ClusterOptions extends FileOptions {
  context?: string;
  approveExec: boolean;
}

interface ApplyOptions extends ClusterOptions, PasswordOptions {
  adopt: boolean;
  modernise: boolean;
  email?: string;
  image: string[];
}

interface DeleteOptions extends ClusterOptions {
  forceDeletion: boolean;
  others: boolean;
  installation?: string;
  delete_storage: boolean;
}

/** flowdeck kfdef build | apply | delete: kfctl's commands with kfctl's flags and rules for files and folders. */
export function addKfDefCommands(program: Command): void {
  const kfdef = program.command("kfdef").description("install from a KfDef file, with the commands and flags of kfctl");

  fileOptions(kfdef.command("build"), "a path, or an address whose file is saved in the current folder")
    .description("write KF_DIR's .cache and kustomize folders from a KfDef file; needs no cluster")
    .option("-d, --dump", "print the manifests that kustomize makes of it", false)
    .action((options: FileOptions & { dump: boolean }, command: Command) =>
      runCommand(command, (session) => build(session, options)),
    );

  clusterOptions(fileOptions(kfdef.command("apply"), "a path, or an address whose file is saved in the current folder"))
    .description("build a KfDef if it is not built yet, and install it on a cluster")
    .option("--no-modernise", "apply objects as they are, also those of APIs that newer clusters no longer serve")
    .option("--email <address>", "who signs in with Dex; default: static_email in the file")
    .option("--password-stdin", "read the password for signing in with Dex from standard input")
    .option("--password-env <variable>", "take that password from an environment variable")
    .option("--image <from=to>", "use another image in place of one; may be given several times", collect, [])
    .option("--adopt", "take over objects that belong to another installation, instead of refusing", false)
    .action((options: ApplyOptions, command: Command) => runCommand(command, (session) => apply(session, options)));

  clusterOptions(fileOptions(kfdef.command("delete"), "the file in KF_DIR"))
    .description("remove from the cluster what a KfDef's apply put there")
    .option("--force-deletion", "also when the KfDef was applied to a cluster of another name", false)
    .option("--installation <id>", "the id in flowdeck.yaml, to remove what was not installed from this computer")
    .option("--delete_storage", "also remove volume claims and users' data", false)
    .option("--others", "also remove what others made in the installation's namespaces", false)
    .action((options: DeleteOptions, command: Command) => runCommand(command, (session) => remove(session, options)));
}

function fileOptions(command: Command, what: string): Command {
  return command
    .requiredOption("-f, --file <config>", `the KfDef: ${what}`)
    .option("-V, --verbose", "tell every step", false);
}

function clusterOptions(command: Command): Command {
  return command
    .option("--context <name>", "the cluster: a context's name or id; default: the kubeconfig's current context")
    .option("--approve-exec", "let the context's credential program run", false);
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

async function build({ kfdefs, output, ending }: CommandSession, options: FileOptions & { dump: boolean }) {
  const built = await kfdefs.build({
    configUri: options.file,
    currentFolder: process.cwd(),
    dump: options.dump,
    signal: ending,
    onProgress: (step, fraction, said) => {
      if (step === "sources") output.progress(fraction, textOf(said, output.language));
      else if (options.verbose && fraction < 1) output.say(textOf(said, output.language));
    },
  });
  const { kfDir, fileName, applications, skipped, warnings, components } = built;
  for (const warning of warnings) output.error(warning);
  const file = join(kfDir, fileName);
  const words = skipped
    ? `Folder ${join(kfDir, "kustomize")} exists, it is left as it is.`
    : `${applications.length} applications are built in ${kfDir}.`;
  const dumped = components.flatMap(({ objects }) => objects.map((object) => `${stringify(object, dialect)}---`));
  const { components: _objects, ...told } = built;
  output.result("kfdef", { ...told, file }, options.dump ? dumped : [words]);
}

async function apply(session: CommandSession, options: ApplyOptions): Promise<void> {
  const { client, output } = session;
  const place = configPlace(options.file, process.cwd());
  const configUri = place.remote ? options.file : join(place.kfDir, place.fileName);
  // An address is saved and built first, under kfctl's rule for the current folder.
  if (place.remote) await build(session, { ...options, dump: false });
  const document = await client.call("kfdef.read", { configUri: join(place.kfDir, place.fileName) });
  const context = await namedOrCurrent(client, options.context);
  const settings = await settingsOf(session, { document, place, configUri, options, practice: context.practice });
  const password = await passwordFrom(options, process.env);
  if (password !== undefined && settings.auth !== "dex") throw new UsageError("This KfDef has no sign-in with Dex.");
  const cluster = await connect(client, context, options.approveExec);
  output.say(`${cluster.name}: Kubernetes ${cluster.version}${cluster.practice ? ", practice (simulated pods)" : ""}`);
  const began = new Date().toISOString();
  const plan = await preparePlan(session, {
    context: context.id,
    settings: { ...settings, contextName: context.name },
    adopt: options.adopt,
  });
  const { kfDir } = await client.call("install.start", { plan: plan.id, ...defined({ password }) });
  await watchInstallation(session, kfDir, shown(options, began));
}

interface SettingsInput {
  document: KfDefDocument;
  place: ConfigPlace;
  configUri: string;
  options: ApplyOptions;
  practice: boolean;
}

/** The settings that a KfDef stands for; what the folder's installation had before and nobody asks to change stays. */
async function settingsOf({ client }: CommandSession, input: SettingsInput): Promise<InstallSettings> {
  const { document, place, configUri, options, practice } = input;
  const release = (await client.call("releases.list", {})).find((one) => one.capabilities.files !== undefined);
  if (release === undefined) throw new UsageError("This program has no release for KfDef files.");
  const before = (await client.call("install.list", {})).find(({ kfDir }) => kfDir === place.kfDir)?.settings;
  const isDex = document.auth === "dex";
  const origin = before?.kfdef?.configUri ?? "";
  const isSameFile = origin.endsWith(`/${place.fileName}`);
  const parsed = installSettings.safeParse({
    name: basename(place.kfDir),
    baseDir: dirname(place.kfDir),
    release: release.id,
    platform: practice ? "practice" : "existing",
    auth: isDex ? "dex" : "standard",
    email: (isDex ? (options.email ?? before?.email ?? staticEmail(document)) : undefined) ?? "anonymous@kubeflow.org",
    userNamespace: "anonymous",
    components: [],
    kfdef: { configUri: isSameFile ? origin : configUri, modernise: options.modernise },
    images: { ...before?.images, ...imagesFrom(options.image) },
  });
  if (parsed.success) return parsed.data;
  const name = parsed.error.issues.some(({ path }) => path[0] === "name");
  const folder = name ? `\n(The name is that of the folder, ${place.kfDir}.)` : "";
  throw new UsageError(`${settingsProblems(parsed.error.issues)}${folder}`);
}

function staticEmail({ applications }: KfDefDocument): string | undefined {
  const parameters = applications.flatMap((application) => application.parameters);
  return parameters.find(({ name }) => name === "static_email")?.value;
}

function imagesFrom(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((one) => {
      const [from = "", to = "", more] = one.split("=");
      if (from === "" || to === "" || more !== undefined) throw new UsageError(`--image is FROM=TO, not "${one}".`);
      return [from, to];
    }),
  );
}

async function remove(session: CommandSession, options: DeleteOptions): Promise<void> {
  const { client } = session;
  const place = configPlace(options.file, process.cwd());
  if (place.remote) throw new UsageError("kfdef delete takes the file in KF_DIR, not an address.");
  await client.call("kfdef.read", { configUri: join(place.kfDir, place.fileName) });
  const status = await client.call("install.status", { kfDir: place.kfDir });
  if (status.state === "none") {
    throw new FlowdeckError("not-found", message("command.nothingApplied", { folder: place.kfDir }), {
      advice: message("command.kfctlApplied"),
    });
  }
  const context = await namedOrCurrent(client, options.context);
  await connect(client, context, options.approveExec);
  const began = new Date().toISOString();
  const force = options.forceDeletion;
  const { installation } = options;
  await client.call("install.remove", {
    ...{ kfDir: place.kfDir, context: context.id, data: options.delete_storage, others: options.others, force },
    ...(installation === undefined ? {} : { installation }),
  });
  await watchInstallation(session, place.kfDir, shown(options, began));
}

/** Without --verbose: how the applications fare, and what needs someone. Never what an earlier run said. */
function shown(options: FileOptions, began: string): (entry: LogEntry) => boolean {
  return ({ time, level, event }) =>
    time >= began &&
    (options.verbose || level === "warn" || level === "error" || event === "application" || event === "kept");
}
