import type { log as english } from "../../en/messages/log.ts";
import type { Translated } from "../../translated.ts";

export const log: Translated<typeof english> = {
  objectMissing: "존재하지 않습니다: {{object}}.",
  noPods: "{{object}}: 선택하는 파드가 없어서 로그가 없습니다.",
  lineGone: "이 줄은 더 이상 보관되어 있지 않습니다.",
  notOpen: "이 로그는 열려 있지 않습니다.",
  closed: "로그가 닫혔습니다.",
};
