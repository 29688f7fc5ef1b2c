import type { pattern as english } from "../../en/messages/pattern.ts";
import type { Translated } from "../../translated.ts";

export const pattern: Translated<typeof english> = {
  invalid: "정규식 오류: {{words}}",
  slow: "이 정규식은 너무 오래 걸립니다. 더 간단하게 쓰세요.",
};
