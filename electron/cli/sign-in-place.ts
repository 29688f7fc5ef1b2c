import type { ContextId } from "../../common/contract/index.ts";
import { message } from "../../common/words/cli.ts";
import type { LocalizedCommand } from "../app/index.ts";
import { connect, namedOrCurrent } from "./choose-context.ts";
import { chooseInstallation } from "./choose-installation.ts";
import type { CommandSession } from "./session.ts";

export interface PlaceOptions {
  context?: string;
  installation?: string;
  approveExec: boolean;
}

/** A cluster, and the folder that records what is changed about signing in there. */
export interface Place {
  context: ContextId;
  kfDir?: string;
}

/** The options that say where. */
export function withPlace(command: LocalizedCommand): LocalizedCommand {
  return command
    .option("--context <name>", command.text(message("cliHelp.contextOrCurrent")))
    .option("--installation <name>", command.text(message("cliPeople.installation")))
    .option("--approve-exec", command.text(message("cliHelp.approveExec")), false);
}

/** Where it is, and the folder that is to record it: the one that is named, or the only one that is installed there. */
export async function placeOf({ client }: CommandSession, options: PlaceOptions): Promise<Place> {
  const chosen = await namedOrCurrent(client, options.context);
  await connect(client, chosen, options.approveExec);
  const context = chosen.id;
  if (options.installation !== undefined) {
    return { context, kfDir: (await chooseInstallation(client, options.installation)).kfDir };
  }
  const known = await client.call("install.list", {});
  const there = known.filter(({ contextName, state }) => contextName === chosen.name && state === "installed");
  const [only] = there;
  return only !== undefined && there.length === 1 ? { context, kfDir: only.kfDir } : { context };
}
