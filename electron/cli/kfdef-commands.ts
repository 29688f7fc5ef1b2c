import { basename, dirname, join } from "node:path";
import { stringify } from "yaml";
import {
  FlowdeckError,
  type InstallSettings,
  installSettings,
  type KfDefDocument,
  type LogEntry,
  type Platform,
  platformOf,
} from "../../common/contract/index.ts";
import { defined } from "../../common/json/index.ts";
import { type Message, message } from "../../common/words/cli.ts";
import { dialect } from "../../common/yaml/index.ts";
import type { LocalizedCommand } from "../app/index.ts";
import { type ConfigPlace, configPlace } from "../kfdef/index.ts";
import { clusterLine, connect, namedOrCurrent } from "./choose-context.ts";
import { type ImageOptions, imageOptions, imagesOf } from "./image-options.ts";
import { type PasswordOptions, passwordFrom } from "./install-settings.ts";
import { preparePlan } from "./prepare-plan.ts";
import { type CommandSession, runCommand } from "./session.ts";
import { settingsProblems } from "./settings-messages.ts";
import { UsageError } from "./usage-error.ts";
import { watchInstallation } from "./watch-installation.ts";

interface FileOptions {
  file: string;
  verbose: boolean;
}

interface ClusterOptions extends FileOptions {
  context?: string;
  approveExec: boolean;
}

interface ApplyOptions extends ClusterOptions, PasswordOptions, ImageOptions {
  adopt: boolean;
  modernise: boolean;
  email?: string;
}

interface DeleteOptions extends ClusterOptions {
  forceDeletion: boolean;
  others: boolean;
  installation?: string;
  delete_storage: boolean;
}

/** flowdeck kfdef build | apply | delete: kfctl's commands with kfctl's flags and rules for files and folders. */
export function addKfDefCommands(program: LocalizedCommand): void {
  const text = (said: Message) => program.text(said);
  const kfdef = program.command("kfdef").description(text(message("cliHelp.kfdef")));

  fileOptions(kfdef.command("build"), message("cliHelp.fileOrAddress"))
    .description(text(message("cliHelp.kfdefBuild")))
    .option("-d, --dump", text(message("cliHelp.dump")), false)
    .action((options: FileOptions & { dump: boolean }, command: LocalizedCommand) =>
      runCommand(command, (session) => build(session, options)),
    );

  imageOptions(clusterOptions(fileOptions(kfdef.command("apply"), message("cliHelp.fileOrAddress"))))
    .description(text(message("cliHelp.kfdefApply")))
    .option("--no-modernise", text(message("cliHelp.noModernise")))
    .option("--email <address>", text(message("cliHelp.dexEmail")))
    .option("--password-stdin", text(message("cliHelp.dexPasswordStdin")))
    .option("--password-env <variable>", text(message("cliHelp.dexPasswordEnv")))
    .option("--adopt", text(message("cliHelp.adopt")), false)
    .action((options: ApplyOptions, command: LocalizedCommand) =>
      runCommand(command, (session) => apply(session, options)),
    );

  clusterOptions(fileOptions(kfdef.command("delete"), message("cliHelp.fileInFolder")))
    .description(text(message("cliHelp.kfdefDelete")))
    .option("--force-deletion", text(message("cliHelp.force")), false)
    .option("--installation <id>", text(message("cliHelp.installationId")))
    .option("--delete_storage", text(message("cliHelp.deleteStorage")), false)
    .option("--others", text(message("cliHelp.others")), false)
    .action((options: DeleteOptions, command: LocalizedCommand) =>
      runCommand(command, (session) => remove(session, options)),
    );
}

function fileOptions(command: LocalizedCommand, what: Message): LocalizedCommand {
  return command
    .requiredOption("-f, --file <config>", command.text(what))
    .option("-V, --verbose", command.text(message("cliHelp.verbose")), false);
}

function clusterOptions(command: LocalizedCommand): LocalizedCommand {
  return command
    .option("--context <name>", command.text(message("cliHelp.contextOrCurrent")))
    .option("--approve-exec", command.text(message("cliHelp.approveExec")), false);
}

