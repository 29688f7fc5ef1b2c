import type { terminal as english } from "../../en/messages/terminal.ts";
import type { Translated } from "../../translated.ts";

export const terminal: Translated<typeof english> = {
  appEnding: "Flowdeck을 종료하는 중입니다.",
  tooMany: "셸이 {{count}}개 열려 있습니다.",
  closeSome: "먼저 일부 탭을 닫으세요.",
  inputLost: "입력한 내용의 일부가 전달되지 않았습니다.",
  notInstallation: "{{folder}} 폴더는 설치 폴더가 아닙니다.",
  ended: "이 셸은 실행되던 앱과 함께 종료되었습니다.",
  podMissing: "{{pod}} 파드가 더 이상 없습니다.",
  objectMissing: "더 이상 없습니다: {{object}}.",
  noSelector: "{{object}}: 자신의 파드를 가리키는 셀렉터가 없습니다.",
  noRunningPod: "{{object}}: 지금 실행 중인 파드가 없습니다.",
  noContainer: "{{pod}} 파드에 {{container}} 컨테이너가 없습니다.",
  containers: "있는 컨테이너: {{containers}}",
  notStarted: "{{shell}} 셸을 시작하지 못했습니다.",
  noPty: "로컬 터미널에 필요한 node-pty의 이 컴퓨터용 프로그램이 없습니다.",
  podShellsWork: "파드의 셸은 로컬 터미널 없이도 쓸 수 있습니다.",
  folderMissing: "{{folder}} 폴더가 더 이상 없습니다.",
  needsFolder: "터미널을 시작할 폴더가 필요합니다.",
  noShell: "{{pod}} 파드의 {{container}} 컨테이너 이미지에 셸이 없습니다.",
  debugContainer: "셸이 없는 이미지(distroless)는 디버그 컨테이너를 추가해 확인합니다: {{command}}",
  containerEnded: "컨테이너가 종료되었습니다.",
};
