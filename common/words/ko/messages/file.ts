import type { file as english } from "../../en/messages/file.ts";
import type { Translated } from "../../translated.ts";

export const file: Translated<typeof english> = {
  unreadable: "읽을 수 없습니다: {{file}}",
  unreadableCode: "읽을 수 없습니다: {{file}} ({{code}})",
};
