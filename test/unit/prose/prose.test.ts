import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cliMessages } from "../../../common/words/en/cli/index.ts";
import { en } from "../../../common/words/en/index.ts";
import { messages } from "../../../common/words/en/messages/index.ts";
import { textsOf } from "../../prose/catalogue.ts";
import { check } from "../../prose/check.ts";
import { type Kind, type Rule, rules } from "../../prose/rules.ts";

const everywhere: readonly Kind[] = ["page", "message", "release", "document"];
const page = (text: string) =>
  `/** A comment. */\nexport const logs = {\n  // No "text": this.\n  a: { b: "${text}" },\n};\n`;
const found = async (path: string, source: string, ours?: readonly Rule[]) =>
  (await check(path, source, ours)).findings;

describe("the rules of docs/style.md", () => {
  it.each(rules)("$id finds its example", async (rule) => {
    const anywhere = [{ ...rule, only: everywhere }];
    const advice = expect.stringContaining(`(${rule.id})`);
    expect(await found("common/words/en/logs.ts", page(rule.example), anywhere)).toEqual([
      { place: "common/words/en/logs.ts:4 logs.a.b", advice },
    ]);
    expect((await found("README.md", `# Title\n\n${rule.example}\n`, anywhere)).length).toBe(1);
  });

  it("have an id each", () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });

  const anew = rules.filter(({ id }) => id === "anew").map((rule) => ({ ...rule, only: everywhere }));

  it("find nothing in code, and in the names of values", async () => {
    expect(await found("README.md", "It runs `anew`.\n\n```sh\nanew\n```\n", anew)).toEqual([]);
    expect(await found("common/words/en/logs.ts", page("{{anew}} and `anew`"), anew)).toEqual([]);
  });

  it("find what goes over the end of a line", async () => {
    const goOn = rules.filter(({ id }) => id === "go-on").map((rule) => ({ ...rule, only: everywhere }));
    expect(await found("README.md", "Installations go\non from *there*.\n", goOn)).toEqual([
      { place: "README.md:1", advice: "go on → continue (go-on)" },
    ]);
  });

  it("know exceptions, and which of them were needed", async () => {
    const except = { "logs.a.b": "A reason.", "logs.other": "A reason." };
    const { findings, excused } = await check(
      "common/words/en/logs.ts",
      page("Anew"),
      anew.map((rule) => ({ ...rule, except })),
    );
    expect(findings).toEqual([]);
    expect([...excused]).toEqual(["anew logs.a.b"]);
  });

  it("read the English of a release only", async () => {
    const release = JSON.stringify({ title: { en: "Made anew", ko: "anew" }, url: "anew" }, null, 2);
    expect(await found("assets/releases/x.json", release, anew)).toEqual([
      { place: "assets/releases/x.json:3 x.json.title.en", advice: "anew → again; “make anew” is “recreate” (anew)" },
    ]);
  });
});

/** Every text of a value, by its key. */
function flat(value: unknown, key: string): [string, string][] {
  if (typeof value === "string") return [[key, value]];
  return Object.entries(value ?? {}).flatMap(([name, inner]) => flat(inner, key === "" ? name : `${key}.${name}`));
}

it("no text of the catalogue is overlooked", () => {
  const folder = join(import.meta.dirname, "../../../common/words/en");
  const read = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(({ name }) => name.endsWith(".ts") && name !== "index.ts")
    .flatMap(({ parentPath, name }) => {
      const source = readFileSync(join(parentPath, name), "utf8");
      return textsOf(source).map(({ range }) =>
        source.slice(...range).replaceAll(/\\(.)/g, (_, sign) => (sign === "n" ? "\n" : sign)),
      );
    });
  const texts = flat({ en, messages, cliMessages }, "").map(([, text]) => text);
  expect(read.length).toBeGreaterThan(3000);
  expect(read.toSorted()).toEqual(texts.toSorted());
});
