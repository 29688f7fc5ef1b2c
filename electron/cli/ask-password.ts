import { text } from "node:stream/consumers";
import { password } from "../../common/contract/index.ts";
import { type Language, message, textOf } from "../../common/words/cli.ts";
import { settingsProblems } from "./settings-messages.ts";
import { UsageError } from "./usage-error.ts";

/** What a password is read from. */
interface Keyboard extends AsyncIterable<Buffer | string> {
  isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
}

const [ctrlC, ctrlD, backspace, del] = ["\u0003", "\u0004", "\b", "\u007f"];

/**
 * A new password: typed twice at a terminal, without showing it, else all that is piped in. It is never an argument, which
 * other people's programs can see. Throws a {@link UsageError} with the rule that it breaks.
 */
export async function askNewPassword(
  language: Language,
  keyboard: Keyboard = process.stdin,
  screen: { write(text: string): unknown } = process.stderr,
): Promise<string> {
  const given = keyboard.isTTY ? await typedTwice(language, keyboard, screen) : await piped(keyboard);
  const parsed = password.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new UsageError(...settingsProblems(parsed.error.issues.map((issue) => ({ ...issue, path: ["password"] }))));
}

async function piped(keyboard: Keyboard): Promise<string> {
  return (await text(keyboard as NodeJS.ReadableStream)).replace(/\r?\n$/, "");
}

async function typedTwice(
  language: Language,
  keyboard: Keyboard,
  screen: { write(text: string): unknown },
): Promise<string> {
  keyboard.setRawMode?.(true);
  try {
    const lines = linesOf(keyboard);
    screen.write(`${textOf(message("cliPeople.newPassword"), language)} `);
    const first = (await lines.next()).value ?? "";
    screen.write(`\n${textOf(message("cliPeople.again"), language)} `);
    const second = (await lines.next()).value ?? "";
    screen.write("\n");
    if (first !== second) throw new UsageError(message("cliPeople.differ"));
    return first;
  } finally {
    keyboard.setRawMode?.(false);
  }
}

/** What is typed, a line at a time. Ctrl-C and Ctrl-D end it with nothing. */
async function* linesOf(keyboard: Keyboard): AsyncGenerator<string, undefined, void> {
  let line = "";
  for await (const chunk of keyboard) {
    for (const key of chunk.toString()) {
      if (key === ctrlC || key === ctrlD) return undefined;
      if (key === "\r" || key === "\n") {
        yield line;
        line = "";
      } else if (key === backspace || key === del) line = [...line].slice(0, -1).join("");
      else line += key;
    }
  }
  return undefined;
}
