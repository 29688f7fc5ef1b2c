import type { overlay as english } from "../../en/messages/overlay.ts";
import type { Translated } from "../../translated.ts";

export const overlay: Translated<typeof english> = {
  invalid: "{{folder}} 폴더의 {{file}} 파일을 읽을 수 없습니다. {{why}}",
  invalidWay: "파일을 고치거나 다른 곳으로 옮기세요. 파일이 없으면 릴리스의 값으로 설치합니다.",
  applied: "바꾼 값을 유지합니다: {{fields}}",
  leftOut: "제외: 삭제한 상태를 유지하기로 했습니다.",
  unfit: "릴리스에 해당하는 곳이 없어 바꾼 값을 적용할 수 없습니다: {{fields}}",
  noPlace: "설치한 오브젝트에 해당하는 곳이 없어 지금 상태를 유지할 수 없습니다. {{object}}: {{fields}}",
  noPlaceWay: "오브젝트를 되돌리거나 먼저 Flowdeck 편집기에서 고치세요.",
  changed: "비교한 뒤에 오브젝트가 또 바뀌었습니다: {{object}}",
  changedWay: "다시 비교한 다음 유지하세요.",
};
