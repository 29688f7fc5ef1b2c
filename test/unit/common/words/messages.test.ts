import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cliMessages as cliEn } from "../../../../common/words/en/cli/index.ts";
import { messages as en } from "../../../../common/words/en/messages/index.ts";
import { isMessageId, type Message, message, textOf, verbatim } from "../../../../common/words/index.ts";
import { cliMessages as cliKo } from "../../../../common/words/ko/cli/index.ts";
import { messages as ko } from "../../../../common/words/ko/messages/index.ts";

const root = join(import.meta.dirname, "../../../..");

const flat = (catalogue: Record<string, Record<string, string>>) =>
  Object.entries(catalogue).flatMap(([topic, texts]) =>
    Object.entries(texts).map(([name, text]) => ({ id: `${topic}.${name}`, text })),
  );
const english = flat({ ...en, ...cliEn });
const korean = flat({ ...ko, ...cliKo });
const withoutForm = (id: string) => id.replace(/_(one|other)$/, "");
const valuesOf = (text: string) => new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name));

function sources(...folders: string[]): string {
  return folders
    .flatMap((folder) => readdirSync(join(root, folder), { withFileTypes: true, recursive: true }))
    .filter(
      (entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.parentPath.includes(join("common", "words")),
    )
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
    .join("\n");
}

describe("messages", () => {
  it("have the same ids in every language, and name the same values", () => {
    const korean2 = new Map(korean.map(({ id, text }) => [id, text]));
    for (const { id, text } of english.filter((one) => !one.id.endsWith("_one"))) {
      const other = korean2.get(id);
      expect(other, id).toBeDefined();
      expect({ id, values: valuesOf(other ?? "") }).toEqual({ id, values: valuesOf(text) });
    }
    expect(new Set(korean.map(({ id }) => id))).toEqual(
      new Set(english.filter(({ id }) => !id.endsWith("_one")).map(({ id }) => id)),
    );
  });

  it("are said in Korean where the text is Korean", () => {
    const untranslated = korean.filter(
      ({ text }) => /[a-z]{3,} [a-z]{2,} [a-z]{2,}/.test(text) && !/[가-힣]/.test(text),
    );
    expect(untranslated).toEqual([]);
  });

  it("each read as Korean, but for names", () => {
    const names = ["removal.phaseVolumes", "removal.phaseDefinitions"];
    const letters = (text: string) => text.replace(/\{\{\w+\}\}/g, "").replace(/[^\p{L}]/gu, "");
    const inEnglish = new Map(english.map(({ id, text }) => [id, text]));
    const unread = korean.filter(
      ({ id, text }) =>
        !names.includes(id) && letters(text) !== "" && (!/[가-힣]/.test(text) || inEnglish.get(id) === text),
    );
    expect(unread).toEqual([]);
  });

  // After a value in brackets it goes with the noun before them: "서버({{address}})가".
  it("put no particle right after a value: which form it takes depends on what the value is", () => {
    const particle = /\}\}[`'"”’]*(?:은|는|이|가|을|를|와|과|으로|로)(?=[\s,.]|$)/;
    expect(korean.filter(({ text }) => particle.test(text))).toEqual([]);
  });

  it("are each used by something", () => {
    const text = sources("electron", "renderer", "common");
    const used = new Set([...text.matchAll(/"(\w+\.[\w-]+)"/g)].map(([, id]) => id));
    const composed = new Set([...text.matchAll(/`(\w+)\.\$\{/g)].map(([, topic]) => topic));
    const unused = [...new Set(english.map(({ id }) => withoutForm(id)))].filter((id) => {
      return !used.has(id) && !composed.has(id.slice(0, id.indexOf(".")));
    });
    expect(unused).toEqual([]);
  });
});

describe("what only the command line says", () => {
  const ids = Object.keys(cliEn).join("|");

  it("is not loaded by the page, and said by nobody else", () => {
    const uses = new RegExp(`["\`](?:${ids})\\.`);
    expect(sources("renderer", "common")).not.toMatch(uses);
    expect(sources("renderer")).not.toMatch(/words\/(?:cli|en\/cli|ko\/cli)/);
  });
});

describe("textOf", () => {
  const unknown = (id: string, params: Message["params"]) => ({ id, params }) as Message;

  it("gives what the catalogue has", () => {
    expect(textOf(message("call.cancelled"), "en")).toBe("Canceled.");
    expect(textOf(message("call.cancelled"), "ko")).toBe("취소되었습니다.");
  });

  it("gives an id that the catalogue does not have as it is, with its values", () => {
    expect(textOf(unknown("later.version", { name: "a", count: 2 }), "ko")).toBe("later.version a 2");
    expect(textOf(unknown("constructor.name", {}), "en")).toBe("constructor.name");
    expect(isMessageId("__proto__.x")).toBe(false);
    expect(isMessageId("call.cancelled")).toBe(true);
  });

  it("ends a sentence once that ends with another sentence", () => {
    const unseen = (why: Message) => textOf(message("wait.unfollowed", { why }), "en");
    expect(textOf(message("removal.held", { why: message("call.cancelled") }), "en")).toBe("Reason: Canceled.");
    expect(textOf(message("removal.held", { why: verbatim("x") }), "en")).toBe("Reason: x.");
    expect(unseen(verbatim("x"))).toBe("its deletion can't be followed: x");
  });

  it("puts words that come in both languages into a text in its own", () => {
    expect(textOf(unknown("x.y", { title: { en: "Models", ko: "모델" } }), "ko")).toBe("x.y 모델");
    expect(textOf(unknown("x.y", { title: { en: "Models", ko: "모델" } }), "en")).toBe("x.y Models");
  });

  it("shows a time as the reader's language has it", () => {
    const at = (time: string) => unknown("x.y", { at: { time } });
    expect(textOf(at("2026-03-01T12:00:00Z"), "en")).toMatch(/^x\.y Mar 1, 2026, \d/);
    expect(textOf(at("2026-03-01T12:00:00Z"), "ko")).toMatch(/^x\.y 2026\. 3\. 1\. 오/);
    expect(textOf(at("some day"), "ko")).toBe("x.y some day");
  });

  it("puts a message and a list of them into a text in the same language", () => {
    const inner = message("call.cancelled");
    expect(textOf(unknown("x.y", { a: inner, b: ["one", inner] }), "ko")).toBe(
      "x.y 취소되었습니다. one 및 취소되었습니다.",
    );
  });
});
