import { Command } from "commander";
import { addAppOptions } from "../app/index.ts";
import { addInstallCommands } from "./install-commands.ts";
import { addKfDefCommands } from "./kfdef-commands.ts";
import { table } from "./output.ts";
import { addPracticeCommands } from "./practice-commands.ts";
import { projectVersion } from "./project.ts";
import { runCommand } from "./session.ts";

/** `flowdeck` on the command line: the wizard's backend, drawn in a terminal. */
const program = addAppOptions(new Command("flowdeck"))
  .description("Installs Kubeflow on a Kubernetes cluster, and keeps a practice cluster on this machine.")
  // -V is what kfctl's commands call --verbose.
  .version(projectVersion(), "--version")
  .option("--json", "print one JSON object a line instead of text")
  .showHelpAfterError("(--help lists the options)")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

program
  .command("contexts")
  .description("list the clusters that kubeconfigs on this machine name, contacting none")
  .action((_options: object, command: Command) =>
    runCommand(command, async ({ client, output }) => {
      const list = await client.call("contexts.list", {});
      const rows = list.contexts.map((context) => [
        context.current ? "*" : "",
        context.name,
        context.practice ? "practice" : context.server,
        context.error?.message ?? context.file,
      ]);
      for (const file of list.files) if (file.error !== undefined) output.error(file.error);
      const nothing = ["No context was found. `flowdeck practice start` makes a practice cluster."];
      output.result("contexts", list, rows.length === 0 ? nothing : table(["", "NAME", "SERVER", "FILE"], rows));
    }),
  );

program
  .command("releases")
  .description("list what can be installed")
  .action((_options: object, command: Command) =>
    runCommand(command, async ({ client, output }) => {
      const releases = await client.call("releases.list", {});
      const rows = releases.map((release) => [
        release.id,
        release.title[output.language],
        `Kubernetes ${release.kubernetesMin} and later`,
        release.source,
      ]);
      output.result("releases", releases, table(["ID", "TITLE", "NEEDS", "SOURCE"], rows));
    }),
  );

addPracticeCommands(program);
addInstallCommands(program);
addKfDefCommands(program);

await program.parseAsync();
