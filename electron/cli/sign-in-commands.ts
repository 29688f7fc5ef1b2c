import { Argument } from "commander";
import {
  FlowdeckError,
  type SignInChange,
  type SignInProgress,
  type SignInReview,
  type SignInState,
} from "../../common/contract/index.ts";
import { decodeTable } from "../../common/text/index.ts";
import { type Message, message } from "../../common/words/cli.ts";
import type { LocalizedCommand } from "../app/index.ts";
import { askNewPassword } from "./ask-password.ts";
import { type Output, table } from "./output.ts";
import { readConnector, readWhole } from "./read-connector.ts";
import { type CommandSession, Interrupted, runCommand } from "./session.ts";
import { type Place, type PlaceOptions, placeOf, withPlace } from "./sign-in-place.ts";
import { addTokenCommand } from "./token-command.ts";

/** flowdeck people list | add | password | disable | enable | remove | import, and flowdeck sign-in connectors | rotate | token */
export function addSignInCommands(program: LocalizedCommand): void {
  const text = (said: Message) => program.text(said);
  const people = program.command("people").description(text(message("cliPeople.help")));
  const signIn = program.command("sign-in").description(text(message("cliPeople.signInHelp")));
  const add = (group: LocalizedCommand, name: string, said: Message) =>
    withPlace(group.command(name).description(text(said)));
  const email = text(message("cliPeople.email"));
  const yes = text(message("cliHelp.yes"));

  add(people, "list", message("cliPeople.list")).action((options: PlaceOptions, command: LocalizedCommand) =>
    runCommand(command, async (session) => {
      const state = await session.client.call("signIn.read", await placeOf(session, options));
      session.output.result("people", state, rowsOf(state, session.output));
    }),
  );

  add(people, "add", message("cliPeople.add"))
    .argument("<email>", email)
    .option("--name <name>", text(message("cliPeople.name")))
    .action((address: string, options: PlaceOptions & { name?: string }, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        const place = await placeOf(session, options);
        const password = await askNewPassword(session.output.language);
        await change(session, place, { do: "add", email: address, username: options.name ?? "", password }, true);
      }),
    );

  add(people, "password", message("cliPeople.password"))
    .argument("<email>", email)
    .action((address: string, options: PlaceOptions, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        const place = await placeOf(session, options);
        const password = await askNewPassword(session.output.language);
        await change(session, place, { do: "password", email: address, password }, true);
      }),
    );

  for (const verb of ["disable", "enable"] as const) {
    add(people, verb, message(`cliPeople.${verb}`))
      .argument("<email...>", email)
      .action((emails: string[], options: PlaceOptions, command: LocalizedCommand) =>
        runCommand(command, async (session) => {
          await change(session, await placeOf(session, options), { do: verb, emails }, true);
        }),
      );
  }

  add(people, "remove", message("cliPeople.remove"))
    .argument("<email...>", email)
    .option("--yes", yes, false)
    .action((emails: string[], options: PlaceOptions & { yes: boolean }, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        await change(session, await placeOf(session, options), { do: "remove", emails }, options.yes);
      }),
    );

  add(people, "import", message("cliPeople.import"))
    .requiredOption("--file <csv>", text(message("cliPeople.file")))
    .option("--yes", yes, false)
    .action((options: PlaceOptions & { file: string; yes: boolean }, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        const list = decodeTable(await readWhole(options.file));
        await change(session, await placeOf(session, options), { do: "import", text: list }, options.yes);
      }),
    );

  const connectors = signIn.command("connectors").description(text(message("cliPeople.connectorsHelp")));
  add(connectors, "list", message("cliPeople.connectorsList")).action(
    (options: PlaceOptions, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        const state = await session.client.call("signIn.read", await placeOf(session, options));
        const lines = connectorLines(state, session.output);
        const nothing = [session.output.text(message("cliPeople.noConnectors"))];
        session.output.result("connectors", state.connectors, lines.length === 0 ? nothing : lines);
      }),
  );
  add(connectors, "apply", message("cliPeople.connectorsApply"))
    .requiredOption("--file <yaml>", text(message("cliPeople.connectorFile")))
    .option("--secret-stdin", text(message("cliPeople.secretStdin")), false)
    .option("--yes", yes, false)
    .action((options: PlaceOptions & { file: string; secretStdin: boolean; yes: boolean }, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        const draft = await readConnector(options.file, options.secretStdin);
        await change(session, await placeOf(session, options), { do: "connector", draft }, options.yes);
      }),
    );
  add(connectors, "remove", message("cliPeople.connectorsRemove"))
    .argument("<id>", text(message("cliPeople.connectorId")))
    .option("--yes", yes, false)
    .action((id: string, options: PlaceOptions & { yes: boolean }, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        await change(session, await placeOf(session, options), { do: "removeConnector", id }, options.yes);
      }),
    );

  const what = new Argument("<secret>", text(message("cliPeople.secret"))).choices(["cookie", "client"]);
  add(signIn, "rotate", message("cliPeople.rotate"))
    .addArgument(what)
    .option("--yes", yes, false)
    .action((secret: "cookie" | "client", options: PlaceOptions & { yes: boolean }, command: LocalizedCommand) =>
      runCommand(command, async (session) => {
        await change(session, await placeOf(session, options), { do: "rotate", what: secret }, options.yes);
      }),
    );
  addTokenCommand(signIn);
}

