import { type DriftReport, type FieldDrift, toAppError } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/cli.ts";
import type { LocalizedCommand } from "../app/index.ts";
import { chooseContext, connect } from "./choose-context.ts";
import { chooseInstallation } from "./choose-installation.ts";
import type { Output } from "./output.ts";
import { runCommand } from "./session.ts";

interface DriftOptions {
  context?: string;
  approveExec: boolean;
}

/** flowdeck drift: what of an installation is not as it was installed. Changes nothing. */
export function addDriftCommand(program: LocalizedCommand): void {
  const text = (said: Message) => program.text(said);
  program
    .command("drift")
    .description(text(message("cliHelp.drift")))
    .argument("[installation]", text(message("cliHelp.installation")))
    .option("--context <name>", text(message("cliHelp.contextElse")))
    .option("--approve-exec", text(message("cliHelp.approveExec")), false)
    .action((named: string | undefined, options: DriftOptions, command: LocalizedCommand) =>
      runCommand(command, async ({ client, output, ending }) => {
        const { kfDir, entry } = await chooseInstallation(client, named);
        const context = await chooseContext(client, options.context ?? entry?.contextName);
        await connect(client, context, options.approveExec);
        const report = await client.call("drift.find", { kfDir, context: context.id }, ending);
        output.result("drift", report, driftLines(report, output));
        for (const { error } of report.unread) output.error(toAppError(error));
      }),
    );
}

function driftLines({ objects, compared }: DriftReport, output: Pick<Output, "text">): string[] {
  const differing = objects.filter(({ kept }) => !kept);
  const kept = objects.length - differing.length;
  const lines = differing.flatMap(({ object: { kind, namespace, name }, what, fields, more }) => [
    `${kind} ${namespace ? `${namespace}/` : ""}${name}`,
    ...(what === "deleted" ? [`  ${output.text(message("cliDrift.deleted"))}`] : []),
    ...fields.map((field) => `  ${output.text(fieldLine(field))}`),
    ...(more > 0 ? [`  ${output.text(message("cliDrift.more", { count: more }))}`] : []),
  ]);
  return [
    ...lines,
    ...(lines.length > 0 ? [""] : []),
    output.text(message("cliDrift.total", { compared, count: differing.length })),
    ...(kept > 0 ? [output.text(message("cliDrift.kept", { count: kept }))] : []),
  ];
}

/** `path: before → after (who, when)` */
function fieldLine({ path, added, applied, live, by, at }: FieldDrift): Message {
  const who =
    by === undefined
      ? message("cliDrift.unknown")
      : at === undefined
        ? by
        : message("cliDrift.byAt", { by, at: { time: at } });
  const hidden = message("cliDrift.hidden");
  const none = message("cliDrift.none");
  if (added === true) return message("cliDrift.added", { path, live: live ?? hidden, who });
  if (applied === undefined && live === undefined) return message("cliDrift.changedHidden", { path, who });
  return message("cliDrift.changed", { path, applied: applied ?? hidden, live: live ?? none, who });
}
