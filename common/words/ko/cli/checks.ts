import type { cliChecks as english } from "../../en/cli/checks.ts";
import type { Translated } from "../../translated.ts";

export const cliChecks: Translated<typeof english> = {
  help: "클러스터에 설치할 수 있는지 점검합니다. --fix를 주지 않으면 아무것도 바꾸지 않습니다",
  noImages: "레지스트리에 이미지가 있는지 묻지 않습니다",
  fix: "{{title}}: flowdeck check --fix {{id}} 또는",
  fixes: "이 점검의 해결 방법을 실행하고 다시 점검합니다. 여러 번 줄 수 있습니다",
  unknownFix: "그런 점검이 없습니다. 있는 점검: {{names}}",
  copy: "{{title}}:",
  total: "통과 {{count}}, 꼭 해결 {{must}}, 해결하면 좋음 {{should}}",
  mustFail_other: "설치하기 전에 점검 {{count}}개를 통과해야 합니다.",
};
