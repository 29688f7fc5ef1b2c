import type { others as english } from "../../en/messages/others.ts";
import type { Translated } from "../../translated.ts";

export const others: Translated<typeof english> = {
  words: "{{text}}",
  quote: "원문 메시지: {{text}}",
  more: "{{names}} 외 {{more}}개",
};
