import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { en } from "../../../../common/words/en/index.ts";
import { messages as enMessages } from "../../../../common/words/en/messages/index.ts";
import { ko } from "../../../../common/words/ko/index.ts";
import { messages as koMessages } from "../../../../common/words/ko/messages/index.ts";
import { keptSentences } from "./kept-sentences.ts";

/** Sentences readers asked to change: tables of “now” and “better”, with the keys they had then. */
const root = join(import.meta.dirname, "../../../..");
const list = join(root, "../shared/reviews/words.md");
const missing = existsSync(list) ? "" : " (skipped: ../shared/reviews/words.md is missing)";

function flat(value: unknown, key: string, into: Map<string, string>): Map<string, string> {
  if (typeof value === "string") into.set(key, value);
  else for (const [name, inner] of Object.entries(value ?? {})) flat(inner, key === "" ? name : `${key}.${name}`, into);
  return into;
}

/** Every text of a language, by its key. */
function textsIn(language: "en" | "ko"): Map<string, string> {
  const texts = flat(
    { ...(language === "en" ? en : ko), messages: language === "en" ? enMessages : koMessages },
    "",
    new Map(),
  );
  const folder = join(root, "assets/releases");
  for (const name of readdirSync(folder)) {
    const release = flat(JSON.parse(readFileSync(join(folder, name), "utf8")), name, new Map());
    for (const [key, text] of release) if (key.endsWith(`.${language}`)) texts.set(key, text);
  }
  return texts;
}

interface Change {
  language: "en" | "ko";
  /** The key of the text, where the table has keys. */
  key: string | undefined;
  now: string;
  better: string;
}

const topics: Readonly<Record<string, string>> = { pulse: "overview", shells: "terminal" };

function changesIn(document: string): Change[] {
  const changes: Change[] = [];
  let language: "en" | "ko" | undefined;
  let topic: string | undefined;
  for (const line of document.split("\n")) {
    const section = /^# (\d)/.exec(line)?.[1];
    if (section !== undefined) language = section === "1" ? "ko" : section === "2" ? "en" : undefined;
    const file = /^\*\*(.*)\*\*$/.exec(line)?.[1];
    if (file !== undefined) topic = /^(?:(?:en|ko)\/)?(\w+)\.json$/.exec(file)?.[1];
    if (!line.startsWith("| ") || language === undefined) continue;
    const [, where = "", now = "", better = ""] = line
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replaceAll("\\|", "|"));
    const name = /^`(.+)`$/.exec(where)?.[1];
    const prefix = topic === undefined || topic === "en" || topic === "ko" ? "" : `${topics[topic] ?? topic}.`;
    if (now !== better) changes.push({ language, key: name && prefix + name, now, better });
  }
  return changes;
}

/** Where a text still is: at its key, or, if that key no longer exists, anywhere; a word alone may be right elsewhere. */
function standing({ language, key, now }: Change, texts: ReadonlyMap<string, string>): string[] {
  if (key !== undefined && texts.has(key)) return texts.get(key) === now ? [`${language} ${key}`] : [];
  if (!now.includes(" ")) return [];
  return [...texts].filter(([, text]) => text === now).map(([at]) => `${language} ${at}`);
}

it.skipIf(missing !== "")(`sentences readers asked to change are changed, or kept for a reason${missing}`, () => {
  const changes = changesIn(readFileSync(list, "utf8"));
  expect(changes.length).toBeGreaterThan(900);
  const texts = { en: textsIn("en"), ko: textsIn("ko") };
  const found = changes.flatMap((change) =>
    standing(change, texts[change.language]).map((place) => ({ place, ...change })),
  );
  const unexplained = found
    .filter(({ place }) => !Object.hasOwn(keptSentences, place))
    .map(({ place, now, better }) => `${place}: ${now} → ${better}`);
  expect(unexplained).toEqual([]);
  const places = new Set(found.map(({ place }) => place));
  expect(Object.keys(keptSentences).filter((place) => !places.has(place))).toEqual([]);
});
