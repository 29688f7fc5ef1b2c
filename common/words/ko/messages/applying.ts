import type { applying as english } from "../../en/messages/applying.ts";
import type { Translated } from "../../translated.ts";

export const applying: Translated<typeof english> = {
  notInTime_other: "{{count}}분 동안 적용하지 못했습니다({{object}}): {{because}}.",
};
