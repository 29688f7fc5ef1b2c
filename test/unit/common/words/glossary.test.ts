import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ko } from "../../../../common/words/catalogue.ts";
import { cliMessages } from "../../../../common/words/ko/cli/index.ts";
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

/** Sentences of a Markdown page, without its code and its addresses. */
const pageTexts = (page: string): Text[] =>
  readFileSync(join(root, page), "utf8")
    .replaceAll(/^```[\s\S]*?^```/gm, "")
    .replaceAll(/`[^`\n]*`/g, "`")
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .split(/\n{2,}|^[|#]/m)
    .map((text) => ({ where: page, text }));

const texts = [
  ...textsOf(ko, "ko"),
  ...textsOf(messages, "messages"),
  ...textsOf(cliMessages, "cli"),
  ...readdirSync(releases).flatMap((name) =>
    textsOf(JSON.parse(readFileSync(join(releases, name), "utf8")), name).filter(({ where }) => where.endsWith(".ko")),
  ),
  ...["README.ko.md", "docs/class-sheet.ko.md"].flatMap(pageTexts),
];

const forms = (cell: string | undefined) =>
  (cell ?? "")
    .split(",")
    .map((form) => form.trim())
    .filter(Boolean);
/** The terms of the glossary: what is said and what is not. */
const terms = readFileSync(join(root, "docs/glossary.ko.md"), "utf8")
  .split("\n")
  .filter((line) => /^\| [^-]/.test(line))
  .slice(1)
  .map((line) => line.split("|"))
  .map(([, , said, not]) => ({ said: forms(said), not: forms(not) }));

/** Where a form is said that is not part of one that may be said: Kubeflow(쿠브플로우) has 쿠브플로우 in it. */
function found(form: string, said: readonly string[]): Text[] {
  const longer = said.filter((one) => one.includes(form));
  return texts.filter(({ text }) => longer.reduce((rest, one) => rest.replaceAll(one, ""), text).includes(form));
}

describe("Korean texts", () => {
  it("call things by the words of docs/glossary.ko.md", () => {
    expect(terms.flatMap(({ not }) => not).length).toBeGreaterThan(100);
    expect(texts.length).toBeGreaterThan(2000);
    const wrong = terms.flatMap(({ said, not }) => not.flatMap((form) => found(form, said).map((one) => [form, one])));
    expect(wrong).toEqual([]);
  });

  it("have no semicolon", () => {
    expect(texts.filter(({ text }) => text.includes(";"))).toEqual([]);
  });

  it("quote values with “ ”", () => {
    const other = /[‘"'](?:\{\{|[가-힣])|(?:\}\}|[가-힣])["’]/;
    expect(texts.filter(({ text }) => other.test(text))).toEqual([]);
  });

  it("have no particle in two forms, and none right after a value", () => {
    const both = /[은이을와과](?:\((?:는|가|를|과|와)\))|\(으\)로/;
    const after = /\}\}[`'"”’]*(?:은|는|이|가|을|를|와|과|으로|로)(?=[\s,.]|$)/;
    expect(texts.filter(({ text }) => both.test(text) || after.test(text))).toEqual([]);
  });
});
