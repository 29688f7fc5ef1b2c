import { readFile } from "node:fs/promises";
import { InvalidArgumentError } from "commander";
import { message } from "../../common/words/cli.ts";
import type { LocalizedCommand } from "../app/index.ts";
import { runCommand } from "./session.ts";
import { type PlaceOptions, placeOf, withPlace } from "./sign-in-place.ts";

interface TokenOptions extends PlaceOptions {
  profile: string;
  hours: number;
  print: boolean;
}

/** flowdeck sign-in token */
export function addTokenCommand(signIn: LocalizedCommand): void {
  const command = signIn.command("token");
  const hours = (given: string) => {
    const value = Number(given);
    if (Number.isInteger(value) && value >= 1 && value <= 8760) return value;
    throw new InvalidArgumentError(command.text(message("cliPeople.badHours")));
  };
  withPlace(command.description(command.text(message("cliPeople.token"))))
    .requiredOption("--profile <name>", command.text(message("cliPeople.tokenProfile")))
    .option("--hours <number>", command.text(message("cliPeople.tokenHours")), hours, 1)
    .option("--print", command.text(message("cliPeople.tokenPrint")), false)
    .action((options: TokenOptions, own: LocalizedCommand) =>
      runCommand(own, async (session) => {
        const { client, output } = session;
        const place = await placeOf(session, options);
        const made = await client.call("sdkToken.create", {
          ...place,
          profile: options.profile,
          hours: options.hours,
        });
        if (options.print) {
          const token = await readFile(made.file, "utf8");
          return output.result("token", { token }, [token]);
        }
        const { file, account, expires, notes, snippet } = made;
        output.result("token", made, [
          output.text(message("cliPeople.tokenFile", { file })),
          output.text(message("cliPeople.tokenExpires", { account, time: { time: expires } })),
          ...notes.map((one) => `! ${output.text(one)}`),
          "",
          ...snippet,
        ]);
      }),
    );
}
