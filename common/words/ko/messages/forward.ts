import type { forward as english } from "../../en/messages/forward.ts";
import type { Translated } from "../../translated.ts";

export const forward: Translated<typeof english> = {
  noNamedPort: "{{pod}} 파드에 서비스가 가리키는 이름의 포트가 없습니다.",
  noAnswer: "{{pod}} 파드가 포트 {{port}}에서 응답하지 않았습니다.",
  portTaken: "이 컴퓨터의 포트 {{port}}번을 다른 프로그램이 쓰고 있습니다.",
  portUnusable: "이 컴퓨터의 포트 {{port}}번을 열 수 없습니다.",
  noPortUsable: "이 컴퓨터에서 포트를 열 수 없습니다.",
  choosePort: "다른 포트를 선택하거나, 비워 두어 빈 포트를 쓰세요.",
  portForwarded: "이 컴퓨터의 포트 {{port}}번은 이미 포워딩 중입니다({{where}}, 포트 {{remote}}번).",
  stopThatFirst: "먼저 그 포워딩을 중지하거나, 다른 포트를 선택하거나, 비워 두어 빈 포트를 쓰세요.",
  noPods: "{{object}}: 선택하는 파드가 없어서 포워딩할 곳이 없습니다.",
  objectMissing: "더 이상 없습니다: {{object}}.",
  noPod: "연결할 파드가 없습니다.",
  podNotReady: "{{pod}} 파드가 준비되지 않았습니다.",
};
