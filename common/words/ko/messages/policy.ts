import type { policy as english } from "../../en/messages/policy.ts";
import type { Translated } from "../../translated.ts";

export const policy: Translated<typeof english> = {
  objectMissing: "존재하지 않습니다: {{object}}.",
};
