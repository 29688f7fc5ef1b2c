import {
  type CheckId,
  checkId,
  componentTitle,
  FlowdeckError,
  type InstalledComponent,
  releaseTitle,
  type SignInSecrets,
} from "../../common/contract/index.ts";
import { defined } from "../../common/json/index.ts";
import { type Message, message } from "../../common/words/cli.ts";
import type { LocalizedCommand } from "../app/index.ts";
import { accessOptions, certificateFrom } from "./access-options.ts";
import { chooseContext, clusterLine, connect } from "./choose-context.ts";
import { chooseInstallation } from "./choose-installation.ts";
import { attentionLines, expiryLines, healthNow } from "./health-now.ts";
import { imageOptions } from "./image-options.ts";
import {
  firstEmail,
  firstRelease,
  type InstallOptions,
  knownSettings,
  passwordFrom,
  settingsFrom,
} from "./install-settings.ts";
import { chosenSignIn, signInOptions, trySignIn } from "./install-sign-in.ts";
import { type Output, table } from "./output.ts";
import { planLines, planTotals, removalLines } from "./plan-lines.ts";
import { type PlanRequest, preparePlan } from "./prepare-plan.ts";
import { runChecks } from "./run-checks.ts";
import { type CommandSession, runCommand } from "./session.ts";
import { watchInstallation } from "./watch-installation.ts";

/** flowdeck install | plan | check | continue | status | list | uninstall */
export function addInstallCommands(program: LocalizedCommand): void {
  const text = (said: Message) => program.text(said);
  const takesOver = text(message("cliHelp.adopt"));
  const confirmsId = text(message("cliHelp.installationId"));
  const approves = text(message("cliHelp.approveExec"));

  installOptions(program.command("install"))
    .description(text(message("cliHelp.install")))
    .option("--password-stdin", text(message("cliHelp.passwordStdin")))
    .option("--password-env <variable>", text(message("cliHelp.passwordEnv")))
    .action((options: InstallOptions, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        const { client } = session;
        const { request, signIn } = await requestFrom(session, options);
        const certificate = certificateFrom(options);
        const password = await passwordFrom(options, process.env);
        const summary = await preparePlan(session, request);
        session.output.result("plan", summary, [session.output.text(planTotals(summary))]);
        const started = await client.call("install.start", {
          plan: summary.id,
          ...defined({ password, certificate, signIn }),
        });
        await watchInstallation(session, started.kfDir);
      }),
    );

  installOptions(program.command("plan"))
    .description(text(message("cliHelp.plan")))
    .action((options: InstallOptions, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        const { request } = await requestFrom(session, options);
        const summary = await preparePlan(session, request);
        const releases = await session.client.call("releases.list", {});
        session.output.result("plan", summary, planLines(summary, releases, session.output.language));
      }),
    );

  installOptions(program.command("check"))
    .description(text(message("cliChecks.help")))
    .option("--no-images", text(message("cliChecks.noImages")))
    .option("--fix <check...>", text(message("cliChecks.fixes")))
    .action((options: InstallOptions & { images: boolean; fix?: string[] }, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        const { images, fix = [] } = options;
        await runChecks(session, { ...(await requestFrom(session, options)).request, images }, fix.map(knownCheck));
      }),
    );

  program
    .command("continue")
    .description(text(message("cliHelp.continue")))
    .argument("[installation]", text(message("cliHelp.installation")))
    .option("--context <name>", text(message("cliHelp.contextElse")))
    .option("--yes", text(message("cliHelp.continueYes")), false)
    .option("--data", text(message("cliHelp.continueData")), false)
    .option("--adopt", takesOver, false)
    .option("--installation <id>", confirmsId)
    .option("--approve-exec", approves, false)
    .action((named: string | undefined, options: RemovalOptions & { adopt: boolean }, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        const { kfDir, context } = await target(session, named, options);
        await session.client.call("install.continue", {
          kfDir,
          context,
          adopt: options.adopt,
          ...(options.yes ? { removal: { data: options.data } } : {}),
          ...confirmed(options),
        });
        await watchInstallation(session, kfDir);
      }),
    );

  program
    .command("uninstall")
    .description(text(message("cliHelp.uninstall")))
    .argument("[installation]", text(message("cliHelp.installation")))
    .option("--context <name>", text(message("cliHelp.contextElse")))
    .option("--data", text(message("cliHelp.data")), false)
    .option("--others", text(message("cliHelp.others")), false)
    .option("--yes", text(message("cliHelp.yes")), false)
    .option("--installation <id>", confirmsId)
    .option("--approve-exec", approves, false)
    .action((named: string | undefined, options: RemovalOptions, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        const { kfDir, context } = await target(session, named, options);
        const { data, others } = options;
        const plan = await session.client.call("install.removalPlan", { kfDir, context, data, others });
        session.output.result("removal", plan, removalLines(plan, session.output.language));
        if (!options.yes) {
          throw new FlowdeckError("not-allowed", message("command.removalUnconfirmed", { folder: kfDir }), {
            advice: [...(options.data ? [message("command.dataWouldGo")] : []), message("command.confirmWithYes")],
          });
        }
        await session.client.call("install.remove", { kfDir, context, data, others, ...confirmed(options) });
        await watchInstallation(session, kfDir);
      }),
    );

  program
    .command("status")
    .description(text(message("cliHelp.status")))
    .argument("[installation]", text(message("cliHelp.installation")))
    .action((named: string | undefined, _options: object, command: LocalizedCommand) =>
      runCommand(command, async ({ client, output, ending }) => {
        const { kfDir, entry } = await chooseInstallation(client, named);
        const status = await client.call("install.status", { kfDir });
        const { view, expiry, problem: notLooked } = await healthNow(client, kfDir, entry, ending);
        const health = new Map(view?.components.map((component) => [component.id, component]));
        const releases = await client.call("releases.list", {});
        const rows = status.components.map((component) => [
          componentTitle(releases, status.release, component, output.language),
          output.text(message(`cliComponentState.${component.state}`)),
          `${component.applied}/${component.objects}`,
          `${component.ready}/${component.workloads}`,
          ...nowOf(health.get(component.id), output),
        ]);
        const head = [
          message("cliHead.component"),
          message("cliHead.state"),
          message("cliHead.objects"),
          message("cliHead.workloads"),
          ...(view ? [message("cliHead.now"), message("cliHead.pods")] : []),
        ];
        const stands = message("cliOutput.status", {
          release: releaseTitle(releases, status, output.language),
          folder: kfDir,
          state: message(`cliState.${status.state}`),
          percent: Math.floor(status.fraction * 100),
        });
        output.result(
          "status",
          { ...status, ...(view ? { now: view } : {}), ...(expiry ? { certificate: expiry } : {}) },
          [
            output.text(stands),
            ...(rows.length === 0 ? [] : table(head.map(output.text), rows)),
            ...(view ? attentionLines(view).map(output.text) : []),
            ...(expiry ? expiryLines(expiry).map(output.text) : []),
          ],
        );
        if (notLooked) output.say(output.text(notLooked));
        for (const problem of status.problems) output.error(problem);
      }),
    );

  program
    .command("list")
    .description(text(message("cliHelp.list")))
    .action((_options: object, command: LocalizedCommand) =>
      runCommand(command, async ({ client, output }) => {
        const entries = await client.call("install.list", {});
        const releases = await client.call("releases.list", {});
        const rows = entries.map((entry) => [
          entry.name,
          releaseTitle(releases, entry, output.language),
          output.text(message(`cliState.${entry.state}`)),
          entry.contextName ?? "",
          entry.kfDir,
        ]);
        const head = [
          message("cliHead.name"),
          message("cliHead.release"),
          message("cliHead.state"),
          message("cliHead.context"),
          message("cliHead.folder"),
        ];
        const nothing = [output.text(message("cliOutput.nothingInstalled"))];
        output.result("installations", entries, rows.length === 0 ? nothing : table(head.map(output.text), rows));
      }),
    );
}

