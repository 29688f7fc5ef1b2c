import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync, Visitor } from "vite";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");

/** Words that are the same in every language: flags with their values, names of methods and signals, units, commands. */
const names = new Set([
  "CPU",
  "GiB",
  "ID",
  "POST",
  "HEAD",
  "NODE",
  "FROM",
  "SIGINT",
  "SIGTERM",
  "SIGHUP",
  "Bearer",
  "Flowdeck",
]);

/** Texts in a source that look as if a person should read them. */
function readable(file: string, source: string): string[] {
  const { program, errors } = parseSync(file, source);
  expect(errors).toEqual([]);
  const found: string[] = [];
  const look = (text: string) => {
    if (isSentence(text) || isLabel(text)) found.push(text);
  };
  new Visitor({
    Literal({ value }) {
      if (typeof value === "string") look(value);
    },
    TemplateElement({ value }) {
      look(value.cooked ?? value.raw);
    },
  }).visit(program);
  return found;
}

/** Two words side by side; not an option (`--name <value>`), nor a command that is to be typed as it is. */
function isSentence(text: string): boolean {
  if (/^(?:-\w, )?--[\w-]+(?: <[^<>]+>)?$/.test(text) || /^\s*(?:flowdeck|npm start|export)\b/.test(text)) return false;
  return /\p{L}{2,}[,:]? \p{L}{2,}/u.test(text.replaceAll(/<[^>]*(?:>|$)/g, ""));
}

/** A word in capitals or with a capital first, with or without a mark at its end. */
function isLabel(text: string): boolean {
  const [, word = ""] = /^\s*(\p{Lu}\p{L}+)\s*[.:…!?]?\s*$/u.exec(text) ?? [];
  return word !== "" && !names.has(word) && !/^E[A-Z]+$|^[A-Z]\w+Error$/.test(word);
}

const folder = "electron/cli";
const sources = [
  ...readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
  "electron/app/app-options.ts",
  "electron/app/localized-command.ts",
];

/** Commander's own headings, which are looked up to be replaced; errors that say this program is wrong. */
const known: Readonly<Record<string, readonly string[]>> = {
  "electron/app/localized-command.ts": ["Usage:", "Arguments:", "Options:", "Commands:"],
};

describe("what the command line says", () => {
  it.each(sources)("comes from the catalogue: %s has no sentence or label of its own", (file) => {
    const found = readable(file, readFileSync(join(root, file), "utf8"));
    expect(found.filter((text) => !known[file]?.includes(text))).toEqual([]);
  });

  it.each([
    ['say("It is done")', "It is done"],
    ["say(`objects are there: ` + count)", "objects are there: "],
    ['table(["STATE"], [])', "STATE"],
    ['table(["State"], [])', "State"],
    ['say("Cancelled.")', "Cancelled."],
  ])("is found where it is not: %s", (source, text) => {
    expect(readable("a.ts", source)).toEqual([text]);
  });

  it("is in the catalogue that has the command line's topics", () => {
    const others = sources.filter((file) => readFileSync(join(root, file), "utf8").includes("common/words/index.ts"));
    expect(others).toEqual([]);
  });

  it("is not taken for what programs read", () => {
    const source =
      'import { a } from "./some-file.ts"; call("install.start", "--name <name>", "-f, --file <x>", message("cliHelp.plan"))';
    expect(readable("a.ts", source)).toEqual([]);
  });
});
