import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ko } from "../../../../common/words/index.ts";
import { messages } from "../../../../common/words/ko/messages/index.ts";

const root = join(import.meta.dirname, "../../../..");
const releases = join(root, "assets/releases");

interface Text {
  where: string;
  text: string;
}

function textsOf(value: unknown, where: string): Text[] {
  if (typeof value === "string") return [{ where, text: value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsOf(inner, `${where}.${key}`));
}

const texts = [
  ...textsOf(ko, "ko"),
  ...textsOf(messages, "messages"),
  ...readdirSync(releases).flatMap((name) =>
    textsOf(JSON.parse(readFileSync(join(releases, name), "utf8")), name).filter(({ where }) => where.endsWith(".ko")),
  ),
];

/** The last column of the table in docs/korean.md. */
const banned = readFileSync(join(root, "docs/korean.md"), "utf8")
  .split("\n")
  .filter((line) => /^\| [^-]/.test(line))
  .slice(1)
  .flatMap((line) => line.split("|")[3]?.split(",") ?? [])
  .map((form) => form.trim());

describe("Korean texts", () => {
  it("call things by the words of docs/korean.md", () => {
    expect(banned.length).toBeGreaterThan(25);
    expect(texts.length).toBeGreaterThan(2000);
    const found = banned.flatMap((form) => texts.filter(({ text }) => text.includes(form)).map((one) => [form, one]));
    expect(found).toEqual([]);
  });

  it("have no particle in two forms, and none right after a value", () => {
    const both = /[은이을와과](?:\((?:는|가|를|과|와)\))|\(으\)로/;
    const after = /\}\}[`'"”’]*(?:은|는|이|가|을|를|와|과|으로|로)(?=[\s,.]|$)/;
    expect(texts.filter(({ text }) => both.test(text) || after.test(text))).toEqual([]);
  });
});
