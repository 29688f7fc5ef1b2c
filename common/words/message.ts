import type { cliMessages } from "./en/cli/index.ts";
import type { messages } from "./en/messages/index.ts";

type Messages = typeof messages & typeof cliMessages;
type Topic = keyof Messages & string;

/** A plural's forms `x_one` and `x_other` are one text, `x`. */
type WithoutForm<Key extends string> = Key extends `${infer Name}_one` | `${infer Name}_other` ? Name : Key;

/** The name of a text of the catalogue: `topic.name`. */
export type MessageId = {
  [T in Topic]: `${T}.${WithoutForm<keyof Messages[T] & string>}`;
}[Topic];

type TextOf<Id extends MessageId> = Id extends `${infer T}.${infer Name}`
  ? T extends Topic
    ? Messages[T][(Name | `${Name}_other`) & keyof Messages[T]]
    : never
  : never;

type ValuesIn<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Name | ValuesIn<Rest> : never;

/** What carries its own words in both languages, such as a release's titles. */
export interface BothWords {
  readonly en: string;
  readonly ko: string;
}

/** A point in time, as ISO 8601 writes it; shown as the reader's language and clock have it. */
interface Time {
  readonly time: string;
}

/** A value in a text: text as it is (names, paths, others' words), a number, a time, another message, or a list. */
export type MessageValue = string | number | Time | Message | BothWords | readonly (string | Message)[];

/** Something to be read by a person, in whichever language they read: an id of the catalogue and its values. */
export interface Message<Id extends MessageId = MessageId> {
  readonly id: Id;
  readonly params: Readonly<Record<string, MessageValue>>;
}

/** The values that a text names. */
export type MessageParams<Id extends MessageId> = {
  readonly [Name in ValuesIn<TextOf<Id>>]: Name extends "count" ? number : MessageValue;
};

/**
 * A message by its id with every value that its English text names; an id or a value that is missing doesn't compile.
 * A text with plural forms chooses by its value `count`.
 */
export function message<Id extends MessageId>(
  id: Id,
  ...[params]: [ValuesIn<TextOf<Id>>] extends [never] ? [] : [params: MessageParams<Id>]
): Message<Id> {
  return { id, params: params ?? {} };
}

/** What is the same in every language: names, somebody else's words. */
export function verbatim(text: string): Message {
  return message("others.words", { text });
}
