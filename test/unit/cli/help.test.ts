import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { CommanderError } from "commander";
import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import type { Language } from "../../../common/words/index.ts";
import type { LocalizedCommand } from "../../../electron/app/index.ts";
import { flowdeckProgram } from "../../../electron/cli/program.ts";

const root = join(import.meta.dirname, "../../..");
const hangul = /[가-힣]/;
/** Three words of English in a row; names of options, values and products are no sentence. */
const sentence = /\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b/;

/** What a command writes, and with which code it ends, where it ends before it has done anything. */
async function run(language: Language, ...args: string[]): Promise<{ text: string; code: number }> {
  let text = "";
  const program = flowdeckProgram(language, (error) => {
    throw error;
  });
  const write = (part: string) => {
    text += part;
  };
  for (const command of all(program)) command.configureOutput({ writeOut: write, writeErr: write });
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return { text, code: error.exitCode };
    throw error;
  }
  throw new Error(`It ran: ${args.join(" ")}`);
}

function all(command: LocalizedCommand): LocalizedCommand[] {
  const below = command.commands.filter((one): one is LocalizedCommand => one instanceof LocalizedCommandClass);
  return [command, ...below.flatMap(all)];
}

const LocalizedCommandClass = flowdeckProgram("en", (error) => {
  throw error;
}).constructor as typeof LocalizedCommand;

function pathOf(command: LocalizedCommand): string[] {
  const parent = command.parent as LocalizedCommand | null;
  return parent === null ? [] : [...pathOf(parent), command.name()];
}

const commands = all(
  flowdeckProgram("en", (error) => {
    throw error;
  }),
).map(pathOf);

describe("the help of flowdeck", () => {
  it("is of many commands", () => {
    expect(commands.length).toBeGreaterThan(17);
  });

  it.each(commands.map((path) => [path.join(" "), path] as const))("is Korean for Koreans: %s", async (_, path) => {
    const { text, code } = await run("ko", ...path, "--help");
    expect(code).toBe(0);
    const [usage = "", ...rest] = text.split("\n");
    expect(usage).toMatch(/^사용법: flowdeck /);
    expect(rest.join("\n")).not.toMatch(sentence);
    for (const description of descriptions(text)) expect(description).toMatch(hangul);
    expect(text).not.toMatch(/Usage|Options|Commands|Arguments|default:|env:/);
  });

  it.each(commands.map((path) => [path.join(" "), path] as const))("is English otherwise: %s", async (_, path) => {
    const { text, code } = await run("en", ...path, "--help");
    expect(code).toBe(0);
    expect(text).toMatch(/^Usage: flowdeck /);
    expect(text).not.toMatch(hangul);
  });

  it("has the same commands and options in both", async () => {
    for (const path of commands) {
      const terms = async (language: Language) =>
        (await run(language, ...path, "--help")).text.match(/--[a-z_-]+(?: <[^>]+>)?/g);
      const [korean, english] = [await terms("ko"), await terms("en")];
      expect(new Set(korean)).toEqual(new Set(english));
    }
  });

  it("begins descriptions in one column and keeps within the width, wide letters or not", async () => {
    for (const language of ["en", "ko"] as const) {
      const { text } = await run(language, "install", "--help");
      const starts = text.split("\n").flatMap((line) => {
        const [, term] = /^( {2}-\S.*?\S {2,})\S/.exec(line) ?? [];
        return term === undefined ? [] : [stringWidth(term)];
      });
      expect(starts.length).toBeGreaterThan(10);
      expect(new Set(starts).size).toBe(1);
      for (const line of text.split("\n")) expect(stringWidth(line)).toBeLessThanOrEqual(80);
    }
  });
});

/** The descriptions in a help, each in one line. */
function descriptions(help: string): string[] {
  return help
    .replaceAll(/\n {8,}/g, " ")
    .split("\n")
    .flatMap((line) => /^ {2}\S.*?\S {2,}(\S.*)$/.exec(line)?.[1] ?? []);
}

describe("a wrong usage of flowdeck", () => {
  it.each([
    ["an unknown command", ["lst"], "error: unknown command 'lst'\n(Did you mean list?)", "알 수 없는 명령입니다: lst"],
    [
      "an unknown option",
      ["list", "--jso"],
      "error: unknown option '--jso'\n(Did you mean --json?)",
      "옵션입니다: --jso",
    ],
    ["a missing value", ["plan", "--name"], "error: option '--name <name>' argument missing", "값이 없습니다: --name"],
    [
      "a missing option",
      ["kfdef", "build"],
      "error: required option '-f, --file <config>' not specified",
      "-f, --file",
    ],
    ["too many arguments", ["status", "a", "b"], "error: too many arguments: a, b", "너무 많습니다: a, b"],
    [
      "a wrong value",
      ["practice", "start", "--nodes", "99"],
      "error: option '--nodes <number>' argument '99' is invalid. It must be a whole number from 1 to 50.",
      "99. 1부터 50까지의 정수여야 합니다.",
    ],
  ])("is said in the user's language: %s", async (_, args, english, korean) => {
    const inEnglish = await run("en", ...args);
    expect(inEnglish).toEqual({ text: `${english}\n(--help lists the options)\n`, code: 1 });
    const { text, code } = await run("ko", ...args);
    expect(code).toBe(1);
    expect(text).toContain(korean);
    for (const line of text.trim().split("\n")) expect(line).toMatch(hangul);
    expect(text).not.toMatch(sentence);
  });
});

describe.skipIf(process.platform === "win32")("the programs", () => {
  const started = async (program: string, args: string[], locale: object) => {
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...locale };
    return promisify(execFile)(process.execPath, [join(root, "bin", program), ...args], { env }).then(
      ({ stdout, stderr }) => ({ code: 0, text: `${stdout}${stderr}` }),
      ({ code, stdout, stderr }) => ({ code, text: `${stdout}${stderr}` }),
    );
  };

  it("follow LC_ALL, LC_MESSAGES and LANG, in this order", { timeout: 60_000 }, async () => {
    const [korean, english, wrong] = await Promise.all([
      started("start.js", ["--help"], { LANG: "ko_KR.UTF-8" }),
      started("start.js", ["--help"], { LC_ALL: "C", LANG: "ko_KR.UTF-8" }),
      started("flowdeck.js", ["lst"], { LC_MESSAGES: "ko_KR.UTF-8", LANG: "en_US.UTF-8" }),
    ]);
    expect(korean).toMatchObject({ code: 0, text: expect.stringMatching(/^사용법: npm start -- \[옵션\]\n/) });
    expect(korean.text).not.toMatch(sentence);
    expect(english).toMatchObject({ code: 0, text: expect.stringMatching(/^Usage: npm start -- \[options\]\n/) });
    expect(english.text).not.toMatch(hangul);
    expect(wrong).toMatchObject({ code: 2, text: expect.stringMatching(/^오류: 알 수 없는 명령입니다: lst\n/) });
  });
});
