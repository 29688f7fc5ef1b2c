import type { command as english } from "../../en/messages/command.ts";
import type { Translated } from "../../translated.ts";

export const command: Translated<typeof english> = {
  removalUnconfirmed: "{{folder}} 폴더의 설치를 클러스터에서 제거하려면 확인이 필요합니다.",
  dataWouldGo: "사용자 데이터도 제거됩니다.",
  resetUnconfirmed: "연습 클러스터를 초기화하려면 확인이 필요합니다.",
  allWouldGo: "클러스터에 있는 것이 모두 삭제됩니다.",
  confirmWithYes: "같은 명령을 --yes 옵션과 함께 실행하세요.",
  startPractice: "다음 명령으로 시작하세요: flowdeck practice start",
  nothingRuns: "{{folder}} 폴더에서 진행 중인 설치가 없습니다.",
  runsProgram: "{{context}} 컨텍스트에 연결하면 다음 프로그램이 실행됩니다: {{command}}",
  approveProgram: "믿을 수 있는 프로그램이면 같은 명령을 --approve-exec 옵션과 함께 실행하세요.",
  nothingApplied: "Flowdeck이 {{folder}} 폴더에서 적용한 것이 없습니다.",
  kfctlApplied:
    "kfctl이 직접 적용한 것은 찾을 수 있는 레이블이 없습니다. kfctl로 삭제하거나 네임스페이스를 제거하세요.",
  pageNotBuilt: "앱을 빌드하지 못했습니다.",
  noPlan: "계획을 만들지 못했습니다.",
  endedAs: "작업이 다음 상태로 끝났습니다: {{state}}",
};
