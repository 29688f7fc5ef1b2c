import type { removal as english } from "../../en/messages/removal.ts";
import type { Translated } from "../../translated.ts";

export const removal: Translated<typeof english> = {
  doesNotGo: "삭제했지만 아직 남아 있습니다: {{object}}.",
  doNotGo: "삭제했지만 아직 남아 있습니다: {{object}} 외 {{more}}개.",
  held: "남아 있는 이유: {{why}}.",
  tryAgain: "제거를 이어서 하면 다시 시도합니다.",
};
