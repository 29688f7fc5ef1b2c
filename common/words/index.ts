export {
  type BothWords,
  type Message,
  type MessageId,
  type MessageParams,
  type MessageValue,
  message,
  verbatim,
} from "./message.ts";
export { isMessageId, type Language, textOf } from "./text-of.ts";
