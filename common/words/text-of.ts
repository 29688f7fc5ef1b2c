import { messages as en } from "./en/messages/index.ts";
import { messages as ko } from "./ko/messages/index.ts";
import type { Message, MessageId, MessageValue } from "./message.ts";

export type Language = "en" | "ko";

type Topics = Readonly<Record<string, Readonly<Record<string, string>>>>;

const catalogues: Record<Language, Topics> = { en, ko };
const plurals: Record<Language, Intl.PluralRules> = { en: new Intl.PluralRules("en"), ko: new Intl.PluralRules("ko") };
const lists: Record<Language, Intl.ListFormat> = { en: new Intl.ListFormat("en"), ko: new Intl.ListFormat("ko") };

/** Takes in topics that not everybody loads; ids of theirs have texts from then on. */
export function addTopics(more: Readonly<Record<Language, Topics>>): void {
  for (const language of ["en", "ko"] as const) catalogues[language] = { ...catalogues[language], ...more[language] };
}

/** Whether the catalogue has a text of this id. Messages out of old files and other versions may have unknown ones. */
export function isMessageId(id: string): id is MessageId {
  return templateOf(id, 0, "en") !== undefined;
}

/** A message as a person reads it. An id that the catalogue does not have is given as it is, with its values. */
export function textOf({ id, params }: Message, language: Language): string {
  const template = templateOf(id, params.count, language);
  if (template === undefined)
    return [id, ...Object.values(params).map((value) => valueText(value, language))].join(" ");
  return template.replace(/\{\{(\w+)\}\}(\.?)/g, (whole, name: string, stop: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (value === undefined) return whole;
    const text = valueText(value, language);
    // A sentence at the end of another one ends it, too.
    return text.endsWith(".") ? text : text + stop;
  });
}

function valueText(value: MessageValue, language: Language): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return value.toLocaleString(language);
  if ("id" in value) return textOf(value, language);
  if ("en" in value) return value[language];
  if ("time" in value) return timeText(value.time, language);
  return lists[language].format(value.map((one) => (typeof one === "string" ? one : textOf(one, language))));
}

function timeText(time: string, language: Language): string {
  const date = new Date(time);
  const isTime = !Number.isNaN(date.getTime());
  return isTime ? date.toLocaleString(language, { dateStyle: "medium", timeStyle: "short" }) : time;
}

function templateOf(id: string, count: MessageValue | undefined, language: Language): string | undefined {
  const dot = id.indexOf(".");
  const topic = id.slice(0, dot);
  if (!Object.hasOwn(catalogues[language], topic)) return undefined;
  const texts = catalogues[language][topic] ?? {};
  const name = id.slice(dot + 1);
  const form = typeof count === "number" ? `${name}_${plurals[language].select(count)}` : name;
  return [form, `${name}_other`, name].filter((key) => Object.hasOwn(texts, key)).map((key) => texts[key])[0];
}
