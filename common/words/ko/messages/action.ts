import type { action as english } from "../../en/messages/action.ts";
import type { Translated } from "../../translated.ts";

export const action: Translated<typeof english> = {
  objectMissing: "더 이상 없습니다: {{object}}.",
  replaced: "{{object}}: 그사이 삭제되고 다시 만들어졌습니다. 새 오브젝트는 그대로 두었습니다.",
  deleted: "{{object}}: 삭제되었습니다.",
  noRollouts: "{{object}}: 롤아웃이 없는 종류입니다. 롤아웃은 {{kinds}}에만 있습니다.",
  notPausable: "{{object}}: 일시 중지할 수 없습니다. 디플로이먼트만 일시 중지할 수 있습니다.",
  firstRevision: "{{object}}: 되돌릴 이전 리비전이 없습니다.",
  noRevision: "{{object}}: 리비전 {{revision}}번이 없습니다. 있는 리비전: {{known}}.",
  none: "없음",
  pausedRestart: "{{object}}: 일시 중지되어 있어서, 재개하기 전에는 재시작할 수 없습니다.",
  pausedUndo: "{{object}}: 일시 중지되어 있어서, 재개하기 전에는 리비전을 되돌릴 수 없습니다.",
  drainBlocked: "파드 {{count}}개 때문에 비우기를 시작할 수 없습니다.",
  drainBlockers: "{{pods}}. 노드에는 새 파드가 배치되지 않습니다(cordon).",
  drainBlockersMore: "{{pods}} 외 {{more}}개. 노드에는 새 파드가 배치되지 않습니다(cordon).",
  drainTimedOut: "비우기가 {{seconds}}초 안에 끝나지 않았습니다. 남은 파드: {{left}}개.",
  stayCordoned: "노드에는 계속 새 파드가 배치되지 않습니다(cordon).",
  containerNotRunning: "{{container}} 컨테이너가 실행되지 않습니다: {{why}}.",
  failed: "{{object}} 실패: {{why}}.",
  ended: "종료됨",
  notSecret: "{{object}}: 시크릿이 아닙니다.",
  noKey: "{{object}}: {{key}} 키가 없습니다.",
  noContainers: "{{object}}: 자체 컨테이너가 없는 종류입니다.",
  noContainer: "{{object}}: {{container}} 컨테이너가 없습니다.",
  notSuspendable: "{{object}}: 일시 중지할 수 없습니다.",
  notCronJob: "{{object}}: 크론잡이 아닙니다.",
};