async function build({ kfdefs, output, ending }: CommandSession, options: FileOptions & { dump: boolean }) {
  const built = await kfdefs.build({
    configUri: options.file,
    currentFolder: process.cwd(),
    dump: options.dump,
    signal: ending,
    onProgress: (step, fraction, said) => {
      if (step === "sources") output.progress(fraction, output.text(said));
      else if (options.verbose && fraction < 1) output.say(output.text(said));
    },
  });
  const { kfDir, fileName, applications, skipped, cloudFiles, warnings, components } = built;
  for (const warning of warnings) output.error(warning);
  const file = join(kfDir, fileName);
  const words = skipped
    ? message("cliOutput.kfdefSkipped", { folder: join(kfDir, "kustomize") })
    : message("cliOutput.kfdefBuilt", { count: applications.length, folder: kfDir });
  const dumped = components.flatMap(({ objects }) => objects.map((object) => `${stringify(object, dialect)}---`));
  const { components: _objects, ...told } = built;
  output.result(
    "kfdef",
    { ...told, file },
    options.dump ? dumped : [output.text(words), ...cloudFiles.map((path) => `+ ${path}`)],
  );
}

async function apply(session: CommandSession, options: ApplyOptions): Promise<void> {
  const { client, output } = session;
  const place = configPlace(options.file, process.cwd());
  const configUri = place.remote ? options.file : join(place.kfDir, place.fileName);
  // An address is saved and built first, under kfctl's rule for the current folder.
  if (place.remote) await build(session, { ...options, dump: false });
  const document = await client.call("kfdef.read", { configUri: join(place.kfDir, place.fileName) });
  const context = await namedOrCurrent(client, options.context);
  const settings = await settingsOf(session, { document, place, configUri, options, platform: platformOf(context) });
  const password = await passwordFrom(options, process.env);
  if (password !== undefined && settings.auth !== "dex") throw new UsageError(message("cliUsage.noDex"));
  const cluster = await connect(client, context, options.approveExec);
  output.say(output.text(clusterLine(cluster)));
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
  platform: Platform;
}

/** The settings that a KfDef stands for; what the folder's installation had before and nobody asks to change stays. */
async function settingsOf({ client }: CommandSession, input: SettingsInput): Promise<InstallSettings> {
  const { document, place, configUri, options, platform } = input;
  const release = (await client.call("releases.list", {})).find((one) => one.capabilities.files !== undefined);
  if (release === undefined) throw new UsageError(message("cliUsage.noKfDefRelease"));
  const before = (await client.call("install.list", {})).find(({ kfDir }) => kfDir === place.kfDir)?.settings;
  const isDex = document.auth === "dex";
  const chosen = imagesOf(options);
  const origin = before?.kfdef?.configUri ?? "";
  const isSameFile = origin.endsWith(`/${place.fileName}`);
  const parsed = installSettings.safeParse({
    name: basename(place.kfDir),
    baseDir: dirname(place.kfDir),
    release: release.id,
    platform,
    auth: isDex ? "dex" : "standard",
    email: (isDex ? (options.email ?? before?.email ?? staticEmail(document)) : undefined) ?? "anonymous@kubeflow.org",
    userNamespace: "anonymous",
    components: [],
    kfdef: { configUri: isSameFile ? origin : configUri, modernise: options.modernise },
    ...defined({ imagePrefix: before?.imagePrefix, pullSecret: before?.pullSecret }),
    ...chosen,
    images: { ...before?.images, ...chosen.images },
  });
  if (parsed.success) return parsed.data;
  const name = parsed.error.issues.some(({ path }) => path[0] === "name");
  const folder = name ? [message("cliUsage.nameOfFolder", { folder: place.kfDir })] : [];
  throw new UsageError(...settingsProblems(parsed.error.issues), ...folder);
}

function staticEmail({ applications }: KfDefDocument): string | undefined {
  const parameters = applications.flatMap((application) => application.parameters);
  return parameters.find(({ name }) => name === "static_email")?.value;
}

async function remove(session: CommandSession, options: DeleteOptions): Promise<void> {
  const { client } = session;
  const place = configPlace(options.file, process.cwd());
  if (place.remote) throw new UsageError(message("cliUsage.fileOnly"));
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
