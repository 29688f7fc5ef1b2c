import { resolve } from "node:path";
import { type Adoption, FlowdeckError, installSettings, platformOf } from "../../common/contract/index.ts";
import { type Message, message } from "../../common/words/cli.ts";
import type { LocalizedCommand } from "../app/index.ts";
import { chooseContext, connect } from "./choose-context.ts";
import { driftLines } from "./drift-lines.ts";
import { namespaceOf } from "./install-settings.ts";
import type { Output } from "./output.ts";
import { runCommand } from "./session.ts";
import { settingsProblems } from "./settings-messages.ts";
import { UsageError } from "./usage-error.ts";
import { watchInstallation } from "./watch-installation.ts";

interface AdoptOptions {
  context?: string;
  release?: string;
  name: string;
  baseDir: string;
  email: string;
  yes: boolean;
  approveExec: boolean;
}

/** flowdeck adopt: takes a Kubeflow that something else installed into a folder; without --yes it only compares. */
export function addAdoptCommand(program: LocalizedCommand): void {
  const text = (said: Message) => program.text(said);
  program
    .command("adopt")
    .description(text(message("cliAdopt.help")))
    .option("--context <name>", text(message("cliHelp.context")))
    .option("--release <id>", text(message("cliAdopt.release")))
    .option("--name <name>", text(message("cliHelp.name")), "kubeflow")
    .option("--base-dir <folder>", text(message("cliHelp.baseDir")), ".")
    .option("--email <address>", text(message("cliHelp.email", { email: "user@example.com" })), "user@example.com")
    .option("--yes", text(message("cliHelp.yes")), false)
    .option("--approve-exec", text(message("cliHelp.approveExec")), false)
    .action((options: AdoptOptions, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        const { client, output, ending } = session;
        const context = await chooseContext(client, options.context);
        await connect(client, context, options.approveExec);
        const parsed = installSettings.safeParse({
          ...{ name: options.name, baseDir: resolve(options.baseDir), release: options.release ?? "26.03.1" },
          ...{ platform: platformOf(context), contextName: context.name, email: options.email, components: [] },
          userNamespace: namespaceOf(options.email),
        });
        if (!parsed.success) throw new UsageError(...settingsProblems(parsed.error.issues));
        const asked = { context: context.id, settings: parsed.data, recognise: options.release === undefined };
        let found: Adoption | undefined;
        await client.follow(
          "adopt.compare",
          asked,
          ({ fraction, said, adoption }) => {
            found = adoption;
            output.progress(fraction, said === undefined ? "" : output.text(said), { fraction });
            return adoption !== undefined;
          },
          ending,
        );
        if (found === undefined) throw new FlowdeckError("cancelled", message("command.noPlan"));
        output.result("adoption", found, adoptionLines(found, output));
        if (!options.yes) return output.say(output.text(message("cliAdopt.useYes")));
        const { digest, settings } = found;
        const { kfDir } = await client.call("adopt.take", { context: context.id, settings, digest });
        await watchInstallation(session, kfDir);
      }),
    );
}

function adoptionLines({ title, likeness, objects, differing, leftOut }: Adoption, output: Output): string[] {
  const whys = ["absent", "secret", "definition", "changes", "other"] as const;
  return [
    output.text(message("cliAdopt.is", { title, percent: Math.round(likeness * 100) })),
    ...driftLines(differing, output),
    output.text(message("cliAdopt.objects", { count: objects, differing: differing.length })),
    ...whys.flatMap((why) => {
      const count = leftOut.filter((one) => one.why === why).length;
      return count === 0 ? [] : [output.text(message(`cliAdopt.${why}`, { count }))];
    }),
  ];
}
