import { toAppError } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/cli.ts";
import type { LocalizedCommand } from "../app/index.ts";
import { chooseContext, connect } from "./choose-context.ts";
import { chooseInstallation } from "./choose-installation.ts";
import { reportLines } from "./drift-lines.ts";
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
        output.result("drift", report, reportLines(report, output));
        for (const { error } of report.unread) output.error(toAppError(error));
      }),
    );
}
