import type * as english from "../../en/cli/output.ts";
import type { Translated } from "../../translated.ts";

export const cliOutput: Translated<typeof english.cliOutput> = {
  objects_other: "오브젝트 {{count}}개",
  cloudFile: "+ {{path}}: {{about}}",
  cloudFileKept: "= {{path}} (그대로 둠): {{about}}",
  imageChange_other: "이미지 {{from}} → {{to}} (오브젝트 {{count}}개)",
  images_other: "이미지 {{count}}개",
  pods_other: "파드 {{count}}개",
  cluster: "{{name}}: 쿠버네티스 {{version}}",
  clusterSimulated: "{{name}}: 쿠버네티스 {{version}}, 연습 클러스터(파드는 시뮬레이션)",
  planTotals: "{{objects}}, {{images}}, {{pods}}. 요청하는 리소스: CPU {{cpu}}, 메모리 {{memory}}GiB. 폴더: {{folder}}",
  planChanges: "클러스터와 비교한 결과: 생성 {{create}}개, 변경 {{update}}개, 다른 소유자의 것 {{foreign}}개.",
  wave: "{{title}}: {{objects}}",
  platform: "{{platform}} 클러스터이므로: {{change}}",
  waveGated: "{{title}}: {{objects}}, 시작 조건: {{gate}}",
  warning: "경고: {{words}}",
  removalTotals: "삭제할 것: {{objects}}. 함께 삭제할 네임스페이스: {{names}}.",
  removalObjects: "삭제할 것: {{objects}}. 삭제할 네임스페이스는 없습니다.",
  stays: "남는 것: {{object}}: {{because}}",
  addOthers: "이 네임스페이스에 다른 사람이 만든 것도 삭제하려면 --others 옵션을 추가하세요.",
  status: "{{release}}({{folder}}): {{state}}, {{percent}}%",
  attention: "{{object}}: {{cause}}",
  attentionMissing: "삭제된 오브젝트: {{object}}",
  knownSettings: "지정하지 않은 설정은 {{folder}} 폴더에 기록된 대로 둡니다.",
  certificateUntil: "{{subject}} 인증서는 {{date}}까지 유효합니다.",
  notLooked: "지금 상태를 표시할 수 없습니다. {{why}}",
  nothingInstalled: "설치된 것이 없습니다.",
  noContexts: "컨텍스트가 없습니다. `flowdeck practice start` 명령으로 연습 클러스터를 만드세요.",
  versionAtLeast: "쿠버네티스 {{version}} 이상",
  progress: "오브젝트 {{done}}/{{total}} · 파드 {{running}}/{{pods}} · {{wait}}",
  cancelling: "중단하는 중 … (Ctrl-C를 한 번 더 누르면 바로 끝납니다)",
  installed: "✓ 설치했습니다: {{title}}({{time}}).",
  removed: "✓ 제거했습니다: {{title}}({{time}}).",
  continueWith: "이어서 하려면: {{command}}",
  uninstallWith: "제거하려면: {{command}}",
  cancelledInstall: "중단되었습니다. 오브젝트 {{total}}개 중 {{done}}개를 적용했고 그대로 남아 있습니다.",
  cancelledRemoval: "중단되었습니다. 오브젝트 {{total}}개 중 {{done}}개를 삭제했고 나머지는 그대로 남아 있습니다.",
  cancelledPlan: "취소되었습니다. 아무것도 적용하지 않았습니다.",
  kfdefBuilt_other: "애플리케이션 {{count}}개를 빌드했습니다: {{folder}}",
  kfdefSkipped: "{{folder}} 폴더가 이미 있어 그대로 두었습니다.",
};

export const cliHead: Translated<typeof english.cliHead> = {
  name: "이름",
  component: "컴포넌트",
  state: "상태",
  objects: "오브젝트",
  workloads: "워크로드",
  release: "릴리스",
  context: "컨텍스트",
  folder: "폴더",
  server: "서버",
  file: "파일",
  title: "제목",
  needs: "요구 사항",
  now: "지금",
  pods: "파드",
  source: "소스",
};

export const cliHealth: Translated<typeof english.cliHealth> = {
  ok: "정상",
  progressing: "시작하는 중",
  bad: "확인 필요",
  unknown: "알 수 없음",
};

export const cliState: Translated<typeof english.cliState> = {
  none: "시작 전",
  planned: "계획됨",
  running: "설치 중",
  interrupted: "도중에 끊김",
  cancelled: "중단함",
  failed: "실패",
  installed: "설치됨",
  removing: "제거 중",
  removed: "제거됨",
};

export const cliComponentState: Translated<typeof english.cliComponentState> = {
  waiting: "대기 중",
  applying: "적용 중",
  starting: "시작하는 중",
  ready: "준비됨",
  failed: "실패",
  removing: "제거 중",
  removed: "제거됨",
};

export const cliStep: Translated<typeof english.cliStep> = {
  sources: "소스를 가져오는 중",
  build: "빌드하는 중",
  plan: "계획을 만드는 중",
  apply: "적용하는 중",
  ready: "모두 준비될 때까지 대기 중",
  verify: "검사하는 중",
  undo: "제거하는 중",
};

export const cliSource: Translated<typeof english.cliSource> = {
  bundled: "내장",
  mirror: "미러",
  cache: "캐시",
  download: "다운로드",
};
