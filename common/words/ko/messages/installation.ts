import type { installation as english } from "../../en/messages/installation.ts";
import type { Translated } from "../../translated.ts";

export const installation: Translated<typeof english> = {
  continueRemoval_other: "{{folder}} 폴더에서 이어서 하면 {{release}} 오브젝트 {{count}}개가 제거됩니다.",
  continueRemovalData_other:
    "{{folder}} 폴더에서 이어서 하면 {{release}} 오브젝트 {{count}}개와 사용자 데이터(프로파일, 그 네임스페이스, PVC)가 제거됩니다.",
  continueRemovalAdvice:
    "폴더의 기록에 따르면 {{context}} 컨텍스트에서 제거를 시작했습니다. 계속하려면 제거 명령을 실행하거나 다음 옵션으로 확인하세요({{flags}}).",
  notFromHere: "이 컴퓨터에서 설치한 폴더가 아닙니다: {{folder}}",
  notFromHereAdvice:
    "flowdeck.yaml에 적힌 설치는 {{id}}이며, 누가 만들었든 클러스터에서 그 설치의 모든 것이 제거됩니다. 계속하려면 ID를 확인하세요(--installation {{id}}).",
  idOfAnother: "{{folder}} 폴더의 flowdeck.yaml에 다른 설치의 ID가 있습니다.",
  idOfAnotherAdvice:
    "{{other}} 폴더에 있는 설치의 ID입니다. 이 폴더가 복사본이라면 flowdeck.yaml과 .flowdeck 폴더를 삭제하세요. 그러면 별개의 설치가 됩니다.",
  folderInUse: "{{folder}} 폴더에서 이미 작업 중입니다({{who}}).",
  anotherProcess: "다른 프로세스",
  process: "프로세스 {{pid}}",
  processOn: "{{host}} 컴퓨터의 프로세스 {{pid}}",
  folderInUseAdvice: "끝날 때까지 기다리거나 그곳에서 종료한 뒤 다시 시도하세요.",
  secretsUnreadable: "이 설치의 시크릿을 읽을 수 없습니다: {{file}}",
  systemSays: "시스템의 응답: {{code}}. 파일의 소유자를 확인하세요.",
  noCode: "알 수 없음",
  secretsDamaged: "이 설치의 시크릿 파일이 손상되었습니다: {{file}}",
  secretsDamagedAdvice: "파일을 삭제하면 시크릿을 새로 만들고 비밀번호를 다시 정해야 합니다.",
  journalLine: "{{file}} 파일의 {{line}}번째 줄은 Flowdeck의 기록이 아닙니다.",
  journalLineAdvice:
    "손상되었거나 더 새로운 버전의 Flowdeck이 만든 기록일 수 있습니다. 복사본으로 되돌리거나, 다른 곳으로 옮기고 새로 시작하세요.",
  otherCluster: "{{folder}} 폴더는 다른 클러스터의 설치입니다: {{server}} 서버의 {{context}} 컨텍스트.",
  otherClusterAdvice: "그 클러스터의 컨텍스트를 선택하거나, 이 클러스터에는 다른 이름으로 설치하세요.",
  otherName: "클러스터 이름이 다릅니다: KfDef 파일: {{applied}}, 현재 컨텍스트({{current}})",
  noName:
    "KfDef에 어느 클러스터에 적용했는지 적혀 있지 않습니다. 이 클러스터가 맞다면 강제로 삭제하세요(--force-deletion).",
  otherNameAdvice: "적용한 클러스터를 선택하세요. 이름만 다른 같은 클러스터라면 강제로 삭제하세요(--force-deletion).",
  noFolder: "설치 폴더가 아닙니다: {{folder}}",
  noNameYet: "설치 이름을 아직 정하지 않았습니다.",
  nothingBegun: "{{folder}} 폴더에 이어서 할 작업이 없습니다.",
  removedAlready: "{{folder}} 폴더의 설치는 이미 제거되었습니다.",
  busy: "{{folder}} 폴더에서 이미 작업 중입니다.",
  busyAdvice: "끝날 때까지 기다리거나 중단하세요.",
  noPassword: "이 설치에는 아직 로그인 비밀번호가 없습니다.",
  noPasswordAdvice: "비밀번호를 정하세요. bcrypt 해시만 Flowdeck의 데이터 폴더에 저장합니다.",
  leaseLost: "클러스터에 대한 이 작업의 잠금이 풀렸습니다.",
  leaseLostAdvice:
    "작업 중에 리스 {{lease}} 오브젝트가 삭제되었습니다. 다른 작업이 진행 중인지 확인한 뒤 이어서 하세요.",
  clusterInstalling:
    "이 클러스터에서 작업 중입니다: {{since}}부터 {{host}} 컴퓨터의 {{folder}} 폴더를 설치하고 있습니다.",
  clusterRemoving:
    "이 클러스터에서 작업 중입니다: {{since}}부터 {{host}} 컴퓨터의 {{folder}} 폴더를 제거하고 있습니다.",
  clusterBusyAdvice:
    "끝날 때까지 기다리거나 그곳에서 중단하세요. 그 프로그램이 강제 종료되었다면 클러스터의 잠금이 1분 안에 만료되니 그때 다시 시도하세요. 잠금: 리스 {{lease}}.",
};
