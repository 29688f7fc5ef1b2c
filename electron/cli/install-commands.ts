import type { Command } from "commander";
import {
  componentTitle,
  errorDetail,
  FlowdeckError,
  type PlanSummary,
  type ReleaseInfo,
  type RemovalPlan,
  releaseTitle,
} from "../../common/contract/index.ts";
import { defined } from "../../common/json/index.ts";
import { type Language, message, textOf } from "../../common/words/index.ts";
import { chooseContext, connect } from "./choose-context.ts";
import { chooseInstallation } from "./choose-installation.ts";
import { type InstallOptions, passwordFrom, settingsFrom } from "./install-settings.ts";
import { table } from "./output.ts";
import { type PlanRequest, preparePlan } from "./prepare-plan.ts";
import { type CommandSession, runCommand } from "./session.ts";
import { watchInstallation } from "./watch-installation.ts";

/** flowdeck install | plan | continue | status | list | uninstall */
export function addInstallCommands(program: Command): void {
  installOptions(program.command("install"))
    .description("install a release: plan it, apply it, wait until everything runs")
    .option("--password-stdin", "read the sign-in password from standard input")
    .option("--password-env <variable>", "take the sign-in password from an environment variable")
    .action((options: InstallOptions, command: Command) =>
      runCommand(command, async (session) => {
        const { client } = session;
        const request = await requestFrom(session, options);
        const password = await passwordFrom(options, process.env);
        const summary = await preparePlan(session, request);
        session.output.result("plan", summary, [planLine(summary)]);
        const started = await client.call("install.start", { plan: summary.id, ...defined({ password }) });
        await watchInstallation(session, started.kfDir);
      }),
    );

  installOptions(program.command("plan"))
    .description("show what an installation would do, and do nothing")
    .action((options: InstallOptions, command: Command) =>
      runCommand(command, async (session) => {
        const summary = await preparePlan(session, await requestFrom(session, options));
        const releases = await session.client.call("releases.list", {});
        session.output.result("plan", summary, planLines(summary, releases, session.output.language));
      }),
    );

  program
    .command("continue")
    .description("go on with an installation or a removal that was cancelled, failed or interrupted")
    .argument("[installation]", "its folder or its name")
    .option("--context <name>", "the cluster, when it is not the one the folder names")
    .option("--yes", "going on with a removal: do not ask for confirmation", false)
    .option("--data", "going on with a removal: users' data goes, as it was begun", false)
    .option("--adopt", takesOver, false)
    .option("--installation <id>", confirmsId)
    .option("--approve-exec", "let the context's credential program run", false)
    .action((named: string | undefined, options: RemovalOptions & { adopt: boolean }, command: Command) =>
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
    .description("remove what an installation applied")
    .argument("[installation]", "its folder or its name")
    .option("--context <name>", "the cluster, when it is not the one the folder names")
    .option("--data", "also remove the users' data: profiles, their namespaces, volume claims", false)
    .option("--others", "also remove what others made in the installation's namespaces", false)
    .option("--yes", "do not ask for confirmation", false)
    .option("--installation <id>", confirmsId)
    .option("--approve-exec", "let the context's credential program run", false)
    .action((named: string | undefined, options: RemovalOptions, command: Command) =>
      runCommand(command, async (session) => {
        const { kfDir, context } = await target(session, named, options);
        const { data, others } = options;
        const plan = await session.client.call("install.removalPlan", { kfDir, context, data, others });
        session.output.result("removal", plan, removalLines(plan));
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
    .description("say how an installation stands")
    .argument("[installation]", "its folder or its name")
    .action((named: string | undefined, _options: object, command: Command) =>
      runCommand(command, async ({ client, output }) => {
        const { kfDir } = await chooseInstallation(client, named);
        const status = await client.call("install.status", { kfDir });
        const releases = await client.call("releases.list", {});
        const rows = status.components.map((component) => [
          componentTitle(releases, status.release, component, output.language),
          component.state,
          `${component.applied}/${component.objects}`,
          `${component.ready}/${component.workloads}`,
        ]);
        output.result("status", status, [
          `${releaseTitle(releases, status, output.language)} in ${kfDir}: ${status.state}, ${Math.floor(status.fraction * 100)}%`,
          ...(rows.length === 0 ? [] : table(["COMPONENT", "STATE", "OBJECTS", "WORKLOADS"], rows)),
        ]);
        for (const problem of status.problems) output.error(problem);
      }),
    );

  program
    .command("list")
    .description("list the installations this app knows")
    .action((_options: object, command: Command) =>
      runCommand(command, async ({ client, output }) => {
        const entries = await client.call("install.list", {});
        const releases = await client.call("releases.list", {});
        const rows = entries.map((entry) => [
          entry.name,
          releaseTitle(releases, entry, output.language),
          entry.state,
          entry.contextName ?? "",
          entry.kfDir,
        ]);
        const head = ["NAME", "RELEASE", "STATE", "CONTEXT", "FOLDER"];
        output.result("installations", entries, rows.length === 0 ? ["Nothing is installed."] : table(head, rows));
      }),
    );
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

const takesOver = "take over objects that belong to another installation, instead of refusing";
const confirmsId = "the id in flowdeck.yaml, to remove what was not installed from this computer";

function confirmed({ installation }: { installation?: string }): { installation?: string } {
  return installation === undefined ? {} : { installation };
}

/** What a removal would do, as lines for people: everything that stays, by kind and name. */
export function removalLines({ objects, namespaces, kept, others }: RemovalPlan): string[] {
  const spaces = namespaces.length === 0 ? "no namespace" : `the namespaces ${namespaces.join(", ")}`;
  return [
    `To be removed: ${objects} objects, with them ${spaces}.`,
    ...kept.map(
      ({ object: { kind, namespace, name }, because }) =>
        `Stays: ${kind} ${namespace ? `${namespace}/` : ""}${name}: ${textOf(because, "en")}`,
    ),
    ...(others.length > 0 ? ["To remove what others made in these namespaces as well, add --others."] : []),
  ];
}

function installOptions(command: Command): Command {
  return command
    .option("--context <name>", "the cluster: a context's name or id (see `flowdeck contexts`)")
    .option("--release <id>", "what to install (see `flowdeck releases`)", "26.03")
    .option("--name <name>", "KF_NAME, the installation's name", "kubeflow")
    .option("--base-dir <folder>", "BASE_DIR, the folder its folder is made in", ".")
    .option("--email <address>", "the first user's email address", "user@example.com")
    .option("--user-namespace <name>", "the first user's namespace; from the email address unless given")
    .option("--components <ids>", "what to install of it, with commas between; what they need is added; default: all")
    .option("--adopt", takesOver, false)
    .option("--approve-exec", "let the context's credential program run", false);
}

async function requestFrom({ client, output }: CommandSession, options: InstallOptions): Promise<PlanRequest> {
  const context = await chooseContext(client, options.context);
  const settings = await settingsFrom(client, options, context);
  const cluster = await connect(client, context, options.approveExec);
  output.say(`${cluster.name}: Kubernetes ${cluster.version}${cluster.practice ? ", practice (simulated pods)" : ""}`);
  for (const warning of cluster.warnings) output.error(warning);
  return { context: context.id, settings, adopt: options.adopt };
}

/** The folder and the context's id; the folder's own context unless another is named. */
async function target({ client }: CommandSession, named: string | undefined, options: TargetOptions) {
  const { kfDir, entry } = await chooseInstallation(client, named);
  const context = await chooseContext(client, options.context ?? entry?.contextName);
  await connect(client, context, options.approveExec);
  return { kfDir, context: context.id };
}

function planLine({ totals, kfDir }: PlanSummary): string {
  const memory = (totals.memoryBytes / 2 ** 30).toFixed(1);
  return `${totals.objects} objects, ${totals.images} images, ${totals.pods} pods; they ask for ${totals.cpu.toFixed(1)} CPU and ${memory} GiB. Folder: ${kfDir}`;
}

/** The whole plan as lines for people, its warnings last, where they are read. */
export function planLines(
  summary: PlanSummary,
  releases: readonly ReleaseInfo[] = [],
  language: Language = "en",
): string[] {
  const rows = summary.components.map((component) => [
    componentTitle(releases, summary.release, component, language),
    String(component.objects),
    String(component.workloads),
    component.resources.cpu.toFixed(2),
    (component.resources.memoryBytes / 2 ** 30).toFixed(2),
  ]);
  const { create, update, foreign } = summary.changes;
  return [
    ...table(["COMPONENT", "OBJECTS", "WORKLOADS", "CPU", "GIB"], rows),
    "",
    planLine(summary),
    `Against the cluster: ${create} to create, ${update} to update, ${foreign.length} belong to someone else.`,
    ...summary.waves.map(
      (wave) =>
        `${textOf(wave.title, language)}: ${wave.objects} objects${wave.gate ? `, once ${textOf(wave.gate, language)}` : ""}`,
    ),
    ...summary.warnings.flatMap((warning) => {
      const detail = errorDetail(warning, language);
      return [
        "",
        `Warning: ${warning.said === undefined ? warning.message : textOf(warning.said, language)}`,
        ...(detail === undefined ? [] : [`  ${detail}`]),
      ];
    }),
  ];
}
