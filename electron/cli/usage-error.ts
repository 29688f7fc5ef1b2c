import { type Language, type Message, textOf } from "../../common/words/cli.ts";

/** A command used wrongly; ends with code 2. Each message is a line. */
export class UsageError extends Error {
  readonly #said: readonly Message[];

  constructor(...said: readonly Message[]) {
    super(linesOf(said, "en"));
    this.#said = said;
  }

  text(language: Language): string {
    return linesOf(this.#said, language);
  }
}

function linesOf(said: readonly Message[], language: Language): string {
  return said.map((one) => textOf(one, language)).join("\n");
}
