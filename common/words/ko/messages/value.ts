import type { value as english } from "../../en/messages/value.ts";
import type { Translated } from "../../translated.ts";

export const value: Translated<typeof english> = {
  missing: "값이 필요합니다",
  text: "값이 텍스트여야 합니다",
  number: "값이 숫자여야 합니다",
  boolean: "값이 true 또는 false여야 합니다",
  list: "값이 목록이어야 합니다",
  mapping: "값이 매핑이어야 합니다",
  notAllowed: "값이 다음 중 하나여야 합니다: {{values}}",
  only: "값이 다음과 같아야 합니다: {{value}}",
  unknownFields: "알 수 없는 필드입니다: {{names}}",
  tooLong: "값이 너무 깁니다",
  form: "값의 형식이 올바르지 않습니다",
};