function rowsOf({ way, people, connectors }: SignInState, output: Output): string[] {
  if (way === "none") return [output.text(message("people.noDex"))];
  const head = [message("cliPeople.headEmail"), message("cliHead.name"), message("cliHead.state")];
  const rows = people.map(({ email, username, disabled, hasPassword }) => [
    email,
    username,
    output.text(message(!hasPassword ? "cliPeople.noPassword" : disabled ? "cliPeople.disabled" : "cliPeople.enabled")),
  ]);
  const list = rows.length === 0 ? [output.text(message("cliPeople.none"))] : table(head.map(output.text), rows);
  return [...list, ...connectorLines({ connectors }, output)];
}

function connectorLines({ connectors }: Pick<SignInState, "connectors">, output: Output): string[] {
  return connectors.map(({ id, type, name }) =>
    output.text(message("cliPeople.connector", { name: name === "" ? id : `${id}: ${name}`, type })),
  );
}

/** Reviews a change, and carries it out where that was said. */
async function change(session: CommandSession, place: Place, wanted: SignInChange, sure: boolean): Promise<void> {
  const { client, output } = session;
  const reviewed = await client.call("signIn.review", { ...place, change: wanted });
  output.result("review", reviewed, reviewLines(reviewed, output));
  const [fault] = reviewed.errors;
  if (fault !== undefined) throw new FlowdeckError("invalid-input", fault.said);
  if (reviewed.changes.length === 0) return;
  if (!sure) return output.say(output.text(message("cliPeople.useYes")));
  await apply(session, { ...place, change: wanted, digest: reviewed.digest });
}

function reviewLines({ changes, warnings, checks, errors }: SignInReview, output: Output): string[] {
  if (errors.length > 0) {
    return errors.map(({ line, said }) =>
      output.text(line === undefined ? said : message("cliProfiles.line", { line, said })),
    );
  }
  if (changes.length === 0) return [output.text(message("cliPeople.nothing"))];
  return [
    ...changes.map((one) => `~ ${output.text(one)}`),
    ...checks.map((one) => `✓ ${output.text(one)}`),
    ...warnings.map((one) => `! ${output.text(one)}`),
  ];
}

async function apply(
  { client, output, ending }: CommandSession,
  input: Place & { change: SignInChange; digest: string },
): Promise<void> {
  let last: SignInProgress | undefined;
  await client.follow(
    "signIn.apply",
    input,
    (progress) => {
      last = progress;
      const { state, step, fraction } = progress;
      if (state !== "running") return true;
      output.progress(fraction, output.text(message(`cliPeople.step-${step}`)), { state, step, fraction });
      return false;
    },
    ending,
  );
  if (last?.problem !== undefined) throw FlowdeckError.from(last.problem);
  if (last?.state !== "done") throw new Interrupted();
  const signs = { ok: "✓", info: "·", warn: "!" } as const;
  const notes = last.notes.map(({ tone, said }) => `${signs[tone]} ${output.text(said)}`);
  const passwords = (last.passwords ?? []).map(({ email, password }) => `${email},${password}`);
  output.result("change", last, [...notes, ...(passwords.length === 0 ? [] : ["email,password", ...passwords])]);
}
