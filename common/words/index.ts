export { en } from "./en/index.ts";
export { ko } from "./ko/index.ts";
export { type Message, type MessageId, type MessageValue, message, verbatim } from "./message.ts";
export { isMessageId, type Language, textOf } from "./text-of.ts";
