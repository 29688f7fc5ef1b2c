import type { CommanderError } from "commander";
import { saidOf } from "../../common/contract/index.ts";
import { type Language, type Message, message } from "../../common/words/cli.ts";
import { addAppOptions, LocalizedCommand } from "../app/index.ts";
import { addAddressCommands } from "./address-commands.ts";
import { addAdoptCommand } from "./adopt-commands.ts";
import { addDriftCommand } from "./drift-commands.ts";
import { addImageCommands } from "./image-commands.ts";
import { addInstallCommands } from "./install-commands.ts";
import { addKfDefCommands } from "./kfdef-commands.ts";
import { table } from "./output.ts";
import { addPlatformCommands } from "./platform-commands.ts";
import { addPracticeCommands } from "./practice-commands.ts";
import { addProfileCommands } from "./profile-commands.ts";
import { projectVersion } from "./project.ts";
import { addRegistryCommands } from "./registry-commands.ts";
import { runCommand } from "./session.ts";
import { addSignInCommands } from "./sign-in-commands.ts";
import { addUpgradeCommand } from "./upgrade-commands.ts";

/**
 * `flowdeck` on the command line: the wizard's backend, drawn in a terminal.
 * @param exit what happens after a help, the version or a wrong usage
 */
export function flowdeckProgram(language: Language, exit: (error: CommanderError) => never): LocalizedCommand {
  const program = new LocalizedCommand("flowdeck", language);
  const text = (said: Message) => program.text(said);

  addAppOptions(program)
    .description(text(message("cliHelp.program")))
    // -V is what kfctl's commands call --verbose.
    .version(projectVersion(), "--version", text(message("cliHelp.version")))
    .option("--json", text(message("cliHelp.json")))
    .exitOverride(exit);

  program
    .command("contexts")
    .description(text(message("cliHelp.contexts")))
    .action((_options: object, command: LocalizedCommand) =>
      runCommand(command, async ({ client, output }) => {
        const list = await client.call("contexts.list", {});
        const rows = list.contexts.map((context) => [
          context.current ? "*" : "",
          context.name,
          context.practice ? output.text(message("cliPractice.server")) : context.server,
          context.error === undefined ? context.file : output.text(saidOf(context.error)),
        ]);
        for (const file of list.files) if (file.error !== undefined) output.error(file.error);
        const head = [message("cliHead.name"), message("cliHead.server"), message("cliHead.file")].map(output.text);
        const nothing = [output.text(message("cliOutput.noContexts"))];
        output.result("contexts", list, rows.length === 0 ? nothing : table(["", ...head], rows));
      }),
    );

  program
    .command("releases")
    .description(text(message("cliHelp.releases")))
    .action((_options: object, command: LocalizedCommand) =>
      runCommand(command, async ({ client, output }) => {
        const releases = await client.call("releases.list", {});
        const rows = releases.map((release) => [
          release.id,
          release.title[output.language],
          output.text(message("cliOutput.versionAtLeast", { version: release.kubernetesMin })),
          output.text(message(`cliSource.${release.source}`)),
        ]);
        const head = [message("cliHead.title"), message("cliHead.needs"), message("cliHead.source")].map(output.text);
        output.result("releases", releases, table(["ID", ...head], rows));
      }),
    );

  addPracticeCommands(program);
  addInstallCommands(program);
  addUpgradeCommand(program);
  addDriftCommand(program);
  addAdoptCommand(program);
  addKfDefCommands(program);
  addProfileCommands(program);
  addAddressCommands(program);
  addRegistryCommands(program);
  addImageCommands(program);
  addSignInCommands(program);
  addPlatformCommands(program);
  return program;
}
