import {
  FlowdeckError,
  type InstallSettings,
  type ObjectRef,
  type UpgradeObject,
  type UpgradePlan,
} from "../../common/contract/index.ts";
import { shellWord } from "../../common/text/index.ts";
import { type Message, message } from "../../common/words/cli.ts";
import type { LocalizedCommand } from "../app/index.ts";
import { chooseContext, connect } from "./choose-context.ts";
import { chooseInstallation } from "./choose-installation.ts";
import { preparePlan } from "./prepare-plan.ts";
import { type CommandSession, runCommand } from "./session.ts";
import { shortName, upgradeLines } from "./upgrade-lines.ts";
import { UsageError } from "./usage-error.ts";
import { watchInstallation } from "./watch-installation.ts";

interface UpgradeOptions {
  context?: string;
  release?: string;
  components?: string;
  plan: boolean;
  consent: string[];
  prune: string[];
  yes: boolean;
  approveExec: boolean;
}

/** flowdeck upgrade: changes what is installed to another release or to other components. */
export function addUpgradeCommand(program: LocalizedCommand): void {
  const text = (said: Message) => program.text(said);
  const gathered = (value: string, before: string[]) => [...before, ...value.split(",").map((one) => one.trim())];
  program
    .command("upgrade")
    .description(text(message("cliHelp.upgrade")))
    .argument("[installation]", text(message("cliHelp.installation")))
    .option("--release <id>", text(message("cliHelp.upgradeRelease")))
    .option("--components <ids>", text(message("cliHelp.upgradeComponents")))
    .option("--plan", text(message("cliHelp.upgradePlan")), false)
    .option("--consent <objects>", text(message("cliHelp.upgradeConsent")), gathered, [])
    .option("--prune <objects>", text(message("cliHelp.upgradePrune")), gathered, [])
    .option("--yes", text(message("cliHelp.upgradeYes")), false)
    .option("--context <name>", text(message("cliHelp.contextElse")))
    .option("--approve-exec", text(message("cliHelp.approveExec")), false)
    .action((named: string | undefined, options: UpgradeOptions, command: LocalizedCommand) =>
      runCommand(command, (session) => upgrade(session, named, options)),
    );
}

async function upgrade(session: CommandSession, named: string | undefined, options: UpgradeOptions): Promise<void> {
  const { client, output } = session;
  const { kfDir, entry } = await chooseInstallation(client, named);
  const settings = await settingsOf(session, kfDir, options);
  const context = await chooseContext(client, options.context ?? entry?.contextName ?? settings.contextName);
  await connect(client, context, options.approveExec);
  const summary = await preparePlan(session, { context: context.id, settings, upgrade: true });
  const plan = summary.upgrade;
  if (plan === undefined) throw new FlowdeckError("plan-invalid", message("command.noPlan"));
  output.result("upgrade", summary, upgradeLines(plan, output.language));
  if (options.plan) return;
  const recreated = plan.changed.filter(({ recreate }) => recreate !== undefined);
  const staying = plan.removed.filter(({ stays }) => stays !== undefined);
  const choice = {
    consents: keysOf(options.consent, recreated, plan),
    prune: keysOf(options.prune, staying, plan),
  };
  if (!options.yes) {
    throw new FlowdeckError("not-allowed", message("cliUpgrade.unconfirmed", { folder: kfDir }), {
      advice: message("cliUpgrade.confirm", { command: commandOf(kfDir, options, recreated) }),
    });
  }
  const started = await client.call("install.start", { plan: summary.id, upgrade: choice });
  await watchInstallation(session, started.kfDir);
}

/** What is installed, with what the options change of it. */
async function settingsOf(
  { client }: CommandSession,
  kfDir: string,
  { release, components }: UpgradeOptions,
): Promise<InstallSettings> {
  const { from, targets } = await client.call("upgrade.targets", { kfDir });
  const wanted = release ?? from;
  const target = targets.find(({ settings }) => settings.release === wanted);
  if (target === undefined) {
    const ids = targets.map(({ settings }) => settings.release).join(", ");
    throw new UsageError(message("cliUsage.unknownRelease", { id: wanted, ids }));
  }
  const chosen = components?.split(",").map((id) => id.trim());
  return { ...target.settings, ...(chosen ? { components: chosen.filter((id) => id !== "") } : {}) };
}

/** Objects as people name them, Kind/name or Kind/namespace/name, as keys of the plan. */
function keysOf(names: readonly string[], objects: readonly UpgradeObject[], plan: UpgradePlan): string[] {
  return names
    .filter((name) => name !== "")
    .map((name) => {
      const found = objects.find(({ key, object }) => key === name || isCalled(object, name));
      if (found === undefined) {
        const known = [...plan.changed, ...plan.removed].some(({ object }) => isCalled(object, name));
        throw new UsageError(message(known ? "cliUpgrade.notAsked" : "cliUpgrade.notInPlan", { name }));
      }
      return found.key;
    });
}

function isCalled(object: ObjectRef, name: string): boolean {
  return shortName(object).toLowerCase() === name.toLowerCase();
}

function commandOf(kfDir: string, options: UpgradeOptions, recreated: readonly UpgradeObject[]): string {
  const parts = [
    "flowdeck upgrade",
    shellWord(kfDir),
    ...(options.release ? ["--release", shellWord(options.release)] : []),
    ...(options.components ? ["--components", shellWord(options.components)] : []),
    ...recreated.flatMap(({ object }) => ["--consent", shellWord(shortName(object))]),
    ...options.prune.flatMap((name) => ["--prune", shellWord(name)]),
    "--yes",
  ];
  return parts.join(" ");
}
