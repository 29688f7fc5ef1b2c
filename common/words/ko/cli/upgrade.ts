import type { cliUpgrade as english } from "../../en/cli/upgrade.ts";
import type { Translated } from "../../translated.ts";

export const cliUpgrade: Translated<typeof english> = {
  totals:
    "{{from}} → {{to}}: 추가 {{created}}개, 변경 {{changed}}개, 그대로 {{unchanged}}개, 삭제 {{removed}}개, 유지 {{stays}}개입니다.",
  step: "릴리스의 단계 {{number}}: {{title}}. {{because}}",
  recreated: "! {{object}}: {{why}}",
  rejected: "    거부됨: {{why}}",
  note: "    {{words}}",
  field: "    {{path}}: {{was}} → {{becomes}}",
  fieldHidden: "    {{path}}: 비밀 값",
  fieldBy: "{{field}} (설정한 관리자: {{by}})",
  more_other: "    외 필드 {{count}}개",
  others: "    {{path}} 유지 (설정한 관리자: {{by}})",
  none: "없음",
  addPrune: "유지되는 오브젝트를 삭제하려면 --prune 옵션에 종류와 이름을 지정하세요.",
  unconfirmed: "{{folder}} 폴더의 설치를 변경하려면 확인이 필요합니다.",
  confirm: "아무것도 변경하지 않았습니다. 계획대로 하려면 다음 명령을 실행하세요: {{command}}",
  notAsked: "이 계획에서 결정할 필요가 없는 오브젝트입니다: {{name}}",
  notInPlan: "계획에 없는 오브젝트입니다: {{name}}. 계획에 표시된 대로 Kind/namespace/name 형식으로 지정하세요.",
};