/** Throws `invalid-input` for what is no check. */
function knownCheck(given: string): CheckId {
  const known = checkId.safeParse(given);
  if (known.success) return known.data;
  throw new FlowdeckError("invalid-input", message("cliChecks.unknownFix", { names: checkId.options.join(", ") }));
}

/** The cells of a component as it is now; none where that is not known. */
function nowOf(component: InstalledComponent | undefined, output: Pick<Output, "text">): string[] {
  if (component === undefined) return [];
  return [output.text(message(`cliHealth.${component.health}`)), `${component.podsReady}/${component.podsTotal}`];
}

interface TargetOptions {
  context?: string;
  approveExec: boolean;
}

interface RemovalOptions extends TargetOptions {
  data: boolean;
  others: boolean;
  yes: boolean;
  installation?: string;
}

function confirmed({ installation }: { installation?: string }): { installation?: string } {
  return installation === undefined ? {} : { installation };
}

function installOptions(command: LocalizedCommand): LocalizedCommand {
  const text = (said: Message) => command.text(said);
  return signInOptions(accessOptions(imageOptions(command)))
    .option("--context <name>", text(message("cliHelp.context")))
    .option("--release <id>", text(message("cliHelp.installRelease", { release: firstRelease })))
    .option("--name <name>", text(message("cliHelp.name")), "kubeflow")
    .option("--base-dir <folder>", text(message("cliHelp.baseDir")), ".")
    .option("--email <address>", text(message("cliHelp.email", { email: firstEmail })))
    .option("--user-namespace <name>", text(message("cliHelp.userNamespace")))
    .option("--components <ids>", text(message("cliHelp.components")))
    .option("--published-passwords", text(message("cliHelp.publishedPasswords")), false)
    .option("--adopt", text(message("cliHelp.adopt")), false)
    .option("--approve-exec", text(message("cliHelp.approveExec")), false);
}

async function requestFrom(
  session: CommandSession,
  options: InstallOptions,
): Promise<{ request: PlanRequest; signIn: SignInSecrets | undefined }> {
  const { client, output } = session;
  const known = await knownSettings(client, options);
  const context = await chooseContext(client, options.context ?? known?.contextName);
  const signIn = await chosenSignIn(options, process.env);
  const settings = await settingsFrom(client, options, { context, known, signIn: signIn.settings });
  if (known)
    output.say(output.text(message("cliOutput.knownSettings", { folder: `${settings.baseDir}/${settings.name}` })));
  await trySignIn(session, signIn.drafts);
  const cluster = await connect(client, context, options.approveExec);
  output.say(output.text(clusterLine(cluster)));
  for (const warning of cluster.warnings) output.error(warning);
  return { request: { context: context.id, settings, adopt: options.adopt }, signIn: signIn.secrets };
}

/** The folder and the context's id; the folder's own context unless another is named. */
async function target({ client }: CommandSession, named: string | undefined, options: TargetOptions) {
  const { kfDir, entry } = await chooseInstallation(client, named);
  const context = await chooseContext(client, options.context ?? entry?.contextName);
  await connect(client, context, options.approveExec);
  return { kfDir, context: context.id };
}
