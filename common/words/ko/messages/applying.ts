import type { applying as english } from "../../en/messages/applying.ts";
import type { Translated } from "../../translated.ts";

export const applying: Translated<typeof english> = {
  notInTime_other: "{{count}}분 동안 적용하지 못했습니다({{object}}): {{because}}.",
  refused: "거부되었습니다({{object}}): {{because}}.",
  fieldsOwned: "{{owners}} 관리자가 소유한 필드가 있어 그대로 두었습니다: {{object}}.",
  giveUp: "{{owners}} 관리자가 필드의 소유권을 포기하게 하거나 오브젝트를 삭제한 뒤 이어서 하세요.",
  notComplete: "끝나지 않았습니다: {{names}}. {{first}}",
  notCompleteRest_other: "끝나지 않았습니다: {{names}}(그 뒤의 애플리케이션 {{count}}개는 시작하지 않음). {{first}}",
};
