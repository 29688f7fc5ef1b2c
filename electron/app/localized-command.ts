import { Command, type ErrorOptions, Help, type Option } from "commander";
import stringWidth from "string-width";
import { type Language, type Message, message, textOf } from "../../common/words/cli.ts";

/** Commander's commands in the user's language: headings of the help and what it says of wrong usage. */
export class LocalizedCommand extends Command {
  readonly language: Language;

  constructor(name: string | undefined, language: Language) {
    super(name);
    this.language = language;
    this.showHelpAfterError(this.text(message("cliHelp.seeHelp")));
  }

  /** A message in the language of this command. */
  text(said: Message): string {
    return textOf(said, this.language);
  }

  override createCommand(name?: string): LocalizedCommand {
    return new LocalizedCommand(name, this.language);
  }

  override createHelp(): Help {
    const help = new LocalizedHelp((said) => this.text(said));
    return Object.assign(help, this.configureHelp());
  }

  override error(words: string, options?: ErrorOptions): never {
    const said = usageError(options?.code, words);
    return super.error(said.length === 0 ? words : said.map((one) => this.text(one)).join("\n"), options);
  }
}

class LocalizedHelp extends Help {
  readonly #text: (said: Message) => string;

  constructor(text: (said: Message) => string) {
    super();
    this.#text = text;
  }

  override commandUsage(command: Command): string {
    return this.#placeholders(super.commandUsage(command));
  }

  override subcommandTerm(command: Command): string {
    return this.#placeholders(super.subcommandTerm(command));
  }

  override subcommandDescription(command: Command): string {
    const isHelp = command.name() === "help";
    return isHelp ? this.#text(message("cliHelp.helpCommand")) : super.subcommandDescription(command);
  }

  override optionDescription(option: Option): string {
    if (option.long === "--help") return this.#text(message("cliHelp.help"));
    const { defaultValue, envVar } = option;
    const takesValue = option.required || option.optional;
    const isShown = takesValue && (typeof defaultValue === "string" || typeof defaultValue === "number");
    const extra = [
      ...(isShown ? [message("cliHelp.default", { value: JSON.stringify(defaultValue) })] : []),
      ...(envVar === undefined ? [] : [message("cliHelp.environment", { name: envVar })]),
    ].map((said) => this.#text(said));
    return extra.length === 0 ? option.description : `${option.description} (${extra.join(", ")})`;
  }

  override styleTitle(title: string): string {
    const said = headings[title];
    return said === undefined ? title : this.#text(said);
  }

  /** Letters of Korean are two columns wide. */
  override displayWidth(text: string): number {
    return stringWidth(text);
  }

  #placeholders(text: string): string {
    return text
      .replace("[options]", this.#text(message("cliHelp.someOptions")))
      .replace("[command]", this.#text(message("cliHelp.someCommand")));
  }
}

const headings: Readonly<Record<string, Message>> = {
  "Usage:": message("cliHelp.usage"),
  "Arguments:": message("cliHelp.arguments"),
  "Options:": message("cliHelp.options"),
  "Commands:": message("cliHelp.commands"),
};

/** Commander's error, which comes as an English sentence, in our own words; nothing where it is of another kind. */
function usageError(code: string | undefined, words: string): Message[] {
  const [first = "", value = ""] = [...words.matchAll(/'([^']*)'/g)].map(([, quoted = ""]) => quoted);
  const why = /is invalid\. (.*)$/s.exec(words)?.[1] ?? "";
  switch (code) {
    case "commander.missingArgument":
      return [message("cliUsage.missingArgument", { name: first })];
    case "commander.optionMissingArgument":
      return [message("cliUsage.missingValue", { option: first })];
    case "commander.missingMandatoryOptionValue":
      return [message("cliUsage.missingOption", { option: first })];
    case "commander.unknownOption":
      return [message("cliUsage.unknownOption", { option: first }), ...suggestion(words)];
    case "commander.unknownCommand":
      return [message("cliUsage.unknownCommand", { name: first }), ...suggestion(words)];
    case "commander.excessArguments":
      return [message("cliUsage.tooMany", { given: / but got \d+: (.*)\.$/s.exec(words)?.[1] ?? "" })];
    case "commander.invalidArgument":
      return why === "" ? [] : [message("cliUsage.invalidValue", { option: first, value, why })];
    default:
      return [];
  }
}

function suggestion(words: string): Message[] {
  const [, several, names] = /\n\(Did you mean (one of )?(.+)\?\)$/.exec(words) ?? [];
  if (names === undefined) return [];
  return [several ? message("cliUsage.didYouMeanOne", { names }) : message("cliUsage.didYouMean", { name: names })];
}
