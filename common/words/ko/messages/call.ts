import type { call as english } from "../../en/messages/call.ts";
import type { Translated } from "../../translated.ts";

export const call: Translated<typeof english> = {
  cancelled: "취소되었습니다.",
};
