import type { cliDrift as english } from "../../en/cli/drift.ts";
import type { Translated } from "../../translated.ts";

export const cliDrift: Translated<typeof english> = {
  total_other: "오브젝트 {{compared}}개 중 {{count}}개가 설치한 것과 다릅니다.",
  kept_other: "그대로 두기로 한 것이 {{count}}개 더 있습니다.",
  more_other: "외 필드 {{count}}개",
  deleted: "삭제됨",
  changed: "{{path}}: {{applied}} → {{live}} ({{who}})",
  changedHidden: "{{path}}: 비밀 값 ({{who}})",
  added: "{{path}}: 추가됨 {{live}} ({{who}})",
  byAt: "{{by}}, {{at}}",
  unknown: "알 수 없음",
  hidden: "비밀 값",
  none: "없어짐",
};
